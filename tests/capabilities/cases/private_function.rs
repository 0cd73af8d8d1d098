//! The module's own functions aren't public: they take whatever state they are given.

use herkos_tests_capabilities::{other, pure};

fn main() {
    let mut memory = [0; 65536];
    let _ = other::poke(&mut memory, 0, 1);
    let _ = pure::double(1);
}
