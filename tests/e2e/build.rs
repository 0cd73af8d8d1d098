//! Compiles `c/*.c` at every level of optimisation and `wat/*.wat`, has herkos-build translate them
//! beside the modules that Cargo.toml lists, and writes the table of all modules for the tests.

#[path = "build/clang.rs"]
mod clang;
#[path = "build/glue.rs"]
mod glue;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use herkos_build::{Builder, Module, Nan};

/// What Cargo.toml lists: name and file.
const LISTED: [(&str, &str); 3] = [
    ("codec", "../../examples/hello/wasm/codec.wasm"),
    ("codec_optimized", "../../examples/hello/wasm/codec.wasm"),
    ("sensor", "../../examples/host-imports/wasm/sensor.wasm"),
];

/// Kernels that store NaNs in memory, where only canonical ones can be compared.
const NANS: [&str; 2] = ["machine_", "mandelbrot_"];

/// Their text is looked at in the golden tests, too.
const GOLDEN: &[&str] = &[
    "../golden/br-table-large.wat",
    "../golden/call-indirect-growable.wat",
    "../golden/counters.wat",
    "../golden/forms.wat",
    "../golden/memory-least.wat",
    "../golden/reroll.wat",
    "../golden/reroll-growable.wat",
    "../golden/reroll-unknown.wat",
];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR"));
    let mut entries: Vec<glue::Entry> =
        LISTED.iter().map(|(name, file)| glue::Entry::new(name, Path::new(file), false)).collect();
    let mut builder = Builder::from_manifest();
    for (name, wasm) in clang::compile_all(&out) {
        let canonical = NANS.iter().any(|kernel| name.starts_with(kernel));
        entries.push(glue::Entry::new(&name, &wasm, canonical));
        let nan = if canonical { Nan::Canonical } else { Nan::Spec };
        // -O0 code has large frames, and some kernels recurse.
        builder = builder.module(Module::new(name, wasm).max_stack(1 << 20).nan(nan));
    }
    GOLDEN.iter().for_each(|file| println!("cargo::rerun-if-changed={file}"));
    for source in sources("wat", "wat").into_iter().chain(GOLDEN.iter().map(PathBuf::from)) {
        let name = stem(&source).replace('-', "_");
        let wasm = out.join(format!("{name}.wasm"));
        let bytes = wat::parse_file(&source).unwrap_or_else(|e| panic!("{e}"));
        fs::write(&wasm, bytes).expect("write");
        as_old_as(&wasm, &source);
        // `name_canonical`: the same with bit-reproducible floats.
        if name.starts_with("float") {
            let name = format!("{name}_canonical");
            entries.push(glue::Entry::new(&name, &wasm, true));
            builder = builder.module(Module::new(name, &wasm).nan(Nan::Canonical));
        }
        entries.push(glue::Entry::new(&name, &wasm, false));
        builder = builder.module(Module::new(name, wasm).max_stack(100_000));
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    fs::write(out.join("glue.rs"), glue::text(&entries)).expect("write");
    builder.compile();
}

/// herkos-build watches each module. One that is newer than its source, and so than the start of this
/// build script, would make Cargo run the script once more.
fn as_old_as(made: &Path, source: &Path) {
    let time = fs::metadata(source).and_then(|m| m.modified());
    let file = fs::File::options().append(true).open(made);
    time.and_then(|time| file?.set_modified(time)).expect("time of the file");
}

/// The files of a folder with this extension, sorted; Cargo watches them.
fn sources(folder: &str, extension: &str) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={folder}");
    println!("cargo::rerun-if-changed=build");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{folder}: {e}"))
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("stem").to_string_lossy().into_owned()
}
