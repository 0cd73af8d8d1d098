//! The report on a module that a reviewer reads: what it can reach, what it consists of, how much of
//! it is known without running it. Written beside the generated code as Markdown and as one page of
//! HTML; the JSON has the same facts for programs.

mod document;
mod facts;
mod graph;
mod html;
mod markdown;
mod picture;
mod reach;
mod sections;

use serde_json::{json, Value};

use crate::audit::facts::Facts;
use crate::audit::graph::Graph;
use crate::audit::reach::Reach;
use crate::config::Module;
use crate::report;

/// A module's report in all forms.
#[derive(Debug)]
pub(crate) struct Audit {
    pub(crate) json: String,
    pub(crate) markdown: String,
    pub(crate) html: String,
    /// One line.
    pub(crate) summary: String,
}

/// Makes the report from the JSON that herkos-c wrote, and from the warnings that were given about the
/// module. The error says what is not as it should be.
pub(crate) fn audit(module: &Module, json: &str, warnings: &[&str]) -> Result<Audit, String> {
    let value: Value = serde_json::from_str(json).map_err(|e| e.to_string())?;
    let facts = Facts::of(&value).ok_or_else(report::unknown)?;
    let graph = Graph::of(&facts);
    let reach = Reach::of(&facts, &graph);
    let mut parts = sections::parts(module, &facts, &reach, warnings);
    parts.extend(sections::call_graph(&facts, &graph));
    Ok(Audit {
        json: with_conclusions(json, &facts, &reach).ok_or_else(report::unknown)?,
        markdown: markdown::markdown(&parts),
        html: html::html(&module.name, &parts),
        summary: sections::summary(&facts, &reach),
    })
}

/// What herkos-c wrote, and what follows from it as the last member. Lists of numbers are those of
/// the imports, exports and functions.
fn with_conclusions(json: &str, facts: &Facts, reach: &Reach) -> Option<String> {
    let exports = facts.exports.iter().enumerate();
    let exports = exports.filter(|(_, export)| export.kind == "function");
    let exports: serde_json::Map<String, Value> = exports
        .map(|(number, export)| (export.name.clone(), json!(reach.imports_of(number))))
        .collect();
    let conclusions = json!({
        "imports_reached_by_export": exports,
        "imports_not_followed": numbers(&reach.exports, Option::is_none),
        "imports_reached_at_start": numbers(&reach.at_start, |reached| *reached),
        "functions_never_called": reach.unused,
        "cycles": reach.cycles,
    });
    let body = json.trim_end().strip_suffix('}')?.trim_end();
    Some(format!("{body},\n  \"conclusions\": {conclusions}\n}}\n"))
}

fn numbers<T>(list: &[T], which: impl Fn(&T) -> bool) -> Vec<usize> {
    let list = list.iter().enumerate();
    list.filter(|(_, item)| which(item))
        .map(|(number, _)| number)
        .collect()
}
