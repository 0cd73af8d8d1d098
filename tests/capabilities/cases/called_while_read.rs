//! A module can't run while somebody reads its memory.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let memory = other.memory();
    let _ = other.poke(0, 1);
    assert_eq!(memory[0], 0);
}
