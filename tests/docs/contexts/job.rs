use crate::modules::job;
use herkos_runtime::WasmTrap;

#[test]
fn runs() -> Result<(), WasmTrap> {
    block!();
    Ok(())
}
