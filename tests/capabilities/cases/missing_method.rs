//! One import of `env`, a clock, isn't granted.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::app;

struct WithoutClock;

impl app::Env for WithoutClock {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        Ok(())
    }
    fn limit(&mut self) -> i32 {
        0
    }
}

fn main() {}
