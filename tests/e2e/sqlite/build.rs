//! Compiles the SQLite that the crate libsqlite3-sys carries to WebAssembly, and has it translated.

#[path = "../build/glue.rs"]
mod glue;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use herkos_build::{Builder, Module};

/// No threads, no files, and no `long double`, whose functions Debian's clang lacks for wasm32.
const FLAGS: &[&str] = &[
    "--target=wasm32-wasi",
    "-mexec-model=reactor",
    "-O2",
    "-w",
    "-DSQLITE_OS_OTHER=1",
    "-DSQLITE_THREADSAFE=0",
    "-DSQLITE_OMIT_LOAD_EXTENSION",
    "-DSQLITE_OMIT_LOCALTIME",
    "-DLONGDOUBLE_TYPE=double",
    "-nostdlib",
    "-lc",
    "-Wl,--no-entry,-z,stack-size=65536,--initial-memory=4194304,--max-memory=16777216",
];

fn main() {
    println!("cargo::rerun-if-changed=c");
    println!("cargo::rerun-if-changed=../build");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    let wasm = out.join("sqlite.wasm");
    let sqlite = sqlite();
    let output = Command::new("clang")
        .arg("c/demo.c")
        .arg(sqlite.join("sqlite3.c"))
        .arg("-I")
        .arg(&sqlite)
        .args(FLAGS)
        .arg("-o")
        .arg(&wasm)
        .output()
        .expect("clang; these tests need: apt install clang lld wasi-libc");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "clang: {text}");
    as_old_as(&wasm, Path::new("c/demo.c"));
    let entries = [glue::Entry::new("sqlite", &wasm, false)];
    fs::write(out.join("glue.rs"), glue::text(&entries)).expect("write");
    Builder::new().module(Module::new("sqlite", wasm).max_stack(1 << 20)).compile();
}

/// The folder of sqlite3.c, in Cargo's copy of the crate.
fn sqlite() -> PathBuf {
    let output = Command::new(env::var_os("CARGO").expect("CARGO"))
        .args(["metadata", "--format-version=1", "--locked"])
        .output()
        .expect("cargo metadata");
    let text = String::from_utf8(output.stdout).expect("JSON");
    let mut paths = text.split("\"manifest_path\":\"").skip(1).filter_map(|t| t.split('"').next());
    let manifest = paths.find(|p| p.contains("libsqlite3-sys-"));
    let manifest = manifest.unwrap_or_else(|| {
        panic!(
            "cargo metadata names no libsqlite3-sys: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    Path::new(manifest).with_file_name("sqlite3")
}

/// See ../build.rs.
fn as_old_as(made: &Path, source: &Path) {
    let time = fs::metadata(source).and_then(|m| m.modified());
    let file = fs::File::options().append(true).open(made);
    time.and_then(|time| file?.set_modified(time)).expect("time of the file");
}
