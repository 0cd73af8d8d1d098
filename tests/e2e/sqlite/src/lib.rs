//! SQLite as Rust: 14 MB of source, 1,000 functions.

use herkos_runtime::{BoxedMemory, WasmTrap};
use herkos_tests_e2e::{Entry, Method, Outcome, Subject, Value};

/// What herkos made. It must compile without any warning.
#[deny(warnings)]
mod modules {
    herkos_runtime::include_modules!();
}

include!(concat!(env!("OUT_DIR"), "/glue.rs"));
