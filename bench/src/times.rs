//! `make bench-compile`: what a module costs whoever builds it, from 3 kB to 1 MB of WebAssembly. Each is a package as
//! a user would write it, its dependencies compiled before; then herkos-c alone is measured, and `cargo build` of the package.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;
use wasmparser::{Operator, Parser, Payload};

use crate::compile::Compiler;
use crate::crates::{self, Settings};
use crate::docs;
use crate::files::{self, Folders};
use crate::programs::{Program, PROGRAMS};

/// Name, flags beyond the benchmark's, and what the table calls it.
const MODULES: [(&str, &[&str], &str); 8] = [
    ("keccak", &[], "Keccak"),
    ("states", &[], "a state machine"),
    ("lz4", &[], "lz4"),
    ("zlib", &[], "zlib"),
    ("zstd", &[], "zstd"),
    ("lua", &[], "Lua"),
    ("sqlite", &["-Os"], "SQLite, `-Os`"),
    ("sqlite", &[], "SQLite, `-O3`"),
];
/// Of each command, the fastest counts: so many runs, fewer when they take long.
const RUNS: u32 = 5;
const LONG: Duration = Duration::from_secs(10);

/// The time that a command took, and the most memory that one process of it had.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    bytes: u64,
}

struct Row {
    title: &'static str,
    wasm: usize,
    rust: usize,
    herkos_c: Cost,
    debug: Cost,
    /// In debug, after one function has changed.
    again: Cost,
    release: Cost,
}

/// Of these programs, or all.
pub fn run(folders: &Folders, names: &[String], docs: bool) -> Result<bool, String> {
    let compiler = Compiler::new(folders)?;
    let mut rows = Vec::new();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|n| name.contains(n.as_str()));
    for (name, flags, title) in MODULES.into_iter().filter(|(name, ..)| wanted(name)) {
        eprintln!("bench-compile: {}", title.replace('`', ""));
        let program = PROGRAMS.iter().find(|program| program.name == name);
        let program = program.ok_or_else(|| format!("no program {name}"))?;
        let subject = Subject::new(folders, &compiler, program, flags)?;
        if rows.is_empty() {
            // Compiles what all of them depend on; that of the first is not measured.
            subject.cargo(&["--release"])?;
            subject.cargo(&[])?;
        }
        rows.push(subject.measure(title)?);
    }
    rows.sort_by_key(|row| row.wasm);
    let table = table(&rows);
    print!("{table}");
    if docs {
        let text = format!("{}\n\n{table}", docs::where_measured("")?);
        docs::replace(folders, "make bench-compile", &text)?;
    }
    println!("bench-compile: {} modules", rows.len());
    Ok(true)
}

/// A module and its package.
struct Subject {
    folder: PathBuf,
    /// Of all modules: what they depend on is compiled once.
    target: PathBuf,
    herkos_c: PathBuf,
    settings: Settings,
    wasm: Vec<u8>,
}

impl Subject {
    fn new(
        folders: &Folders,
        compiler: &Compiler,
        program: &Program,
        flags: &[&str],
    ) -> Result<Self, String> {
        let times = folders.target.join("times");
        let name = format!("times-{}{}", program.name, flags.concat());
        let folder = times.join(&name);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let made = folder.join("made.wasm");
        compiler.wasm(program, flags, &made)?;
        let settings = Settings { fuel: false, large_stack: program.is_library(), simd: false };
        let wasm = files::read(&made)?;
        let manifest = crates::manifest(folders, &name, settings) + "\n[workspace]\n";
        crates::write_package(&folder, &wasm, &manifest)?;
        crates::write_lock(folders, &folder)?;
        let target = times.join("target");
        Ok(Self { folder, target, herkos_c: crates::herkos_c(folders), settings, wasm })
    }

