//! One memory is lent to a library and, meanwhile, to its host.

use herkos_runtime::WasmTrap;
use herkos_tests_capabilities::library;

struct Spy<'a>(&'a mut [u8]);

impl library::Env for Spy<'_> {
    fn trace(&mut self, _memory: &mut [u8], at: i32) -> Result<(), WasmTrap> {
        self.0[at as usize] = 0;
        Ok(())
    }
}

fn main() {
    let mut memory = [0; 65536];
    let mut library = library::LibraryModule::new(&mut [0; 65536], Spy(&mut memory)).unwrap();
    let _ = library.first(&mut memory, 0);
}
