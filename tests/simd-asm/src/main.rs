//! Which code rustc makes of vector instructions: compiles a function for each of them for two levels of
//! x86-64, counts the instructions of its body, and compares with `docs/simd.csv`. With `--update`, writes
//! that and `docs/simd.md`.

mod asm;
mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use table::{Build, Code, Table, BUILDS};

const TARGET: &str = "x86_64-unknown-linux-gnu";

fn main() -> ExitCode {
    let update = std::env::args().nth(1).as_deref() == Some("--update");
    match run(update) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("simd: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(update: bool) -> Result<bool, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = here.join("../../docs");
    let found = measure(here)?;
    let csv = docs.join("simd.csv");
    if update {
        write(&csv, &table::to_csv(&found))?;
        write(
            &docs.join("simd.md"),
            &table::to_markdown(&found, &compiler()?),
        )?;
    }
    let expected =
        table::from_csv(&read(&csv)?).map_err(|why| format!("{}: {why}", csv.display()))?;
    Ok(compare(&expected, &found, &opcodes(here)?))
}

/// The code of every probe.
fn measure(here: &Path) -> Result<Table, String> {
    let mut table = Table::new();
    for (i, build) in BUILDS.iter().enumerate() {
        let text = read(&assembly(here, build)?)?;
        for (name, instructions) in asm::functions(&text) {
            if name.starts_with('_') {
                continue; // not a probe, but what one of them calls
            }
            let code = table::code(name, asm::count(&instructions));
            let codes: &mut Vec<Code> = table.entry(name.to_string()).or_default();
            if codes.len() != i {
                return Err(format!("{name} is in some assemblies only"));
            }
            codes.push(code);
        }
    }
    if let Some((name, _)) = table.iter().find(|(_, codes)| codes.len() < BUILDS.len()) {
        return Err(format!("{name} is in some assemblies only"));
    }
    Ok(table)
}

/// Compiles the probes, into a file of the build's name.
fn assembly(here: &Path, build: &Build) -> Result<PathBuf, String> {
    println!("simd: compiling for {}", build.title);
    let target_dir = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| here.join("target"), |dir| here.join(PathBuf::from(dir)));
    let file = target_dir.join(format!("{}.s", build.name));
    let status = Command::new(env!("CARGO"))
        .args([
            "rustc",
            "--quiet",
            "--release",
            "--package",
            "simd-probes",
            "--target",
            TARGET,
        ])
        .arg("--target-dir")
        .arg(target_dir.join(build.name))
        .args(build.features)
        .args(["--", "-C", "codegen-units=1", "--emit"])
        .arg(format!("asm={}", file.display()))
        .env("RUSTFLAGS", format!("-C target-cpu={}", build.cpu))
        .current_dir(here)
        .status()
        .map_err(|why| format!("cargo doesn't start: {why}"))?;
    if status.success() {
        Ok(file)
    } else {
        Err(format!(
            "the probes can't be compiled; for a missing target: rustup target add {TARGET}"
        ))
    }
}

/// The instructions that herkos-c knows, by the names of their functions.
fn opcodes(here: &Path) -> Result<Vec<String>, String> {
    let text = read(&here.join("../../herkos-c/src/opcodes_simd.h"))?;
    let names = text
        .lines()
        .filter(|line| line.starts_with("HK_OP("))
        .filter_map(|line| {
            let name = line.split('"').nth(1)?;
            Some(name.replace('.', "_")).filter(|name| name != "v128_const")
        });
    Ok(names.collect())
}

/// Says what is worse than expected; whether nothing is.
fn compare(expected: &Table, found: &Table, opcodes: &[String]) -> bool {
    let mut failed = 0;
    let mut fail = |name: &str, why: &str| {
        println!("simd: {name}: {why}");
        failed += 1;
    };
    for name in opcodes.iter().filter(|name| !found.contains_key(*name)) {
        fail(name, "has no probe in probes/src/lib.rs");
    }
    for name in expected.keys().filter(|name| !found.contains_key(*name)) {
        fail(
            name,
            "is in docs/simd.csv, and has no probe; if it is gone, run with --update",
        );
    }
    for (name, codes) in found {
        match expected.get(name) {
            None => fail(name, "is not in docs/simd.csv; run with --update"),
            Some(expected) => {
                for (build, (expected, found)) in BUILDS.iter().zip(expected.iter().zip(codes)) {
                    if let Some(why) = table::worse(*expected, *found) {
                        fail(name, &format!("for {}: {why}", build.title));
                    }
                }
            }
        }
    }
    println!(
        "{} passed, {failed} failed",
        found.len().saturating_sub(failed)
    );
    failed == 0
}

fn compiler() -> Result<String, String> {
    let output = Command::new("rustc").arg("--version").output();
    let output = output.map_err(|why| format!("rustc doesn't start: {why}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|why| format!("{}: {why}", path.display()))
}
