//! docs/isolation.md names tests: they exist. In code marks, `PATH` or `PATH: NAME, …`; a name stands in
//! the file, or is a file in the folder, with any extension, where `*` at its end stands for any rest.

use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> String {
    fs::read_to_string(repository().join("docs/isolation.md")).unwrap()
}

/// What is wrong with a citation; none if it isn't one, or is right.
fn wrong(citation: &str) -> Option<String> {
    let (path, names) = citation.split_once(": ").unwrap_or((citation, ""));
    if !path.contains('/') {
        return None;
    }
    let full = repository().join(path);
    let names = names.split(", ").filter(|name| !name.is_empty());
    let missing: Vec<&str> = if full.is_dir() {
        let entries = fs::read_dir(&full).unwrap().map(|entry| entry.unwrap().path());
        let files: Vec<PathBuf> = entries.collect();
        names.filter(|name| !files.iter().any(|file| is_named(file, name))).collect()
    } else {
        let Ok(text) = fs::read_to_string(&full) else { return Some(format!("no {path}")) };
        names.filter(|name| !has_word(&text, name)).collect()
    };
    (!missing.is_empty()).then(|| format!("not in {path}: {missing:?}"))
}

fn is_named(file: &Path, name: &str) -> bool {
    let stem = file.file_stem().unwrap().to_string_lossy();
    name.strip_suffix('*').map_or(stem == name, |start| stem.starts_with(start))
}

/// Not as a part of a longer name.
fn has_word(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + name.len()..].starts_with(part))
}

#[test]
fn what_it_cites_exists() {
    // A citation may go on in the next line.
    let text = document().replace("\n    ", " ").replace("\n   ", " ");
    let citations: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    assert!(citations.len() > 80, "{}", citations.len());
    let wrong: Vec<String> = citations.into_iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_requirement_has_a_row_that_cites_something() {
    let text = document();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| REQ_")).collect();
    assert_eq!(rows.len(), 31);
    for row in rows {
        let evidence = ["`", "step", "not yet"].iter().any(|word| row.contains(word));
        assert!(evidence, "{row}");
    }
}

#[test]
fn what_does_not_exist_is_seen() {
    assert_eq!(wrong("tests/capabilities/cases: private_*, missing_trait"), None);
    assert_eq!(wrong("a word: of no path"), None);
    for citation in [
        "tests/nowhere.rs",
        "tests/capabilities/cases: private_*, missing_everything",
        "tests/capabilities/cases: nothing_*",
        "herkos-runtime/tests/table.rs: look",
    ] {
        assert!(wrong(citation).is_some(), "{citation}");
    }
}
