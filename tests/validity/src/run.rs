//! Generates and judges, in as many threads as the machine has processors.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;
use std::thread;

use crate::compare::{compare, Known, Outcome};
use crate::generate::{Case, Generator, Number, VARIANTS};
use crate::judges::{Herkos, Judges};

/// What a run needs; shared by its threads.
pub struct Run {
    pub generator: Generator,
    pub known: Known,
    pub folder: PathBuf,
    pub herkos_c: PathBuf,
}

/// How the modules of one source fared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    pub accepted: usize,
    pub refused: usize,
    pub known: usize,
    pub failed: usize,
}

pub struct Failure {
    /// None: not about a single module.
    pub case: Option<Case>,
    pub why: String,
}

/// Everything that came out.
#[derive(Default)]
pub struct Tally {
    pub rows: BTreeMap<&'static str, Row>,
    /// How often each line of known.txt was needed.
    pub known: BTreeMap<usize, usize>,
    pub failures: Vec<Failure>,
    /// Modules that all accept, with the size of their Rust.
    pub accepted: Vec<(Number, Vec<u8>, usize)>,
}

impl Run {
    /// Judges `modules` modules, or a few more: bases come with all their variants.
    pub fn all(&self, modules: u32) -> Result<Tally, String> {
        let bases = modules.div_ceil(VARIANTS);
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let (next, tally) = (AtomicU32::new(0), Mutex::new(Tally::default()));
        thread::scope(|scope| {
            let work = |i| self.work(&format!("judges{i}"), &next, bases, &tally);
            let spawn = |i| scope.spawn(move || work(i));
            let handles: Vec<_> = (0..threads).map(spawn).collect();
            for handle in handles {
                handle.join().map_err(|_| "a thread panicked")??;
            }
            Ok::<(), String>(())
        })?;
        let mut tally = tally.into_inner().map_err(|e| e.to_string())?;
        tally.accepted.sort();
        tally.failures.sort_by_key(|failure| failure.number());
        Ok(tally)
    }

    fn work(
        &self,
        name: &str,
        next: &AtomicU32,
        bases: u32,
        tally: &Mutex<Tally>,
    ) -> Result<(), String> {
        let folder = self.folder.join(name);
        let mut judges = Judges::new(&folder, &self.herkos_c)?;
        loop {
            let base = next.fetch_add(1, Ordering::Relaxed);
            if base >= bases {
                break;
            }
            if base > 0 && base.is_multiple_of(500) {
                eprintln!("validity: {} modules", base * VARIANTS);
            }
            for case in self.generator.base(base, &folder)? {
                let verdicts = judges.judge(&case.bytes)?;
                let outcome = compare(&case.bytes, &verdicts, case.promise, &self.known);
                let text = match verdicts.herkos {
                    Ok(Herkos::Accepts(text)) => text.len(),
                    _ => 0,
                };
                let mut tally = tally.lock().map_err(|e| e.to_string())?;
                tally.enter(case, outcome, text);
            }
        }
        if let Err(why) = judges.finish() {
            let mut tally = tally.lock().map_err(|e| e.to_string())?;
            tally.failures.push(Failure { case: None, why });
        }
        Ok(())
    }

    /// Judges one module again, and keeps it.
    pub fn again(&self, number: Number) -> Result<bool, String> {
        let folder = self.folder.join("again");
        let mut judges = Judges::new(&folder, &self.herkos_c)?;
        let mut cases = self.generator.base(number.base, &folder)?.into_iter();
        let case = cases.nth(number.variant as usize);
        let case = case.ok_or_else(|| format!("there are {VARIANTS} variants"))?;
        let file = self.folder.join(format!("{number}.wasm"));
        fs::write(&file, &case.bytes).map_err(|e| format!("{}: {e}", file.display()))?;
        let verdicts = judges.judge(&case.bytes)?;
        println!("{}: {}; {}", file.display(), case.source, case.mutations);
        match &verdicts.herkos {
            Ok(Herkos::Accepts(text)) => println!("herkos-c: accepted, {} bytes", text.len()),
            Ok(Herkos::Refuses {
                offset, message, ..
            }) => println!("herkos-c: {offset:#x}: {message}"),
            Err(why) => println!("herkos-c: {why}"),
        }
        println!("wabt: {}", verdicts.wabt.message());
        println!("wasmparser: {}", verdicts.parser.message());
        println!("with proposals: {}", verdicts.with_proposals.message());
        let outcome = compare(&case.bytes, &verdicts, case.promise, &self.known);
        println!("{outcome:?}");
        judges.finish()?;
        Ok(!matches!(outcome, Outcome::Failed(_)))
    }
}

impl Failure {
    fn number(&self) -> Option<Number> {
        self.case.as_ref().map(|case| case.number)
    }
}

impl Tally {
    fn enter(&mut self, case: Case, outcome: Outcome, text: usize) {
        let row = self.rows.entry(case.source).or_default();
        match outcome {
            Outcome::Accepted => {
                row.accepted += 1;
                self.accepted.push((case.number, case.bytes, text));
            }
            Outcome::Refused => row.refused += 1,
            Outcome::Known(line) => {
                row.known += 1;
                *self.known.entry(line).or_default() += 1;
            }
            Outcome::Failed(why) => {
                row.failed += 1;
                let case = Some(case);
                self.failures.push(Failure { case, why });
            }
        }
    }
}
