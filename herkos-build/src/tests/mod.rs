//! Tests of whole builds, in this process: the texts of errors, and what happens to the files, with
//! a small shell script in the place of herkos-c. Builds by Cargo are tested in `tests/build`.

mod config;
#[cfg(unix)]
mod run;
#[cfg(unix)]
mod sources;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::cargo::Cargo;
use crate::{Builder, Error, Generated};

/// A package in a folder of its own, removed at the end.
struct Project {
    root: PathBuf,
}

impl Project {
    fn new(manifest: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("herkos-build {}-{number}", std::process::id());
        let project = Self {
            root: std::env::temp_dir().join(name),
        };
        let _ = fs::remove_dir_all(&project.root);
        project.write("Cargo.toml", manifest);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn out(&self, path: &str) -> PathBuf {
        self.root.join("out").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What build scripts of this package find in their environment.
    fn cargo(&self, more: Vec<(&str, OsString)>) -> Cargo {
        let mut variables = vec![
            ("CARGO_MANIFEST_DIR", self.root.clone().into_os_string()),
            ("OUT_DIR", self.root.join("out").into_os_string()),
        ];
        variables.extend(more);
        Cargo::with_variables(variables)
    }

    /// The build of what Cargo.toml lists, with herkos-c being something that cannot run.
    fn fails(&self) -> String {
        let cargo = self.cargo(vec![("HERKOS_C", "/dev/null".into())]);
        let error = Builder::from_manifest().build(&cargo).unwrap_err();
        error.to_string()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Every file below a folder, with its content, by path.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    all.sort();
    all
}

fn text(result: Result<Generated, Error>) -> String {
    result.unwrap_err().to_string()
}
