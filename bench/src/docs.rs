//! `docs/performance.*`: the numbers, the picture, and the part of the text that is measured.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::compile::Compiler;
use crate::engines::Engine;
use crate::files::{self, Folders};
use crate::plot;
use crate::report::{number, Report, Row};

const END: &str = "<!-- end -->\n";

const VECTORS: &str = "make bench PROGRAMS=vectors BENCH=--docs";

const ENGINES: [Engine; 4] = [Engine::Herkos, Engine::Wasmtime, Engine::Checked, Engine::Guarded];

/// All of it; or, where only programs with vectors were measured, their part of the text.
pub fn write(folders: &Folders, compiler: &Compiler, report: &Report) -> Result<(), String> {
    replace(folders, VECTORS, &vectors(report))?;
    if !report.rows().iter().any(scalar) {
        return Ok(());
    }
    replace(folders, "make bench", &text(report, compiler)?)?;
    let docs = folders.repository.join("docs");
    report.write_csv(&docs.join("performance.csv"))?;
    plot::write(report, &docs.join("performance.svg"))
}

/// Replaces the part of `docs/performance.md` that is a target's.
pub fn replace(folders: &Folders, target: &str, text: &str) -> Result<(), String> {
    let path = folders.repository.join("docs/performance.md");
    let begin = format!("<!-- Written by `{target}`, to the end mark. -->\n");
    let old = files::read(&path)?;
    let old = String::from_utf8_lossy(&old);
    let marks = old.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) = marks.ok_or_else(|| format!("{}: no marks", path.display()))?;
    files::write(&path, format!("{before}{begin}\n{text}\n{END}{after}"))
}

fn text(report: &Report, compiler: &Compiler) -> Result<String, String> {
    let wasmtime = compiler.packages.version("wasmtime");
    let versions = &compiler.versions;
    let mut text = where_measured(&format!(", wasmtime {wasmtime}, {versions}"))? + "\n\n";
    text.push_str("| times native, geometric means | | herkos | wasmtime | wasm2c checked | wasm2c guarded |\n");
    text.push_str("|---|--:|--:|--:|--:|--:|\n");
    put_means(&mut text, report, "own programs", |row| row.program.kind() == "own");
    put_means(&mut text, report, "libraries", |row| row.program.is_library());
    put_means(&mut text, report, "**all**", scalar);
    let fuel = number(report.mean(Engine::Fuel, |_| true));
    let _ = write!(
        text,
        "\n{}\n\nWith `fuel = true` the own programs take {fuel} times as long as without (geometric mean).\n",
        report.standing(scalar)
    );
    put_table(&mut text, report);
    Ok(text)
}

/// Machine, Rust's compiler, and others.
pub fn where_measured(others: &str) -> Result<String, String> {
    let rustc = files::output(Command::new("rustc").arg("-vV"))?;
    let rustc = String::from_utf8_lossy(&rustc);
    let llvm = rustc.lines().find(|line| line.starts_with("LLVM")).unwrap_or_default();
    let version = rustc.lines().next().unwrap_or_default();
    let cpus = files::read(Path::new("/proc/cpuinfo")).unwrap_or_default();
    let cpus = String::from_utf8_lossy(&cpus);
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or(std::env::consts::ARCH, |(_, model)| model);
    Ok(format!("On {model}; {version} ({llvm}){others}."))
}

fn put_means(text: &mut String, report: &Report, title: &str, wanted: impl Fn(&Row) -> bool) {
    let count = report.rows().iter().filter(|row| wanted(row)).count();
    let _ = write!(text, "| {title} | {count} |");
    for engine in ENGINES {
        let _ = write!(text, " {} |", number(report.mean(engine, &wanted)));
    }
    text.push('\n');
}

fn put_table(text: &mut String, report: &Report) {
    text.push_str(
        "\n| program | native, ms | herkos | wasmtime | wasm2c checked | wasm2c guarded | fuel |\n",
    );
    text.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
    for row in report.rows().iter().filter(|row| scalar(row)) {
        let _ = write!(text, "| {} | {:.2} |", row.program.name, row.native() * 1e3);
        for engine in ENGINES {
            let _ = write!(text, " {} |", number(row.ratio(engine)));
        }
        let _ = writeln!(text, " {} |", number(row.ratio(Engine::Fuel)));
    }
}

/// What is compiled to WebAssembly without vectors.
fn scalar(row: &Row) -> bool {
    !row.program.is_vectors()
}

const VECTOR_ENGINES: [Engine; 4] =
    [Engine::Herkos, Engine::Wasmtime, Engine::Portable, Engine::Scalar];

/// The table of the programs with vectors.
fn vectors(report: &Report) -> String {
    let mut text = String::from(
        "| program | native, ms | herkos, `simd` | wasmtime | herkos | herkos, without `-msimd128` |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for row in report.rows().iter().filter(|row| row.program.is_vectors()) {
        let _ = write!(text, "| {} | {:.2} |", row.program.name, row.native() * 1e3);
        for engine in VECTOR_ENGINES {
            let _ = write!(text, " {} |", number(row.ratio(engine)));
        }
        text.push('\n');
    }
    text.push_str("| **geometric mean** | |");
    for engine in VECTOR_ENGINES {
        let _ = write!(text, " {} |", number(report.mean(engine, |row| !scalar(row))));
    }
    let _ = write!(text, "\n\n{}\n", report.standing(|row| !scalar(row)));
    text
}
