//! A memory that is lent for growing is lent as long as the loan is alive.

use herkos_tests_capabilities::{growing, other, Granted};

fn main() {
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let mut memory = other.memory_growable();
    let mut library = growing::LibraryModule::new(&mut memory).unwrap();
    let _ = other.poke(0, 1);
    let _ = library.grow(&mut memory, 1);
}
