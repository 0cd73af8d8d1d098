//! The parts of a reference to a function are private.

use herkos_runtime::FuncRef;
use herkos_tests_capabilities::{taker, Granted};

fn main() {
    let mut taker = taker::Module::new(Granted::default()).unwrap();
    let _ = taker.call(FuncRef { tag: 1, func: 0 }, 1);
}
