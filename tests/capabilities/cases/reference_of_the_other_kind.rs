//! What the host hands out as its own thing isn't a function, nor the other way round.

use herkos_runtime::{ExternRef, FuncRef};
use herkos_tests_capabilities::{taker, Granted};

fn main() {
    let mut taker = taker::Module::new(Granted::default()).unwrap();
    let _ = taker.call(ExternRef::new(0), 1);
    let _ = taker.keep(FuncRef::NULL);
}
