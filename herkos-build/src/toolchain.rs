//! Finds clang, and the linker that goes with it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::Cargo;
use crate::process::start;
use crate::tools::Missing;

/// What compiles C to WebAssembly.
#[derive(Debug)]
pub(crate) struct Toolchain {
    pub(crate) clang: PathBuf,
    pub(crate) linker: PathBuf,
    /// Where wasi-libc is, if the user says so; else clang knows.
    pub(crate) sysroot: Option<OsString>,
}

/// Versions to look for, as in `clang-19`: from a later one than there is, to the first that has
/// all flags in use here.
const VERSIONS: std::ops::RangeInclusive<u32> = 11..=40;

/// Folders that are often not in `PATH`: Homebrew keeps its LLVM apart from Apple's, which knows
/// nothing of WebAssembly, and the installer for Windows asks before it changes `PATH`.
const ELSEWHERE: [&str; 5] = [
    "/opt/homebrew/opt/llvm/bin",
    "/opt/homebrew/opt/lld/bin",
    "/usr/local/opt/llvm/bin",
    "/usr/local/opt/lld/bin",
    "C:/Program Files/LLVM/bin",
];

/// Looks in the environment for all of it.
pub(crate) fn find(cargo: &Cargo) -> Result<Toolchain, Missing> {
    cargo.watched_env("PATH");
    let clang = find_clang(cargo)?;
    let linker = find_linker(cargo, &clang)?;
    cargo.watch(&clang);
    cargo.watch(&linker);
    let sysroot = cargo.watched_env("WASI_SYSROOT");
    Ok(Toolchain {
        clang,
        linker,
        sysroot,
    })
}

/// The one that `HERKOS_CLANG` names, else the first that compiles to WebAssembly.
fn find_clang(cargo: &Cargo) -> Result<PathBuf, Missing> {
    if let Some(named) = cargo.program_of("HERKOS_CLANG") {
        let useful = named.and_then(|path| match has_target(&path) {
            true => Ok(path),
            false => Err(cargo.set_to("HERKOS_CLANG", "does not compile for wasm32")),
        });
        return useful.map_err(|why| Missing {
            why,
            advice: "correct it, or unset it to use the clang in PATH".to_owned(),
        });
    }
    let mut useless = None;
    for path in candidates(cargo, "clang") {
        if has_target(&path) {
            return Ok(path);
        }
        useless.get_or_insert(path);
    }
    let why = useless.map_or("there is no `clang` in PATH".to_owned(), |path| {
        format!("{} does not compile for wasm32", path.display())
    });
    let advice = "install it (Debian, Ubuntu: `apt install clang lld`; macOS: `brew install llvm \
        lld`; Windows: `winget install LLVM.LLVM`), or set HERKOS_CLANG to the path of clang, or \
        commit a .wasm file that was compiled elsewhere and name it as `wasm`";
    Err(Missing {
        why,
        advice: advice.to_owned(),
    })
}

/// The one that clang would take itself, else one that is called as Debian does.
fn find_linker(cargo: &Cargo, clang: &Path) -> Result<PathBuf, Missing> {
    let own = ask(clang, &["--target=wasm32", "--print-prog-name=wasm-ld"]);
    if let Some(path) = own.and_then(|name| cargo.program(name.trim().as_ref())) {
        return Ok(path);
    }
    let version = ask(clang, &["-dumpversion"]).unwrap_or_default();
    let major = version
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let same = format!("wasm-ld-{major}");
    let found = cargo
        .program(same.as_ref())
        .or_else(|| candidates(cargo, "wasm-ld").next());
    found.ok_or_else(|| Missing {
        why: format!("{} finds no linker, `wasm-ld`", clang.display()),
        advice: format!(
            "install it (Debian, Ubuntu: `apt install lld`, or `lld-{major}` for this clang; \
             macOS: `brew install lld`; Windows: it is part of LLVM.LLVM), or put its folder in PATH"
        ),
    })
}

/// The executables that may be the tool: by its name, by versions from the latest on, elsewhere.
fn candidates<'a>(cargo: &'a Cargo, tool: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
    let versions = VERSIONS.rev().map(move |number| format!("{tool}-{number}"));
    let elsewhere =
        ELSEWHERE.map(|folder| format!("{folder}/{tool}{}", std::env::consts::EXE_SUFFIX));
    std::iter::once(tool.to_owned())
        .chain(versions)
        .chain(elsewhere)
        .filter_map(|name| cargo.program(name.as_ref()))
}

/// Apple's clang, for one, is built without.
fn has_target(clang: &Path) -> bool {
    let targets = ask(clang, &["--print-targets"]).unwrap_or_default();
    targets
        .lines()
        .any(|line| line.split_whitespace().next() == Some("wasm32"))
}

/// What a program prints when it is asked something.
fn ask(program: &Path, arguments: &[&str]) -> Option<String> {
    let done = start(Command::new(program).args(arguments)).ok()?;
    let answer = String::from_utf8_lossy(&done.stdout).into_owned();
    done.status.success().then_some(answer)
}
