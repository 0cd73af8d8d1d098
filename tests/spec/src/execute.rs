//! Runs the scripts, each file in a process of its own: what brings one down leaves the others.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use crate::plan::{Plan, Status};
use crate::workspace;

/// What the driver said: by directive, what went wrong if anything did.
type Outcomes = BTreeMap<usize, Option<String>>;

/// Runs all scripts and enters the outcomes into the plans; `build` is how the tests were compiled.
pub fn all(
    plans: &mut [Plan],
    executable: &Path,
    failed: &BTreeMap<String, String>,
    folder: &Path,
    build: &str,
) -> Result<(), String> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let work = || -> Result<(), String> {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(plan) = plans.get(at) else {
                return Ok(());
            };
            let name = plan.crate_name();
            let outcome = match failed.get(&name) {
                Some(why) => (Outcomes::new(), format!("the file does not compile: {why}")),
                None => run(plan, executable, folder)?,
            };
            let mut outcomes = outcomes.lock().map_err(|e| e.to_string())?;
            outcomes.push((at, outcome));
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work()?;
        other.join().map_err(|_| "a thread panicked".to_owned())?
    })?;
    for (at, (outcomes, missing)) in outcomes.into_inner().map_err(|e| e.to_string())? {
        enter(&mut plans[at], &outcomes, &missing, build);
    }
    Ok(())
}

/// Runs a file. Beside the outcomes: why those that are missing are.
fn run(plan: &Plan, executable: &Path, folder: &Path) -> Result<(Outcomes, String), String> {
    let name = plan.crate_name();
    let script = folder.join(format!("{name}.txt"));
    workspace::write(&script, &plan.script)?;
    let output = Command::new(executable)
        .arg(&name)
        .arg(&script)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("{}: {e}", executable.display()))?;
    let mut outcomes = Outcomes::new();
    let mut last = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let mut words = line.splitn(3, ' ');
        let verdict = words.next();
        let number = words.next().and_then(|number| number.parse().ok());
        let number: usize = number.ok_or_else(|| format!("{name} writes {line:?}"))?;
        let why = words.next().unwrap_or_default().to_owned();
        outcomes.insert(number, (verdict != Some("ok")).then_some(why));
        last = plan.lines[number];
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said
        .lines()
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let status = output.status;
    Ok((
        outcomes,
        format!("the process ended after line {last}: {status} {said}"),
    ))
}

fn enter(plan: &mut Plan, outcomes: &Outcomes, missing: &str, build: &str) {
    let scripted: Vec<usize> = plan
        .script
        .lines()
        .filter_map(|line| line.split(' ').next()?.parse().ok())
        .collect();
    for number in scripted {
        let why = match outcomes.get(&number) {
            Some(None) => None,
            Some(Some(why)) => Some(why.as_str()),
            None => Some(missing),
        };
        let status = &mut plan.statuses[number];
        match (why, &*status) {
            (None, Status::Pending) => *status = Status::Passed,
            (Some(why), Status::Pending | Status::Passed) => {
                *status = Status::Failed(format!("{build}: {why}"));
            }
            _ => {}
        }
    }
}
