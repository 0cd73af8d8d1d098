//! Turns WebAssembly modules into memory-safe Rust modules while Cargo builds your crate.
//!
//! List the modules in `Cargo.toml`:
//!
//! ```toml
//! [dependencies]
//! herkos-runtime = "0.1"
//! [build-dependencies]
//! herkos-build = "0.1"
//!
//! [package.metadata.herkos.modules]
//! calc = "wasm/calc.wasm"
//! ```
//!
//! call [`compile`] in `build.rs`:
//!
//! ```no_run
//! # #[allow(clippy::needless_doctest_main)]
//! fn main() {
//!     herkos_build::compile();
//! }
//! ```
//!
//! and include what it made, `mod calc` here, in `src/main.rs` or `src/lib.rs`:
//!
//! ```text
//! herkos_runtime::include_modules!();
//! ```
//!
//! A module may also be a table, with these keys; only `wasm` is needed:
//!
//! ```toml
//! [package.metadata.herkos.modules.calc]
//! wasm = "wasm/calc.wasm"   # relative to Cargo.toml
//! max-pages = 4             # most memory, in pages of 64 KiB
//! max-memory = 200000       # most memory, in bytes; access beyond traps
//! optimize = "-O3"          # run Binaryen's wasm-opt first, with these flags
//! nan = "canonical"         # bit-reproducible floats; or "spec", the default
//! fuel = true               # count the work; trap when the fuel is used up
//! max-stack = 65536         # bytes of host stack that recursion may use
//! trace = true              # a trap leaves a trace of where it arose
//! ```
//!
//! A module's imports may come from another one of the build:
//!
//! ```toml
//! [package.metadata.herkos.modules.app]
//! wasm = "wasm/app.wasm"
//! link = { codec = "codec" }   # what `app` imports from "codec" is what the module `codec` exports
//! ```
//!
//! `app::Linked { codec, host }` is then a host for `app` that owns an instance of `codec`.
//!
//! A module may also be given as C sources, which clang and wasm-ld compile first:
//!
//! ```toml
//! [package.metadata.herkos.modules.codec]
//! sources = ["legacy/codec.c"]          # in place of `wasm`
//! exports = ["decode"]                  # or `__attribute__((export_name("decode")))` in the source
//! flags = ["-DNDEBUG", "-Ilegacy"]      # for clang; paths are relative to Cargo.toml
//! link-flags = ["-Wl,-z,stack-size=4096"]
//! wasi = true                           # with wasi-libc; else there is no C library
//! ```
//!
//! Every file that the sources include is watched. [`Module::from_sources`] is the same as code.
//!
//! The translation is done by a C program that comes with this crate and is compiled on the way:
//! a C compiler for the machine that builds is all that is needed. If `CC` is set to a cross
//! compiler, set `HOST_CC`. More variables of the environment: `HERKOS_C`, another executable of the
//! transpiler; `WASM_OPT`, another one of wasm-opt; `HERKOS_CLANG`, another clang for `sources`;
//! `WASI_SYSROOT`, where wasi-libc is if clang does not find it.
//!
//! Beside the code of each module stands a report on it, for those who have to judge it: what it can
//! reach and from where, what it holds, where calls through tables may go, as JSON, Markdown and a page
//! of HTML ([`GeneratedModule`]). If `HERKOS_REPORT` names a folder, all of them are collected there.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod audit;
mod cargo;
mod collect;
mod compile;
mod config;
mod depfile;
mod error;
mod install;
mod link;
mod manifest;
mod names;
mod output;
mod process;
mod report;
mod run;
mod sources;
mod symbols;
mod toolchain;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::Cargo;
use crate::config::{Place, Problem};
use crate::run::Folders;

pub use crate::config::{Module, Nan};
pub use crate::error::Error;
pub use crate::output::{Generated, GeneratedModule};

/// Translates the modules that `Cargo.toml` lists; to be called in `build.rs`.
///
/// On failure it shows what is wrong as Cargo's errors, and ends the build script.
pub fn compile() {
    Builder::from_manifest().compile();
}

/// Like [`compile`], for a build script that wants to deal with failure, or with what was made.
///
/// ```no_run
/// match herkos_build::try_compile() {
///     Ok(generated) => {
///         for module in &generated.modules {
///             println!("{}: {}", module.name, module.report_html.display());
///         }
///     }
///     Err(error) => {
///         for problem in error.problems() {
///             println!("cargo::warning={}", problem.lines().next().unwrap_or_default());
///         }
///     }
/// }
/// ```
///
/// # Errors
/// All that is wrong with the section of `Cargo.toml`, or each module that was rejected.
pub fn try_compile() -> Result<Generated, Error> {
    Builder::from_manifest().try_compile()
}

/// A build whose modules come from code instead of, or beside, `Cargo.toml`.
///
/// ```no_run
/// use herkos_build::{Builder, Module};
/// Builder::new()
///     .module(Module::new("calc", "wasm/calc.wasm").max_pages(4))
///     .module(Module::new("codec", "wasm/codec.wasm").optimize("-O3"))
///     .compile();
/// ```
///
/// One build makes everything in `OUT_DIR/herkos`: use one `Builder` for all modules of a package.
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until `compile` or `try_compile` is called"]
pub struct Builder {
    modules: Vec<Module>,
    manifest: bool,
    silent: bool,
    manifest_dir: Option<PathBuf>,
    out_dir: Option<PathBuf>,
}

