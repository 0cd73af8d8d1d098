use std::path::PathBuf;
use std::{env, fs};

fn main() {
    herkos_build::compile();

    // The linker script of cortex-m-rt includes memory.x.
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    fs::copy("memory.x", out.join("memory.x")).expect("OUT_DIR can be written to");
    println!("cargo::rustc-link-arg-bins=-L{}", out.display());
    println!("cargo::rerun-if-changed=memory.x");
}
