//! A module can't run while somebody may write to its memory.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let memory = other.memory_mut();
    let _ = other.run();
    memory[0] = 1;
}
