//! Valid modules from random bytes by Binaryen: `wasm-opt -ttf` ("translate to fuzz").

use std::fs;
use std::path::Path;
use std::process::Command;

use fastrand::Rng;

use super::Promise;

const FEATURES: [&str; 6] = [
    "--mvp-features",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-bulk-memory",
];

const LEVELS: [&str; 4] = ["-O0", "-O1", "-O3", "-Oz"];

/// With reference types Binaryen 108 makes no promise: it takes types of the garbage collection
/// proposal for a part of them, some with codes of old.
pub fn generate(rng: &mut Rng, scratch: &Path) -> Result<(Vec<u8>, Promise), String> {
    let references = rng.u8(..3) == 0;
    let (input, output) = (scratch.join("ttf.bytes"), scratch.join("ttf.wasm"));
    let mut bytes = vec![0; rng.usize(100..4000)];
    rng.fill(&mut bytes);
    fs::write(&input, bytes).map_err(|e| e.to_string())?;
    let run = Command::new("wasm-opt")
        .arg(&input)
        .args(["-ttf", "-o"])
        .arg(&output)
        .args(FEATURES)
        .args(references.then_some("--enable-reference-types"))
        .arg(LEVELS[rng.usize(..LEVELS.len())])
        .output()
        .map_err(|e| format!("wasm-opt: {e}"))?;
    if !run.status.success() {
        let said = String::from_utf8_lossy(&run.stderr);
        return Err(format!("wasm-opt -ttf: {}: {said}", run.status));
    }
    let bytes = fs::read(&output).map_err(|e| e.to_string())?;
    let promise = if references {
        Promise::Nothing
    } else {
        Promise::Valid
    };
    Ok((bytes, promise))
}
