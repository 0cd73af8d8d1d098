//! A document as Markdown (GitHub's flavour, for its tables).

use crate::audit::document::{grouped, Cell, Part, Run, Table};

/// How many characters the longest bar has.
const BAR: u64 = 20;

pub(crate) fn markdown(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Title(line) => out += &format!("# {}\n\n", inline(line)),
            Part::Heading(text) => out += &format!("## {text}\n\n"),
            Part::Paragraph(line) => out += &format!("{}\n\n", inline(line)),
            Part::Table(table) => out += &rows(table),
            Part::Picture { .. } => {}
        }
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn rows(table: &Table) -> String {
    let numeric = |column: usize| {
        let cells = || table.rows.iter().filter_map(|row| row.get(column));
        cells().count() > 0 && cells().all(|cell| !matches!(cell, Cell::Line(_)))
    };
    let rule = (0..table.columns.len()).map(|c| if numeric(c) { "--:" } else { "---" });
    let mut out = format!("| {} |\n", table.columns.join(" | "));
    out += &format!("|{}|\n", rule.collect::<Vec<_>>().join("|"));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        out += &format!("| {} |\n", cells.join(" | "));
    }
    out + "\n"
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Line(line) => inline(line),
        Cell::Number(number) => grouped(*number),
        Cell::Bar(number, most) => {
            let length = (number * BAR).div_ceil((*most).max(1));
            format!("{} {}", "▒".repeat(length as usize), grouped(*number))
        }
    }
}

fn inline(line: &[Run]) -> String {
    line.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    match run {
        Run::Text(text) => text.clone(),
        Run::Code(text) => code(text),
    }
}

/// Between more backquotes than are in it. A bar would end the cell of a table even there.
fn code(text: &str) -> String {
    let visible = crate::output::printable(text);
    let longest = visible.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!(
        "{fence}{space}{}{space}{fence}",
        visible.replace('|', "\\|")
    )
}
