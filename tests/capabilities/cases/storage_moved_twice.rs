//! Two instances by value in one storage: it can't be copied.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let memory = other::Memory::new();
    let _ = other::Module::new(memory, Granted::default());
    let _ = other::Module::new(memory, Granted::default());
}
