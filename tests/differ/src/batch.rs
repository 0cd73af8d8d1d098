//! Many modules at once: transpiled, compiled in a few crates, and run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::module::{lending, Facts};
use crate::subject::{self, LentMemory};
use crate::variation::Variation;

/// Crates that rustc compiles at the same time.
const CRATES: usize = 2;

/// Recursion ends by the modules' own fuel; that much is for the frames without optimisation.
const MAX_STACK: u32 = 1 << 29;

/// A run that has not ended by then hangs: the reference has ended.
const LONGEST: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    Debug,
    /// `opt-level = 1`, which rustc needs a third of the time for.
    Quick,
    Release,
}

/// How generated code is compiled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Profile {
    pub level: Level,
    /// The runtime's feature of this name.
    pub simd: bool,
}

impl Profile {
    fn name(self) -> &'static str {
        match self.level {
            Level::Debug => "dev",
            Level::Quick => "quick",
            Level::Release => "release",
        }
    }

    fn folder(self) -> &'static str {
        match self.level {
            Level::Debug => "debug",
            Level::Quick | Level::Release => self.name(),
        }
    }
}

/// A module to be compiled.
pub struct Item<'a> {
    pub id: u32,
    pub wasm: &'a [u8],
    pub facts: &'a Facts,
    pub variation: Variation,
    pub script: &'a [String],
}

/// The Rust of a module.
struct Rust {
    text: String,
    lent: Option<LentMemory>,
}

pub struct Workspace {
    root: PathBuf,
}

/// What became of each: the log for each profile, or why there is none.
pub type Logs = BTreeMap<u32, Result<BTreeMap<Profile, Vec<String>>, String>>;