impl Builder {
    /// A build of the modules that are added to it, and no others.
    pub fn new() -> Self {
        Self::default()
    }

    /// A build of the modules that `Cargo.toml` lists; more may be added.
    pub fn from_manifest() -> Self {
        Self {
            manifest: true,
            ..Self::default()
        }
    }

    /// Adds a module.
    pub fn module(mut self, module: Module) -> Self {
        self.modules.push(module);
        self
    }

    /// The folder of `Cargo.toml`, to which the paths of modules are relative. Default: what Cargo
    /// says.
    pub fn manifest_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.manifest_dir = Some(path.into());
        self
    }

    /// The folder for everything that is made. Default: the `OUT_DIR` that Cargo gives to a build
    /// script.
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Whether to print directives for Cargo, such as what files to watch. Default: yes.
    pub fn cargo_directives(mut self, print: bool) -> Self {
        self.silent = !print;
        self
    }

    /// Runs the build. On failure it shows what is wrong as Cargo's errors, and ends the process.
    pub fn compile(self) {
        let cargo = Cargo::new(self.silent);
        if let Err(error) = self.build(&cargo) {
            Cargo::new(false).fail(&error);
            std::process::exit(1);
        }
    }

    /// Runs the build.
    ///
    /// # Errors
    /// All that is wrong with the modules' options, or each module that was rejected.
    pub fn try_compile(self) -> Result<Generated, Error> {
        let cargo = Cargo::new(self.silent);
        self.build(&cargo)
    }

    /// Collect, check, run: nothing is written before everything is known to make sense.
    fn build(mut self, cargo: &Cargo) -> Result<Generated, Error> {
        let folders = self.folders(cargo)?;
        let problems = self.collect(cargo, &folders)?;
        if !problems.is_empty() {
            return Err(in_order(problems));
        }
        self.modules.sort_by(|a, b| a.name.cmp(&b.name));
        if self.modules.is_empty() {
            cargo.warn("herkos: no modules are listed, so there is nothing to translate");
        }
        run::run(cargo, &folders, &self.modules)
    }

    /// Adds the modules of Cargo.toml, tells Cargo what to watch, and finds all that is wrong.
    fn collect(&mut self, cargo: &Cargo, folders: &Folders) -> Result<Vec<Problem>, Error> {
        let (manifest_dir, base) = (folders.manifest.as_path(), folders.watched.as_path());
        let named = |m: &Module| (m.name.clone(), m.places.name);
        let mut names: Vec<(String, Place)> = self.modules.iter().map(named).collect();
        let mut problems = Vec::new();
        if manifest_dir.join("build.rs").is_file() {
            cargo.watch(&base.join("build.rs"));
        }
        if self.manifest {
            cargo.watch(&base.join("Cargo.toml"));
            let found = manifest::read(&manifest_text(manifest_dir)?, manifest_dir);
            names.extend(found.names);
            problems.extend(found.problems);
            self.modules.extend(found.modules);
        }
        for module in &self.modules {
            match &module.sources {
                Some(sources) => sources
                    .files
                    .iter()
                    .for_each(|file| cargo.watch(&base.join(file))),
                None => cargo.watch(&base.join(&module.wasm)),
            }
        }
        problems.extend(config::check_names(&names));
        problems.extend(config::check(&self.modules, manifest_dir));
        Ok(problems)
    }

    fn folders(&self, cargo: &Cargo) -> Result<Folders, Error> {
        let named = self.manifest_dir.as_deref();
        let manifest = folder(cargo, named, "CARGO_MANIFEST_DIR", "manifest_dir")?;
        let here = cargo.env("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let is_here = here.as_ref() == Some(&manifest);
        Ok(Folders {
            watched: if is_here {
                PathBuf::new()
            } else {
                manifest.clone()
            },
            manifest,
            out: folder(cargo, self.out_dir.as_deref(), "OUT_DIR", "out_dir")?,
        })
    }
}

/// A folder that code names, or else Cargo; as an absolute path.
fn folder(
    cargo: &Cargo,
    named: Option<&Path>,
    variable: &str,
    method: &str,
) -> Result<PathBuf, Error> {
    let path = named
        .map(PathBuf::from)
        .or_else(|| cargo.env(variable).map(PathBuf::from));
    let Some(path) = path else {
        return Err(error::problem(
            &format!("{variable} is not set: this is not a build script that Cargo runs"),
            [format!(
                "call it in build.rs; elsewhere use `Builder` with `{method}`"
            )],
        )
        .into());
    };
    std::path::absolute(&path).map_err(|e| Error::io("find", &path, &e))
}

fn manifest_text(manifest_dir: &Path) -> Result<String, Error> {
    let path = manifest_dir.join("Cargo.toml");
    fs::read_to_string(&path).map_err(|e| Error::io("read", &path, &e))
}

/// One error of all problems, in the order of the lines they are on.
fn in_order(mut problems: Vec<Problem>) -> Error {
    problems.sort_by_key(|problem| problem.place);
    Error::new(problems.into_iter().map(|problem| problem.text).collect())
}

#[cfg(test)]
mod tests;
