//! Two instances in one storage.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let mut memory = Box::new(other::Memory::new());
    let mut first = other::Module::new(&mut *memory, Granted::default()).unwrap();
    let mut second = other::Module::new(&mut *memory, Granted::default()).unwrap();
    let _ = first.poke(0, 1);
    let _ = second.poke(0, 2);
}
