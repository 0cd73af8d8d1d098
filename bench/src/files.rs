//! Where things are, and files that are written only when they change.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Folders {
    pub repository: PathBuf,
    /// `bench/`.
    pub bench: PathBuf,
    /// Cargo's target folder of this crate: everything is made below.
    pub target: PathBuf,
}

impl Folders {
    pub fn new() -> Result<Self, String> {
        let bench = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = target.unwrap_or_else(|| bench.join("target"));
        fs::create_dir_all(&target).map_err(|e| format!("{}: {e}", target.display()))?;
        let absolute = |path: &Path| path.canonicalize().map_err(|e| e.to_string());
        Ok(Self { repository: absolute(&bench.join(".."))?, target: absolute(&target)?, bench })
    }

    /// What is made of the C of a program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("programs").join(name)
    }
}

pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// What is in a folder, sorted.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
    });
    let mut entries = entries.map_err(|e| format!("{}: {e}", folder.display()))?;
    entries.sort();
    Ok(entries)
}

/// Leaves a file alone that has this content: nothing is built anew for it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    let content = content.as_ref();
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, content));
    written.map_err(|e| format!("{}: {e}", path.display()))
}

pub fn hash(data: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Makes `output` unless it was made from the same `inputs`, which are all that it depends on.
pub fn make(
    output: &Path,
    inputs: &impl Hash,
    build: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let key = hash(inputs);
    let stamp = PathBuf::from(format!("{}.key", output.display()));
    if output.exists() && fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        return Ok(());
    }
    let _ = fs::remove_file(&stamp);
    build()?;
    write(&stamp, key)
}

/// Standard output of a command that must succeed.
pub fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|e| format!("{name}: {e}"))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr))),
    }
}
