//! A picture of the call graph, as SVG: exports, the functions between, imports.

use std::collections::{BTreeMap, BTreeSet};

use layout::backends::svg::SVGWriter;
use layout::core::base::Orientation;
use layout::core::color::Color;
use layout::core::geometry::Point;
use layout::core::style::StyleAttr;
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;

use crate::audit::facts::Facts;

/// How many boxes can be told apart on a screen.
const MOST_BOXES: usize = 60;
/// How many arrows.
const MOST_ARROWS: usize = 200;
/// How many characters of a name are shown.
const MOST_CHARACTERS: usize = 28;

/// The picture, and whether it shows all functions; none if there is nothing to show.
pub(crate) fn picture(facts: &Facts) -> Option<(String, bool)> {
    let calls = calls(facts);
    let all: BTreeSet<usize> = calls
        .iter()
        .flat_map(|(&a, to)| to.iter().copied().chain([a]))
        .collect();
    let mut shown = all.clone();
    let mut arrows = among(&calls, &shown);
    if shown.len() > MOST_BOXES || arrows.len() > MOST_ARROWS {
        shown = most_telling(facts, &calls);
        arrows = contracted(&calls, &shown);
    }
    if shown.is_empty() || shown.len() > MOST_BOXES || arrows.len() > MOST_ARROWS {
        return None;
    }
    let whole = shown.len() == all.len();
    Some((draw(facts, &shown, &arrows), whole))
}

/// Who calls whom, calls through tables among them.
fn calls(facts: &Facts) -> BTreeMap<usize, BTreeSet<usize>> {
    let targets: BTreeMap<usize, &[usize]> = facts
        .indirect
        .iter()
        .map(|i| (i.ty, i.targets.as_slice()))
        .collect();
    let mut calls = BTreeMap::new();
    for function in &facts.functions {
        let mut to: BTreeSet<usize> = function.calls.iter().copied().collect();
        for ty in &function.calls_types {
            to.extend(targets.get(ty).copied().unwrap_or_default());
        }
        calls.insert(function.index, to);
    }
    calls
}

type Arrows = BTreeSet<(usize, usize)>;

fn among(calls: &BTreeMap<usize, BTreeSet<usize>>, shown: &BTreeSet<usize>) -> Arrows {
    let pairs = calls
        .iter()
        .flat_map(|(&a, to)| to.iter().map(move |&b| (a, b)));
    pairs
        .filter(|(a, b)| shown.contains(a) && shown.contains(b))
        .collect()
}

/// Of a large module: the exports and imports, and the functions that call imports themselves, as
/// far as there is room.
fn most_telling(facts: &Facts, calls: &BTreeMap<usize, BTreeSet<usize>>) -> BTreeSet<usize> {
    let imports = facts
        .imports
        .iter()
        .filter(|i| i.kind == "function")
        .map(|i| i.index);
    let exports = facts
        .exports
        .iter()
        .filter(|e| e.kind == "function")
        .map(|e| e.index);
    let mut shown: BTreeSet<usize> = imports.collect();
    let gates = calls
        .iter()
        .filter(|(_, to)| !shown.is_disjoint(to))
        .map(|(&a, _)| a);
    let gates: Vec<usize> = gates.collect();
    shown.extend(exports.chain(facts.start));
    if shown.len() + gates.len() <= MOST_BOXES {
        shown.extend(gates);
    }
    shown
}

/// An arrow wherever a chain of calls leads from one to the other through functions not shown.
fn contracted(calls: &BTreeMap<usize, BTreeSet<usize>>, shown: &BTreeSet<usize>) -> Arrows {
    let mut arrows = Arrows::new();
    for &from in shown {
        let mut open = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            for &to in calls.get(&at).into_iter().flatten() {
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
fn draw(facts: &Facts, shown: &BTreeSet<usize>, arrows: &Arrows) -> String {
    let mut graph = VisualGraph::new(Orientation::LeftToRight);
    let mut boxes = BTreeMap::new();
    for &index in shown {
        boxes.insert(index, graph.add_node(element(facts, index)));
    }
    for (from, to) in arrows.iter().filter(|(from, to)| from != to) {
        let line = StyleAttr::new(Color::fast("slategray"), 1, None, 0, FONT);
        let end = [LineEndKind::None, LineEndKind::Arrow];
        let arrow = Arrow::new(
            end[0],
            end[1],
            layout::core::style::LineStyleKind::Normal,
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

fn element(facts: &Facts, index: usize) -> Element {
    let name: String = crate::output::printable(&facts.name_of(index))
        .chars()
        .take(MOST_CHARACTERS)
        .collect();
    let is_export = |e: &&crate::audit::facts::Export| e.kind == "function" && e.index == index;
    let fill = if facts.imported(index).is_some() {
        "mistyrose"
    } else if facts.exports.iter().find(is_export).is_some() {
        "lightsteelblue"
    } else {
        "white"
    };
    let cycle = facts.function(index).is_some_and(|f| f.cycle.is_some());
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
