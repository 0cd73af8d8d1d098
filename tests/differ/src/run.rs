//! What is kept first, then batch after batch.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::batch::{Item, Level, Profile, Workspace};
use crate::compare::{compare, Outcome};
use crate::generate::{case, Case};
use crate::reference::{self, Transcript};
use crate::{found, shrink, Options};

/// One batch of so many is compiled with all optimisations, the others with some.
const FULL: u32 = 4;

/// Modules that are made smaller: it takes minutes for each, and many differ for the same reason.
const SHRUNK: usize = 2;

/// How the modules of one source fared, and what they did.
#[derive(Clone, Copy, Default)]
struct Row {
    modules: usize,
    passed: usize,
    failed: usize,
    /// One side ran out of stack, or a call took too long: what came before is the same.
    cut: usize,
    calls: usize,
    traps: usize,
}

/// Everything that came out.
#[derive(Default)]
struct Tally {
    rows: BTreeMap<&'static str, Row>,
    /// Programs of csmith that take too long natively.
    too_long: usize,
    /// Programs that have another checksum natively than in both engines.
    native: usize,
    next: u32,
}

/// Everything as it should be?
pub fn run(options: &Options) -> Result<bool, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = work_folder(here);
    let workspace = Workspace::new(&root.join("work"))?;
    let start = Instant::now();
    let mut tally = Tally { next: options.first, ..Tally::default() };
    let kept = found::read(&here.join("found"))?;
    if !kept.is_empty() {
        let pairs = kept.iter().map(|(case, script)| {
            reference::replay(case, script).map(|transcript| (case, transcript))
        });
        let pairs: Vec<_> = pairs.collect::<Result<_, _>>()?;
        for number in [0, 2 * FULL - 1] {
            judge(&workspace, &pairs, &profiles(number), &mut tally)?;
        }
    }
    let first = options.first;
    println!("differ: seed {}, from module {first}", options.seed);
    let last = first.saturating_add(options.modules);
    let mut failures = Vec::new();
    while tally.next < last && options.time().is_none_or(|time| start.elapsed() < time) {
        let end = last.min(tally.next + options.batch);
        let cases = cases(options.seed, tally.next..end, &root, &mut tally)?;
        let pairs = cases.iter().map(|case| reference::run(case).map(|t| (case, t)));
        let pairs: Vec<_> = pairs.collect::<Result<_, _>>()?;
        let profiles = profiles(tally.next / options.batch);
        let differ = judge(&workspace, &pairs, &profiles, &mut tally)?;
        for (number, profile) in differ {
            let position = cases.iter().position(|case| case.number == number);
            let (case, transcript) = &pairs[position.expect("of this batch")];
            failures.push(((*case).clone(), transcript.clone(), profile));
        }
        tally.next = end;
        eprintln!("differ: {} modules, {} s", tally.next - first, start.elapsed().as_secs());
    }
    for (case, transcript, profile) in failures.iter().take(SHRUNK) {
        let Some(profile) = profile else { continue };
        let (small, script) = shrink::shrink(&workspace, case, transcript, *profile)?;
        let (folder, normal) = (root.join("found"), &small.normal);
        let path = found::write(&folder, &case.name, normal, small.variation, &script)?;
        println!("shrunk to {} bytes: {}", normal.subject.len(), path.display());
    }
    Ok(report(&tally, start))
}

/// How a batch is compiled: without optimisation and with; three of eight with the runtime's feature
/// `simd`, one of them with all optimisations.
fn profiles(batch: u32) -> [Profile; 2] {
    let level = if batch % FULL == FULL - 1 { Level::Release } else { Level::Quick };
    let simd = batch % (2 * FULL) % 3 == 1;
    [Level::Debug, level].map(|level| Profile { level, simd })
}

/// Where everything is made: beside what Cargo makes of the tool itself.
fn work_folder(here: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| here.join("target")).join("differ")
}

