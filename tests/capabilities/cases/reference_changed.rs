//! A reference that a module gave can't be made into another.

use herkos_tests_capabilities::{taker, Granted};

fn main() {
    let mut taker = taker::Module::new(Granted::default()).unwrap();
    let mut own = taker.own().unwrap();
    own.func += 1;
    let _ = taker.call(own, 1);
}
