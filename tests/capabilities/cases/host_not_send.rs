//! A module is as ready for another thread as its host is.

use herkos_tests_capabilities::taker;
use std::rc::Rc;

struct Local(Rc<u32>);

impl taker::Env for Local {
    fn close(&mut self, _: herkos_runtime::ExternRef) -> Result<(), herkos_runtime::WasmTrap> {
        assert_eq!(*self.0, 1);
        Ok(())
    }
}

fn on_another_thread(_: impl FnOnce() + Send) {}

fn main() {
    let mut taker = taker::Module::new(Local(Rc::new(1))).unwrap();
    on_another_thread(move || drop(taker.close()));
}
