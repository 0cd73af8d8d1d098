//! A number is no reference.

use herkos_tests_capabilities::{taker, Granted};

fn main() {
    let mut taker = taker::Module::new(Granted::default()).unwrap();
    let _ = taker.keep(7);
    let _ = taker.call(7, 1);
}
