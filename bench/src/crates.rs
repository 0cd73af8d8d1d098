//! herkos' side: for each program a package as a user would write it, with the module listed in
//! Cargo.toml, in one workspace that Cargo builds. Each becomes a shared object.

use std::collections::BTreeMap;
use std::fs;
use std::io::BufReader;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Message;

use crate::compile;
use crate::engines::Engine;
use crate::files::{self, Folders};
use crate::programs::Program;

/// The variable of the environment with options for herkos-c.
const OPTIONS: &str = "HERKOS_BENCH_OPTIONS";
const LARGE_STACK: u32 = 4_194_304;
const BUILD: &str = "fn main() {\n    herkos_build::compile();\n}\n";
const LIB: &str = include_str!("../template/lib.rs");

/// The workspace of all packages.
pub struct Crates<'a> {
    folders: &'a Folders,
    folder: PathBuf,
}

impl<'a> Crates<'a> {
    pub fn new(folders: &'a Folders) -> Self {
        Self { folders, folder: folders.target.join("crates") }
    }

    /// Builds the packages of these programs. What rustc refuses is left out.
    pub fn build(&self, all: &[Program], wanted: &[(&Program, Engine)]) -> Result<Objects, String> {
        if wanted.is_empty() {
            return Ok(Objects::default());
        }
        self.write_workspace(all)?;
        let mut objects = Objects::default();
        for simd in [false, true] {
            let wanted: Vec<_> = wanted.iter().filter(|(p, e)| has_simd(p, *e) == simd).collect();
            if !wanted.is_empty() {
                self.cargo_build(&wanted, &mut objects)?;
            }
        }
        Ok(objects)
    }

    /// Cargo builds the runtime with all features that any of these packages asks for.
    fn cargo_build(
        &self,
        wanted: &[&(&Program, Engine)],
        objects: &mut Objects,
    ) -> Result<(), String> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--release", "--quiet", "--keep-going"]).current_dir(&self.folder);
        cargo.arg("--message-format=json-render-diagnostics");
        self.choose_herkos_c(&mut cargo)?;
        for (program, engine) in wanted {
            cargo.arg("-p").arg(package(program, *engine));
        }
        let mut cargo = cargo.stdout(Stdio::piped()).spawn().map_err(|e| format!("cargo: {e}"))?;
        let output = BufReader::new(cargo.stdout.take().ok_or("cargo: no output")?);
        objects.0.extend(Message::parse_stream(output).filter_map(Result::ok).filter_map(object));
        cargo.wait().map_err(|e| format!("cargo: {e}"))?;
        Ok(())
    }

    /// Of all programs whose WebAssembly is there, from now or an earlier run.
    fn write_workspace(&self, all: &[Program]) -> Result<(), String> {
        let mut members = String::new();
        for program in all {
            let wasm = |engine: Engine| self.folders.program(program.name).join(engine.wasm());
            let engines = Engine::ALL.into_iter().filter(|e| e.is_herkos() && e.runs(program));
            for engine in engines.filter(|engine| wasm(*engine).exists()) {
                self.write(program, engine)?;
                members += &format!("    {:?},\n", package(program, engine));
            }
        }
        files::write(
            &self.folder.join("Cargo.toml"),
            format!("[workspace]\nresolver = \"2\"\nmembers = [\n{members}]\n"),
        )?;
        write_lock(self.folders, &self.folder)
    }

    /// With options in HERKOS_BENCH_OPTIONS, herkos-c is a script that adds them. Its text has the hash
    /// of the executable, so that Cargo sees when that changes. Each set of options has a target
    /// folder of its own: who compares them builds each once.
    fn choose_herkos_c(&self, cargo: &mut Command) -> Result<(), String> {
        let target = |name: &str| self.folders.target.join(name);
        let options = std::env::var(OPTIONS).unwrap_or_default();
        if options.is_empty() {
            cargo.arg("--target-dir").arg(target("modules"));
            return Ok(());
        }
        let herkos_c = herkos_c(self.folders);
        let hash = files::hash(&files::read(&herkos_c)?);
        let text = format!("#!/bin/sh\n# {hash}\nexec {herkos_c:?} {options} \"$@\"\n");
        let folder = target(&format!("modules-{}", files::hash(&options)));
        let path = folder.join("herkos-c");
        files::write(&path, text)?;
        let executable = fs::set_permissions(&path, fs::Permissions::from_mode(0o755));
        executable.map_err(|e| format!("{}: {e}", path.display()))?;
        cargo.arg("--target-dir").arg(folder).env("HERKOS_C", path);
        Ok(())
    }

    fn write(&self, program: &Program, engine: Engine) -> Result<(), String> {
        let name = package(program, engine);
        let wasm = files::read(&self.folders.program(program.name).join(engine.wasm()))?;
        let settings = Settings {
            fuel: engine == Engine::Fuel,
            large_stack: program.is_library(),
            simd: has_simd(program, engine),
        };
        write_package(&self.folder.join(&name), &wasm, &manifest(self.folders, &name, settings))
    }
}

