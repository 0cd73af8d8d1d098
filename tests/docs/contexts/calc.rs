use crate::modules::calc;
use herkos_runtime::WasmTrap;

#[test]
fn runs() -> Result<(), Box<dyn std::error::Error>> {
    let mut calc = calc::Module::boxed()?;
    block!();
    Ok(())
}
