//! Compiles zlib and c/main.c to WebAssembly with wasi-libc, and has it translated to `mod zlib`.

use cargo_metadata::MetadataCommand;
use herkos_build::{Builder, Module};
use std::env;
use std::path::PathBuf;
use std::process::Command;

const FILES: [&str; 14] = [
    "adler32", "compress", "crc32", "deflate", "gzclose", "gzlib", "gzread", "gzwrite", "infback",
    "inffast", "inflate", "inftrees", "trees", "zutil",
];

fn main() {
    println!("cargo::rerun-if-changed=c");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let zlib = package("libz-sys").join("src/zlib");
    let wasm = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("zlib.wasm");
    let mut clang = Command::new("clang");
    clang.args(["--target=wasm32-wasi", "-O2", "-w", "-DHAVE_UNISTD_H=1"]);
    clang.arg("-I").arg(&zlib).arg("c/main.c");
    clang.args(FILES.map(|file| zlib.join(file).with_extension("c")));
    clang.arg("-o").arg(&wasm);
    let status = clang.status();
    let status = status.expect("apt install clang lld wasi-libc libclang-rt-dev-wasm32");
    assert!(status.success(), "clang failed");
    // zlib asks for its memory with malloc: 256 KiB to compress.
    let module = Module::new("zlib", wasm).max_pages(16);
    // This script itself says what Cargo is to watch.
    Builder::new()
        .module(module)
        .cargo_directives(false)
        .compile();
}

/// The folder of a package that Cargo.toml names, as Cargo has fetched it.
fn package(name: &str) -> PathBuf {
    let metadata = MetadataCommand::new().exec().expect("cargo metadata");
    let mut packages = metadata.packages.into_iter();
    let package = packages.find(|package| package.name.as_str() == name);
    package
        .expect("a dependency")
        .manifest_path
        .parent()
        .unwrap()
        .into()
}
