//! Values of WebAssembly as text: bits in hexadecimal, references as numbers.

use std::fmt::Write as _;

use herkos_runtime::{ExternRef, FuncRef, V128};

/// A type of WebAssembly, as generated code has it.
pub trait Wire: Sized {
    /// The value that [`put`](Self::put) wrote; a `funcref` is null, since no type is known.
    ///
    /// # Panics
    /// On other text: scripts are made by the tool itself.
    fn get(text: &str) -> Self;
    /// Appends a space and the value.
    fn put(&self, text: &mut String);
    /// The value that the host makes of these bits.
    fn from_host(bits: u128) -> Self;
}

fn bits(text: &str) -> u128 {
    u128::from_str_radix(text, 16).expect("bits in a script")
}

macro_rules! number {
    ($type:ty, $from:expr, $to:expr) => {
        impl Wire for $type {
            fn get(text: &str) -> Self {
                $from(bits(text))
            }

            fn put(&self, text: &mut String) {
                let _ = write!(text, " {:x}", $to(*self));
            }

            fn from_host(bits: u128) -> Self {
                $from(bits)
            }
        }
    };
}
number!(i32, |bits| bits as i32, |value| value);
number!(i64, |bits| bits as i64, |value| value);
number!(f32, |bits| f32::from_bits(bits as u32), f32::to_bits);
number!(f64, |bits| f64::from_bits(bits as u64), f64::to_bits);
number!(V128, V128::from_bits, V128::to_bits);

const NULL: &str = "null";

fn put_reference(number: Option<u32>, text: &mut String) {
    match number {
        Some(number) => {
            let _ = write!(text, " #{number}");
        }
        None => {
            let _ = write!(text, " {NULL}");
        }
    }
}

impl Wire for FuncRef {
    fn get(text: &str) -> Self {
        assert_eq!(text, NULL, "a funcref in a script");
        Self::NULL
    }

    fn put(&self, text: &mut String) {
        put_reference(self.func(), text);
    }

    fn from_host(_: u128) -> Self {
        Self::NULL
    }
}

impl Wire for ExternRef {
    fn get(text: &str) -> Self {
        match text.strip_prefix('#') {
            Some(number) => Self::new(number.parse().expect("a number in a script")),
            None => Self::NULL,
        }
    }

    fn put(&self, text: &mut String) {
        put_reference(self.get(), text);
    }

    fn from_host(bits: u128) -> Self {
        match bits as u32 % 5 {
            0 => Self::NULL,
            number => Self::new(number),
        }
    }
}
