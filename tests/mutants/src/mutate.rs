//! Small changes to source text, in C or Rust: an operator replaced, a number off by one, a
//! condition negated, a statement left out.

/// A change.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What it is called in the list of survivors: the line as it was, and the change.
    pub name: String,
    /// The bytes of the file that are replaced.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// What stands there instead.
    pub text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Word,
    Number,
    Sign,
    Text,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    start: usize,
}

/// Every change to a source, in its order.
pub fn mutants(source: &str) -> Vec<Mutant> {
    let tokens = tokens(source);
    let mut all = Vec::new();
    for at in 0..tokens.len() {
        let token = tokens[at];
        let end = token.start + token.text.len();
        let mut add = |text: String, end: usize| {
            let was = source[token.start..end].to_owned();
            let what = format!("{} -> {}", short(&was), short(&text));
            let line = line_of(source, token.start);
            let name = format!("{line}: {what}");
            all.push(Mutant {
                name,
                start: token.start,
                end,
                text,
            });
        };
        match token.kind {
            Kind::Number => add(next(token.text), end),
            Kind::Word => match token.text {
                "true" => add("false".to_owned(), end),
                "false" => add("true".to_owned(), end),
                "if" => {
                    if let Some((open, close)) = condition(&tokens, at) {
                        let inner = &source[open..close];
                        add(
                            format!("if (!({inner}))"),
                            close + usize::from(source.as_bytes()[close] == b')'),
                        );
                    }
                }
                word => {
                    for text in other_words(word) {
                        add((*text).to_owned(), end);
                    }
                }
            },
            Kind::Sign => {
                let binary = at > 0
                    && (matches!(tokens[at - 1].kind, Kind::Word | Kind::Number)
                        && tokens[at - 1].text != "return"
                        || [")", "]"].contains(&tokens[at - 1].text));
                for text in replacements(token.text, binary) {
                    add((*text).to_owned(), end);
                }
            }
            Kind::Text => {}
        }
        if let Some(end) = statement(&tokens, at) {
            add(";".to_owned(), end);
        }
    }
    number(&mut all);
    all
}

/// Changes of the same name get numbers, so that the list can tell them apart.
fn number(all: &mut [Mutant]) {
    for at in (1..all.len()).rev() {
        let same = all[..at].iter().filter(|m| m.name == all[at].name).count();
        if same > 0 {
            all[at].name += &format!(" ({})", same + 1);
        }
    }
}

fn short(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line_of(source: &str, at: usize) -> String {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = source[at..].find('\n').map_or(source.len(), |end| at + end);
    short(&source[start..end])
}

/// Operations and traps of the runtime that one may take for another.
fn other_words(word: &str) -> &'static [&'static str] {
    match word {
        "leading_zeros" => &["trailing_zeros"],
        "trailing_zeros" => &["leading_zeros"],
        "count_ones" => &["count_zeros"],
        "wrapping_shl" => &["wrapping_shr"],
        "wrapping_shr" => &["wrapping_shl"],
        "rotate_left" => &["rotate_right"],
        "rotate_right" => &["rotate_left"],
        "checked_div" => &["checked_rem"],
        "checked_rem" => &["checked_div"],
        "floor" => &["ceil"],
        "ceil" => &["floor"],
        "copysign" => &["max"],
        "DivisionByZero" => &["IntegerOverflow"],
        "IntegerOverflow" => &["DivisionByZero"],
        "MIN" => &["MAX"],
        "MAX" => &["MIN"],
        _ => &[],
    }
}

fn replacements(sign: &str, binary: bool) -> &'static [&'static str] {
    match sign {
        "==" => &["!="],
        "!=" => &["=="],
        "<" if binary => &["<="],
        ">" if binary => &[">="],
        "<=" => &["<"],
        ">=" => &[">"],
        "&&" if binary => &["||"],
        "||" if binary => &["&&"],
        "+" if binary => &["-"],
        "-" if binary => &["+"],
        "<<" => &[">>"],
        ">>" => &["<<"],
        "!" => &[""],
        "&" if binary => &["|"],
        "|" if binary => &["&"],
        "^" => &["|"],
        "+=" => &["-="],
        "-=" => &["+="],
        _ => &[],
    }
}

/// A number that is one more, the suffix staying; of a float, which one more may not change, twice it.
fn next(text: &str) -> String {
    if text.contains('.') {
        let zero = text.chars().all(|c| "0._".contains(c));
        return if zero {
            "1.0".to_owned()
        } else {
            format!("({text} * 2.0)")
        };
    }
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let digits = digits.replace('_', "");
    let is_digit = |c: char| c.is_digit(radix);
    let length = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
    match u128::from_str_radix(&digits[..length], radix) {
        Ok(value) if radix == 16 => format!("0x{:x}{}", value + 1, &digits[length..]),
        Ok(value) => format!("{}{}", value + 1, &digits[length..]),
        Err(_) => text.to_owned() + "0",
    }
}

/// The condition of an `if`: in C what the parentheses hold, in Rust what stands before the block.
fn condition(tokens: &[Token<'_>], at: usize) -> Option<(usize, usize)> {
    let first = tokens.get(at + 1)?;
    if first.text == "let" {
        return None;
    }
    let mut depth = 0;
    for token in &tokens[at + 1..] {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "{" if depth == 0 => return Some((first.start, token.start)),
            _ => {}
        }
        if depth == 0 && first.text == "(" && token.text == ")" {
            return Some((first.start + 1, token.start));
        }
    }
    None
}