    fn measure(&self, title: &'static str) -> Result<Row, String> {
        let text = self.folder.join("program.rs");
        let herkos_c = fastest(|| cost(&mut self.transpile(&text)))?;
        let rust = files::read(&text)?.len();
        let release = fastest(|| self.anew("release", &["--release"]))?;
        let debug = fastest(|| self.anew("debug", &[]))?;
        let again = self.after_a_change()?;
        Ok(Row { title, wasm: self.wasm.len(), rust, herkos_c, debug, again, release })
    }

    fn transpile(&self, text: &Path) -> Command {
        let mut command = Command::new(&self.herkos_c);
        command.args(self.settings.arguments()).arg("-o").arg(text);
        command.arg(self.folder.join("program.wasm"));
        command
    }

    /// The package's build alone, with nothing kept of earlier ones.
    fn anew(&self, profile: &str, arguments: &[&str]) -> Result<Cost, String> {
        let incremental = self.target.join(profile).join("incremental");
        let _ = fs::remove_dir_all(incremental);
        let lib = self.folder.join("src/lib.rs");
        let text = files::read(&lib)?;
        fs::write(&lib, text).map_err(|e| format!("{}: {e}", lib.display()))?;
        self.cargo(arguments)
    }

    fn after_a_change(&self) -> Result<Cost, String> {
        let path = self.folder.join("program.wasm");
        files::write(&path, changed(&self.wasm).map_err(|e| e.to_string())?)?;
        let cost = self.cargo(&[]);
        files::write(&path, &self.wasm)?;
        cost
    }

    fn cargo(&self, arguments: &[&str]) -> Result<Cost, String> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--quiet"]).args(arguments).current_dir(&self.folder);
        // As users build, not as this repository's Makefile does.
        cargo.env_remove("CARGO_INCREMENTAL").env_remove("CARGO_PROFILE_DEV_DEBUG");
        cost(cargo.env("CARGO_TARGET_DIR", &self.target))
    }
}

fn cost(command: &mut Command) -> Result<Cost, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{name}: {e}"))?;
    let used = child.wait4().map_err(|e| format!("{name}: {e}"))?;
    let time = start.elapsed();
    if !used.status.success() {
        return Err(format!("{name}: {}; to see why: {command:?}", used.status));
    }
    Ok(Cost { time, bytes: used.rusage.maxrss })
}

fn fastest(mut run: impl FnMut() -> Result<Cost, String>) -> Result<Cost, String> {
    let mut best = run()?;
    let mut spent = best.time;
    for _ in 1..RUNS {
        if spent > LONG {
            break;
        }
        let next = run()?;
        spent += next.time;
        best = Cost { time: best.time.min(next.time), bytes: best.bytes.min(next.bytes) };
    }
    Ok(best)
}

/// The module with another constant in a function in the middle.
fn changed(wasm: &[u8]) -> wasmparser::Result<Vec<u8>> {
    let mut places = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload? {
            let mut operators = body.get_operators_reader()?;
            while !operators.eof() {
                if let (Operator::I32Const { .. }, at) = operators.read_with_offset()? {
                    places.push(at + 1);
                }
            }
        }
    }
    let mut changed = wasm.to_vec();
    let place = places.get(places.len() / 2).and_then(|at| usize::try_from(*at).ok());
    if let Some(byte) = place.and_then(|at| changed.get_mut(at)) {
        *byte ^= 1; // still an LEB128 of that length
    }
    Ok(changed)
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| module | Wasm, kB | Rust / Wasm | herkos-c, ms | MB | debug, s | MB | one function changed, s | release, s | MB |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let seconds = |cost: Cost| cost.time.as_secs_f64();
    let megabytes = |cost: Cost| cost.bytes as f64 / 1e6;
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {:.1} | {:.1} | {:.1} | {:.0} | {:.2} | {:.0} | {:.2} | {:.2} | {:.0} |",
            row.title,
            row.wasm as f64 / 1e3,
            row.rust as f64 / row.wasm as f64,
            seconds(row.herkos_c) * 1e3,
            megabytes(row.herkos_c),
            seconds(row.debug),
            megabytes(row.debug),
            seconds(row.again),
            seconds(row.release),
            megabytes(row.release),
        );
    }
    text
}
