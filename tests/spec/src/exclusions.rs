//! `exclusions.txt`: directives that are not run, each with the reason.
//!
//! One a line, `FILE:LINE REASON`; empty lines and lines that begin with `#` are left out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

#[derive(Default)]
pub struct Exclusions {
    /// By `FILE:LINE`.
    reasons: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Exclusions {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut exclusions = Self::default();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((place, reason)) = line.split_once(' ') else {
                return Err(format!("{}: no reason: {line}", path.display()));
            };
            let reason = reason.trim().to_owned();
            exclusions.reasons.insert(place.to_owned(), reason);
        }
        Ok(exclusions)
    }

    /// Why the directive on that line is not run.
    pub fn reason(&self, file: &str, line: usize) -> Option<&str> {
        let place = format!("{file}:{line}");
        let reason = self.reasons.get(&place)?;
        self.used.borrow_mut().insert(place);
        Some(reason)
    }

    /// Lines that fit no directive of the given files: mistakes, or left over.
    pub fn unused(&self, files: &[&str]) -> Vec<String> {
        let used = self.used.borrow();
        let places = self.reasons.keys().filter(|place| !used.contains(*place));
        let concerned = |place: &&String| files.iter().any(|file| place.starts_with(file));
        places.filter(concerned).cloned().collect()
    }
}
