//! A second opinion on validity: generates thousands of modules, valid and not, from a seed, and
//! compares what herkos-c, wabt and wasmparser say of each.
//!
//!     cargo run -- [--modules N] [--seed N] [--compile N] [--case BASE.VARIANT]
//!
//! N modules (default: VALIDITY_MODULES, else 8000), of which as many as --compile says (default:
//! 100) are compiled by rustc too. --case judges a single one again and keeps it. Where judges
//! differ, known.txt must say why.

mod compare;
mod compile;
mod generate;
mod judges;
mod report;
mod run;
mod shrink;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::compare::Known;
use crate::generate::{Generator, Number};
use crate::run::Run;

struct Options {
    modules: u32,
    seed: u64,
    compile: usize,
    case: Option<Number>,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("validity: {why}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let modules = std::env::var("VALIDITY_MODULES").unwrap_or_default();
    let mut options = Options {
        modules: if modules.is_empty() {
            8000
        } else {
            number("VALIDITY_MODULES", &modules)?
        },
        seed: 1,
        compile: 100,
        case: None,
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let value = args.next().unwrap_or_default();
        match arg.as_str() {
            "--modules" => options.modules = number(&arg, &value)?,
            "--seed" => options.seed = number(&arg, &value)?,
            "--compile" => options.compile = number(&arg, &value)?,
            "--case" => {
                let (base, variant) = value.split_once('.').ok_or("--case is BASE.VARIANT")?;
                options.case = Some(Number {
                    base: number(&arg, base)?,
                    variant: number(&arg, variant)?,
                });
            }
            _ => return Err(format!("there is no option {arg}")),
        }
    }
    Ok(options)
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    let parsed = text.parse();
    parsed.map_err(|_| format!("{name} needs a number, not {text:?}"))
}

/// All passes. Is everything as it should be?
fn run(options: &Options) -> Result<bool, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Run {
        generator: Generator::new(options.seed, &here.join("../.."))?,
        known: Known::read(&here.join("known.txt"))?,
        folder: work_folder(here),
        herkos_c: executable(here)?,
    };
    if let Some(number) = options.case {
        return run.again(number);
    }
    println!(
        "validity: {} modules from seed {}",
        options.modules, options.seed
    );
    let mut tally = run.all(options.modules)?;
    let compiled = compile::sample(&run, &mut tally, options.compile)?;
    report::failures(&run, &tally, options.seed)?;
    print!("{}", report::table(&tally));
    print!("{}", report::known(&run.known, &tally));
    println!("{compiled} of the accepted modules were compiled by rustc, warnings denied");
    println!("{}", report::summary(&run.known, &tally, compiled));
    Ok(tally.failures.is_empty())
}

/// Where everything is made: beside what Cargo makes of the runner itself.
fn work_folder(here: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target
        .unwrap_or_else(|| here.join("target"))
        .join("validity")
}

/// The executable that herkos-build runs.
fn executable(here: &Path) -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("HERKOS_C").filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let path = herkos_c::executable(&work_folder(here));
    path.map_err(|e| format!("herkos-c: {e}"))
}
