//! An immutable exported global can be read, not set; data segments can't be reached at all.

use herkos_tests_capabilities::{app, Granted};

fn main() {
    let mut app = app::Module::boxed(Granted::default()).unwrap();
    assert_eq!(app.version(), 3);
    app.set_version(4);
    let _ = app::DATA_0;
}
