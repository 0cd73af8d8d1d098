//! A library is called without a memory.

use herkos_tests_capabilities::{library, Granted};

fn main() {
    let mut memory = [0; 65536];
    let mut library = library::LibraryModule::new(&mut memory, Granted::default()).unwrap();
    let _ = library.first(0);
}