/// The end of a statement that begins here and can be left out: a call, an assignment, a jump.
fn statement(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let before = tokens.get(at.checked_sub(1)?)?.text;
    let (first, second) = (tokens[at], tokens.get(at + 1)?);
    if first.kind != Kind::Word || ![";", "{", "}", ")", "else", ":"].contains(&before) {
        return None;
    }
    let jump = ["break", "continue"].contains(&first.text) && second.text == ";";
    let signs = ["(", ".", "->", "=", "[", "+=", "-=", "|=", "&=", "++", "--"];
    let words = [
        "if", "for", "while", "switch", "return", "sizeof", "match", "static",
    ];
    if !jump && (!signs.contains(&second.text) || words.contains(&first.text)) {
        return None;
    }
    let mut depth = 0;
    for token in &tokens[at..] {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "{" | "}" => return None,
            ";" if depth == 0 => return Some(token.start + 1),
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    None
}

/// The tokens without comments, lines of the preprocessor, attributes and Rust's tests.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let signs = [
        "<<=", ">>=", "...", "..=", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>",
        "+=", "-=", "*=", "/=", "|=", "&=", "^=", "++", "--", "::",
    ];
    let source = source.split("#[cfg(test)]").next().unwrap_or(source);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let first = rest.chars().next().unwrap_or(' ');
        let length = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if let Some(skipped) = skipped(rest) {
            at += skipped;
            continue;
        } else if first.is_ascii_alphabetic() || first == '_' {
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len())
        } else if first.is_ascii_digit() {
            number_length(rest)
        } else if first == '"' {
            quoted(rest, '"')
        } else if first == '\'' {
            if rest[1..].starts_with('\\') || rest[2..].starts_with('\'') {
                quoted(rest, '\'')
            } else {
                1
            }
        } else {
            signs
                .iter()
                .find(|sign| rest.starts_with(**sign))
                .map_or(first.len_utf8(), |sign| sign.len())
        };
        let kind = match first {
            '"' | '\'' => Kind::Text,
            c if c.is_ascii_digit() => Kind::Number,
            c if c.is_ascii_alphabetic() || c == '_' => Kind::Word,
            _ => Kind::Sign,
        };
        tokens.push(Token {
            kind,
            text: &rest[..length],
            start: at,
        });
        at += length;
    }
    tokens
}

/// The length of what is no code.
fn skipped(rest: &str) -> Option<usize> {
    let line = rest.find('\n').unwrap_or(rest.len());
    if rest.starts_with("//") || rest.starts_with('#') {
        return Some(line);
    }
    rest.starts_with("/*")
        .then(|| rest.find("*/").map_or(rest.len(), |end| end + 2))
}

/// The length of a number: of a float, too, but not of the first of a range.
fn number_length(rest: &str) -> usize {
    let end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let whole = rest.find(end).unwrap_or(rest.len());
    let fraction = rest[whole..].strip_prefix('.');
    match fraction.filter(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
        Some(text) => whole + 1 + text.find(end).unwrap_or(text.len()),
        None => whole,
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::mutants;

    fn names(source: &str) -> Vec<String> {
        mutants(source)
            .into_iter()
            .map(|mutant| mutant.name)
            .collect()
    }

    #[test]
    fn what_is_changed() {
        let found = names("void f(int *x)\n{\n    if (*x < 3u)\n        g(x); /* 1 + 1 */\n}\n");
        assert_eq!(
            found,
            [
                "if (*x < 3u): if (*x < 3u) -> if (!(*x < 3u))",
                "if (*x < 3u): < -> <=",
                "if (*x < 3u): 3u -> 4u",
                "g(x); /* 1 + 1 */: g(x); -> ;",
            ]
        );
    }

    #[test]
    fn the_text_is_replaced_in_its_place() {
        let source = "fn f(a: bool) -> bool {\n    if a || true {\n        a == '\"'\n    }\n}";
        for mutant in mutants(source) {
            let text = format!(
                "{}{}{}",
                &source[..mutant.start],
                mutant.text,
                &source[mutant.end..]
            );
            assert_ne!(text, source, "{}", mutant.name);
        }
        assert_eq!(names(source).len(), 4);
        assert!(
            names(source)[0].ends_with("-> if (!(a || true ))"),
            "{:?}",
            names(source)
        );
    }

    #[test]
    fn numbers() {
        assert_eq!(
            names("f(1_0.5..2.0)"),
            [
                "f(1_0.5..2.0): 1_0.5 -> (1_0.5 * 2.0)",
                "f(1_0.5..2.0): 2.0 -> (2.0 * 2.0)"
            ]
        );
        assert_eq!(
            names("f(0..=0x1fu)"),
            ["f(0..=0x1fu): 0 -> 1", "f(0..=0x1fu): 0x1fu -> 0x20u"]
        );
    }

    #[test]
    fn equal_names_are_numbered() {
        assert_eq!(
            names("x = 1 + 1;"),
            [
                "x = 1 + 1;: 1 -> 2",
                "x = 1 + 1;: + -> -",
                "x = 1 + 1;: 1 -> 2 (2)"
            ]
        );
    }
}
