//! A module isn't a host of another by being there: somebody must say which export is which import.

use herkos_tests_capabilities::{other, Granted};

fn main() {
    let first = other::Module::boxed(Granted::default()).unwrap();
    let _ = other::Module::boxed(first);
}
