use crate::modules::unpack;
use herkos_runtime::trace::TracedTrap;
use herkos_runtime::TrapTrace;

fn run(memory: &mut unpack::Memory) -> Result<(), Box<dyn std::error::Error>> {
    block!();
    let _ = unpack;
    Ok(())
}
