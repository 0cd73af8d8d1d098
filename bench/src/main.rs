//! Measures programs by herkos, wasmtime and wasm2c against the same C compiled natively.
//!
//!     cargo run --release -- [--docs] [--seconds S] [--engines LIST] [--against FILE.csv] [PROGRAM...]
//!
//! A PROGRAM is a part of a name such as `crc`, or `own`, `vectors` or `libraries`; without one, all are
//! measured, each for S seconds (default: 3). `--engines herkos,wasmtime` leaves the others out.
//! `--against` compares with the .csv of another run; that of this one is left in the target
//! folder. `--docs` writes `docs/performance.md`, `.csv` and `.svg`; with `vectors`, their table. HERKOS_BENCH_OPTIONS in the
//! environment has options for herkos-c, and HERKOS_C names another one, as for herkos-build.
//!
//!     cargo run --release -- --compile-times [--docs] [PROGRAM...]
//!
//! measures how long modules take to compile instead, and what memory that takes.

mod compile;
mod crates;
mod docs;
mod engines;
mod files;
mod libraries;
mod measure;
mod plot;
mod programs;
mod report;
mod times;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use std::thread;

use crate::compile::Compiler;
use crate::crates::{Crates, Objects};
use crate::engines::{Engine, Run};
use crate::files::Folders;
use crate::programs::{Program, PROGRAMS};
use crate::report::{Report, Row};

struct Options {
    compile_times: bool,
    docs: bool,
    seconds: f64,
    engines: Vec<Engine>,
    against: Option<PathBuf>,
    programs: Vec<String>,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let engines = Engine::ALL.to_vec();
    let mut options = Options {
        compile_times: false,
        docs: false,
        seconds: 3.0,
        engines,
        against: None,
        programs: Vec::new(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--compile-times" => options.compile_times = true,
            "--docs" => options.docs = true,
            "--against" => {
                options.against = Some(args.next().ok_or("--against needs a file")?.into());
            }
            "--seconds" => {
                let number = args.next().and_then(|n| n.parse().ok()).filter(|n| *n >= 0.0);
                options.seconds = number.ok_or("--seconds needs a number")?;
            }
            "--engines" => {
                let list = args.next().ok_or("--engines needs a list of names")?;
                options.engines = engines_of(&list)?;
            }
            _ if arg.starts_with('-') => return Err(format!("unknown option {arg}")),
            _ => options.programs.push(arg),
        }
    }
    let vectors = options.programs == ["vectors"];
    let whole = options.programs.is_empty() || vectors;
    if options.docs && !(whole && options.engines.len() == Engine::ALL.len()) {
        return Err("--docs is about all programs, or `vectors`, and all engines".into());
    }
    Ok(options)
}

/// Those of a list, and native, with which they are compared; in the order of [`Engine::ALL`].
fn engines_of(list: &str) -> Result<Vec<Engine>, String> {
    let names: Vec<&str> = list.split(',').collect();
    let known = |name: &str| Engine::ALL.iter().any(|e| e.name() == name);
    if let Some(name) = names.iter().find(|name| !known(name)) {
        let all: Vec<_> = Engine::ALL.iter().map(|e| e.name()).collect();
        return Err(format!("no engine is called {name}; there are {}", all.join(", ")));
    }
    let wanted = |e: &Engine| *e == Engine::Native || names.contains(&e.name());
    Ok(Engine::ALL.into_iter().filter(wanted).collect())
}

fn run(options: &Options) -> Result<bool, String> {
    let folders = Folders::new()?;
    if options.compile_times {
        return times::run(&folders, &options.programs, options.docs);
    }
    let programs = choose(&options.programs)?;
    let before = options.against.as_deref().map(report::read_csv).transpose()?;

    let compiler = Compiler::new(&folders)?;
    eprintln!("bench: compiling {} programs", programs.len());
    compile_all(&compiler, &programs, &options.engines)?;
    let crates = Crates::new(&folders);
    let by_herkos = programs.iter().flat_map(|program| {
        let engines = options.engines.iter().filter(|e| e.is_herkos() && e.runs(program));
        engines.map(|engine| (*program, *engine))
    });
    let objects = crates.build(PROGRAMS, &by_herkos.collect::<Vec<_>>())?;

    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for program in &programs {
        eprintln!("bench: {}", program.name);
        match measure(&folders, &objects, program, options) {
            Ok(row) => rows.push(row),
            Err(why) => failed.push(format!("{}: {why}", program.name)),
        }
    }
    let report = Report::new(rows);
    report.write_csv(&folders.target.join("bench.csv"))?;
    print!("{}", report.table());
    if options.engines.len() == Engine::ALL.len() {
        println!("{}", report.standing(|row| !row.program.is_vectors()));
    }
    if let Some(before) = before {
        print!("{}", report.comparison(&before));
    }
    for why in &failed {
        println!("FAILED {why}");
    }
    if options.docs && failed.is_empty() {
        docs::write(&folders, &compiler, &report)?;
    }
    let failures = match failed.len() {
        0 => String::new(),
        n => format!(", {n} failed"),
    };
    println!("bench: {}{failures}", report.summary());
    Ok(failed.is_empty())
}

fn choose(names: &[String]) -> Result<Vec<&'static Program>, String> {
    let matches = |program: &Program, name: &str| match name {
        "own" => program.kind() == "own",
        "vectors" => program.is_vectors(),
        "libraries" => program.is_library(),
        _ => program.name.contains(name),
    };
    if let Some(name) = names.iter().find(|name| !PROGRAMS.iter().any(|p| matches(p, name))) {
        return Err(format!("no program is called {name}"));
    }
    let wanted = |p: &&Program| names.is_empty() || names.iter().any(|name| matches(p, name));
    Ok(PROGRAMS.iter().filter(wanted).collect())
}

/// On all processors; what takes longest, the libraries, first.
fn compile_all(
    compiler: &Compiler,
    programs: &[&Program],
    engines: &[Engine],
) -> Result<(), String> {
    let mut programs = programs.to_vec();
    programs.sort_by_key(|program| !program.is_library());
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = compiler.compile(program, engines) {
                        failed.lock().unwrap().push(why);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    failed.is_empty().then_some(()).ok_or_else(|| failed.join("\n"))
}

fn measure(
    folders: &Folders,
    objects: &Objects,
    program: &'static Program,
    options: &Options,
) -> Result<Row, String> {
    let folder = folders.program(program.name);
    let instantiate = |engine: Engine| match engine {
        Engine::Native => engines::shared_object(&folder.join("native.so")),
        Engine::Herkos | Engine::Fuel | Engine::Portable | Engine::Scalar => {
            engines::shared_object(objects.of(program, engine)?)
        }
        Engine::Wasmtime => engines::wasmtime(&folder.join(engine.wasm())),
        Engine::Checked | Engine::Guarded => {
            engines::shared_object(&folder.join(format!("{}.so", engine.name())))
        }
    };
    let mut instances: Vec<(Engine, Run)> = Vec::new();
    for engine in options.engines.iter().filter(|engine| engine.runs(program)) {
        instances.push((*engine, instantiate(*engine)?));
    }
    let measured = measure::measure(&mut instances, program.rounds, options.seconds)?;
    Ok(Row { program, measured })
}
