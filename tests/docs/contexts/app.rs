use crate::modules::{app, codec};
use herkos_runtime::WasmTrap;

block!();

#[test]
fn runs() {
    main().unwrap();
}
