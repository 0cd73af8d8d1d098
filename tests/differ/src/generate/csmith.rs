//! C programs by csmith, compiled at several levels of optimisation, and natively for a third opinion.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// As the report calls them.
pub const LEVELS: [(&str, &str); 4] = [
    ("csmith, -O0", "-O0"),
    ("csmith, -O1", "-O1"),
    ("csmith, -Os", "-Os"),
    ("csmith, -O3", "-O3"),
];

/// Small programs: rustc compiles each at two levels more.
const SIZES: [&str; 12] = [
    "--max-funcs",
    "4",
    "--max-block-size",
    "3",
    "--max-block-depth",
    "3",
    "--max-expr-complexity",
    "6",
    "--max-array-len-per-dim",
    "6",
    "--concise",
    "--float",
];

const SECONDS: &str = "5";

/// The module, and the checksum that the program has natively; None where that takes too long.
pub fn generate(seed: u32, level: usize, scratch: &Path) -> Result<Option<(Vec<u8>, u32)>, String> {
    let (source, wasm) = (scratch.join("program.c"), scratch.join("program.wasm"));
    let native = scratch.join("program");
    let mut csmith = Command::new("csmith");
    // It leaves a file about the platform where it runs.
    csmith.current_dir(scratch).args(SIZES).args(["--seed", &seed.to_string(), "-o"]);
    run(csmith.arg(&source))?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("csmith");
    let clang = |output: &Path| {
        let mut clang = Command::new("clang");
        clang.args(["-w", "-fno-strict-aliasing", "-fwrapv", "-I"]).arg(&here);
        clang.args(["-I", "/usr/include/csmith"]).arg(&source).arg("-o").arg(output);
        clang
    };
    // Not linked by clang, which would have another wasm-opt change it.
    let object = scratch.join("program.o");
    let mut to_object = clang(&object);
    to_object.args([LEVELS[level].1, "--target=wasm32", "-ffreestanding", "-c"]);
    run(to_object.args(["-mbulk-memory", "-msign-ext"]))?;
    let link = ["--no-entry", "--export=run", "--strip-all", "-o"];
    run(Command::new("wasm-ld").args(link).arg(&wasm).arg(&object))?;
    run(clang(&native).arg("-O1"))?;
    let output = Command::new("timeout").arg(SECONDS).arg(&native).stderr(Stdio::null()).output();
    let output = output.map_err(|e| e.to_string())?;
    if !output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let checksum = said.trim().parse().map_err(|e| format!("{said:?}: {e}"))?;
    Ok(Some((fs::read(&wasm).map_err(|e| e.to_string())?, checksum)))
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|e| format!("{:?}: {e}", command.get_program()))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(())
}
