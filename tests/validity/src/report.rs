//! What is printed: the table, the exceptions, the failures.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use crate::compare::{kind, Known};
use crate::run::{Failure, Row, Run, Tally};
use crate::shrink;

/// Failures of one kind that are printed.
const PRINTED: usize = 3;

/// A line for each source of modules.
pub fn table(tally: &Tally) -> String {
    let mut text = format!(
        "{:24} {:>8} {:>8} {:>8} {:>6} {:>6}\n",
        "source", "modules", "accepted", "refused", "known", "failed"
    );
    let mut total = Row::default();
    for (name, row) in &tally.rows {
        line(&mut text, name, row);
        total.accepted += row.accepted;
        total.refused += row.refused;
        total.known += row.known;
        total.failed += row.failed;
    }
    line(&mut text, "all", &total);
    text
}

fn line(text: &mut String, name: &str, row: &Row) {
    let modules = row.accepted + row.refused + row.known + row.failed;
    let _ = writeln!(
        text,
        "{name:24} {modules:>8} {:>8} {:>8} {:>6} {:>6}",
        row.accepted, row.refused, row.known, row.failed
    );
}

/// How often each line of known.txt was needed.
pub fn known(known: &Known, tally: &Tally) -> String {
    let mut text = "known differences:\n".to_owned();
    for (i, shown) in known.shown().enumerate() {
        let count = tally.known.get(&i).copied().unwrap_or_default();
        let _ = writeln!(text, "{count:>8}  {shown}");
    }
    text
}

/// Prints failures by kind, and keeps the modules, the first of each kind also shrunk.
pub fn failures(run: &Run, tally: &Tally, seed: u64) -> Result<(), String> {
    let mut kinds: BTreeMap<String, Vec<&Failure>> = BTreeMap::new();
    for failure in &tally.failures {
        kinds.entry(kind(&failure.why)).or_default().push(failure);
    }
    let folder = run.folder.join("failures");
    let io = |e: std::io::Error| format!("{}: {e}", folder.display());
    for alike in kinds.values() {
        fs::create_dir_all(&folder).map_err(io)?;
        for failure in alike.iter().take(PRINTED) {
            println!("FAILED: {}", failure.why);
            if let Some(case) = &failure.case {
                let path = folder.join(format!("{seed}-{}.wasm", case.number));
                fs::write(&path, &case.bytes).map_err(io)?;
                let (number, done) = (case.number, &case.mutations);
                println!(
                    "    module {number} ({}; {done}): {}",
                    case.source,
                    path.display()
                );
                println!("    again: make validity VALIDITY='--seed {seed} --case {number}'");
            }
        }
        if let Some(case) = &alike[0].case {
            let small = shrink::shrink(run, case)?;
            let path = folder.join(format!("{seed}-{}.small.wasm", case.number));
            fs::write(&path, &small).map_err(io)?;
            println!("    shrunk to {} bytes: {}", small.len(), path.display());
        }
        if alike.len() > PRINTED {
            println!("    and {} more like these", alike.len() - PRINTED);
        }
    }
    Ok(())
}

/// Limits of herkos-c count as skipped: there is nothing to agree on.
pub fn summary(known: &Known, tally: &Tally, compiled: usize) -> String {
    let is_limit: Vec<bool> = known.limits().collect();
    let skipped = tally.known.iter().filter(|(line, _)| is_limit[**line]);
    let skipped: usize = skipped.map(|(_, count)| count).sum();
    let rows = tally.rows.values();
    let passed: usize = rows.map(|row| row.accepted + row.refused + row.known).sum();
    format!(
        "{} passed, {} failed, {skipped} skipped",
        passed - skipped + compiled,
        tally.failures.len()
    )
}
