//! Names: which are Rust identifiers, and which known word a mistyped one is closest to.

/// Words that cannot name a module: the keywords of all editions, strict and reserved.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that Windows gives to devices, whatever the suffix: `aux.rs` cannot be created there.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The crate that generated code names: a module beside it would be another thing of that name.
const RUNTIME: &str = "herkos_runtime";

/// The longest name, in characters: file systems have room for 255 of them, the suffixes included.
const LONGEST: usize = 200;

/// Why `name` cannot name a generated module, with a name that can. ASCII only, because a file is
/// named after it and file systems differ in how they compare the rest.
pub(crate) fn module_name_fault(name: &str) -> Option<String> {
    let fault = if KEYWORDS.contains(&name) {
        "is a Rust keyword"
    } else if !is_identifier(name) {
        "is not a Rust identifier of ASCII letters, digits and `_`"
    } else if is_device(name) {
        "names a device on Windows, where no file can be called so"
    } else if name == RUNTIME {
        "is the name of the crate that generated code uses"
    } else if name.len() > LONGEST {
        "is longer than 200 characters, too long for the name of a file"
    } else {
        return None;
    };
    Some(format!(
        "{fault}; use for example `{}`",
        identifier_like(name)
    ))
}

fn is_identifier(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    starts && word && name != "_"
}

fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |stem| name.strip_prefix(stem).is_some_and(|n: &str| is_digit(n));
    DEVICES.contains(&name.as_str()) || numbered("com") || numbered("lpt")
}

fn is_digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit())
}

/// An identifier close to `name`.
fn identifier_like(name: &str) -> String {
    let mut result = String::new();
    for c in name.chars().take(LONGEST) {
        if c.is_ascii_alphanumeric() {
            result.push(c);
        } else if !result.ends_with('_') {
            result.push('_');
        }
    }
    let result = result.trim_matches('_');
    if result.is_empty() {
        return "module".to_owned();
    }
    if KEYWORDS.contains(&result) || is_device(result) || result == RUNTIME {
        return format!("{result}_module");
    }
    if result.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("m{}", &result[..result.len().min(LONGEST - 1)]);
    }
    result.to_owned()
}

/// The known word that `word` was most likely meant to be, if any is close.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = normal(word);
    let measured = known.iter().map(|k| (closeness(&word, &normal(k)), *k));
    let best = measured.min_by_key(|(distance, _)| *distance)?;
    (best.0 <= word.chars().count().max(3) / 3).then_some(best.1)
}

fn normal(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

/// The edit distance; a word that is part of the other counts as near.
fn closeness(a: &str, b: &str) -> usize {
    let part = a.len() >= 3 && b.len() >= 3 && (a.contains(b) || b.contains(a));
    let distance = edit_distance(a, b);
    if part {
        distance.min(1)
    } else {
        distance
    }
}

/// How many characters must be put in, taken out, replaced or swapped with the next to get from
/// `a` to `b` (optimal string alignment).
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{edit_distance, module_name_fault, nearest, DEVICES, KEYWORDS, LONGEST, RUNTIME};

    fn fault(name: &str) -> String {
        module_name_fault(name).unwrap_or_default()
    }

    #[test]
    fn identifiers_are_taken() {
        for name in [
            "calc",
            "Calc",
            "_x",
            "x1",
            "union",
            "raw",
            "com",
            "com10",
            "auxiliary",
        ] {
            assert_eq!(module_name_fault(name), None, "{name}");
        }
    }

    #[test]
    fn others_are_refused_with_a_name_that_would_do() {
        let ascii = "is not a Rust identifier of ASCII letters, digits and `_`; use for example";
        assert_eq!(fault("my-mod"), format!("{ascii} `my_mod`"));
        assert_eq!(fault("3d"), format!("{ascii} `m3d`"));
        assert_eq!(fault(""), format!("{ascii} `module`"));
        assert_eq!(fault("_"), format!("{ascii} `module`"));
        assert_eq!(fault("a/../b"), format!("{ascii} `a_b`"));
        assert_eq!(fault("gr\u{f6}\u{df}e"), format!("{ascii} `gr_e`"));
        assert_eq!(
            fault("type"),
            "is a Rust keyword; use for example `type_module`"
        );
        assert_eq!(
            fault("self"),
            "is a Rust keyword; use for example `self_module`"
        );
        assert!(fault("AUX").ends_with("use for example `AUX_module`"));
        assert!(fault("com1").contains("device"));
        assert_eq!(
            fault(RUNTIME),
            "is the name of the crate that generated code uses; use for example \
             `herkos_runtime_module`"
        );
        let (fits, long) = ("x".repeat(LONGEST), "x".repeat(LONGEST + 1));
        assert_eq!(module_name_fault(&fits), None);
        let too_long = "is longer than 200 characters, too long for the name of a file";
        assert_eq!(
            fault(&long),
            format!("{too_long}; use for example `{fits}`")
        );
    }

    #[test]
    fn every_suggestion_is_itself_a_module_name() {
        let names = [
            "a b",
            "--",
            "9",
            "-type-",
            "nul.wasm",
            "con-",
            "\u{e9}",
            "crate::x",
            "herkos_runtime-",
        ];
        let long = ["x", "-", "9"].map(|part| part.repeat(LONGEST + 1));
        let names = names.into_iter().chain(long.iter().map(String::as_str));
        for name in names.chain(KEYWORDS.iter().chain(DEVICES).copied()) {
            let text = fault(name);
            let suggestion = text.split('`').nth_back(1).unwrap();
            assert_eq!(module_name_fault(suggestion), None, "{name}: {text}");
        }
    }

    #[test]
    fn distances() {
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("fuel", "fuel"), 0);
        assert_eq!(edit_distance("feul", "fuel"), 1);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("\u{e4}b", "ab"), 1);
    }

    #[test]
    fn the_nearest_known_word() {
        let known = [
            "wasm",
            "max-pages",
            "max-memory",
            "optimize",
            "nan",
            "fuel",
            "max-stack",
        ];
        for (word, meant) in [
            ("max_pages", Some("max-pages")),
            ("maxpages", Some("max-pages")),
            ("max-page", Some("max-pages")),
            ("Wasm", Some("wasm")),
            ("optimise", Some("optimize")),
            ("opt", Some("optimize")),
            ("stack", Some("max-stack")),
            ("memory", Some("max-memory")),
            ("feul", Some("fuel")),
            ("NaN", Some("nan")),
            ("path", None),
            ("sources", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, &known), meant, "{word}");
        }
    }
}
