use crate::modules::decoder;
use static_cell::ConstStaticCell;

fn run() -> Result<(), herkos_runtime::WasmTrap> {
    block!();
    let _ = decoder.feed(1)?;
    Ok(())
}
