//! The parts of the report, in the order in which a reviewer asks: what is it, what can it reach,
//! what can be called, what does it hold, where can it go, how much is it.

use crate::audit::document::{code, count, grouped, names, text, Cell, Line, Part, Table};
use crate::audit::graph::Graph;
use crate::audit::picture;
use crate::audit::reach::Reach;
use crate::audit::Subject;
use crate::config::{slashes, Module};
use crate::link::Use;
use crate::report::{Function, Report, Segment};

/// How many names stand in one place at most.
const MOST_NAMES: usize = 12;
/// How many rows a table has that may have one for everything in the module.
const MOST_ROWS: usize = 20;
/// How many rows the tables of imports and exports have: who grants them has to see them.
const MOST_INTERFACE_ROWS: usize = 64;

pub(crate) fn parts(subject: &Subject<'_>, reach: &Reach) -> Vec<Part> {
    let (report, warnings) = (subject.report, &subject.warnings);
    let mut parts = identity(subject.module, report, reach);
    if !warnings.is_empty() {
        parts.push(Part::Heading("Warnings"));
        parts.extend(warnings.iter().map(|&w| Part::Paragraph(vec![code(w)])));
    }
    parts.extend(capabilities(report, reach));
    parts.extend(exports(report, reach));
    parts.extend(
        subject
            .linked
            .iter()
            .map(|linked| use_by_links(report, linked)),
    );
    parts.extend(memory(report));
    parts.extend(tables(report));
    parts.extend(recursion(report, reach));
    parts.extend(functions(report, reach));
    parts
}

/// The report in one line.
pub(crate) fn summary(report: &Report, reach: &Reach) -> String {
    let imports = match report.imports.len() {
        0 => "imports nothing".to_owned(),
        number => format!("imports {}", grouped(number as u64)),
    };
    let memory = match &report.memory {
        None => "no memory".to_owned(),
        Some(memory) => match memory.storage_bytes {
            Some(bytes) => format!("{} bytes of memory", grouped(bytes)),
            None => "works on a lent memory".to_owned(),
        },
    };
    let recursion = match reach.cycles.len() {
        0 => "no recursion".to_owned(),
        number => count(number, "cycle") + " of recursion",
    };
    let (accesses, _) = accesses(report);
    format!(
        "{}, {} exported; {imports}; {memory}; {}; {recursion}",
        count(report.functions.len(), "function"),
        grouped(report.exports.len() as u64),
        grouped(accesses)
            + if accesses == 1 {
                " access"
            } else {
                " accesses"
            },
    )
}

fn paragraph(line: impl Into<String>) -> Part {
    Part::Paragraph(vec![text(line)])
}

fn line(string: impl Into<String>) -> Cell {
    Cell::Line(vec![text(string)])
}

fn letters(string: impl Into<String>) -> Cell {
    Cell::Line(vec![code(string)])
}

