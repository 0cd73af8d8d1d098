//! Mutation testing: breaks the validator of herkos-c and the numeric operations of herkos-runtime
//! in one small way after the other, and sees whether a test notices.
//!
//! usage: mutants c|rust [--sample N] [--seed N] [--only TEXT]
//!
//! `--sample` tries only so many, chosen by the seed; `--only`, which may be given
//! several times, those whose name has the text in it.
//! Mutants that survive are to stand in `survivors.txt`, each with the reason why no test can or need
//! notice. Ends with `N passed, N failed`: passed are those that are killed or listed.

#![forbid(unsafe_code)]

mod inputs;
mod mutate;
mod subject;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use crate::mutate::Mutant;
use crate::subject::{Fate, Numeric, Subject, Validator};

struct Options {
    subject: String,
    sample: Option<usize>,
    seed: u64,
    only: Vec<String>,
}

#[derive(Default)]
struct Counts {
    killed: usize,
    not_built: usize,
    listed: usize,
    failed: usize,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("mutants: {why}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        subject: String::new(),
        sample: None,
        seed: 1,
        only: Vec::new(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        let number = |text: String| text.parse::<u64>().map_err(|e| format!("{text}: {e}"));
        match word.as_str() {
            "c" | "rust" => options.subject = word,
            "--sample" => options.sample = Some(number(value()?)? as usize),
            "--seed" => options.seed = number(value()?)?,
            "--only" => options.only.push(value()?),
            _ => {
                return Err(format!(
                    "unknown: {word}; usage: mutants c|rust [--sample N] [--seed N] [--only TEXT]"
                ))
            }
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<bool, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = here
        .join("../..")
        .canonicalize()
        .map_err(|e| e.to_string())?;
    let work = repository.join("target/mutants/work");
    fs::create_dir_all(&work).map_err(|e| e.to_string())?;
    let mut subject: Box<dyn Subject> = match options.subject.as_str() {
        "c" => Box::new(Validator::new(&repository, &work)?),
        "rust" => Box::new(Numeric::new(&repository, &work)?),
        _ => return Err("say which: c or rust".to_owned()),
    };
    let mut listed = survivors(&here.join("survivors.txt"))?;
    let mut all = mutants(&repository, subject.files())?;
    let total = all.len();
    all.retain(|(file, mutant)| {
        let name = format!("{file}: {}", mutant.name);
        options.only.is_empty() || options.only.iter().any(|text| name.contains(text))
    });
    if let Some(sample) = options.sample {
        fastrand::seed(options.seed);
        fastrand::shuffle(&mut all);
        all.truncate(sample);
    }
    println!("mutants: {} of {total}", all.len());
    let mut counts = Counts::default();
    let start = Instant::now();
    for (file, mutant) in &all {
        let path = repository.join(file);
        let source = fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?;
        let (before, after) = (&source[..mutant.start], &source[mutant.end..]);
        let fate = subject.try_with(file, &format!("{before}{}{after}", mutant.text))?;
        let short = Path::new(file)
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        counts.count(fate, &format!("{short}: {}", mutant.name), &mut listed);
    }
    let whole = all.len() == total;
    let seconds = start.elapsed().as_secs();
    Ok(counts.report(&listed, whole.then_some(subject.files()), seconds))
}

fn mutants(
    repository: &Path,
    files: &[&'static str],
) -> Result<Vec<(&'static str, Mutant)>, String> {
    let mut all = Vec::new();
    for &file in files {
        let source =
            fs::read_to_string(repository.join(file)).map_err(|e| format!("{file}: {e}"))?;
        all.extend(
            mutate::mutants(&source)
                .into_iter()
                .map(|mutant| (file, mutant)),
        );
    }
    Ok(all)
}

/// The names in the list, and whether each was met. Lines that begin with `#` give the reason for
/// the lines that follow, up to an empty one.
fn survivors(path: &Path) -> Result<BTreeMap<String, bool>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut names = BTreeMap::new();
    let mut reason = false;
    for line in text.lines() {
        if line.is_empty() {
            reason = false;
        } else if line.starts_with('#') {
            reason = true;
        } else if reason {
            names.insert(line.to_owned(), false);
        } else {
            return Err(format!("survivors.txt: no reason is given for: {line}"));
        }
    }
    Ok(names)
}

impl Counts {
    fn count(&mut self, fate: Fate, name: &str, listed: &mut BTreeMap<String, bool>) {
        match (fate, listed.get_mut(name)) {
            (Fate::NotBuilt, _) => self.not_built += 1,
            (Fate::Killed, None) => self.killed += 1,
            (Fate::Killed, Some(met)) => {
                *met = true;
                self.failed += 1;
                println!("FAILED: is killed now, so take it out of survivors.txt: {name}");
            }
            (Fate::Survived, Some(met)) => {
                *met = true;
                self.listed += 1;
            }
            (Fate::Survived, None) => {
                self.failed += 1;
                println!("FAILED: survives: {name}");
            }
        }
    }

    /// `whole`: the files, if all of their mutants were tried.
    fn report(
        &mut self,
        listed: &BTreeMap<String, bool>,
        whole: Option<&[&str]>,
        seconds: u64,
    ) -> bool {
        for (name, met) in listed {
            let here = |files: &[&str]| {
                files
                    .iter()
                    .any(|f| name.starts_with(&f[f.rfind('/').map_or(0, |at| at + 1)..]))
            };
            if !met && whole.is_some_and(here) {
                self.failed += 1;
                println!("FAILED: there is no such mutant any more: {name}");
            }
        }
        let Self {
            killed,
            not_built,
            listed,
            failed,
        } = self;
        println!("mutants: {killed} killed, {listed} survive with a reason, {not_built} are not compiled, in {seconds} s");
        println!("{} passed, {failed} failed", *killed + *listed);
        *failed == 0
    }
}
