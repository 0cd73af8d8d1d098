use crate::modules::unpack;
use herkos_runtime::{TracedTrap, TrapTrace};

fn run(memory: &mut unpack::Memory) -> Result<(), Box<dyn std::error::Error>> {
    block!();
    let _ = unpack;
    Ok(())
}
