//! The call graph. A call through a table goes over a node for its type, from which it may come to any
//! function of that type to which there is a reference: so the graph is no larger than the module.

use crate::report::Report;

/// Functions by their index, types behind them.
#[derive(Debug)]
pub(crate) struct Graph {
    functions: usize,
    pub(crate) callees: Vec<Vec<usize>>,
    pub(crate) callers: Vec<Vec<usize>>,
    pub(crate) edges: usize,
}

impl Graph {
    pub(crate) fn of(report: &Report) -> Self {
        let functions = report.functions.iter().map(|function| function.index + 1);
        let imported = report.imports.iter().filter(|i| i.kind == "function");
        let functions = functions.chain(imported.map(|import| import.index + 1));
        let functions = functions.max().unwrap_or(0);
        let types = report.indirect.iter().map(|indirect| indirect.index + 1);
        let nodes = functions + types.max().unwrap_or(0);
        let mut graph = Self {
            functions,
            callees: vec![Vec::new(); nodes],
            callers: vec![Vec::new(); nodes],
            edges: 0,
        };
        for function in &report.functions {
            let types = function.calls_types.iter().map(|ty| functions + ty);
            for callee in function.calls.iter().copied().chain(types) {
                graph.add(function.index, callee);
            }
        }
        for indirect in &report.indirect {
            for &target in &indirect.targets {
                graph.add(functions + indirect.index, target);
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

    /// What it takes to follow the calls to or from a node.
    pub(crate) fn size(&self) -> usize {
        self.callees.len() + self.edges
    }

    pub(crate) fn is_type(&self, node: usize) -> bool {
        node >= self.functions
    }
}

/// The nodes that can be reached from some, which are among them.
pub(crate) fn reached(edges: &[Vec<usize>], roots: impl IntoIterator<Item = usize>) -> Vec<bool> {
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
