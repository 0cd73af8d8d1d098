//! A capability that the module doesn't import: there is nothing to grant.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::other;

struct Generous;

impl other::Env for Generous {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        Ok(())
    }
    fn open(&mut self, _memory: &mut [u8], _path: i32) -> Result<i32, WasmTrap> {
        Ok(3)
    }
}

fn main() {}