fn table(columns: &[&'static str], rows: Vec<Vec<Cell>>) -> Part {
    Part::Table(Table {
        columns: columns.to_vec(),
        rows,
    })
}

/// Says so if a table has no room for all of a list.
fn left_out(all: usize, most: usize, what: &str) -> Option<Part> {
    let more = all.checked_sub(most).filter(|&more| more > 0)?;
    let rest = format!("And {}: see the JSON beside this file.", count(more, what));
    Some(paragraph(rest))
}

// ---- what it is ----

fn identity(module: &Module, report: &Report, reach: &Reach) -> Vec<Part> {
    let options = report
        .options
        .iter()
        .map(|(key, value)| format!("{key} = {value}"));
    let mut rows = vec![
        vec![line("file"), letters(&report.file)],
        vec![line("bytes"), line(grouped(report.bytes))],
        vec![line("SHA-256"), letters(&report.sha256)],
        vec![
            line("translated by"),
            line(format!("herkos-c {}", report.herkos)),
        ],
        vec![
            line("reported by"),
            line(concat!("herkos-build ", env!("CARGO_PKG_VERSION"))),
        ],
        vec![line("options"), Cell::Line(names(options, MOST_NAMES))],
    ];
    if let Some(flags) = &module.optimize {
        rows.insert(
            3,
            vec![line("made by"), letters(format!("wasm-opt {flags}"))],
        );
    }
    if let Some(sources) = &module.sources {
        let files: Vec<_> = sources.files.iter().map(|file| slashes(file)).collect();
        rows.insert(3, vec![line("compiled from"), letters(files.join(", "))]);
    }
    vec![
        Part::Title(vec![text("Module "), code(&module.name)]),
        paragraph(summary(report, reach) + "."),
        table(&["", ""], rows),
    ]
}

// ---- what it can reach ----

fn capabilities(report: &Report, reach: &Reach) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Capabilities")];
    if report.imports.is_empty() {
        let nothing = "It imports nothing: its code can reach its own state and nothing else.";
        parts.push(paragraph(nothing));
        return parts;
    }
    parts.push(paragraph(
        "All that the module can reach besides its own state. Each is a method of a trait that the host \
         implements, or is lent by the caller; an import that no export reaches can be granted without effect.",
    ));
    let imports = report.imports.iter().enumerate().take(MOST_INTERFACE_ROWS);
    let rows = imports.map(|(number, import)| {
        vec![
            letters(import.title()),
            letters(format!("{}.{}", import.module, import.name)),
            line(&import.kind),
            letters(import.type_text()),
            Cell::Line(reached_from(report, reach, number)),
        ]
    });
    let columns = ["import", "in WebAssembly", "kind", "type", "reached from"];
    parts.push(table(&columns, rows.collect()));
    let all = report.imports.len();
    parts.extend(left_out(all, MOST_INTERFACE_ROWS, "more import"));
    parts
}

fn reached_from(report: &Report, reach: &Reach, import: usize) -> Line {
    if report
        .imports
        .get(import)
        .is_some_and(|i| i.kind != "function")
    {
        return vec![text("any function")];
    }
    let Some(Some(exports)) = reach.exports.get(import) else {
        return vec![text("not followed: there are too many imports")];
    };
    let exports = exports
        .iter()
        .filter_map(|&number| report.exports.get(number));
    let mut line = names(exports.map(|export| &export.name), MOST_NAMES);
    if reach.at_start.get(import) == Some(&true) {
        let and = if line.is_empty() { "" } else { ", " };
        line.push(text(format!("{and}instantiation")));
    }
    if line.is_empty() {
        line.push(text("nothing: unused"));
    }
    line
}

// ---- what can be called ----

fn exports(report: &Report, reach: &Reach) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Exports")];
    let exports = report.exports.iter().enumerate().take(MOST_INTERFACE_ROWS);
    let rows = exports.map(|(number, export)| {
        let imports = reach.imports_of(number).into_iter();
        let imports = imports.filter_map(|import| report.imports.get(import));
        let (ty, [unoptimized, optimized]) = match &export.function {
            Some(function) => (function.ty.text(), function.stack.map(Cell::Number)),
            None => (String::new(), [line(""), line("")]),
        };
        vec![
            letters(&export.name),
            line(&export.kind),
            letters(ty),
            Cell::Line(names(imports.map(|import| import.title()), MOST_NAMES)),
            unoptimized,
            optimized,
        ]
    });
    let columns = [
        "export",
        "kind",
        "type",
        "reaches",
        "stack, debug",
        "stack, release",
    ];
    parts.push(table(&columns, rows.collect()));
    let all = report.exports.len();
    parts.extend(left_out(all, MOST_INTERFACE_ROWS, "more export"));
    parts.push(paragraph(
        "Bytes of stack that a call takes at most, without what the host's functions take: an estimate.",
    ));
    parts
}

/// What Rust calls cannot be known here; what linked modules import can.
fn use_by_links(report: &Report, linked: &Use<'_>) -> Part {
    let mut line = vec![text("Other modules of the build are linked with it: ")];
    line.extend(names(linked.by.iter().copied(), MOST_NAMES));
    if linked.unused.is_empty() {
        line.push(text(". They import each of its functions."));
        return Part::Paragraph(line);
    }
    line.push(text(". None of them imports "));
    let unused = linked
        .unused
        .iter()
        .filter_map(|&at| report.exports.get(at));
    line.extend(names(unused.map(|export| &export.name), MOST_NAMES));
    line.push(text(", which is left to Rust code."));
    Part::Paragraph(line)
}

