//! What is mutated, and how it is found out whether a test notices.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::inputs;

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The compiler refuses it, so it says nothing about tests.
    NotBuilt,
    /// A test noticed.
    Killed,
    /// None did.
    Survived,
}

/// Something that mutants are made of.
pub trait Subject {
    /// The files to be changed, relative to the repository.
    fn files(&self) -> &[&'static str];
    /// Builds with `text` in the place of the file and runs the tests.
    fn try_with(&mut self, file: &str, text: &str) -> Result<Fate, String>;
}

/// herkos-c's validator.
pub struct Validator {
    repository: PathBuf,
    work: PathBuf,
    expected: Vec<u8>,
}

const VALIDATOR: [&str; 3] = [
    "herkos-c/src/validate.c",
    "herkos-c/src/validate_module.c",
    "herkos-c/src/locals.c",
];

impl Validator {
    /// Compiles everything once, and notes what the unchanged validator says.
    pub fn new(repository: &Path, work: &Path) -> Result<Self, String> {
        let count = inputs::write(repository, &work.join("inputs"))?;
        let mut validator = Self {
            repository: repository.to_owned(),
            work: work.to_owned(),
            expected: Vec::new(),
        };
        for folder in ["c", "unit"] {
            fs::create_dir_all(work.join(folder)).map_err(|e| e.to_string())?;
        }
        for (folder, name) in [("herkos-c/src", "c"), ("tests/unit", "unit")] {
            for path in sources(&repository.join(folder))? {
                validator.compile(&path, &validator.object(name, &path))?;
            }
        }
        let driver = repository.join("tests/mutants/driver.c");
        validator.compile(&driver, &work.join("driver.o"))?;
        validator.link("driver")?;
        validator.link("unit")?;
        validator.expected = validator
            .run("driver")?
            .ok_or("the unchanged validator fails")?;
        validator
            .run("unit")?
            .ok_or("the unit tests fail without any change")?;
        let accepted = validator
            .expected
            .split(|&b| b == b'\n')
            .filter(|line| line.starts_with(b"accepted"));
        println!(
            "mutants: {count} modules, of which {} are accepted; and the unit tests",
            accepted.count()
        );
        Ok(validator)
    }

    fn object(&self, folder: &str, source: &Path) -> PathBuf {
        let stem = source.file_stem().unwrap_or_default().to_string_lossy();
        self.work.join(folder).join(format!("{stem}.o"))
    }

    fn compile(&self, source: &Path, object: &Path) -> Result<(), String> {
        let mut command = compiler();
        command.args(["-std=gnu11", "-O1", "-w", "-DHERKOS_VERSION=\"0\""]);
        for folder in ["herkos-c/include", "herkos-c/src", "tests/unit"] {
            command.arg("-I").arg(self.repository.join(folder));
        }
        command.arg("-c").arg(source).arg("-o").arg(object);
        succeed(&mut command)
    }

    fn link(&self, program: &str) -> Result<(), String> {
        let mut command = compiler();
        for path in objects(&self.work.join("c"))? {
            if !path.ends_with("main.o") {
                command.arg(path);
            }
        }
        if program == "unit" {
            command.args(objects(&self.work.join("unit"))?);
            command.args(["-lcheck", "-lsubunit", "-lm", "-lrt", "-lpthread"]);
        } else {
            command.arg(self.work.join("driver.o"));
        }
        succeed(
            command
                .arg("-o")
                .arg(self.work.join(program).with_extension("exe")),
        )
    }

    /// What the program prints; none if it fails, crashes, or does not end.
    fn run(&self, program: &str) -> Result<Option<Vec<u8>>, String> {
        let out = self.work.join("output");
        let file = fs::File::create(&out).map_err(|e| e.to_string())?;
        let mut command = Command::new(self.work.join(program).with_extension("exe"));
        command.arg(self.work.join("inputs")).stdin(Stdio::null());
        command.stdout(file).stderr(Stdio::null());
        // The unit tests take seconds: on a busy machine a short limit would pass for a noticed mutant.
        let limit = if program == "unit" { 120 } else { 20 };
        if !ends_well(&mut command, Duration::from_secs(limit))? {
            return Ok(None);
        }
        fs::read(out).map(Some).map_err(|e| e.to_string())
    }
}

impl Subject for Validator {
    fn files(&self) -> &[&'static str] {
        &VALIDATOR
    }

