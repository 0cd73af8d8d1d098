//! The report on a module that a reviewer reads: what it can reach, what it consists of, how much of
//! it is known without running it. Written beside the generated code as Markdown and as one page of
//! HTML; the JSON has the same facts for programs.

mod document;
mod graph;
mod html;
mod markdown;
mod picture;
mod reach;
mod sections;

use serde_json::{json, Value};

use crate::audit::graph::Graph;
use crate::audit::reach::Reach;
use crate::config::Module;
use crate::link::Use;
use crate::report::Report;

/// A module's report in all forms.
#[derive(Debug)]
pub(crate) struct Audit {
    pub(crate) json: String,
    pub(crate) markdown: String,
    pub(crate) html: String,
    /// One line.
    pub(crate) summary: String,
}

/// What a report is made of.
pub(crate) struct Subject<'a> {
    pub(crate) module: &'a Module,
    pub(crate) report: &'a Report,
    /// None if no module is linked with it.
    pub(crate) linked: Option<Use<'a>>,
    pub(crate) warnings: Vec<&'a str>,
}

pub(crate) fn audit(subject: &Subject<'_>) -> Audit {
    let (module, report) = (subject.module, subject.report);
    let graph = Graph::of(report);
    let reach = Reach::of(report, &graph);
    let mut parts = sections::parts(subject, &reach);
    parts.extend(sections::call_graph(report, &graph));
    Audit {
        json: with_conclusions(subject, &reach),
        markdown: markdown::markdown(&parts),
        html: html::html(&module.name, &parts),
        summary: sections::summary(report, &reach),
    }
}

/// What herkos-c wrote, and what follows from it as the last member. Lists of numbers are those of
/// the imports, exports and functions.
fn with_conclusions(subject: &Subject<'_>, reach: &Reach) -> String {
    let report = subject.report;
    let exports = report.exports.iter().enumerate();
    let exports = exports.filter(|(_, export)| export.kind == "function");
    let exports: serde_json::Map<String, Value> = exports
        .map(|(number, export)| (export.name.clone(), json!(reach.imports_of(number))))
        .collect();
    let mut conclusions = json!({
        "imports_reached_by_export": exports,
        "imports_not_followed": numbers(&reach.exports, Option::is_none),
        "imports_reached_at_start": numbers(&reach.at_start, |reached| *reached),
        "functions_never_called": reach.unused,
        "cycles": reach.cycles,
    });
    if let Some(linked) = &subject.linked {
        conclusions["exports_that_no_link_uses"] = json!(linked.unused);
    }
    let whole = report.json.trim_end();
    let body = whole.strip_suffix('}').unwrap_or(whole).trim_end();
    format!("{body},\n  \"conclusions\": {conclusions}\n}}\n")
}

fn numbers<T>(list: &[T], which: impl Fn(&T) -> bool) -> Vec<usize> {
    let list = list.iter().enumerate();
    list.filter(|(_, item)| which(item))
        .map(|(number, _)| number)
        .collect()
}
