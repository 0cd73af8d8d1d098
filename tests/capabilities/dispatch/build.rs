//! Translates `wat/caller.wat`, and tells the tests for which targets they can compile.

use herkos_build::{Builder, Module};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=wat");
    let wasm = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR")).join("caller.wasm");
    let bytes = wat::parse_file("wat/caller.wat").expect("the text is right");
    fs::write(&wasm, bytes).expect("OUT_DIR can be written to");
    Builder::new().module(Module::new("caller", wasm)).compile();
    can_compile("has_x86_64", "x86_64-unknown-linux-gnu");
    can_compile("has_thumbv7m", "thumbv7m-none-eabi");
}

/// Sets a cfg if there is a core library for the target.
fn can_compile(name: &str, target: &str) {
    println!("cargo::rustc-check-cfg=cfg({name})");
    let mut rustc = Command::new(env::var_os("RUSTC").expect("RUSTC"));
    let output = rustc.args(["--print", "target-libdir", "--target", target]).output();
    let folder = String::from_utf8(output.expect("rustc").stdout).expect("UTF-8");
    if Path::new(folder.trim()).is_dir() {
        println!("cargo::rustc-cfg={name}");
    }
}
