//! One table cannot be two at the same time: each would see the other change.

use herkos_runtime::{FuncRef, Table, TableView, WasmTrap};
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
    let mut table = Table::<FuncRef, 4>::new(4);
    let _ = shared::LibraryModule::new(&mut table, &mut table, Host);
}
