//! A table of the host's own references is none of functions.

use herkos_runtime::{ExternRef, FuncRef, Table, TableView, WasmTrap};
use herkos_tests_capabilities::shared;

struct Host;

impl shared::Env for Host {
    fn note(
        &mut self,
        _functions: &mut TableView<FuncRef>,
        _handlers: &mut TableView<FuncRef>,
    ) -> Result<(), WasmTrap> {
        Ok(())
    }
}

fn main() {
    let mut functions = Table::<FuncRef, 4>::new(4);
    let mut things = Table::<ExternRef, 4>::new(4);
    let _ = shared::LibraryModule::new(&mut functions, &mut things, Host);
}
