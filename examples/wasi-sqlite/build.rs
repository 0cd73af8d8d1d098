//! Compiles SQLite and c/main.c to WebAssembly with wasi-libc, and has it translated to `mod sqlite`.

use cargo_metadata::MetadataCommand;
use herkos_build::{Builder, Module};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// No threads, no libraries to load, and the write-ahead log needs shared memory.
const FLAGS: [&str; 8] = [
    "--target=wasm32-wasi",
    "-Os",
    "-w",
    "-DSQLITE_THREADSAFE=0",
    "-DSQLITE_OMIT_LOAD_EXTENSION",
    "-DSQLITE_OMIT_WAL",
    "-D_WASI_EMULATED_GETPID",
    "-lwasi-emulated-getpid",
];

fn main() {
    println!("cargo::rerun-if-changed=c");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let sqlite = package("libsqlite3-sys").join("sqlite3");
    let wasm = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("sqlite.wasm");
    let mut clang = Command::new("clang");
    clang.args(FLAGS).arg("-I").arg(&sqlite);
    clang.arg("c/main.c").arg(sqlite.join("sqlite3.c"));
    clang.arg("-o").arg(&wasm);
    let status = clang.status();
    let status = status.expect("apt install clang lld wasi-libc libclang-rt-dev-wasm32");
    assert!(status.success(), "clang failed");
    let module = Module::new("sqlite", wasm)
        .max_pages(256)
        .max_stack(4 << 20);
    // This script itself says what Cargo is to watch.
    Builder::new()
        .module(module)
        .cargo_directives(false)
        .compile();
}

/// The folder of a package that Cargo.lock names, as Cargo has fetched it.
fn package(name: &str) -> PathBuf {
    let metadata = MetadataCommand::new().exec().expect("cargo metadata");
    let mut packages = metadata.packages.into_iter();
    let package = packages.find(|package| package.name.as_str() == name);
    let manifest = package.expect("a dependency").manifest_path;
    manifest.parent().unwrap().into()
}
