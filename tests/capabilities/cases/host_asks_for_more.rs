//! A host can't demand a memory that lives longer than the call.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::other;

struct Keeper<'a> {
    kept: Option<&'a mut [u8]>,
}

impl<'a> other::Env for Keeper<'a> {
    fn log(&mut self, memory: &'a mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        self.kept = Some(memory);
        Ok(())
    }
}

fn main() {}
