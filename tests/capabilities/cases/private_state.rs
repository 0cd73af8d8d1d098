//! A module's globals, memory and host can't be reached past its methods.

use herkos_tests_capabilities::{app, Granted};

fn main() {
    let mut app = app::Module::boxed(Granted::default()).unwrap();
    app.globals.calls = 7;
    app.memory = herkos_runtime::BoxedMemory::zeroed(65536);
    app.host.calls = 0;
}
