//! A host that would still hold a table after the call.

use herkos_runtime::{FuncRef, TableView, WasmTrap};
use herkos_tests_capabilities::shared;

struct Keeper<'a> {
    kept: Option<&'a mut TableView<FuncRef>>,
}

impl<'a> shared::Env for Keeper<'a> {
    fn note(
        &mut self,
        functions: &mut TableView<FuncRef>,
        _handlers: &mut TableView<FuncRef>,
    ) -> Result<(), WasmTrap> {
        self.kept = Some(functions);
        Ok(())
    }
}

fn main() {}