// ---- what it holds ----

fn memory(report: &Report) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Memory")];
    let globals = &report.globals;
    let Some(memory) = &report.memory else {
        parts.push(paragraph("It has no memory."));
        return parts;
    };
    let storage = match memory.storage_bytes {
        Some(bytes) => format!("{} bytes of storage, fixed", grouped(bytes)),
        None => "the caller's, lent with each call".to_owned(),
    };
    let rows = [
        ("page", format!("{} bytes", grouped(memory.page_bytes))),
        (
            "at first",
            format!("{} bytes", grouped(memory.initial_bytes)),
        ),
        ("storage", storage),
        ("grows", if memory.grows { "yes" } else { "no" }.to_owned()),
        (
            "globals",
            format!(
                "{} constant, {} mutable, {} of the host",
                globals.constant, globals.mutable, globals.imported
            ),
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(what, value)| vec![line(what), line(value)]);
    parts.push(table(&["", ""], rows.collect()));
    if !report.data.is_empty() {
        parts.push(segments(&report.data, "bytes"));
        parts.extend(left_out(report.data.len(), MOST_ROWS, "more segment"));
    }
    parts.extend(bounds(report));
    parts
}

/// How many accesses need their check.
fn bounds(report: &Report) -> [Part; 2] {
    let (all, in_bounds) = accesses(report);
    let rows = vec![
        vec![line("loads and stores"), Cell::Bar(all, all)],
        vec![
            line("in bounds whatever is computed"),
            Cell::Bar(in_bounds, all),
        ],
        vec![
            line("checked when they run"),
            Cell::Bar(all - in_bounds, all),
        ],
    ];
    let explanation = paragraph(
        "In bounds are those whose address has a greatest value that is known from the instructions (constants, \
         masks, short loads). Every access is checked in the generated source; rustc drops the checks of these, \
         and of others that it can prove, such as those of a loop.",
    );
    [table(&["accesses", ""], rows), explanation]
}

fn accesses(report: &Report) -> (u64, u64) {
    let sum = |of: fn(&Function) -> u64| report.functions.iter().map(of).sum();
    (sum(|f| f.accesses), sum(|f| f.accesses_in_bounds))
}

fn segments(segments: &[Segment], unit: &'static str) -> Part {
    let rows = segments.iter().take(MOST_ROWS).enumerate();
    let rows = rows.map(|(number, segment)| {
        let place = match segment.offset {
            Some(offset) => format!("at {}", grouped(offset)),
            None if segment.mode == "active" => "where an imported global says".to_owned(),
            None => segment.mode.clone(),
        };
        vec![
            Cell::Number(number as u64),
            line(place),
            Cell::Number(segment.size),
        ]
    });
    table(&["segment", "place", unit], rows.collect())
}

// ---- where it can go ----

