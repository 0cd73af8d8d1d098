//! What the subject, an executable full of generated modules, and the reference have in common: how
//! values, traps and states are written, and the host. A script is a list of lines, `new` or `call
//! FUNCTION VALUE...`; a log has a line for each line of the script.

#![forbid(unsafe_code)]

mod host;
mod lent;
mod run;
mod wire;

pub use host::Host;
pub use lent::Lent;
pub use run::{main, Entry, Subject};
pub use wire::Wire;

use herkos_runtime::WasmTrap;

/// The line of a call that ran out of stack. The two sides have frames of other sizes, so nothing
/// that follows can be compared.
pub const EXHAUSTED: &str = "exhausted";

/// Before the fuel that a call used, at the end of its line.
pub const USED: &str = " used ";

/// How an instantiation or a call ended.
pub fn outcome(result: Result<(), WasmTrap>, values: &str) -> String {
    match result {
        Ok(()) => format!("ok{values}"),
        Err(WasmTrap::StackExhausted) => EXHAUSTED.to_owned(),
        Err(trap) => format!("trap {trap:?}"),
    }
}

/// A memory's size and contents.
pub fn memory(bytes: &[u8]) -> String {
    format!(" memory {} {:016x}", bytes.len(), hash(bytes))
}

/// A table's size and entries, each with a space before it.
pub fn table(number: usize, size: usize, entries: &str) -> String {
    format!(" table{number} {size} {:016x}", hash(entries.as_bytes()))
}

/// Every byte changes it, and at the same place every other value of that byte differently.
#[must_use]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut words = bytes.chunks_exact(8);
    let mut hash = bytes.len() as u64;
    for word in &mut words {
        let mut eight = [0; 8];
        eight.copy_from_slice(word);
        hash = mix(hash, u64::from_le_bytes(eight));
    }
    let rest = words.remainder().iter();
    rest.fold(hash, |hash, byte| mix(hash, u64::from(*byte)))
}

/// For a given hash, one to one from values to hashes.
pub(crate) fn mix(hash: u64, value: u64) -> u64 {
    let mixed = (hash ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}
