//! The module imports from `env` and from `store`; the host grants `env` alone.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::app;

struct WithoutStore;

impl app::Env for WithoutStore {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        Ok(())
    }
    fn now(&mut self, _memory: &mut [u8]) -> Result<i64, WasmTrap> {
        Ok(0)
    }
    fn limit(&mut self) -> i32 {
        0
    }
}

fn main() {
    let _ = app::Module::boxed(WithoutStore);
}