fn tables(report: &Report) -> Vec<Part> {
    if report.tables.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![Part::Heading("Tables and calls through them")];
    let rows = report.tables.iter().take(MOST_ROWS).enumerate();
    let rows = rows.map(|(number, table)| {
        let max = table.max.map_or_else(|| "none".to_owned(), grouped);
        vec![
            Cell::Number(number as u64),
            letters(&table.ty),
            Cell::Number(table.min),
            line(max),
            line(match table.place.as_str() {
                "constant" => "none changes it: constants",
                "lent" => "the caller's, lent with each call",
                _ => "in the instance",
            }),
        ]
    });
    let columns = ["table", "holds", "entries", "maximum", "where"];
    parts.push(table(&columns, rows.collect()));
    parts.extend(left_out(report.tables.len(), MOST_ROWS, "more table"));
    if !report.elements.is_empty() {
        parts.push(segments(&report.elements, "items"));
        parts.extend(left_out(report.elements.len(), MOST_ROWS, "more segment"));
    }
    if report.indirect.is_empty() {
        parts.push(paragraph("Nothing is called through them."));
        return parts;
    }
    parts.push(paragraph(
        "A call through a table can come to the functions of its type to which the module has a reference, and to \
         no others: generated code names them all.",
    ));
    let rows = report.indirect.iter().take(MOST_ROWS).map(|indirect| {
        let targets = indirect.targets.iter().map(|&index| report.name_of(index));
        vec![
            letters(indirect.ty.text()),
            Cell::Number(indirect.sites),
            Cell::Number(indirect.targets.len() as u64),
            Cell::Line(names(targets, MOST_NAMES)),
        ]
    });
    let columns = ["type", "calls", "targets", "which"];
    parts.push(table(&columns, rows.collect()));
    parts.extend(left_out(report.indirect.len(), MOST_ROWS, "more type"));
    parts
}

fn recursion(report: &Report, reach: &Reach) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Recursion")];
    if reach.cycles.is_empty() {
        parts.push(paragraph("No function can call itself, directly or not."));
        return parts;
    }
    parts.push(Part::Paragraph(vec![
        text("Groups of functions that can call each other. Each call is taken off a budget of stack, "),
        code("max-stack"),
        text("; one that would exceed it traps."),
    ]));
    let mut cycles: Vec<&Vec<usize>> = reach.cycles.iter().collect();
    cycles.sort_by_key(|cycle| std::cmp::Reverse(cycle.len()));
    let rows = cycles.iter().take(MOST_ROWS).map(|cycle| {
        let functions = cycle.iter().map(|&index| report.name_of(index));
        vec![
            Cell::Number(cycle.len() as u64),
            Cell::Line(names(functions, MOST_NAMES)),
        ]
    });
    parts.push(table(&["functions", "which"], rows.collect()));
    parts.extend(left_out(cycles.len(), MOST_ROWS, "more group"));
    parts
}

// ---- how much it is ----

fn functions(report: &Report, reach: &Reach) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Functions")];
    let unused = reach
        .unused
        .iter()
        .filter_map(|&index| report.function(index));
    let (number, bytes) = unused
        .clone()
        .fold((0, 0), |(n, sum), f| (n + 1, sum + f.bytes));
    parts.push(paragraph(format!(
        "{} of {} bytes. Of these {} of {} bytes can be called neither by an export nor at instantiation.",
        count(report.functions.len(), "function"),
        grouped(report.functions.iter().map(|f| f.bytes).sum()),
        count(number, "function"),
        grouped(bytes),
    )));
    let mut largest: Vec<&Function> = report.functions.iter().collect();
    largest.sort_by_key(|function| (std::cmp::Reverse(function.bytes), function.index));
    let most = largest.first().map_or(0, |function| function.bytes);
    let rows = largest.iter().take(MOST_ROWS).map(|function| {
        vec![
            letters(&function.name),
            Cell::Number(function.index as u64),
            Cell::Bar(function.bytes, most),
            Cell::Number(function.accesses),
            Cell::Number(function.frame[0]),
            Cell::Number(function.frame[1]),
            Cell::Line(names(&function.uses, MOST_NAMES)),
        ]
    });
    let columns = [
        "largest",
        "index",
        "bytes",
        "accesses",
        "frame, debug",
        "frame, release",
        "uses, with what it calls",
    ];
    parts.push(table(&columns, rows.collect()));
    parts
}

/// The picture, if there is one.
pub(crate) fn call_graph(report: &Report, graph: &Graph) -> Option<Part> {
    let (svg, whole) = picture::picture(report, graph)?;
    let shown = if whole {
        "All calls"
    } else {
        "The exports, the imports and what calls them; an arrow is a chain of calls"
    };
    let caption = format!(
        "{shown}. Blue: exported. Red: imported. Orange border: may call itself, directly or not."
    );
    Some(Part::Picture {
        heading: "Call graph",
        svg,
        caption: vec![text(caption)],
    })
}
