//! Compiles each of `c/` twice: with wasi-libc to WebAssembly, which herkos-build translates, and
//! with the machine's own C library to a program to compare with.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use herkos_build::{Builder, Module};

fn main() {
    println!("cargo::rerun-if-changed=c");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    let mut builder = Builder::new();
    let mut table = String::new();
    let mut sources: Vec<PathBuf> = fs::read_dir("c")
        .expect("c")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "c"))
        .collect();
    sources.sort();
    for source in sources {
        let name = source.file_stem().expect("stem").to_str().expect("UTF-8");
        let wasm = out.join(format!("{name}.wasm"));
        compile("clang", &["--target=wasm32-wasi", "-Wl,--max-memory=4194304"], &source, &wasm);
        as_old_as(&wasm, &source);
        compile("cc", &["-D_GNU_SOURCE"], &source, &out.join(name));
        builder = builder.module(Module::new(name, wasm).max_stack(1 << 20));
        table.push_str(&format!("    {name:?} => {name},\n"));
    }
    fs::write(out.join("table.rs"), format!("programs! {{\n{table}}}\n")).expect("write");
    builder.compile();
    println!("cargo::rustc-check-cfg=cfg(has_32_bits)");
    if has_target("i686-unknown-linux-musl") {
        println!("cargo::rustc-cfg=has_32_bits");
    }
}

/// Whether the Rust in use can compile for it.
fn has_target(target: &str) -> bool {
    let rustc = env::var_os("RUSTC").expect("Cargo sets RUSTC");
    let output = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", target])
        .output()
        .expect("rustc");
    Path::new(String::from_utf8_lossy(&output.stdout).trim_end()).exists()
}

fn compile(compiler: &str, flags: &[&str], source: &Path, output: &Path) {
    let done = Command::new(compiler)
        .args(["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"])
        .args(flags)
        .arg(source)
        .arg("-o")
        .arg(output)
        .output()
        .unwrap_or_else(|e| panic!("{compiler}: {e}; see `make wasi` for what these tests need"));
    let text = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{compiler} {}: {text}", source.display());
}

/// herkos-build watches each module. One that is newer than the start of this build script would
/// make Cargo run the script once more.
fn as_old_as(made: &Path, source: &Path) {
    let time = fs::metadata(source).and_then(|m| m.modified());
    let file = fs::File::options().append(true).open(made);
    time.and_then(|time| file?.set_modified(time)).expect("time of the file");
}
