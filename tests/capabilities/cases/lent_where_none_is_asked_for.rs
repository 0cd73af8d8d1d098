//! A module that owns its memory can't be made to work on another's.

use herkos_tests_capabilities::{app, other, Granted};

fn main() {
    let mut app = app::Module::boxed(Granted::default()).unwrap();
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let _ = other.poke(app.memory_mut(), 16, 0);
}
