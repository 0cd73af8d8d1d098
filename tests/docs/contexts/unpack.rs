use crate::modules::unpack;
use herkos_runtime::WasmTrap;

#[test]
fn runs() -> Result<(), WasmTrap> {
    let (at, length) = (65535, 1);
    block!();
    assert_eq!(unpack.trap_trace().frames().count(), 1);
    Ok(())
}
