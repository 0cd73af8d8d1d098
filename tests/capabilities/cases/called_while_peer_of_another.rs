//! A module that is another's host can't be called past it.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::{library, other, Granted};

struct Peer<'a, P>(&'a mut P);

impl<P: other::Exports> library::Env for Peer<'_, P> {
    fn trace(&mut self, _memory: &mut [u8], at: i32) -> Result<(), WasmTrap> {
        self.0.poke(at, 1)
    }
}

fn main() {
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let mut memory = [0; 65536];
    let mut library = library::LibraryModule::new(&mut memory, Peer(&mut other)).unwrap();
    let _ = other.run();
    let _ = library.first(&mut memory, 0);
}
