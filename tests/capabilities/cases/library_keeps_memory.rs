//! An instance of a library holds no borrow of the memory that it was instantiated with.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::{library, Granted};

struct Session<'a> {
    library: library::LibraryModule<'a, Granted>,
}

fn open(memory: &mut [u8]) -> Result<Session<'_>, WasmTrap> {
    let library = library::LibraryModule::new(memory, Granted::default())?;
    Ok(Session { library })
}

fn main() {}
