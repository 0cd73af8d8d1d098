//! Differential tests: each module runs as Rust that herkos made, the *subject*, and in wasmtime, the
//! *reference*. Both get the same calls; after each, the results or the trap, the whole memory, the
//! exported globals and what the host was asked must be the same.

mod arguments;
mod compare;
mod reference;
mod subject;
mod trap;
mod value;

use herkos_runtime::{BoxedMemory, WasmTrap};

pub use compare::{differential, Effort, Statistics};
pub use reference::Reference;
pub use subject::{Host, Method, Outcome, Subject};
pub use value::Value;

/// What herkos made. It must compile without any warning.
#[deny(warnings)]
mod modules {
    herkos_runtime::include_modules!();
}

/// A module under test.
pub struct Entry {
    pub name: &'static str,
    pub wasm: &'static [u8],
    /// NaNs too are to be the same, to the bit.
    pub canonical: bool,
    pub instantiate: fn() -> Result<Box<dyn Subject>, WasmTrap>,
}

include!(concat!(env!("OUT_DIR"), "/glue.rs"));

/// The modules of a family: `sha256` has `sha256_o0` and so on.
pub fn entries(prefix: &str) -> impl Iterator<Item = &'static Entry> + '_ {
    ENTRIES.iter().filter(move |entry| entry.name.starts_with(prefix))
}
