//! `other` imports `env.log` as `app` does: what is granted to one is not granted to the other.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::{app, other};

struct Host;

impl other::Env for Host {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        Ok(())
    }
}

impl app::Store for Host {
    fn put(&mut self, _memory: &mut [u8], _key: i32, _value: i64) -> Result<i32, WasmTrap> {
        Ok(0)
    }
}

fn main() {
    let _ = app::Module::boxed(Host);
}
