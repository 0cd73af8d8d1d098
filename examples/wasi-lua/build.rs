//! Compiles Lua and c/ to WebAssembly with wasi-libc, and has it translated to `mod lua`.

use cargo_metadata::MetadataCommand;
use herkos_build::{Builder, Module};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=c");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let lua = package("lua-src").join("lua-5.4.9");
    let own = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("c");
    let objects = PathBuf::from(env::var_os("OUT_DIR").unwrap()).join("objects");
    let _ = fs::remove_dir_all(&objects);
    fs::create_dir_all(&objects).unwrap();

    let mut compile = clang(&objects);
    compile.args([
        "-c",
        "-O2",
        "-std=gnu99",
        "-w",
        "-D_WASI_EMULATED_PROCESS_CLOCKS",
    ]);
    compile
        .arg("-D_WASI_EMULATED_SIGNAL")
        .arg("-include")
        .arg(own.join("wasi.h"));
    compile.arg("-I").arg(&own).arg("-I").arg(&lua);
    run(compile.args(files(&lua, "c")).args(files(&own, "c")));

    // Linked without -O: clang would have wasm-opt inline functions, and those of try.c must stay
    // what they are until asyncify has seen them.
    let wasm = objects.join("lua.wasm");
    let mut link = clang(&objects);
    link.args(files(&objects, "o"))
        .arg("-lwasi-emulated-process-clocks");
    run(link.arg("-Wl,-z,stack-size=262144").arg("-o").arg(&wasm));

    let module = Module::new("lua", wasm)
        .optimize("--asyncify --pass-arg=asyncify-ignore-imports -O2")
        .max_pages(1024)
        .max_stack(4 << 20);
    // This script itself says what Cargo is to watch.
    Builder::new()
        .module(module)
        .cargo_directives(false)
        .compile();
}

fn clang(folder: &Path) -> Command {
    let mut clang = Command::new("clang");
    clang.arg("--target=wasm32-wasi").current_dir(folder);
    clang
}

fn run(clang: &mut Command) {
    let status = clang.status();
    let status = status.expect("apt install clang lld wasi-libc libclang-rt-dev-wasm32");
    assert!(status.success(), "clang failed");
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

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    files
}
