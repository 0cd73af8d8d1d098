//! Modules that other tests are about: the golden tests', the examples', and invalid ones.

use std::fs;
use std::path::{Path, PathBuf};

const VALID: [&str; 4] = [
    "tests/golden",
    "tests/e2e/wat",
    "examples/hello/wasm",
    "examples/host-imports/wasm",
];

const INVALID: [&str; 1] = ["tests/invalid"];

/// In the text of the first exception handling proposal, which the crate wat does not read.
const UNREADABLE: &str = "feature-exceptions.wat";

/// The valid ones, in the order of their names.
pub fn valid(root: &Path) -> Result<Vec<Vec<u8>>, String> {
    read(root, &VALID)
}

/// Some mutants of these are less invalid than they are.
pub fn invalid(root: &Path) -> Result<Vec<Vec<u8>>, String> {
    read(root, &INVALID)
}

/// The modules in these folders.
pub fn read(root: &Path, folders: &[&str]) -> Result<Vec<Vec<u8>>, String> {
    let mut files = Vec::new();
    for folder in folders {
        let folder = root.join(folder);
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| {
            ["wat", "wasm", "hex"]
                .iter()
                .any(|e| has_extension(path, e))
        });
        paths.retain(|path| !path.ends_with(UNREADABLE));
        paths.sort();
        files.append(&mut paths);
    }
    files.iter().map(|path| binary(path)).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e == extension)
}

fn binary(path: &Path) -> Result<Vec<u8>, String> {
    if !has_extension(path, "hex") {
        return wat::parse_file(path).map_err(|e| e.to_string());
    }
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or(""));
    let bytes = lines.flat_map(str::split_whitespace);
    let bytes = bytes.map(|byte| u8::from_str_radix(byte, 16));
    let bytes: Result<_, _> = bytes.collect();
    bytes.map_err(|e| format!("{}: {e}", path.display()))
}