    fn try_with(&mut self, file: &str, text: &str) -> Result<Fate, String> {
        let source = self.work.join("mutant.c");
        fs::write(&source, text).map_err(|e| e.to_string())?;
        let object = self.object("c", Path::new(file));
        if self.compile(&source, &object).is_err() {
            return Ok(Fate::NotBuilt);
        }
        self.link("driver")?;
        let mut killed = self.run("driver")?.as_ref() != Some(&self.expected);
        if !killed {
            self.link("unit")?;
            killed = self.run("unit")?.is_none();
        }
        // The next mutant may be of another file.
        self.compile(&self.repository.join(file), &object)?;
        Ok(if killed { Fate::Killed } else { Fate::Survived })
    }
}

/// The numeric operations of herkos-runtime.
pub struct Numeric {
    copy: PathBuf,
}

const NUMERIC: [&str; 4] = [
    "herkos-runtime/src/int.rs",
    "herkos-runtime/src/float.rs",
    "herkos-runtime/src/convert.rs",
    "herkos-runtime/src/float/portable.rs",
];

/// The feature with which a file is in the crate, and the test that is made for it.
fn own(file: &str) -> (&'static str, &'static str) {
    match Path::new(file).file_stem().and_then(|stem| stem.to_str()) {
        Some("int") => ("libm", "int"),
        Some("convert") => ("libm", "convert"),
        Some("portable") => ("", "float"),
        _ => ("libm", "float"),
    }
}

/// What judges them: the crate's unit tests, and those of the operations through their public names.
const TESTS: [&str; 7] = [
    "--lib", "--test", "int", "--test", "float", "--test", "convert",
];

impl Numeric {
    /// A copy of the crate, alone in a workspace.
    pub fn new(repository: &Path, work: &Path) -> Result<Self, String> {
        let copy = work.join("rust");
        let _ = fs::remove_dir_all(copy.join("herkos-runtime"));
        fs::create_dir_all(&copy).map_err(|e| e.to_string())?;
        succeed(
            Command::new("cp")
                .arg("-r")
                .arg(repository.join("herkos-runtime"))
                .arg(&copy),
        )?;
        let read =
            |name: &str| fs::read_to_string(repository.join(name)).map_err(|e| e.to_string());
        let manifest = read("Cargo.toml")?;
        let package = manifest
            .split_once("[workspace.package]")
            .ok_or("no [workspace.package]")?
            .1;
        let alone = format!(
            "[workspace]\nresolver = \"2\"\nmembers = [\"herkos-runtime\"]\n[workspace.package]{package}"
        );
        fs::write(copy.join("Cargo.toml"), alone).map_err(|e| e.to_string())?;
        fs::write(copy.join("Cargo.lock"), read("Cargo.lock")?).map_err(|e| e.to_string())?;
        let numeric = Self { copy };
        if !numeric.cargo("test", "libm", &TESTS, 600)? {
            return Err("cargo test fails without any change".to_owned());
        }
        Ok(numeric)
    }

    /// Whether cargo ends well in so many seconds; if not, the tests that it runs are ended with it.
    fn cargo(
        &self,
        word: &str,
        features: &str,
        targets: &[&str],
        seconds: u64,
    ) -> Result<bool, String> {
        let mut command = Command::new("timeout");
        command.args(["--kill-after=1", &seconds.to_string()]);
        command.arg(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command.args([word, "--quiet", "-p", "herkos-runtime"]);
        command.args(["--features", features]).args(targets);
        command.current_dir(&self.copy);
        command.env("CARGO_TARGET_DIR", self.copy.join("target"));
        command.env("CARGO_INCREMENTAL", "0");
        command.env("CARGO_PROFILE_DEV_DEBUG", "0");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        ends_well(&mut command, Duration::from_secs(seconds + 10))
    }

    /// What becomes of the copy as it is. The file's own tests come first: they notice most mutants,
    /// and the others take seconds to compile.
    fn fate(&self, file: &str) -> Result<Fate, String> {
        let (features, test) = own(file);
        if !self.cargo("build", features, &["--lib"], 60)? {
            return Ok(Fate::NotBuilt);
        }
        for targets in [&["--test", test][..], &TESTS] {
            if !self.cargo("test", features, targets, 60)? {
                return Ok(Fate::Killed);
            }
        }
        Ok(Fate::Survived)
    }
}

impl Subject for Numeric {
    fn files(&self) -> &[&'static str] {
        &NUMERIC
    }

    fn try_with(&mut self, file: &str, text: &str) -> Result<Fate, String> {
        let path = self.copy.join(file);
        let before = fs::read(&path).map_err(|e| e.to_string())?;
        fs::write(&path, text).map_err(|e| e.to_string())?;
        let fate = self.fate(file);
        fs::write(&path, before).map_err(|e| e.to_string())?;
        fate
    }
}

fn compiler() -> Command {
    Command::new(std::env::var_os("CC").unwrap_or("cc".into()))
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|e| format!("{command:?}: {e}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// Whether a program ends without an error, and in time.
fn ends_well(command: &mut Command, limit: Duration) -> Result<bool, String> {
    let mut child = command.spawn().map_err(|e| format!("{command:?}: {e}"))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            return Ok(status.success());
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(false);
        }
        sleep(Duration::from_millis(5));
    }
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>, String> {
    with_suffix(folder, "c")
}

fn objects(folder: &Path) -> Result<Vec<PathBuf>, String> {
    with_suffix(folder, "o")
}

fn with_suffix(folder: &Path, suffix: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|s| s == suffix))
        .collect();
    paths.sort();
    Ok(paths)
}
