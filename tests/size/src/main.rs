//! Measures what kernels cost on a Cortex-M3, by way of herkos and natively: flash, RAM, instructions.
//!
//!     cargo run --release -- [--docs] [--jobs N] [--symbols] [--against FILE.csv] [KERNEL...]
//!
//! A KERNEL is a part of a name such as `crc`; without one, all are measured. `--docs` writes
//! `docs/size.md` and `docs/size.csv`; the .csv of any run is left in the target folder, and
//! `--against` compares with such a .csv of another version; `--symbols` lists what the code of each
//! kernel consists of.

mod firmware;
mod kernels;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::thread;

use crate::firmware::{Level, Side, Workshop};
use crate::kernels::{Kernel, KERNELS, LEAST};
use crate::report::{Empty, Report, Row};

/// The most flash that herkos may take besides the kernel.
const OVERHEAD: u64 = 4096;

struct Options {
    docs: bool,
    symbols: bool,
    jobs: usize,
    against: Option<PathBuf>,
    kernels: Vec<String>,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("size: {why}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let jobs = thread::available_parallelism().map_or(1, usize::from).min(4);
    let mut options =
        Options { docs: false, symbols: false, jobs, against: None, kernels: Vec::new() };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--docs" => options.docs = true,
            "--symbols" => options.symbols = true,
            "--against" => {
                options.against = Some(args.next().ok_or("--against needs a file")?.into());
            }
            "--jobs" => {
                let number = args.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
                options.jobs = number.ok_or("--jobs needs a number")?;
            }
            _ if arg.starts_with('-') => return Err(format!("unknown option {arg}")),
            _ => options.kernels.push(arg),
        }
    }
    if options.docs && !options.kernels.is_empty() {
        return Err("--docs is about all kernels".into());
    }
    Ok(options)
}

fn run(options: &Options) -> Result<bool, String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = tests.join("../..");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| tests.join("target"), PathBuf::from);
    let chosen = choose(&options.kernels)?;
    let before = options.against.as_deref().map(report::read_csv).transpose()?;

    let first = Workshop::new(tests, &target, 0)?;
    let (mut empty, mut example) = (Vec::new(), Vec::new());
    for level in Level::ALL {
        let empty_firmware = |lto| first.measure(&LEAST, Side::Empty, level, lto);
        let without_lto = options.docs.then(|| empty_firmware(false)).transpose()?;
        empty.push(Empty { with_lto: empty_firmware(true)?, without_lto });
        example.push(firmware::example(&repository, &target.join("cargo-0"), level)?);
    }
    let rows = measure_all(options.jobs, tests, &target, &chosen, &empty)?;
    let (good, bad): (Vec<_>, Vec<_>) = rows.into_iter().partition(Result::is_ok);
    let rows: Vec<Row> = good.into_iter().flatten().flatten().collect();
    let failed: Vec<String> = bad.into_iter().filter_map(Result::err).collect();

    let report = Report::new(rows, empty, example);
    report.write_csv(&target)?;
    if !report.is_empty() {
        print!("{}", report.tables(before.as_ref()));
    }
    print!("{}", report.example());
    if options.symbols {
        print!("{}", report.symbols());
    }
    for why in &failed {
        println!("FAILED {why}");
    }
    if options.docs && failed.is_empty() {
        report.write(&repository.join("docs"))?;
    }
    let overhead = report.overhead();
    let large = overhead.is_some_and(|bytes| bytes >= OVERHEAD);
    if large {
        println!("FAILED herkos itself takes {overhead:?} bytes of flash, {OVERHEAD} or more");
    }
    println!("size: {}{} failed", report.summary(), failed.len() + usize::from(large));
    Ok(failed.is_empty() && !large)
}

fn choose(names: &[String]) -> Result<Vec<&'static Kernel>, String> {
    let all = || KERNELS.iter().chain([&LEAST]);
    if let Some(name) = names.iter().find(|name| !all().any(|k| k.name.contains(&***name))) {
        return Err(format!("no kernel is called {name}"));
    }
    let wanted = |kernel: &&Kernel| names.iter().any(|name| kernel.name.contains(&**name));
    Ok(all().filter(|kernel| names.is_empty() || wanted(kernel)).collect())
}

/// The rows of a kernel at all levels, or why it failed; in the order of the kernels.
type Outcome = Result<Vec<Row>, String>;

fn measure_all(
    jobs: usize,
    tests: &Path,
    target: &Path,
    kernels: &[&'static Kernel],
    empty: &[Empty],
) -> Result<Vec<Outcome>, String> {
    let shops = (0..jobs.min(kernels.len())).map(|number| Workshop::new(tests, target, number));
    let shops = shops.collect::<Result<Vec<_>, _>>()?;
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for shop in &shops {
            scope.spawn(|| {
                while let Some(kernel) = kernels.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = measure(shop, kernel, empty);
                    eprintln!(
                        "size: {}{}",
                        kernel.name,
                        if outcome.is_ok() { "" } else { ": failed" }
                    );
                    outcomes.lock().unwrap().push((kernel.name, outcome));
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap();
    let place = |name: &str| kernels.iter().position(|k| k.name == name);
    outcomes.sort_by_key(|(name, _)| place(name));
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

fn measure(shop: &Workshop, kernel: &'static Kernel, empty: &[Empty]) -> Outcome {
    let expected = shop.reference(kernel)?;
    let mut rows = Vec::new();
    for (level, empty) in Level::ALL.into_iter().zip(empty) {
        let measured = |side: Side, lto: bool| {
            let measured = shop.measure(kernel, side, level, lto)?;
            if measured.checksum != expected {
                return Err(format!(
                    "{} ({}, {}): checksum {:08x} instead of {expected:08x}",
                    kernel.name,
                    side.name(),
                    level.name(),
                    measured.checksum
                ));
            }
            Ok(measured)
        };
        let (native, herkos) = (measured(Side::Native, true)?, measured(Side::Herkos, true)?);
        let without_lto = match &empty.without_lto {
            Some(empty) => Some(measured(Side::Herkos, false)?.costs.beyond(empty.costs)),
            None => None,
        };
        rows.push(Row {
            kernel: kernel.name,
            level,
            native: native.costs.beyond(empty.with_lto.costs),
            herkos: herkos.costs.beyond(empty.with_lto.costs),
            without_lto,
            symbols: herkos.symbols,
        });
    }
    Ok(rows)
}
