//! Makes the modules under test: of each numeric instruction one function, of each load and store
//! several, and for the probe each vector instruction and all modules of the golden tests.

#[path = "build/access.rs"]
mod access;
#[path = "build/numeric.rs"]
mod numeric;
#[path = "build/probe.rs"]
mod probe;
#[path = "build/vectors.rs"]
mod vectors;

use herkos_build::{Builder, Module, Nan};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A module with every kind of state, for snapshots.
const STATE: &str = "../api/wat/state.wat";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=build");

    let numeric = assemble(&out, "numeric", &numeric::wat());
    let mut builder = Builder::new()
        .module(Module::new("numeric", &numeric))
        .module(Module::new("numeric_canonical", &numeric).nan(Nan::Canonical));
    fs::write(out.join("numeric_table.rs"), numeric::table()).expect("OUT_DIR can be written to");

    let vectors = assemble(&out, "vectors", &vectors::wat());
    // Of its memory only the beginning is used.
    let run = Module::new("vectors_canonical", &vectors).nan(Nan::Canonical);
    builder = builder
        .module(run.max_memory(256))
        .module(Module::new("vectors", vectors));
    fs::write(out.join("vectors_table.rs"), vectors::table()).expect("OUT_DIR can be written to");

    // A table that changes lies in the instance.
    let table = "(module (table 1000 funcref) (elem declare func $set)
        (func $set (export \"set\") (param i32) (table.set (local.get 0) (ref.func $set))))";
    builder = builder.module(Module::new("table", assemble(&out, "table", table)));

    let text = fs::read_to_string(STATE).expect("tests/api is beside this");
    println!("cargo::rerun-if-changed={STATE}");
    builder = builder.module(Module::new("state", assemble(&out, "state", &text)).fuel(true));

    for memory in &access::MEMORIES {
        let wasm = assemble(&out, memory.name, &access::wat(memory));
        let mut module = Module::new(memory.name, wasm);
        if let Some(bytes) = memory.cap {
            module = module.max_memory(bytes);
        }
        builder = builder.module(module);
    }
    fs::write(out.join("access_table.rs"), access::table()).expect("OUT_DIR can be written to");

    for (name, wasm, options) in probe::golden(&out) {
        builder = builder.module(probe::options(Module::new(name, wasm), &options));
    }
    builder.compile();
    fs::write(out.join("probe_calls.rs"), probe::calls(&out)).expect("OUT_DIR can be written to");
}

/// The module of a text, in a file.
pub fn assemble(out: &Path, name: &str, text: &str) -> PathBuf {
    let wasm = out.join(format!("{name}.wasm"));
    let bytes = wat::parse_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
    // Untouched if it is the same: Cargo watches it.
    if fs::read(&wasm).ok().as_ref() != Some(&bytes) {
        fs::write(&wasm, bytes).expect("OUT_DIR can be written to");
    }
    wasm
}
