//! The Wasm passes an i32 where the host expects an i64.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::other;

struct Host;

impl other::Env for Host {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i64) -> Result<(), WasmTrap> {
        Ok(())
    }
}

fn main() {}
