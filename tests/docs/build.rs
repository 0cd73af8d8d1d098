//! Makes of the documentation's code blocks what `src/lib.rs` includes.
//!
//! Rust blocks become a module each, `readme_md_39` and so on; those that are a part of a program stand
//! in a context that has what they use. The Wasm modules that the text speaks of are in `wat/`, and
//! the tutorial's is made by its own command.

#[path = "src/blocks.rs"]
#[allow(dead_code)]
mod blocks;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use blocks::Block;
use herkos_build::{Builder, Module};

/// The modules that pages name, and their options. `wat/NAME.wat` is the module.
fn modules(wasm: &Path) -> Vec<Module> {
    let module = |name: &str| Module::new(name, wasm.join(format!("{name}.wasm")));
    vec![
        module("app").link("codec", "codec"),
        module("calc"),
        module("codec"),
        module("decoder").max_memory(4096),
        module("job").fuel(true),
        module("program"),
        module("sensor"),
        module("unpack").trace(true),
    ]
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    let all = blocks::all();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/blocks.rs");
    println!("cargo::rerun-if-changed=contexts");
    println!("cargo::rerun-if-changed=wat");
    println!("cargo::rerun-if-changed=../../docs");
    for page in blocks::pages() {
        println!("cargo::rerun-if-changed=../../{page}");
    }
    let wasm = out.join("wasm");
    assemble(&wasm);
    let tutorial = tutorial(&all, &out.join("tutorial"));
    let mut builder = Builder::new().module(tutorial);
    for module in modules(&wasm) {
        builder = builder.module(module);
    }
    builder.compile();
    let rust = all.iter().filter(|block| block.language == "rust");
    let text: String = rust.filter(|block| block.value("file").is_none()).map(module_of).collect();
    fs::write(out.join("blocks.rs"), text).expect("OUT_DIR is writable");
}

/// The modules of `wat/`, as binaries.
fn assemble(wasm: &Path) {
    fs::create_dir_all(wasm).expect("OUT_DIR is writable");
    for entry in fs::read_dir("wat").expect("wat/ can be read") {
        let path = entry.expect("and its entries").path();
        let bytes = wat::parse_file(&path).unwrap_or_else(|e| panic!("{e}"));
        let name = path.with_extension("wasm");
        fs::write(wasm.join(name.file_name().expect("a file")), bytes)
            .expect("OUT_DIR is writable");
    }
}

/// Writes the files of the tutorial, runs its commands, and gives the module that they make.
fn tutorial(all: &[Block], folder: &Path) -> Module {
    let blocks = all.iter().filter(|block| block.page == "docs/tutorial.md");
    for block in blocks {
        if let Some(path) = block.value("file") {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("in a folder")).expect("OUT_DIR is writable");
            fs::write(path, &block.text).expect("OUT_DIR is writable");
        }
        if block.language == "sh" && block.has("run") {
            let mut shell = Command::new("sh");
            let status = shell.args(["-euc", &block.text]).current_dir(folder).status();
            let done = status.as_ref().is_ok_and(|status| status.success());
            assert!(done, "{}: {status:?}", block.place());
        }
    }
    Module::new("rle", folder.join("wasm/rle.wasm"))
}

/// A Rust block as a module of its own.
fn module_of(block: &Block) -> String {
    let name = block.page.replace(|c: char| !c.is_ascii_alphanumeric(), "_").to_lowercase();
    // Once is enough: `src/lib.rs` includes the generated modules, and the tutorial's program.
    let mut text =
        block.text.replace("herkos_runtime::include_modules!();", "use crate::modules::*;");
    if let Some(context) = block.value("in") {
        let path = format!("contexts/{context}.rs");
        let around = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert_eq!(around.matches("block!();").count(), 1, "{path}: one `block!();`");
        text = around.replace("block!();", &text);
    }
    let place = block.place();
    format!(
        "/// {place}\nmod {name}_{} {{\n    // The block begins here: {place}\n{text}}}\n",
        block.line
    )
}
