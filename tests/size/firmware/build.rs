//! Compiles the kernel that SIZE_KERNEL names, at the profile's level of optimisation: natively to an
//! object that is linked in, or to WebAssembly and by herkos to Rust.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use herkos_build::{Builder, Module};

/// Both sides are compiled by the same clang, with these.
const COMMON: [&str; 5] = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-nostdlib"];
const NATIVE: [&str; 5] = [
    "--target=thumbv7m-none-eabi",
    "-mcpu=cortex-m3",
    "-ffunction-sections",
    "-fdata-sections",
    "-c",
];
/// The stack lies below the data, so that its overflow traps. No kernel needs more of it.
const WASM: [&str; 8] = [
    "--target=wasm32",
    "-mbulk-memory",
    "-msign-ext",
    "-mnontrapping-fptoint",
    "-Wl,--no-entry",
    "-Wl,--stack-first",
    "-Wl,-z,stack-size=1024",
    "-Wl,--export=__heap_base",
];

fn main() {
    let out = PathBuf::from(variable("OUT_DIR"));
    fs::copy("memory.x", out.join("memory.x")).expect("memory.x");
    println!("cargo::rustc-link-search={}", out.display());
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=memory.x");
    println!("cargo::rerun-if-changed=../c");
    println!("cargo::rerun-if-changed=../../e2e/c");
    let rounds: u32 = variable("SIZE_ROUNDS").parse().expect("SIZE_ROUNDS");
    fs::write(out.join("rounds.rs"), format!("const ROUNDS: u32 = {rounds};\n")).expect("write");
    let kernel = PathBuf::from(format!("../c/{}.c", variable("SIZE_KERNEL")));
    if env::var_os("CARGO_FEATURE_NATIVE").is_some() {
        let object = out.join("kernel.o");
        compile(&kernel, &NATIVE, &object);
        println!("cargo::rustc-link-arg-bins={}", object.display());
    }
    if env::var_os("CARGO_FEATURE_HERKOS").is_some() {
        let wasm = out.join("kernel.wasm");
        compile(&kernel, &WASM, &wasm);
        let bytes = heap_base(&fs::read(&wasm).expect("read"));
        let grows = fs::read_to_string(&kernel).expect("read").contains("memory_grow");
        let module = Module::new("kernel", wasm);
        // What grows does so by pages.
        let module = if grows { module.max_pages(2) } else { module.max_memory(bytes) };
        Builder::new().module(module).compile();
    }
}

fn variable(name: &str) -> String {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set; run this by `make size`"))
}

fn compile(source: &Path, flags: &[&str], object: &Path) {
    let level = format!("-O{}", variable("OPT_LEVEL"));
    let clang = variable("SIZE_CLANG");
    let status = Command::new(&clang)
        .args(COMMON)
        .arg(level)
        .args(flags)
        .arg(source)
        .arg("-o")
        .arg(object)
        .status()
        .unwrap_or_else(|e| panic!("{clang}: {e}"));
    assert!(status.success(), "{clang} {}: {status}", source.display());
}

/// Where the linker says that static data and the stack end: all of the memory that a kernel needs.
fn heap_base(wasm: &[u8]) -> u64 {
    use wasmparser::{ExternalKind, Operator, Parser, Payload};
    let mut globals = Vec::new();
    let mut index = None;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.expect("a valid module") {
            Payload::GlobalSection(section) => {
                globals.extend(section.into_iter().map(|global| {
                    let mut operators = global.expect("global").init_expr.get_operators_reader();
                    match operators.read() {
                        Ok(Operator::I32Const { value }) => u64::from(value.cast_unsigned()),
                        other => panic!("not an i32.const: {other:?}"),
                    }
                }));
            }
            Payload::ExportSection(section) => {
                let exports = section.into_iter().map(|export| export.expect("export"));
                index = exports
                    .filter(|e| e.kind == ExternalKind::Global && e.name == "__heap_base")
                    .map(|e| e.index as usize)
                    .next();
            }
            _ => {}
        }
    }
    globals[index.expect("__heap_base")]
}
