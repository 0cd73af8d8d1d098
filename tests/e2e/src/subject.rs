//! The side under test: generated modules, called by the names of their exports.

use crate::Value;
use herkos_runtime::WasmTrap;

pub type Outcome = Result<Vec<Value>, WasmTrap>;

/// An instance of a generated module. build.rs writes the implementations.
pub trait Subject {
    fn instantiate() -> Result<Box<dyn Subject>, WasmTrap>
    where
        Self: Sized;
    fn call(&mut self, export: &str, args: &[Value]) -> Outcome;
    fn memory(&self) -> &[u8] {
        &[]
    }
    fn host(&self) -> Option<&Host> {
        None
    }
    fn globals(&self) -> Vec<(&'static str, Value)>;
}

/// What modules import: it remembers all that it was asked, and can change the caller's memory.
/// Reference and subject have one each.
#[derive(Debug, Default, PartialEq)]
pub struct Host {
    pub asked: Vec<String>,
}

impl Host {
    fn ask(&mut self, what: String) -> i32 {
        self.asked.push(what);
        i32::try_from(self.asked.len()).expect("few")
    }

    pub fn log(&mut self, memory: &mut [u8], at: i32, length: i32) -> Result<(), WasmTrap> {
        let text = memory.get(at as usize..).and_then(|m| m.get(..length as usize));
        self.ask(format!("log {:?}", text.ok_or(WasmTrap::OutOfBounds)?));
        Ok(())
    }

    pub fn milliseconds(&mut self, _: &mut [u8]) -> Result<i64, WasmTrap> {
        Ok(i64::from(self.ask("milliseconds".into())) * 0x1_0000_0001)
    }

    pub fn read_celsius(&mut self, _: &mut [u8], channel: i32) -> Result<f32, WasmTrap> {
        self.ask(format!("read_celsius {channel}"));
        match channel {
            -1 => Err(WasmTrap::Host(7)),
            _ => Ok(f32::from_bits(channel as u32)),
        }
    }

    /// A number that is another each time.
    pub fn tick(&mut self, _: &mut [u8], step: i32) -> Result<i32, WasmTrap> {
        Ok(self.ask(format!("tick {step}")).wrapping_mul(step))
    }

    pub fn note(&mut self, _: &mut [u8], a: i64, b: f64) -> Result<(), WasmTrap> {
        self.ask(format!("note {a} {:x}", b.to_bits()));
        Ok(())
    }

    /// Changes a byte of the caller's memory; the byte before.
    pub fn scribble(&mut self, memory: &mut [u8], at: i32, byte: i32) -> Result<i32, WasmTrap> {
        self.ask(format!("scribble {at} {byte}"));
        let place = memory.get_mut(at as u32 as usize).ok_or(WasmTrap::Host(8))?;
        Ok(std::mem::replace(place, byte as u8).into())
    }

    pub fn refuse(&mut self, _: &mut [u8]) -> Result<i32, WasmTrap> {
        self.ask("refuse".into());
        Err(WasmTrap::Host(9))
    }
}

/// What an exported function returns.
pub trait Results {
    fn into_values(self) -> Vec<Value>;
}

impl Results for () {
    fn into_values(self) -> Vec<Value> {
        Vec::new()
    }
}

macro_rules! one_result {
    ($($type:ty)*) => {
        $(impl Results for $type {
            fn into_values(self) -> Vec<Value> {
                vec![self.into()]
            }
        })*
    };
}
one_result!(i32 i64 f32 f64);

/// A method of a generated module with any arguments and results.
pub trait Method<M, A> {
    fn invoke(&self, module: &mut M, args: &[Value]) -> Outcome;
}

macro_rules! tuples {
    ($($arg:ident)*) => {
        impl<M, F, R, $($arg),*> Method<M, ($($arg,)*)> for F
        where
            F: Fn(&mut M, $($arg),*) -> Result<R, WasmTrap>,
            R: Results,
            $($arg: From<Value>,)*
        {
            #[allow(non_snake_case)]
            fn invoke(&self, module: &mut M, args: &[Value]) -> Outcome {
                let [$($arg),*] = args else {
                    panic!("{} arguments", args.len());
                };
                self(module, $((*$arg).into()),*).map(Results::into_values)
            }
        }

        tuples!(@results $($arg)*);
    };
    (@results) => {};
    (@results $one:ident) => {};
    (@results $($arg:ident)*) => {
        impl<$($arg: Into<Value>),*> Results for ($($arg,)*) {
            #[allow(non_snake_case)]
            fn into_values(self) -> Vec<Value> {
                let ($($arg,)*) = self;
                vec![$($arg.into()),*]
            }
        }
    };
}
tuples!();
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E G);
tuples!(A B C D E G H);
tuples!(A B C D E G H I);
