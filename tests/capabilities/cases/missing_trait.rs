//! A host that grants nothing.

use herkos_tests_capabilities::other;

struct Mute;

fn main() {
    let _ = other::Module::boxed(Mute);
}
