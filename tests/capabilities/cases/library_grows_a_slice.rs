//! A library that grows memory is lent one that can't grow.

use herkos_tests_capabilities::{growing, other, Granted};

fn main() {
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let mut library = growing::LibraryModule::new(&mut other.memory_growable()).unwrap();
    let _ = library.grow(other.memory_mut(), 1);
}
