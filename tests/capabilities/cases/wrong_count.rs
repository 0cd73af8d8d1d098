//! The host forgets the memory, which every import of a module with a memory is lent.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::other;

struct Host;

impl other::Env for Host {
    fn log(&mut self, _at: i32, _length: i32) -> Result<(), WasmTrap> {
        Ok(())
    }
}

fn main() {}
