//! Which export can reach which import, over the call graph.

use std::collections::BTreeMap;

use crate::audit::graph::{reached, Graph};
use crate::report::Report;

/// How many functions and calls to look at for all imports together. A module with more of both than programs
/// have is not worked out to its end.
const MOST_STEPS: usize = 200_000_000;

/// What can be reached from where. Imports and exports by their place in the lists of the report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// For each import the exports from which it may be called; None: not worked out.
    pub(crate) exports: Vec<Option<Vec<usize>>>,
    /// For each import whether it may be called while an instance is made.
    pub(crate) at_start: Vec<bool>,
    /// The functions that nothing can call, by index.
    pub(crate) unused: Vec<usize>,
    /// The functions that call each other, or one that calls itself, by index.
    pub(crate) cycles: Vec<Vec<usize>>,
}

impl Reach {
    pub(crate) fn of(report: &Report, graph: &Graph) -> Self {
        let mut reach = Self {
            unused: unused(report, graph),
            cycles: cycles(report),
            ..Self::default()
        };
        let mut left = MOST_STEPS;
        for import in &report.imports {
            let within = import.kind == "function" && graph.size() <= left;
            let callers = within.then(|| reached(&graph.callers, [import.index]));
            left -= if within { graph.size() } else { 0 };
            let calls = |index: usize| {
                let callers = callers.as_ref();
                callers.is_some_and(|callers| callers.get(index) == Some(&true))
            };
            let exports = report.exports.iter().enumerate();
            let exports = exports.filter(|(_, e)| e.kind == "function" && calls(e.index));
            let exports = exports.map(|(number, _)| number).collect();
            reach.exports.push(within.then_some(exports));
            reach.at_start.push(report.start.is_some_and(calls));
        }
        reach
    }

    /// The imports that an export can reach, by their place.
    pub(crate) fn imports_of(&self, export: usize) -> Vec<usize> {
        let reaches = |exports: &Option<Vec<usize>>| {
            let exports = exports.as_ref();
            exports.is_some_and(|exports| exports.binary_search(&export).is_ok())
        };
        let imports = self.exports.iter().enumerate();
        imports
            .filter(|(_, exports)| reaches(exports))
            .map(|(number, _)| number)
            .collect()
    }
}

/// The functions that neither an export nor instantiation can come to.
fn unused(report: &Report, graph: &Graph) -> Vec<usize> {
    let exports = report.exports.iter().filter(|e| e.kind == "function");
    let roots = exports.map(|export| export.index).chain(report.start);
    let used = reached(&graph.callees, roots);
    let functions = report.functions.iter().map(|function| function.index);
    functions
        .filter(|&index| used.get(index) != Some(&true))
        .collect()
}

fn cycles(report: &Report) -> Vec<Vec<usize>> {
    let mut cycles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for function in &report.functions {
        if let Some(cycle) = function.cycle {
            cycles.entry(cycle).or_default().push(function.index);
        }
    }
    let mut cycles: Vec<_> = cycles.into_values().collect();
    cycles.sort();
    cycles
}
