//! Checks of generated Rust that need no compiler: what it consists of, and that a function has a
//! parameter for the host exactly if, by the Wasm's call graph, it can reach an import.
//!
//! The call graph is computed here from the binary, by `wasmparser`; the Rust is read by `syn`.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod accesses;
mod constituents;
mod graph;
mod reach;
mod runtime;

use std::collections::BTreeSet;

pub use runtime::types as runtime_types;

/// What was seen of a module in which nothing is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Functions, imported ones included.
    pub functions: usize,
    /// Those of them that can reach an import.
    pub reaching: usize,
    /// Functions that dispatch `call_indirect`.
    pub dispatchers: usize,
    /// Methods for exported functions.
    pub methods: usize,
}

impl std::ops::AddAssign for Seen {
    fn add_assign(&mut self, other: Self) {
        self.functions += other.functions;
        self.reaching += other.reaching;
        self.dispatchers += other.dispatchers;
        self.methods += other.methods;
    }
}

/// Compares a module with the Rust that herkos made of it. `runtime` are the types that generated code
/// may name: see [`runtime_types`].
///
/// # Errors
/// All that is wrong, one line each.
pub fn check(wasm: &[u8], rust: &str, runtime: &BTreeSet<String>) -> Result<Seen, Vec<String>> {
    let facts = graph::read(wasm).map_err(|e| vec![format!("not valid: {e}")])?;
    let mut file = syn::parse_file(rust).map_err(|e| vec![format!("not Rust: {e}")])?;
    accesses::open(&mut file);
    let mut wrong = constituents::check(&file, runtime);
    let seen = reach::check(&facts, &file, rust, &mut wrong);
    if wrong.is_empty() {
        Ok(seen)
    } else {
        Err(wrong)
    }
}
