//! Each .wat of `wat/` becomes a module of its name. Tells the tests whether the messages of this
//! rustc are those that they expect.

use herkos_build::{Builder, Module};
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// The rustc whose messages `cases/*.stderr` hold.
const PINNED: &str = "rustc 1.95.";

fn main() {
    println!("cargo::rerun-if-changed=wat");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    let mut builder = Builder::new();
    for source in fs::read_dir("wat").expect("the folder wat") {
        let source = source.expect("an entry of the folder wat").path();
        let name = source.file_stem().expect("a name").to_string_lossy();
        let wasm = out.join(format!("{name}.wasm"));
        let bytes = wat::parse_file(&source).expect("the text is right");
        fs::write(&wasm, bytes).expect("OUT_DIR can be written to");
        builder = builder.module(Module::new(name.into_owned(), wasm));
    }
    builder.compile();
    println!("cargo::rustc-check-cfg=cfg(pinned_rustc)");
    if version().starts_with(PINNED) {
        println!("cargo::rustc-cfg=pinned_rustc");
    }
}

fn version() -> String {
    let rustc = env::var_os("RUSTC").expect("Cargo sets RUSTC");
    let output = Command::new(rustc).arg("--version").output();
    let stdout = output.expect("rustc can be started").stdout;
    String::from_utf8(stdout).expect("rustc writes UTF-8")
}
