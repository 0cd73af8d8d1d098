//! Compiles c/lottery.c to WebAssembly with wasi-libc, and has it translated to `mod lottery`.

use herkos_build::{Builder, Module};
use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=c");
    let wasm = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("lottery.wasm");
    let mut clang = Command::new("clang");
    clang.args(["--target=wasm32-wasi", "-O2", "c/lottery.c", "-o"]);
    let status = clang.arg(&wasm).status();
    let status = status.expect("apt install clang lld wasi-libc libclang-rt-dev-wasm32");
    assert!(status.success(), "clang failed");
    // This script itself says what Cargo is to watch.
    Builder::new()
        .module(Module::new("lottery", wasm).max_pages(4))
        .cargo_directives(false)
        .compile();
}
