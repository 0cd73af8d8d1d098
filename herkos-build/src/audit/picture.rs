//! A picture of the call graph, as SVG: exports, the functions between, imports.

use std::collections::{BTreeMap, BTreeSet};

use layout::backends::svg::SVGWriter;
use layout::core::base::Orientation;
use layout::core::color::Color;
use layout::core::geometry::Point;
use layout::core::style::{LineStyleKind, StyleAttr};
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;

use crate::audit::graph::Graph;
use crate::report::{Export, Report};

/// How many boxes can be told apart on a screen.
const MOST_BOXES: usize = 60;
/// How many arrows.
const MOST_ARROWS: usize = 200;
/// How many characters of a name are shown.
const MOST_CHARACTERS: usize = 28;

type Arrows = BTreeSet<(usize, usize)>;

/// The picture, and whether it shows all functions; none if there is nothing to show.
pub(crate) fn picture(report: &Report, graph: &Graph) -> Option<(String, bool)> {
    let all = all(report, graph);
    let fits = |shown: BTreeSet<usize>| {
        let arrows = (shown.len() <= MOST_BOXES).then(|| contracted(graph, &shown))?;
        (arrows.len() <= MOST_ARROWS).then_some((shown, arrows))
    };
    let number = all.len();
    let (shown, arrows) = fits(all).or_else(|| fits(most_telling(report, graph)))?;
    (!shown.is_empty()).then(|| (draw(report, &shown, &arrows), shown.len() == number))
}

/// The functions of the module, and the imported ones that it may call.
fn all(report: &Report, graph: &Graph) -> BTreeSet<usize> {
    let is_called = |index: &usize| graph.callers.get(*index).is_some_and(|c| !c.is_empty());
    let own = report.functions.iter().map(|function| function.index);
    own.chain(imported(report).filter(is_called)).collect()
}

/// Of a large module: the exports and imports, and the functions that call imports themselves, as
/// far as there is room.
fn most_telling(report: &Report, graph: &Graph) -> BTreeSet<usize> {
    let mut shown: BTreeSet<usize> = imported(report).collect();
    let callers = |nodes: &BTreeSet<usize>| -> BTreeSet<usize> {
        let callers = nodes.iter().filter_map(|&node| graph.callers.get(node));
        callers.flatten().copied().collect()
    };
    let (types, mut gates): (BTreeSet<usize>, BTreeSet<usize>) = callers(&shown)
        .into_iter()
        .partition(|&node| graph.is_type(node));
    gates.extend(callers(&types));
    let exports = report.exports.iter().filter(|e| e.kind == "function");
    shown.extend(exports.map(|export| export.index).chain(report.start));
    if shown.len() + gates.len() <= MOST_BOXES {
        shown.extend(gates);
    }
    shown
}

fn imported(report: &Report) -> impl Iterator<Item = usize> + '_ {
    let functions = report.imports.iter().filter(|i| i.kind == "function");
    functions.map(|import| import.index)
}

/// An arrow wherever a chain of calls leads from one to the other through nodes not shown: tables,
/// and in the picture of a large module functions.
fn contracted(graph: &Graph, shown: &BTreeSet<usize>) -> Arrows {
    let mut arrows = Arrows::new();
    for &from in shown {
        let mut open = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            for &to in graph.callees.get(at).into_iter().flatten() {
                if shown.contains(&to) {
                    arrows.insert((from, to));
                } else if seen.insert(to) {
                    open.push(to);
                }
            }
        }
    }
    arrows
}

/// A function that calls itself has a border of another colour: arrows back to where they come from
/// would be hard to see.
fn draw(report: &Report, shown: &BTreeSet<usize>, arrows: &Arrows) -> String {
    let mut graph = VisualGraph::new(Orientation::LeftToRight);
    let mut boxes = BTreeMap::new();
    for &index in shown {
        boxes.insert(index, graph.add_node(element(report, index)));
    }
    for (from, to) in arrows.iter().filter(|(from, to)| from != to) {
        let line = StyleAttr::new(Color::fast("slategray"), 1, None, 0, FONT);
        let arrow = Arrow::new(
            LineEndKind::None,
            LineEndKind::Arrow,
            LineStyleKind::Normal,
            "",
            &line,
            &None,
            &None,
        );
        graph.add_edge(arrow, boxes[from], boxes[to]);
    }
    let mut svg = SVGWriter::new();
    graph.do_it(false, false, false, &mut svg);
    let svg = svg.finalize();
    svg.split_once("?>")
        .map_or(svg.clone(), |(_, svg)| svg.to_owned())
}

const FONT: usize = 13;

fn element(report: &Report, index: usize) -> Element {
    let name: String = crate::output::printable(&report.name_of(index))
        .chars()
        .take(MOST_CHARACTERS)
        .collect();
    let is_export = |e: &Export| e.kind == "function" && e.index == index;
    let fill = if report.imported(index).is_some() {
        "mistyrose"
    } else if report.exports.iter().any(is_export) {
        "lightsteelblue"
    } else {
        "white"
    };
    let cycle = report.function(index).is_some_and(|f| f.cycle.is_some());
    let border = Color::fast(if cycle { "darkorange" } else { "slategray" });
    let width = name.chars().count() as f64 * 8.0 + 24.0;
    let style = StyleAttr::new(
        border,
        if cycle { 3 } else { 1 },
        Some(Color::fast(fill)),
        4,
        FONT,
    );
    let shape = ShapeKind::new_box(&name);
    Element::create(
        shape,
        style,
        Orientation::LeftToRight,
        Point::new(width, 30.0),
    )
}

#[cfg(test)]
mod tests {
    use super::{contracted, picture};
    use crate::audit::graph::Graph;
    use crate::report::{Export, Function, FunctionType, Indirect, Report};

    /// Each of many functions calls through a table that holds all of them.
    #[test]
    fn calls_through_a_large_table_are_not_told_apart() {
        const FUNCTIONS: usize = 20_000;
        let function = |index| Function {
            index,
            name: format!("f{index}"),
            bytes: 1,
            frame: [0; 2],
            accesses: 0,
            accesses_in_bounds: 0,
            uses: Vec::new(),
            calls: Vec::new(),
            calls_types: vec![0],
            cycle: Some(0),
        };
        let export = |index| Export {
            name: format!("f{index}"),
            kind: "function".to_owned(),
            index,
            function: None,
        };
        let report = Report {
            functions: (0..FUNCTIONS).map(function).collect(),
            exports: vec![export(3), export(5)],
            indirect: vec![Indirect {
                index: 0,
                ty: FunctionType {
                    params: Vec::new(),
                    results: Vec::new(),
                },
                sites: FUNCTIONS as u64,
                targets: (0..FUNCTIONS).collect(),
            }],
            ..Report::default()
        };
        let graph = Graph::of(&report);
        assert_eq!(graph.edges, 2 * FUNCTIONS);
        let (svg, whole) = picture(&report, &graph).unwrap();
        assert!(!whole);
        assert!(svg.contains(">f3</tspan>") && svg.contains(">f5</tspan>"));
        assert!(!svg.contains(">f4</tspan>"));
        let arrows = contracted(&graph, &[3, 5].into());
        assert_eq!(arrows, [(3, 3), (3, 5), (5, 3), (5, 5)].into());
    }
}