/// How a module is translated.
#[derive(Clone, Copy)]
pub struct Settings {
    pub fuel: bool,
    /// Half of the main thread's 8 MiB: SQLite recurses with large frames.
    pub large_stack: bool,
    /// Whether the runtime has the feature.
    pub simd: bool,
}

impl Settings {
    fn metadata(self) -> String {
        let fuel = if self.fuel { "fuel = true\n" } else { "" };
        let stack =
            if self.large_stack { format!("max-stack = {LARGE_STACK}\n") } else { String::new() };
        format!("{fuel}{stack}")
    }

    /// The same as options of herkos-c.
    pub fn arguments(self) -> Vec<String> {
        let fuel = self.fuel.then(|| vec!["--fuel".to_owned()]);
        let stack =
            self.large_stack.then(|| vec!["--max-stack".to_owned(), LARGE_STACK.to_string()]);
        fuel.into_iter().chain(stack).flatten().collect()
    }
}

/// A package with a module that is called `program`.
pub fn manifest(folders: &Folders, name: &str, settings: Settings) -> String {
    let at = |part: &str| folders.repository.join(part).display().to_string();
    let (runtime, build) = (at("herkos-runtime"), at("herkos-build"));
    let features = if settings.simd { "\"std\", \"simd\"" } else { "\"std\"" };
    format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\npublish = false\n\n\
         [lib]\ncrate-type = [\"cdylib\"]\n\n\
         [dependencies]\nherkos-runtime = {{ path = {runtime:?}, features = [{features}] }}\n\n\
         [build-dependencies]\nherkos-build = {{ path = {build:?} }}\n\n\
         [package.metadata.herkos.modules.program]\nwasm = \"program.wasm\"\n{}",
        settings.metadata()
    )
}

pub fn write_package(folder: &Path, wasm: &[u8], manifest: &str) -> Result<(), String> {
    files::write(&folder.join("build.rs"), BUILD)?;
    files::write(&folder.join("Cargo.toml"), manifest)?;
    files::write(&folder.join("program.wasm"), wasm)?;
    files::write(&folder.join("src/lib.rs"), lib(wasm)?)
}

/// Versions of dependencies as herkos' own lock file has them; Cargo drops what is not used.
pub fn write_lock(folders: &Folders, folder: &Path) -> Result<(), String> {
    let lock = folder.join("Cargo.lock");
    if lock.exists() {
        return Ok(());
    }
    let from = folders.repository.join("Cargo.lock");
    fs::copy(&from, &lock).map(drop).map_err(|e| format!("{}: {e}", from.display()))
}

/// The executable in use: HERKOS_C, or the repository's own.
pub fn herkos_c(folders: &Folders) -> PathBuf {
    let own = folders.repository.join("target/herkos-c");
    std::env::var_os("HERKOS_C").map_or(own, PathBuf::from)
}

/// The shared objects by package.
#[derive(Default)]
pub struct Objects(BTreeMap<String, PathBuf>);

impl Objects {
    pub fn of(&self, program: &Program, engine: Engine) -> Result<&Path, String> {
        let object = self.0.get(&package(program, engine));
        object.map(PathBuf::as_path).ok_or_else(|| format!("{}: cargo build failed", engine.name()))
    }
}

/// Whether the package asks for the runtime's feature `simd`.
fn has_simd(program: &Program, engine: Engine) -> bool {
    program.is_vectors() && engine == Engine::Herkos
}

/// Package and shared object that Cargo has built, or found to be up to date.
fn object(message: Message) -> Option<(String, PathBuf)> {
    let Message::CompilerArtifact(artifact) = message else { return None };
    let object = artifact.filenames.into_iter().find(|file| file.extension() == Some("so"))?;
    Some((artifact.target.name.replace('_', "-"), object.into()))
}

fn package(program: &Program, engine: Engine) -> String {
    let suffix = match engine {
        Engine::Fuel => "-fuel",
        Engine::Portable => "-portable",
        Engine::Scalar => "-scalar",
        _ => "",
    };
    format!("bench-{}{suffix}", program.name)
}

/// The template, with a host where the module imports WASI.
fn lib(wasm: &[u8]) -> Result<String, String> {
    let facts = compile::facts(wasm).map_err(|e| e.to_string())?;
    let (host, new) = match facts.imports.is_empty() {
        true => ("", ""),
        false => (
            ", herkos_runtime::wasi::Minimal<'static, fn(herkos_runtime::wasi::Fd, &[u8])>",
            "herkos_runtime::wasi::Minimal::new(|_, _| ())",
        ),
    };
    let initialize = if facts.initialize { "program._initialize()?;" } else { "" };
    let text = LIB.replace("/* , host */", host).replace("/* host */", new);
    Ok(text.replace("/* initialize */", initialize))
}
