//! Puts the board's memory.x where the linker script of its runtime crate finds it.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=link");
    let arch = env::var("CARGO_CFG_TARGET_ARCH").expect("Cargo sets it");
    let script = PathBuf::from(format!("link/{arch}.x"));
    if !script.is_file() {
        return; // the machine that builds
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    fs::copy(script, out.join("memory.x")).expect("OUT_DIR can be written to");
    println!("cargo::rustc-link-search={}", out.display());
}
