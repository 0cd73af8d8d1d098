//! Which export can reach which import, over the call graph. A call through a table may come to any
//! function of its type to which there is a reference.

use std::collections::BTreeMap;

use crate::audit::facts::Facts;

/// How many calls to look at for all imports together. A module with more of both than programs
/// have is not worked out to its end.
const MOST_STEPS: usize = 200_000_000;

/// What can be reached from where. Imports and exports by their place in the lists of the facts.
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
    pub(crate) fn of(facts: &Facts) -> Self {
        let graph = Graph::of(facts);
        let mut reach = Self {
            unused: graph.unused(facts),
            cycles: cycles(facts),
            ..Self::default()
        };
        let mut left = MOST_STEPS;
        for import in &facts.imports {
            let within = import.kind == "function" && graph.edges <= left;
            let callers = within.then(|| from(&graph.callers, [import.index]));
            left -= if within { graph.edges } else { 0 };
            let calls = |index: usize| {
                let callers = callers.as_ref();
                callers.is_some_and(|callers| callers.get(index) == Some(&true))
            };
            let exports = facts.exports.iter().enumerate();
            let exports = exports.filter(|(_, e)| e.kind == "function" && calls(e.index));
            let exports = exports.map(|(number, _)| number).collect();
            reach.exports.push(within.then_some(exports));
            reach.at_start.push(facts.start.is_some_and(calls));
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

/// Functions by their index, types behind them.
struct Graph {
    callees: Vec<Vec<usize>>,
    callers: Vec<Vec<usize>>,
    edges: usize,
}

impl Graph {
    fn of(facts: &Facts) -> Self {
        let functions = facts.functions.iter().map(|function| function.index + 1);
        let imported = facts.imports.iter().filter(|i| i.kind == "function");
        let functions = functions.chain(imported.map(|import| import.index + 1));
        let functions = functions.max().unwrap_or(0);
        let types = facts.indirect.iter().map(|indirect| indirect.ty + 1);
        let nodes = functions + types.max().unwrap_or(0);
        let mut graph = Self {
            callees: vec![Vec::new(); nodes],
            callers: vec![Vec::new(); nodes],
            edges: 0,
        };
        for function in &facts.functions {
            let types = function.calls_types.iter().map(|ty| functions + ty);
            for callee in function.calls.iter().copied().chain(types) {
                graph.add(function.index, callee);
            }
        }
        for indirect in &facts.indirect {
            for &target in &indirect.targets {
                graph.add(functions + indirect.ty, target);
            }
        }
        graph
    }

    fn add(&mut self, caller: usize, callee: usize) {
        if let (Some(callees), Some(callers)) =
            (self.callees.get_mut(caller), self.callers.get_mut(callee))
        {
            callees.push(callee);
            callers.push(caller);
            self.edges += 1;
        }
    }

    fn unused(&self, facts: &Facts) -> Vec<usize> {
        let exports = facts.exports.iter().filter(|e| e.kind == "function");
        let roots = exports.map(|export| export.index).chain(facts.start);
        let used = from(&self.callees, roots);
        let functions = facts.functions.iter().map(|function| function.index);
        functions
            .filter(|&index| used.get(index) != Some(&true))
            .collect()
    }
}

/// The nodes that can be reached from some, which are among them.
fn from(edges: &[Vec<usize>], roots: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; edges.len()];
    let mut open: Vec<usize> = roots.into_iter().collect();
    while let Some(node) = open.pop() {
        let Some(seen) = reached.get_mut(node) else {
            continue;
        };
        if !*seen {
            *seen = true;
            open.extend(&edges[node]);
        }
    }
    reached
}

fn cycles(facts: &Facts) -> Vec<Vec<usize>> {
    let mut cycles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for function in &facts.functions {
        if let Some(cycle) = function.cycle {
            cycles.entry(cycle).or_default().push(function.index);
        }
    }
    let mut cycles: Vec<_> = cycles.into_values().collect();
    cycles.sort();
    cycles
}
