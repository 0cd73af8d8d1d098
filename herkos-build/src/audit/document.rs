//! A document of few kinds of parts, which can be written as Markdown and as HTML.

/// A part of a document, top to bottom.
#[derive(Debug)]
pub(crate) enum Part {
    /// The document's title.
    Title(Line),
    Heading(&'static str),
    Paragraph(Line),
    Table(Table),
    /// A picture as SVG; what it shows, in words. Not in Markdown.
    Picture {
        heading: &'static str,
        svg: String,
        caption: Line,
    },
}

/// Text of one line.
pub(crate) type Line = Vec<Run>;

/// A stretch of text. `Code` is what comes from the module, letter by letter.
#[derive(Clone, Debug)]
pub(crate) enum Run {
    Text(String),
    Code(String),
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
pub(crate) enum Cell {
    Line(Line),
    Number(u64),
    /// A number and the largest of its column, for a bar.
    Bar(u64, u64),
}

pub(crate) fn text(text: impl Into<String>) -> Run {
    Run::Text(text.into())
}

pub(crate) fn code(text: impl Into<String>) -> Run {
    Run::Code(text.into())
}

/// Names with commas between them; beyond `most` only how many there are.
pub(crate) fn names<T: Into<String>>(names: impl IntoIterator<Item = T>, most: usize) -> Line {
    let mut line = Line::new();
    let mut left = 0_usize;
    for (number, name) in names.into_iter().enumerate() {
        if number >= most {
            left += 1;
            continue;
        }
        if number > 0 {
            line.push(text(", "));
        }
        line.push(code(name));
    }
    if left > 0 {
        line.push(text(format!(" and {} more", grouped(left as u64))));
    }
    line
}

/// A number with a comma before each three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things: `1 function`, `2 functions`.
pub(crate) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(number as u64))
}