fn cases(
    seed: u64,
    numbers: std::ops::Range<u32>,
    root: &Path,
    tally: &mut Tally,
) -> Result<Vec<Case>, String> {
    let scratch = root.join("scratch");
    std::fs::create_dir_all(&scratch).map_err(|e| format!("{}: {e}", scratch.display()))?;
    let mut cases = Vec::new();
    for number in numbers {
        match case(seed, number, &scratch)? {
            Some(case) => cases.push(case),
            None => tally.too_long += 1,
        }
    }
    Ok(cases)
}

/// Runs the modules in each profile, and gives the numbers of those that differ and where; without a
/// profile those that herkos-c or rustc refuses.
fn judge(
    workspace: &Workspace,
    pairs: &[(&Case, Transcript)],
    profiles: &[Profile],
    tally: &mut Tally,
) -> Result<Vec<(u32, Option<Profile>)>, String> {
    let items: Vec<Item> = pairs.iter().map(|(case, transcript)| item(case, transcript)).collect();
    let mut logs = workspace.run(&items, profiles)?;
    let mut differ = Vec::new();
    for (case, transcript) in pairs {
        let row = tally.rows.entry(case.source).or_default();
        row.modules += 1;
        let failure = match logs.remove(&case.number).ok_or("a module without logs")? {
            Err(why) => Some((None, why)),
            Ok(logs) => row.enter(transcript, &logs),
        };
        tally.native += usize::from(!as_native(case, transcript));
        match failure {
            None => row.passed += 1,
            Some((profile, why)) => {
                row.failed += 1;
                let name = &case.name;
                println!(
                    "FAILED: {name} ({}, {}, {profile:?}): {why}",
                    case.source, case.variation
                );
                differ.push((case.number, profile));
            }
        }
    }
    workspace.clean(&items.iter().map(|item| item.id).collect::<BTreeSet<_>>());
    Ok(differ)
}

pub fn item<'a>(case: &'a Case, transcript: &'a Transcript) -> Item<'a> {
    Item {
        id: case.number,
        wasm: &case.normal.subject,
        facts: &case.normal.facts,
        variation: case.variation,
        script: &transcript.script,
    }
}

impl Row {
    /// The first profile that differs.
    fn enter(
        &mut self,
        transcript: &Transcript,
        logs: &BTreeMap<Profile, Vec<String>>,
    ) -> Option<(Option<Profile>, String)> {
        let mut cut = transcript.endless;
        for (profile, log) in logs {
            match compare(transcript, log) {
                Outcome::Differs(why) => return Some((Some(*profile), why)),
                Outcome::Same { calls, traps, exhausted } => {
                    self.calls += calls;
                    self.traps += traps;
                    cut |= exhausted;
                }
            }
        }
        self.cut += usize::from(cut);
        None
    }
}

/// Does a program give what it gives natively? A call that took too long gives nothing.
fn as_native(case: &Case, transcript: &Transcript) -> bool {
    let (Some(native), Some(line)) = (case.native, transcript.log.get(1)) else {
        return true;
    };
    line.starts_with(&format!("ok {native:x} |"))
}

fn report(tally: &Tally, start: Instant) -> bool {
    println!(
        "{:16} {:>8} {:>8} {:>8} {:>8} {:>10} {:>8}",
        "source", "modules", "passed", "failed", "cut", "calls", "traps"
    );
    let mut all = Row::default();
    let show = |name: &str, row: &Row| {
        println!(
            "{name:16} {:>8} {:>8} {:>8} {:>8} {:>10} {:>8}",
            row.modules, row.passed, row.failed, row.cut, row.calls, row.traps
        );
    };
    for (name, row) in &tally.rows {
        show(name, row);
        all.modules += row.modules;
        all.passed += row.passed;
        all.failed += row.failed;
        all.cut += row.cut;
        all.calls += row.calls;
        all.traps += row.traps;
    }
    show("all", &all);
    println!(
        "{} of csmith's modules have another checksum natively; {} were left out, since they take too long",
        tally.native, tally.too_long
    );
    let seconds = start.elapsed().as_secs();
    println!("next: module {}, after {seconds} s", tally.next);
    println!("{} passed, {} failed, {} skipped", all.passed, all.failed, tally.too_long);
    all.failed == 0
}
