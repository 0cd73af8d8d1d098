//! Puts what was made into `OUT_DIR`: all of it, or nothing that compiles.
//!
//! A build works in a folder of its own, `OUT_DIR/herkos.tmp-…`, laid out like `OUT_DIR`: one that
//! fails leaves what the last good one made. If anything is different then, `herkos.rs`, without
//! which nothing is included, is taken away first and put back last, so that a build that is
//! stopped halfway leaves no mixture of two builds. A file whose content did not change is left
//! alone, modification time and all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::config::Module;
use crate::error::Error;
use crate::output::{root_file, GeneratedModule, FOLDERS, SUFFIXES};

/// What the names of the folders for files in the making begin with.
const WORK: &str = "herkos.tmp";

/// Longer than any build takes: a folder of that age is what a killed one left.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder for files in the making; gone when the run ends, unless it is killed.
pub(crate) struct Work(PathBuf);

impl Work {
    /// A folder that no other build uses, so that two at once do not disturb each other.
    pub(crate) fn create(out: &Path) -> Result<Self, Error> {
        fs::create_dir_all(out).map_err(|e| Error::io("create", out, &e))?;
        remove_abandoned(out);
        let mut number = 0;
        loop {
            let path = out.join(format!("{WORK}-{}-{number}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => number += 1,
                Err(e) => return Err(Error::io("create", &path, &e)),
            }
        }
    }

    /// Where the files of a module are made.
    pub(crate) fn files(&self, module: &Module) -> GeneratedModule {
        GeneratedModule::of(module, &self.0)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Best effort: they only take room.
fn remove_abandoned(out: &Path) {
    let old = |entry: &fs::DirEntry| {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.map(|time| SystemTime::now().duration_since(time));
        matches!(age, Ok(Ok(age)) if age > ABANDONED)
    };
    for entry in entries(out) {
        if entry.file_name().to_string_lossy().starts_with(WORK) && old(&entry) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Moves everything to its place and removes what no module of this build made.
pub(crate) fn install(modules: &[Module], out: &Path, work: &Work) -> Result<(), Error> {
    let (new_root, root) = (work.0.join("herkos.rs"), out.join("herkos.rs"));
    write(&new_root, &root_file(modules))?;
    let pairs = pairs(modules, out, work);
    let mut changed = Vec::new();
    for (from, to) in &pairs {
        if !is_same(from, to)? {
            changed.push((from, to));
        }
    }
    let aside = work.0.join("herkos.rs.old");
    let same_root = is_same(&new_root, &root)?;
    if !(changed.is_empty() && same_root) {
        take_away(&root, &aside)?;
    }
    // First: where case does not count, `Calc.rs` of the last build is `calc.rs` of this one.
    remove_stale(
        pairs.iter().map(|(_, to)| to.as_path()),
        &out.join("herkos"),
    );
    for (from, to) in &changed {
        rename(from, to)?;
    }
    if changed.is_empty() && same_root {
        return Ok(());
    }
    let kept = is_same(&new_root, &aside)?; // if it was there
    rename(if kept { &aside } else { &new_root }, &root)
}

/// Each file that was made but the last, `herkos.rs`, and its place.
fn pairs(modules: &[Module], out: &Path, work: &Work) -> Vec<(PathBuf, PathBuf)> {
    let mut pairs = Vec::new();
    for module in modules {
        let (from, to) = (work.files(module), GeneratedModule::of(module, out));
        let (from, to) = (from.files(), to.files());
        pairs.extend(
            from.zip(to)
                .map(|(from, to)| (from.to_owned(), to.to_owned())),
        );
    }
    pairs
}

/// Whether what was made is there already.
fn is_same(made: &Path, there: &Path) -> Result<bool, Error> {
    let new = fs::read(made).map_err(|e| Error::io("read", made, &e))?;
    Ok(fs::read(there).is_ok_and(|old| old == new))
}

fn take_away(path: &Path, aside: &Path) -> Result<(), Error> {
    match fs::rename(path, aside) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::io("replace", path, &e)),
        _ => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    create_parent(to)?;
    fs::rename(from, to).map_err(|e| Error::io("write", to, &e))
}

/// Writes a file into a folder that may have to be made.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Error> {
    create_parent(path)?;
    fs::write(path, text).map_err(|e| Error::io("write", path, &e))
}

/// Makes the folder that a file is to be in.
pub(crate) fn create_parent(path: &Path) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, &e))
}

/// Removes files that no module of this build has. Best effort: nothing includes them.
fn remove_stale<'p>(made: impl Iterator<Item = &'p Path>, folder: &Path) {
    let made: Vec<&Path> = made.collect();
    let is_stale = |path: &Path| !made.iter().any(|file| file.starts_with(path));
    let of_a_module = |path: &Path| {
        let suffix = path.extension().unwrap_or_default();
        SUFFIXES.iter().any(|known| suffix == *known)
    };
    for entry in entries(folder) {
        let path = entry.path();
        if of_a_module(&path) && is_stale(&path) {
            let _ = fs::remove_file(path);
        }
    }
    for inner in FOLDERS.map(|inner| folder.join(inner)) {
        let stale = entries(&inner).map(|entry| entry.path());
        for path in stale.filter(|path| is_stale(path)) {
            let _ = match path.is_dir() {
                true => fs::remove_dir_all(path),
                false => fs::remove_file(path),
            };
        }
        let _ = fs::remove_dir(inner); // if nothing is left in it
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}
