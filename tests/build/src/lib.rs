//! What the tests in `tests/` share: a user's project in a folder of its own, and Cargo for it.
//!
//! Projects stand in `target/tmp/herkos-tests`, share one target folder there (so herkos-build is
//! compiled once for all of them), and depend on the crates of this repository by path. A test that
//! sets variables on which the build of herkos-c depends takes a target folder of its own.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A build script that does what the documentation says.
pub const BUILD_RS: &str = "fn main() {\n    herkos_build::compile();\n}\n";

/// A program that prints what the module `calc` answers.
pub const MAIN_RS: &str = "herkos_runtime::include_modules!();

fn main() {
    let mut module = calc::Module::new().unwrap();
    println!(\"{}\", module.answer().unwrap());
}
";

/// What is made of `wasm/calc.wasm`, the module `calc`, if it has no keys.
pub const MADE_OF_CALC: [&str; 6] = [
    "herkos.rs",
    "herkos/calc.html",
    "herkos/calc.json",
    "herkos/calc.map",
    "herkos/calc.md",
    "herkos/calc.rs",
];

/// The folder of the repository: where Cargo runs this, not where it was compiled.
#[must_use]
pub fn repository() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&here).join("../..").canonicalize().unwrap()
}

/// A folder for what tests make, below the target folder that this test was built in.
#[must_use]
pub fn scratch(path: &str) -> PathBuf {
    let this = std::env::current_exe().unwrap(); // target/debug/deps/NAME
    let target = this.ancestors().nth(3).unwrap();
    target.join("tmp/herkos-tests").join(path)
}

/// A Wasm module whose export `answer` gives this number.
#[must_use]
pub fn answering(number: i32) -> Vec<u8> {
    let text = format!("(module (func (export \"answer\") (result i32) i32.const {number}))");
    wat::parse_str(text).unwrap()
}

/// Cargo in a folder, without what the environment says about compilers and about herkos.
#[must_use]
pub fn cargo(folder: &Path, target: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let starts = [
            "CARGO_",
            "CC",
            "CFLAGS",
            "HOST_C",
            "TARGET_C",
            "HERKOS",
            "RUSTFLAGS",
        ];
        let kept = ["CARGO_HOME", "CARGO_NET_OFFLINE"].contains(&text.as_ref());
        if text == "WASM_OPT" || (!kept && starts.iter().any(|start| text.starts_with(start))) {
            command.env_remove(&name);
        }
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0");
    command
}

/// What a program did.
#[derive(Debug)]
pub struct Run {
    /// Whether it ended without an error.
    pub ok: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Run {
    /// Starts the program and waits for it.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn of(command: &mut Command) -> Self {
        let output = command
            .output()
            .unwrap_or_else(|e| panic!("{command:?}: {e}"));
        Self {
            ok: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).replace('\r', ""),
            stderr: String::from_utf8_lossy(&output.stderr).replace('\r', ""),
        }
    }

    /// Panics with all that was written unless the program ended well.
    #[track_caller]
    #[must_use]
    pub fn good(self) -> Self {
        assert!(self.ok, "failed:\n{}\n{}", self.stdout, self.stderr);
        self
    }

    /// The messages that Cargo shows as errors of the package, without what Cargo puts before them.
    ///
    /// # Panics
    /// When the program ended without an error.
    #[track_caller]
    #[must_use]
    pub fn errors(self) -> Vec<String> {
        assert!(!self.ok, "did not fail:\n{}\n{}", self.stdout, self.stderr);
        let lines = self
            .stderr
            .lines()
            .filter(|line| line.starts_with("error: "));
        let messages = lines.filter_map(|line| line.split_once("@0.1.0: "));
        messages.map(|(_, message)| message.to_owned()).collect()
    }

    /// The packages that Cargo compiled.
    #[must_use]
    pub fn compiled(&self) -> Vec<String> {
        let lines = self.stderr.lines().map(str::trim_start);
        let packages = lines.filter_map(|line| line.strip_prefix("Compiling "));
        packages
            .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
            .collect()
    }
}

/// A user's project.
#[derive(Debug)]
pub struct Project {
    /// The name of the package; also the beginning of the manifest.
    pub name: String,
    /// Its folder.
    pub root: PathBuf,
    /// Its target folder.
    pub target: PathBuf,
    /// The folder with herkos-c, herkos-build and herkos-runtime in it.
    pub crates: PathBuf,
    /// Features of herkos-runtime.
    pub features: Vec<&'static str>,
    /// The edition of Rust.
    pub edition: &'static str,
}

