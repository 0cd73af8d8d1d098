//! Makes the modules that are measured beside those of the golden tests: the C kernels of tests/size,
//! whose calls run deep, and modules with large frames.

#[path = "build/frames.rs"]
mod frames;

use herkos_build::{Builder, Module};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const KERNELS: &str = "../../size/c";
/// As users of microcontrollers link them: a small stack of their own, below the data.
const CLANG: [&str; 11] = [
    "--target=wasm32",
    "-std=gnu11",
    "-O3",
    "-nostdlib",
    "-mbulk-memory",
    "-msign-ext",
    "-mnontrapping-fptoint",
    "-Wl,--no-entry",
    "-Wl,--stack-first",
    "-Wl,-z,stack-size=1024",
    "-o",
];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let (mut builder, mut list) = (Builder::new(), String::new());
    for (name, wasm) in kernels(&out) {
        builder = builder.module(Module::new(&name, wasm).max_pages(2).max_stack(65536));
        list += &format!("{name}() {{ run RUN, &[1]; }}\n");
    }
    for frames::Frames {
        name,
        text,
        exports,
    } in frames::modules()
    {
        let wasm = out.join(format!("{name}.wasm"));
        let bytes = wat::parse_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        update(&wasm, &bytes);
        builder = builder.module(Module::new(&name, wasm));
        list += &format!("{name}(Host) {{");
        for export in exports {
            list += &format!(" {export} {}, &[1, 7];", export.to_uppercase());
        }
        list += " }\n";
    }
    builder.compile();
    fs::write(out.join("measured.rs"), format!("measured! {{\n{list}}}\n"))
        .expect("OUT_DIR can be written to");
}

/// Names and files. A kernel exports `run`, which takes a number of rounds, and imports nothing.
fn kernels(out: &Path) -> Vec<(String, PathBuf)> {
    for folder in [KERNELS, "../../e2e/c"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let mut kernels = Vec::new();
    for entry in fs::read_dir(KERNELS).expect("tests/size/c") {
        let source = entry.expect("entry").path();
        if source.extension().is_none_or(|extension| extension != "c") {
            continue;
        }
        let name = source
            .file_stem()
            .expect("stem")
            .to_string_lossy()
            .into_owned();
        let wasm = out.join(format!("{name}.wasm"));
        let status = Command::new("clang")
            .args(CLANG)
            .arg(&wasm)
            .arg(&source)
            .status();
        assert!(
            status.expect("clang runs").success(),
            "clang {}",
            source.display()
        );
        kernels.push((name, wasm));
    }
    kernels.sort();
    assert!(kernels.len() > 20, "the kernels are gone");
    kernels
}

/// Untouched if it is the same: Cargo watches it.
fn update(file: &Path, bytes: &[u8]) {
    if fs::read(file).ok().as_deref() != Some(bytes) {
        fs::write(file, bytes).expect("OUT_DIR can be written to");
    }
}
