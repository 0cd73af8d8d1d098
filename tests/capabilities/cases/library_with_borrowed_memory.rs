//! A library is lent a memory that may only be read.

use herkos_tests_capabilities::{library, other, Granted};

fn main() {
    let other = other::Module::boxed(Granted::default()).unwrap();
    let mut memory = [0; 65536];
    let mut library = library::LibraryModule::new(&mut memory, Granted::default()).unwrap();
    let _ = library.first(other.memory(), 0);
}
