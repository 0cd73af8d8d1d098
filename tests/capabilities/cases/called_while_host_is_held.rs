//! A module can't run while somebody holds its host.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let mut other = other::Module::boxed(Granted::default()).unwrap();
    let host = other.host_mut();
    let _ = other.run();
    host.calls = 0;
}