impl Project {
    /// A program that prints the answer of `wasm/calc.wasm`, once a manifest is written. The name
    /// must be one that no other test uses.
    ///
    /// # Panics
    /// When files cannot be written, as all that follow.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self::at(name, scratch("projects").join(name))
    }

    /// The same in a folder of one's choice.
    #[must_use]
    pub fn at(name: &str, root: PathBuf) -> Self {
        let _ = fs::remove_dir_all(&root);
        let project = Self {
            name: name.to_owned(),
            root,
            target: scratch("target"),
            crates: repository(),
            features: vec!["std"],
            edition: "2021",
        };
        project.write("build.rs", BUILD_RS);
        project.write("src/main.rs", MAIN_RS);
        project.write("wasm/calc.wasm", answering(42));
        let lock = repository().join("Cargo.lock");
        fs::copy(lock, project.root.join("Cargo.lock")).unwrap();
        project
    }

    /// Writes `Cargo.toml`: the usual beginning, then this.
    pub fn manifest(&self, rest: &str) {
        let Self {
            name,
            edition,
            crates,
            features,
            ..
        } = self;
        let crates = crates.display().to_string().replace('\\', "/");
        self.write(
            "Cargo.toml",
            format!(
                r#"[package]
name = "{name}"
version = "0.1.0"
edition = "{edition}"
[workspace]
[dependencies]
herkos-runtime = {{ path = "{crates}/herkos-runtime", features = {features:?} }}
[build-dependencies]
herkos-build = {{ path = "{crates}/herkos-build" }}
[profile.dev]
debug = 0
{rest}"#
            ),
        );
    }

    /// Writes a `Cargo.toml` that lists `wasm/calc.wasm` as the module `calc`.
    pub fn short_manifest(&self) {
        self.manifest("[package.metadata.herkos.modules]\ncalc = \"wasm/calc.wasm\"\n");
    }

    /// Writes a file, later than any file that Cargo has seen.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Cargo in this project: `build`, `run` and so on, offline.
    #[must_use]
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = cargo(&self.root, &self.target);
        command.args(arguments).arg("--offline");
        command
    }

    /// Runs `cargo build`.
    #[must_use]
    pub fn build(&self) -> Run {
        Run::of(&mut self.command(&["build"]))
    }

    /// Builds and runs the program; gives what it printed.
    #[track_caller]
    #[must_use]
    pub fn run(&self) -> String {
        let run = Run::of(&mut self.command(&["run"])).good();
        run.stdout.trim_end().to_owned()
    }

    /// The package's `OUT_DIR`. There is one as long as its dependencies and features stay.
    #[must_use]
    pub fn out_dir(&self) -> PathBuf {
        let all = fs::read_dir(self.target.join("debug/build")).unwrap();
        let prefix = format!("{}-", self.name);
        let paths = all.map(|entry| entry.unwrap().path()).filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.strip_prefix(&prefix)
                .is_some_and(|hash| !hash.contains('-'))
        });
        let mut found: Vec<_> = paths
            .map(|path| path.join("out"))
            .filter(|p| p.is_dir())
            .collect();
        assert_eq!(found.len(), 1, "OUT_DIR of {}: {found:?}", self.name);
        found.remove(0)
    }

    /// Every file in `OUT_DIR`, with its content, by path.
    #[must_use]
    pub fn made(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.out_dir())
    }

    /// The paths of every file in `OUT_DIR`.
    #[must_use]
    pub fn made_paths(&self) -> Vec<String> {
        self.made().into_iter().map(|(path, _)| path).collect()
    }
}

impl Drop for Project {
    /// Takes what Cargo made of this project out of the shared folder, but not after a failed test.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = cargo(&self.root, &self.target)
                .args(["clean", "--offline", "-q", "-p", &self.name])
                .output();
        }
    }
}

/// Every file below a folder, with its content, by path.
///
/// # Panics
/// When one cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    list(folder, folder, &mut all);
    all.sort();
    all
}

fn list(folder: &Path, base: &Path, all: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, base, all);
        } else {
            let name = path
                .strip_prefix(base)
                .unwrap()
                .display()
                .to_string()
                .replace('\\', "/");
            all.push((name, fs::read(&path).unwrap()));
        }
    }
}
