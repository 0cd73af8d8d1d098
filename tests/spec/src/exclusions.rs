//! `exclusions.txt`: directives that herkos does not carry out as the test says, each with the
//! reason.
//!
//! One a line, `FILE:LINE REASON`; empty lines and lines that begin with `#` are left out. They are
//! tried like all others: one that succeeds does not belong on the list.

use std::collections::BTreeMap;
use std::path::Path;

use crate::plan::{Plan, Status};

/// The reasons by `FILE:LINE`.
pub struct Exclusions(BTreeMap<String, String>);

impl Exclusions {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut reasons = BTreeMap::new();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((place, reason)) = line.split_once(' ') else {
                return Err(format!("{}: no reason: {line}", path.display()));
            };
            reasons.insert(place.to_owned(), reason.trim().to_owned());
        }
        Ok(Self(reasons))
    }

    /// Marks the listed directives. The result is the places on the list where nothing is that
    /// failed.
    pub fn apply(&self, plans: &mut [Plan]) -> Vec<String> {
        let mut unneeded = Vec::new();
        for plan in plans {
            let listed = self.0.iter().filter_map(|(place, reason)| {
                let (file, line) = place.rsplit_once(':')?;
                (file == plan.name).then_some((place, line, reason))
            });
            for (place, line, reason) in listed {
                let mut used = false;
                for (status, at) in plan.statuses.iter_mut().zip(&plan.lines) {
                    let excused = matches!(status, Status::Failed(_) | Status::Unsupported(_));
                    if excused && at.to_string() == line {
                        *status = Status::Excluded(reason.clone());
                        used = true;
                    }
                }
                if !used {
                    unneeded.push(place.clone());
                }
            }
        }
        unneeded
    }
}
