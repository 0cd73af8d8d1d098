use crate::modules::sensor;
use herkos_runtime::{Snapshot, WasmTrap};

struct Board(f32);
impl sensor::Env for Board {
    fn read_celsius(&mut self, _memory: &mut [u8], channel: i32) -> Result<f32, WasmTrap> {
        Ok(self.0 + channel as f32)
    }
}

#[test]
fn runs() -> Result<(), Box<dyn std::error::Error>> {
    #[allow(unused_variables)] // not in every block
    let board = Board(20.5);
    block!();
    Ok(())
}
