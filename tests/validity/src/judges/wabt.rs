//! wabt's verdict, by its tool wasm-validate.

use std::path::Path;
use std::process::Command;

use super::Verdict;

/// What is on by default is what herkos supports, besides relaxed SIMD. Of custom sections herkos
/// reads the name section only, and overlooks mistakes in it, as the specification wants (A.5).
const OPTIONS: [&str; 2] = ["--enable-relaxed-simd", "--ignore-custom-section-errors"];

/// An error that wabt 1.0.32 prints and goes on, to say in the end that all is well.
const LOST: &str = "expected ref.null or ref.func in passive element segment";

pub fn validate(file: &Path) -> Result<Verdict, String> {
    let run = Command::new("wasm-validate")
        .args(OPTIONS)
        .arg(file)
        .output()
        .map_err(|e| format!("wasm-validate: {e}"))?;
    let said = String::from_utf8_lossy(&run.stderr);
    if run.status.success() && !said.contains(LOST) {
        return Ok(Verdict::Accepts);
    }
    let error = said.lines().find(|line| line.contains("error: "));
    let first = error.unwrap_or_default();
    let message = first.split_once("input.wasm:").map_or(first, |(_, m)| m);
    Ok(Verdict::Refuses(match run.status.code() {
        Some(_) => message.to_owned(),
        None => format!("wasm-validate crashed ({}) {message}", run.status),
    }))
}
