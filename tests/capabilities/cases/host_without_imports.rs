//! A module without imports takes no host.

use herkos_tests_capabilities::{pure, Granted};

fn main() {
    let _ = pure::Module::new(Granted::default());
}
