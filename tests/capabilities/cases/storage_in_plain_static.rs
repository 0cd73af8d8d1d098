//! A static that all may reach is no storage.

use herkos_tests_capabilities::{other, Granted};

static MEMORY: other::Memory = other::Memory::new();

fn main() {
    let _ = other::Module::new(&MEMORY, Granted::default());
}
