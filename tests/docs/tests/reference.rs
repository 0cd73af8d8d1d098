//! What the reference lists is what there is: keys, variables, options, features, traps.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use herkos_tests_docs::blocks::{repository, text};

type Names = BTreeSet<String>;

/// The names in code marks in the first column of the table below a heading; as in `` | `-o` FILE | ``.
fn listed(page: &str, heading: &str) -> Names {
    let page_text = text(page);
    let section =
        page_text.split_once(&format!("\n## {heading}\n")).expect("the heading is there").1;
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let names: Names = rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect();
    assert!(names.len() > 2, "{page}, {heading}: {names:?}");
    names
}

/// What stands between each pair of these.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

fn owned<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn keys() {
    let manifest = text("herkos-build/src/manifest.rs");
    let list = between(&manifest, "const KEYS: &[&str] = &[", "];");
    let accepted = owned(list[0].split('"').skip(1).step_by(2));
    assert_eq!(listed("docs/reference.md", "Keys"), accepted);
    assert_eq!(listed("herkos-build/README.md", "Options"), accepted);
}

/// A file without its tests at the end.
fn code(text: &str) -> String {
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The text of the Rust files of a folder and below, without tests.
fn rust_sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let texts = paths.filter(|path| !path.ends_with("tests")).map(|path| match path.is_dir() {
        true => rust_sources(&path),
        false => code(&fs::read_to_string(&path).unwrap_or_default()),
    });
    texts.collect()
}

#[test]
fn variables() {
    let build = rust_sources(&repository().join("herkos-build/src"));
    let mut read = Names::new();
    for (function, not_literal) in [
        ("watched_env", ["&self, name: &str", "variable"].as_slice()),
        ("program_of", &["&self, variable: &str"]),
    ] {
        read.extend(owned(between(&build, &format!("{function}(\""), "\")")));
        let shown = between(&build, &format!("{function}("), ")").into_iter();
        let shown = owned(shown.filter(|name| !name.starts_with('"')));
        assert_eq!(shown, owned(not_literal.iter().copied()), "a name that this test can't see");
    }
    read.retain(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_') && name != "PATH");
    assert!(text("herkos-c/build.rs").contains("\"HERKOS_C\""));
    assert!(text("herkos-c/build.rs").contains("rerun-if-env-changed=HOST_{stem}"));
    let _ = read.insert("HOST_CC".to_owned());
    assert_eq!(listed("docs/reference.md", "Environment variables"), read);
    assert_eq!(listed("herkos-build/README.md", "Environment"), read);
}

#[test]
fn options() {
    let main = text("herkos-c/src/main.c");
    let taken = ["strcmp(name, \"", "strcmp(arg, \""].map(|before| between(&main, before, "\")"));
    let taken = owned(taken.concat().into_iter().filter(|name| name.len() > 1 && *name != "--"));
    let help = between(&main, "static const char usage[] =", ";\n\nstatic")[0];
    let is_option = |word: &&str| word.starts_with('-') && word.len() > 1;
    let lines = help.lines().filter_map(|line| line.trim().strip_prefix("\"  -"));
    let shown = lines.flat_map(|line| {
        let end = line.find("  ").unwrap_or(line.len());
        format!("-{}", &line[..end])
            .replace(',', "")
            .split(' ')
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let shown: Names = shown.filter(|word| is_option(&word.as_str())).collect();
    assert!(taken.len() > 8, "{taken:?}");
    assert_eq!(shown, taken, "--help and what main.c takes");
    assert_eq!(listed("docs/reference.md", "Command line of herkos-c"), taken);
    let manual = text("herkos-c/herkos-c.1");
    let items = manual.lines().filter_map(|line| line.strip_prefix(".It Fl "));
    let items: Names =
        items.map(|item| format!("-{}", item.split(' ').next().unwrap_or_default())).collect();
    assert_eq!(
        items.into_iter().map(|item| item.replace("\\-", "-")).collect::<Names>(),
        taken,
        "herkos-c.1"
    );
}

#[test]
fn features() {
    let manifest: toml::Table = text("herkos-runtime/Cargo.toml").parse().expect("TOML");
    let features = manifest["features"].as_table().expect("a table").keys().map(String::as_str);
    let features = owned(features.filter(|name| *name != "default"));
    assert_eq!(listed("docs/reference.md", "Features of herkos-runtime"), features);
}

#[test]
fn traps() {
    let trap = text("herkos-runtime/src/trap.rs");
    let body = between(&trap, "pub enum WasmTrap {\n", "\n}")[0];
    let lines = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
    let names = lines.map(|line| line.split(['(', ',', ' ']).next().unwrap_or_default());
    assert_eq!(listed("docs/traps.md", "Traps"), owned(names));
}

#[test]
fn versions() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let version =
        manifest["workspace"]["package"]["rust-version"].as_str().expect("a text").to_owned();
    for page in ["docs/reference.md", "herkos-runtime/README.md"] {
        assert!(text(page).contains(&version), "{page}: rust-version is {version}");
    }
}

/// Formatted without a complaint.
#[test]
fn manual_page() {
    let page = repository().join("herkos-c/herkos-c.1");
    let mut mandoc = std::process::Command::new("mandoc");
    let run = mandoc
        .args(["-T", "lint", "-W", "style"])
        .arg(page)
        .output()
        .expect("scripts/tools installs it");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}
