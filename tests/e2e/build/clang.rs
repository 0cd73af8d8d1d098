//! C kernels to WebAssembly, each at every level of optimisation.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Names of levels and their flags. The upper ones also use what came after WebAssembly 1.0.
const LEVELS: [(&str, &[&str]); 5] = [
    ("o0", &["-O0"]),
    ("o1", &["-O1"]),
    ("o2", &["-O2", "-msign-ext", "-mnontrapping-fptoint"]),
    ("o3", &["-O3", "-msign-ext", "-mbulk-memory", "-mmultivalue"]),
    ("os", &["-Os"]),
];

/// Kernels that clang vectorises, at one level more.
const VECTORISED: [&str; 4] = ["matmul", "nbody", "sha256", "levenshtein"];
const VECTORS: (&str, &[&str]) = ("o3_simd", &["-O3", "-msimd128"]);

/// Compiles `c/NAME.c` to `OUT/NAME_LEVEL.wasm`. All names, with the files.
pub fn compile_all(out: &Path) -> Vec<(String, PathBuf)> {
    let mut made = Vec::new();
    for source in super::sources("c", "c") {
        let stem = super::stem(&source);
        let more = VECTORISED.contains(&stem.as_str()).then_some(VECTORS);
        for (level, flags) in LEVELS.into_iter().chain(more) {
            let name = format!("{stem}_{level}");
            let wasm = out.join(format!("{name}.wasm"));
            // Intrinsics, at all levels.
            let vectors = (stem == "vectors").then_some("-msimd128");
            let flags: Vec<&str> = flags.iter().copied().chain(vectors).collect();
            compile(&source, &flags, &wasm);
            super::as_old_as(&wasm, &source);
            made.push((name, wasm));
        }
    }
    made
}

fn compile(source: &Path, flags: &[&str], wasm: &Path) {
    let output = Command::new("clang")
        .args(["--target=wasm32", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-nostdlib"])
        .args(["-Wl,--no-entry", "-Wl,-z,stack-size=8192"])
        .args(flags)
        .arg("-o")
        .arg(wasm)
        .arg(source)
        .output()
        .unwrap_or_else(|e| {
            panic!("clang: {e}; these tests need clang and wasm-ld: apt install clang lld")
        });
    assert!(
        output.status.success(),
        "clang {}: {}",
        source.display(),
        String::from_utf8_lossy(&output.stderr)
    );
}
