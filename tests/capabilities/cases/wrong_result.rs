//! The Wasm expects no result.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::other;

struct Host;

impl other::Env for Host {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<i32, WasmTrap> {
        Ok(0)
    }
}

fn main() {}
