//! The programs, as Rust and as they are on this machine.

use herkos_runtime::{wasi, WasmTrap};

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

macro_rules! programs {
    ($($name:literal => $module:ident,)+) => {
        /// Runs the program of that name; its exit status.
        pub fn run<H: Host>(name: &str, host: H) -> Result<i32, WasmTrap> {
            match name {
                $($name => wasi::exit_status(modules::$module::Module::boxed(host)?._start()),)+
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
