//! rustc on a sample of what all accept: in a few crates, warnings denied, as far as metadata.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use herkos_build::{Builder, Module};

use crate::run::{Failure, Run, Tally};

/// One crate's share: rustc uses one processor for a crate, and memory for all of it.
const CRATE: usize = 25;

/// Rust texts larger than this take rustc too long, all together.
const LARGEST: usize = 150_000;

/// Compiles about `count` of the accepted modules, evenly spread, and enters those that fail. Gives
/// the number of those that compile.
pub fn sample(run: &Run, tally: &mut Tally, count: usize) -> Result<usize, String> {
    let small = tally
        .accepted
        .iter()
        .filter(|(_, _, text)| *text <= LARGEST);
    let small: Vec<_> = small.collect();
    let step = (small.len() / count.max(1)).max(1);
    let chosen: Vec<_> = small.into_iter().step_by(step).take(count).collect();
    if chosen.is_empty() {
        return Ok(0);
    }
    let root = run.folder.join("sample");
    let mut crates = Vec::new();
    for (i, modules) in chosen.chunks(CRATE).enumerate() {
        let name = format!("sample{i}");
        let folder = root.join(&name);
        let _ = fs::remove_dir_all(&folder);
        let wasm = modules.iter().map(|(number, bytes, _)| {
            let name = format!("m{}_{}", number.base, number.variant);
            (name, bytes.as_slice())
        });
        write_crate(&folder, &name, wasm)?;
        crates.push(name);
    }
    let members = format!("[workspace]\nresolver = \"2\"\nmembers = {crates:?}\n");
    write(&root.join("Cargo.toml"), &members)?;
    let errors = check(&root, &run.folder.join("sample-target"))?;
    let compiled = chosen.len() - errors.len().min(chosen.len());
    tally
        .failures
        .extend(errors.into_iter().map(|error| Failure {
            case: None,
            why: format!("rustc refuses what herkos-c made: {error}"),
        }));
    Ok(compiled)
}

/// A library with these modules, made as a build script would.
fn write_crate<'a>(
    folder: &Path,
    name: &str,
    modules: impl Iterator<Item = (String, &'a [u8])>,
) -> Result<(), String> {
    let out = folder.join("src");
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let mut builder = Builder::new().manifest_dir(folder).out_dir(&out);
    let mut text = "#![forbid(unsafe_code)]\n#![deny(warnings)]\n".to_owned();
    for (module, bytes) in modules {
        let file = folder.join(format!("{module}.wasm"));
        fs::write(&file, bytes).map_err(|e| format!("{}: {e}", file.display()))?;
        builder = builder.module(Module::new(&module, file));
        // As herkos.rs does, but without the environment of a build script.
        let _ = write!(
            text,
            "\n#[allow(dead_code, unused_assignments, unused_comparisons)]\n\
             pub mod {module} {{\n    include!(\"herkos/{module}.rs\");\n}}\n"
        );
    }
    builder
        .cargo_directives(false)
        .try_compile()
        .map_err(|e| e.to_string())?;
    write(&out.join("lib.rs"), &text)?;
    let runtime = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../herkos-runtime");
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n\
         herkos-runtime = {{ path = {runtime:?}, features = [\"std\"] }}\n"
    );
    write(&folder.join("Cargo.toml"), &manifest)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The first error in each module.
fn check(root: &Path, target: &Path) -> Result<Vec<String>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["check", "--quiet", "--workspace", "--keep-going"])
        .args(["--message-format", "short", "--target-dir"])
        .arg(target)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .map_err(|e| format!("cargo: {e}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let mut errors: Vec<String> = Vec::new();
    for line in said.lines().filter(|line| line.contains(": error")) {
        let file = line.split(':').next().unwrap_or_default();
        if !errors.iter().any(|error| error.starts_with(file)) {
            errors.push(line.to_owned());
        }
    }
    if !output.status.success() && errors.is_empty() {
        return Err(format!("cargo check fails:\n{said}"));
    }
    Ok(errors)
}
