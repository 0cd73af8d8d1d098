//! A static can't be borrowed mutably, which could happen twice (what hands it out once can: see
//! examples/cortex-m).

use herkos_tests_capabilities::{other, Granted};

static MEMORY: other::Memory = other::Memory::new();

fn main() {
    let _ = other::Module::new(&mut MEMORY, Granted::default());
}
