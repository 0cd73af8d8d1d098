//! A document as one page of HTML that needs nothing beside it.

use crate::audit::document::{grouped, Cell, Part, Run, Table};

const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.bar { min-width: 12rem; }
.bar span { background: #4a86c5; display: inline-block; height: .8em; margin-right: .5em; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
figure { background: #fff; color: #000; margin: 1rem 0; overflow: auto; padding: 1rem; }
";

pub(crate) fn html(title: &str, parts: &[Part]) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escape(title)
    );
    for part in parts {
        match part {
            Part::Title(line) => out += &format!("<h1>{}</h1>\n", inline(line)),
            Part::Heading(text) => out += &format!("<h2>{}</h2>\n", escape(text)),
            Part::Paragraph(line) => out += &format!("<p>{}</p>\n", inline(line)),
            Part::Table(table) => out += &rows(table),
            Part::Picture {
                heading,
                svg,
                caption,
            } => {
                out += &format!(
                    "<h2>{heading}</h2>\n<figure>\n{svg}\n<figcaption>{}</figcaption>\n</figure>\n",
                    inline(caption)
                );
            }
        }
    }
    out + "</body>\n</html>\n"
}

fn rows(table: &Table) -> String {
    let head = table
        .columns
        .iter()
        .map(|column| format!("<th>{}</th>", escape(column)));
    let mut out = format!("<table>\n<tr>{}</tr>\n", head.collect::<String>());
    for row in &table.rows {
        let cells: String = row.iter().map(cell).collect();
        out += &format!("<tr>{cells}</tr>\n");
    }
    out + "</table>\n"
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Line(line) => format!("<td>{}</td>", inline(line)),
        Cell::Number(number) => format!("<td class=\"number\">{}</td>", grouped(*number)),
        Cell::Bar(number, most) => {
            let width = (number * 100).div_ceil((*most).max(1));
            format!(
                "<td class=\"bar\"><span style=\"width: {}em\"></span>{}</td>",
                width as f64 / 10.0,
                grouped(*number)
            )
        }
    }
}

fn inline(line: &[Run]) -> String {
    line.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    match run {
        Run::Text(text) => escape(text),
        Run::Code(text) => format!("<code>{}</code>", escape(&crate::output::printable(text))),
    }
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
