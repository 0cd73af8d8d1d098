//! The programs, as Rust and as they are on this machine.

use herkos_runtime::snapshot::{Sink, Snapshot};
use herkos_runtime::{wasi, WasmTrap};
use std::convert::Infallible;

mod modules {
    herkos_runtime::include_modules!();
}

/// Everything that a program may ask for.
pub trait Host:
    wasi::Args + wasi::Environ + wasi::Clocks + wasi::Random + wasi::Paths + wasi::Poll + wasi::Process
{
}

impl<H> Host for H where
    H: wasi::Args
        + wasi::Environ
        + wasi::Clocks
        + wasi::Random
        + wasi::Paths
        + wasi::Poll
        + wasi::Process
{
}

/// FNV-1a.
struct Fnv(u32);

impl Sink for Fnv {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        for &byte in bytes {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        Ok(())
    }
}

macro_rules! programs {
    ($($name:literal => $module:ident,)+) => {
        /// Runs the program of that name; its exit status.
        pub fn run<H: Host>(name: &str, host: H) -> Result<i32, WasmTrap> {
            match name {
                $($name => wasi::exit_status(modules::$module::Module::boxed(host)?._start()),)+
                _ => panic!("no program {name}"),
            }
        }

        /// Runs it; also a hash of the state that it leaves, the same on every target.
        pub fn run_to_hash<H: Host>(name: &str, host: H) -> (Result<i32, WasmTrap>, u32) {
            match name {
                $($name => {
                    let Ok(mut module) = modules::$module::Module::boxed(host) else {
                        panic!("{name} cannot be instantiated");
                    };
                    let result = wasi::exit_status(module._start());
                    let mut hash = Fnv(0x811c_9dc5);
                    let Ok(()) = module.save_state(&mut hash);
                    (result, hash.0)
                })+
                _ => panic!("no program {name}"),
            }
        }

        /// The file of the same program, compiled for this machine.
        pub fn native(name: &str) -> &'static str {
            match name {
                $($name => concat!(env!("OUT_DIR"), "/", $name),)+
                _ => panic!("no program {name}"),
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/table.rs"));
