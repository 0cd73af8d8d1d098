//! Carries out the scripts that the runner writes, on the modules that herkos generated.
//!
//! Generated code implements [`World`] for each .wast file: starting a module and calling an
//! export, both by number. Everything else about a test is data, read from the script when it runs:
//! what is compiled per file stays small, and a change of a test compiles nothing.

mod host;
mod script;
mod value;

use std::cell::{Cell, RefCell, RefMut};
use std::rc::Rc;

pub use herkos_runtime::{
    BoxedMemory, ExternRef, FuncRef, GrowableMemory, TableView, WasmTrap, V128,
};
pub use host::Spectest;
pub use script::main;
pub use value::Value;

/// Something that several instances reach.
pub type Shared<T> = Rc<RefCell<T>>;

/// Why an action gave no values.
#[derive(Debug)]
pub enum Failure {
    /// The module trapped.
    Trap(WasmTrap),
    /// The action was not possible: an instance or an export that it needs is not there.
    Impossible(String),
}

impl From<WasmTrap> for Failure {
    fn from(trap: WasmTrap) -> Self {
        Self::Trap(trap)
    }
}

/// The instances of one .wast file.
pub trait World {
    /// Instantiates a module.
    ///
    /// # Errors
    /// A trap, or a module that this one imports from and that has no instance.
    fn start(&mut self, module: u32) -> Result<(), Failure>;

    /// Calls an exported function, or reads an exported global.
    ///
    /// # Errors
    /// A trap, or no such instance or export.
    fn call(&mut self, module: u32, export: u32, args: &[Value]) -> Result<Vec<Value>, Failure>;
}

/// An instantiation that the test expects to fail.
pub type StartRefused<W> = fn(&mut W) -> Result<(), Failure>;

thread_local! {
    static CONFLICT: Cell<bool> = const { Cell::new(false) };
}

/// Borrows an instance for a call into it.
///
/// # Errors
/// A trap when the instance is already being used: calls that come back into an instance whose
/// memory is lent out, say. The script then reports the conflict, whatever becomes of the trap.
pub fn reach<T>(instance: &Shared<T>) -> Result<RefMut<'_, T>, WasmTrap> {
    instance.try_borrow_mut().map_err(|_| {
        CONFLICT.set(true);
        WasmTrap::Host(u32::MAX)
    })
}

/// A clone of an instance that another one is to hold.
///
/// # Errors
/// That instance is not there.
pub fn held<T>(instance: &Option<Shared<T>>, module: u32) -> Result<Shared<T>, Failure> {
    instance
        .clone()
        .ok_or_else(|| Failure::Impossible(format!("module {module} has no instance")))
}

/// A new shared instance.
pub fn share<T>(instance: T) -> Option<Shared<T>> {
    Some(Rc::new(RefCell::new(instance)))
}

/// What a world answers to an export that it does not have.
///
/// # Errors
/// Always.
pub fn no_export(module: u32, export: u32) -> Result<Vec<Value>, Failure> {
    Err(Failure::Impossible(format!(
        "module {module} has no export {export}"
    )))
}

/// What a world answers to a module that it does not have.
pub fn no_module(module: u32) -> Failure {
    Failure::Impossible(format!("there is no module {module}"))
}

fn take_conflict() -> bool {
    CONFLICT.replace(false)
}
