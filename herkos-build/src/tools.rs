//! Finds the executables: herkos-c, and what some modules want besides.

use std::path::PathBuf;

use crate::cargo::Cargo;
use crate::config::Module;
use crate::error::{problem, Error};
use crate::run::Folders;
use crate::toolchain::{self, Toolchain};

const INSTALL_WASM_OPT: &str = "install Binaryen (Debian, Ubuntu: `apt install binaryen`; macOS: \
    `brew install binaryen`), or set WASM_OPT to the path of wasm-opt, or take out `optimize`";

/// The executables.
pub(crate) struct Tools {
    pub(crate) herkos_c: PathBuf,
    /// None if no module wants it. That it is missing is a problem of the modules that want it.
    pub(crate) wasm_opt: Option<Result<PathBuf, Missing>>,
    /// Likewise.
    pub(crate) clang: Option<Result<Toolchain, Missing>>,
}

/// Why there is no such tool, and what to do.
#[derive(Debug)]
pub(crate) struct Missing {
    pub(crate) why: String,
    pub(crate) advice: String,
}

impl Tools {
    pub(crate) fn find(
        cargo: &Cargo,
        folders: &Folders,
        modules: &[Module],
    ) -> Result<Self, Error> {
        let herkos_c = find_herkos_c(cargo, folders)?;
        let wanted = modules.iter().any(|module| module.optimize.is_some());
        let wasm_opt = wanted.then(|| find_wasm_opt(cargo));
        let wanted = modules.iter().any(|module| module.sources.is_some());
        let clang = wanted.then(|| toolchain::find(cargo));
        Ok(Self {
            herkos_c,
            wasm_opt,
            clang,
        })
    }
}

/// The one that `HERKOS_C` names, else the one that the crate herkos-c compiled.
fn find_herkos_c(cargo: &Cargo, folders: &Folders) -> Result<PathBuf, Error> {
    let Some(named) = cargo.program_of("HERKOS_C") else {
        let path = herkos_c::executable(&folders.out.join("herkos-c"));
        return path.map_err(|e| Error::from(format!("cannot provide herkos-c: {e}")));
    };
    let path = named.map_err(|why| {
        let advice = "correct it, or unset it to use the herkos-c that comes with herkos-build";
        Error::from(problem(&why, [advice]))
    })?;
    cargo.watch(&path);
    Ok(path)
}

/// The one that `WASM_OPT` names, else the one in `PATH`.
fn find_wasm_opt(cargo: &Cargo) -> Result<PathBuf, Missing> {
    let found = cargo.program_of("WASM_OPT").unwrap_or_else(|| {
        cargo.watched_env("PATH");
        let missing = || "there is no `wasm-opt` in PATH".to_owned();
        cargo.program("wasm-opt".as_ref()).ok_or_else(missing)
    });
    let path = found.map_err(|why| Missing {
        why,
        advice: INSTALL_WASM_OPT.to_owned(),
    })?;
    cargo.watch(&path);
    Ok(path)
}