impl Workspace {
    pub fn new(root: &Path) -> Result<Self, String> {
        let names: Vec<String> = (0..CRATES).map(|i| format!("batch{i}")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"2\"\nmembers = {names:?}\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n\n\
             [profile.dev.package.herkos-differ-support]\nopt-level = 3\n\n\
             [profile.quick]\ninherits = \"release\"\nopt-level = 1\n"
        );
        write(&root.join("Cargo.toml"), &manifest)?;
        let here = env!("CARGO_MANIFEST_DIR");
        for name in &names {
            let manifest = format!(
                "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n\
                 herkos-differ-support = {{ path = \"{here}/support\" }}\n\
                 herkos-runtime = {{ path = \"{here}/../../herkos-runtime\", features = [\"std\"] }}\n\n\
                 [features]\nsimd = [\"herkos-runtime/simd\"]\n"
            );
            write(&root.join(name).join("Cargo.toml"), &manifest)?;
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Transpiles, compiles and runs all of them.
    pub fn run(&self, items: &[Item], profiles: &[Profile]) -> Result<Logs, String> {
        let mut logs = Logs::new();
        let mut sound = Vec::new();
        for item in items {
            match self.transpile(item) {
                Ok(rust) => sound.push((item, rust)),
                Err(why) => drop(logs.insert(item.id, Err(why))),
            }
        }
        for &profile in profiles {
            loop {
                self.write_crates(&sound)?;
                let refused = self.build(profile)?;
                if refused.is_empty() {
                    break;
                }
                sound.retain(|(item, _)| !refused.contains_key(&item.id));
                logs.extend(refused.into_iter().map(|(id, why)| (id, Err(why))));
            }
            for (place, (item, _)) in sound.iter().enumerate() {
                let log = self.execute(item, place % CRATES, profile)?;
                if let Ok(logs) = logs.entry(item.id).or_insert_with(|| Ok(BTreeMap::new())) {
                    logs.insert(profile, log);
                }
            }
        }
        Ok(logs)
    }

    fn transpile(&self, item: &Item) -> Result<Rust, String> {
        let lending = item.variation.lent.and_then(|lent| lending(item.wasm, lent));
        let wasm = lending.as_ref().map_or(item.wasm, |(wasm, ..)| wasm);
        let folder = self.root.join("wasm");
        let (name, io) = (format!("m{}", item.id), |e: std::io::Error| e.to_string());
        fs::create_dir_all(&folder).map_err(io)?;
        fs::write(folder.join("module.wasm"), wasm).map_err(io)?;
        let program = herkos_c::executable(&self.root).map_err(io)?;
        let output = Command::new(program)
            .current_dir(&folder)
            .args(["--name", &name, "--max-stack", &MAX_STACK.to_string()])
            .args(item.variation.arguments())
            .args(["-o", "module.rs", "module.wasm"])
            .output()
            .map_err(io)?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let text = fs::read_to_string(folder.join("module.rs")).map_err(io)?;
        let growable = text.contains("mem: &mut GrowableMemory<'_>");
        let lent = lending.map(|(_, initial, most)| LentMemory { initial, most, growable });
        Ok(Rust { text, lent })
    }

    fn write_crates(&self, sound: &[(&Item, Rust)]) -> Result<(), String> {
        for i in 0..CRATES {
            let folder = self.root.join(format!("batch{i}/src"));
            let (mut text, mut ids) = (subject::HEAD.to_owned(), Vec::new());
            for (item, rust) in sound.iter().skip(i).step_by(CRATES) {
                write(&folder.join(format!("m{}.rs", item.id)), &rust.text)?;
                text += &subject::text(item.id, item.facts, item.variation.fuel, rust.lent);
                ids.push(item.id);
            }
            write(&folder.join("main.rs"), &(text + &subject::main(&ids)))?;
        }
        Ok(())
    }

    /// The modules that rustc refuses.
    fn build(&self, profile: Profile) -> Result<BTreeMap<u32, String>, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .current_dir(&self.root)
            .args(["build", "--quiet", "--workspace", "--keep-going", "--message-format", "short"])
            .args(profile.simd.then_some("--all-features"))
            .args(["--profile", profile.name(), "--target-dir"])
            .arg(self.root.join("target"))
            // Settings of the tool's own build are no business of the modules'.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_TARGET_DIR")
            .output()
            .map_err(|e| format!("cargo: {e}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let mut refused = BTreeMap::new();
        for line in said.lines().filter(|line| line.contains(": error")) {
            let file = line.split_once("/src/m").and_then(|(_, rest)| rest.split_once(".rs:"));
            if let Some(id) = file.and_then(|(id, _)| id.parse().ok()) {
                refused.entry(id).or_insert_with(|| format!("rustc: {line}"));
            }
        }
        if !output.status.success() && refused.is_empty() {
            return Err(format!("cargo build fails:\n{said}"));
        }
        Ok(refused)
    }

    /// Runs a script; the log ends where the subject crashed, and says so.
    fn execute(&self, item: &Item, crate_: usize, profile: Profile) -> Result<Vec<String>, String> {
        let (script, log) = (self.root.join("script"), self.root.join("log"));
        // None at all if the module's start function was cut short.
        let lines: String = item.script.iter().flat_map(|line| [line, "\n"]).collect();
        write(&script, &lines)?;
        let _ = fs::remove_file(&log);
        let executable = format!("target/{}/batch{crate_}", profile.folder());
        let mut child = Command::new(self.root.join(executable))
            .arg(item.id.to_string())
            .args([&script, &log])
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        let start = Instant::now();
        let ended = loop {
            if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
                break (!status.success()).then(|| format!("ended: {status}"));
            }
            if start.elapsed() > LONGEST {
                child.kill().and_then(|()| child.wait()).map_err(|e| e.to_string())?;
                break Some("ended: hangs".to_owned());
            }
            thread::sleep(Duration::from_millis(1));
        };
        let text = fs::read_to_string(&log).unwrap_or_default();
        let lines = text.lines().map(str::to_owned).chain(ended);
        Ok(lines.collect())
    }

    /// Removes the texts of modules that no batch has any more.
    pub fn clean(&self, ids: &BTreeSet<u32>) {
        for i in 0..CRATES {
            for id in ids {
                let _ = fs::remove_file(self.root.join(format!("batch{i}/src/m{id}.rs")));
            }
        }
    }
}

/// Writes a file unless it has that content.
fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let written = fs::create_dir_all(path.parent().unwrap_or(path));
    written.and_then(|()| fs::write(path, text)).map_err(|e| format!("{}: {e}", path.display()))
}
