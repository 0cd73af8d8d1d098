//! The herkos transpiler as an executable.
//!
//! The transpiler is a C program; its sources are part of this package. The build script of this
//! crate compiles them with the C compiler of the machine that builds, and [`executable`] says
//! where the result is. [herkos-build](https://docs.rs/herkos-build) runs it; nobody else needs
//! this crate.
//!
//! The executable is also embedded in this library, because the path known at compile time is gone
//! when a target folder was moved or restored from a cache.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The version of the transpiler, as `herkos-c --version` prints it after its name.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the build script put the executable, and its bytes: none if `HERKOS_C` was set then.
static BUILT: &str = env!("HERKOS_C_EXECUTABLE");
static IMAGE: &[u8] = include_bytes!(env!("HERKOS_C_EXECUTABLE"));

/// The path of an executable `herkos-c` that is intact: the one in this crate's own build folder,
/// or, when that is gone or damaged, a copy that is written into the folder `scratch`.
///
/// Several processes may call this with the same `scratch` at once. A copy that was just written
/// may be "busy" (`ETXTBSY`) for a moment, when another thread forks meanwhile: retry to start it.
///
/// # Errors
/// When the copy cannot be written, or when this crate was built with `HERKOS_C` set: then it has
/// no executable, and the one named there is to be used.
pub fn executable(scratch: &Path) -> io::Result<PathBuf> {
    locate(Path::new(BUILT), IMAGE, scratch)
}

fn locate(built: &Path, image: &[u8], scratch: &Path) -> io::Result<PathBuf> {
    if image.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "herkos-c was not compiled, because HERKOS_C was set when it was built",
        ));
    }
    if is_intact(built, image) {
        return Ok(built.to_path_buf());
    }
    let path = scratch.join(built.file_name().unwrap_or("herkos-c".as_ref()));
    if !is_intact(&path, image) {
        write_copy(&path, image)?;
    }
    Ok(path)
}

/// Compared byte by byte, since a folder of another build may stand at the old path by now.
fn is_intact(path: &Path, image: &[u8]) -> bool {
    is_executable(path) && fs::read(path).is_ok_and(|bytes| bytes == image)
}

/// Writes under a name of its own, then renames: nobody ever sees half a file.
fn write_copy(path: &Path, image: &[u8]) -> io::Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let unique = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let temporary = path.with_extension(format!("{}-{}.tmp", unique.0, unique.1));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let written = File::create(&temporary)
        .and_then(|mut file| file.write_all(image))
        .and_then(|()| make_executable(&temporary))
        .and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
        if is_intact(path, image) {
            return Ok(()); // Windows: another process was first and is running it
        }
    }
    written
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{locate, write_copy};
    use std::fs;
    use std::path::{Path, PathBuf};

    const IMAGE: &[u8] = b"#!/bin/sh\necho herkos-c\n";

    /// A fresh folder of this test's own.
    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("herkos-c-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_built_file_is_used_while_it_is_intact() {
        let folder = folder("built");
        let built = folder.join("herkos-c");
        write_copy(&built, IMAGE).unwrap();
        assert_eq!(
            locate(&built, IMAGE, &folder.join("scratch")).unwrap(),
            built
        );
        assert!(!folder.join("scratch").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_missing_or_damaged_file_is_replaced_by_a_copy() {
        let folder = folder("copy");
        let (built, scratch) = (folder.join("herkos-c"), folder.join("a b/scratch"));
        let copy = locate(&built, IMAGE, &scratch).unwrap();
        assert_eq!(copy, scratch.join("herkos-c"));
        assert_eq!(fs::read(&copy).unwrap(), IMAGE);
        assert_eq!(names(&scratch), ["herkos-c"]);
        write_copy(&built, b"other").unwrap();
        assert_eq!(locate(&built, IMAGE, &scratch).unwrap(), copy);
        fs::write(&copy, b"truncated").unwrap();
        assert_eq!(locate(&built, IMAGE, &scratch).unwrap(), copy);
        assert_eq!(fs::read(&copy).unwrap(), IMAGE);
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_lost_its_mode_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder("mode");
        let built = folder.join("herkos-c");
        fs::write(&built, IMAGE).unwrap();
        let copy = locate(&built, IMAGE, &folder.join("scratch")).unwrap();
        assert_ne!(copy, built);
        assert_eq!(
            fs::metadata(&copy).unwrap().permissions().mode() & 0o777,
            0o755
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn two_at_once_do_not_disturb_each_other() {
        let folder = folder("race");
        let scratch = folder.join("scratch");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let copy = locate(&folder.join("gone"), IMAGE, &scratch).unwrap();
                    assert_eq!(fs::read(copy).unwrap(), IMAGE);
                });
            }
        });
        assert_eq!(names(&scratch), ["gone"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn without_an_image_the_error_says_why() {
        let error = locate(Path::new("x"), b"", Path::new("y")).unwrap_err();
        assert!(error.to_string().contains("HERKOS_C"), "{error}");
    }
}
