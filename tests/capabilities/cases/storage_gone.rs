//! The storage ends before the instance does.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let mut module = {
        let mut memory = other::Memory::new();
        other::Module::new(&mut memory, Granted::default()).unwrap()
    };
    let _ = module.poke(0, 1);
}
