//! Links lead somewhere: to a page of the book or to a heading of one; and the book has all pages.

use std::collections::BTreeMap;
use std::path::Path;

use herkos_tests_docs::blocks::{pages, repository, text};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The anchors of a page, as mdBook and GitHub make them of its headings.
fn anchors(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut heading: Option<String> = None;
    let mut seen = BTreeMap::new();
    for event in parse(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    *heading += &part;
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let plain = heading.take().unwrap_or_default().to_lowercase().replace(' ', "-");
                let kept = |c: &char| c.is_alphanumeric() || "-_".contains(*c);
                let anchor: String = plain.chars().filter(kept).collect();
                let count = seen.entry(anchor.clone()).or_insert(0);
                all.push(if *count == 0 { anchor } else { format!("{anchor}-{count}") });
                *count += 1;
            }
            _ => {}
        }
    }
    all
}

/// The targets of links and pictures.
fn targets(text: &str) -> Vec<String> {
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    };
    parse(text).filter_map(target).collect()
}

/// What is wrong with a link of this page.
fn fault(page: &str, target: &str) -> Option<String> {
    if target.starts_with("https://") {
        return None; // not ours to keep alive
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let folder = Path::new(page).parent()?;
    let file = if path.is_empty() { Path::new(page).into() } else { folder.join(path) };
    if !repository().join(&file).exists() {
        return Some(format!("{page}: {target}: there is no such file"));
    }
    if page.starts_with("docs/") && path.starts_with("..") {
        return Some(format!("{page}: {target}: outside of the book; name it as `code`"));
    }
    if anchor.is_empty() || anchors(&text(file.to_str()?)).iter().any(|a| a == anchor) {
        return None;
    }
    Some(format!("{page}: {target}: the page has no such heading"))
}

#[test]
fn links_lead_somewhere() {
    let mut faults = Vec::new();
    let mut count = 0;
    for page in pages() {
        for target in targets(&text(&page)) {
            count += 1;
            faults.extend(fault(&page, &target));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(count > 50, "{count} links found: are they still looked for?");
}

#[test]
fn faults_are_found() {
    for target in ["gone.md", "wasi.md#gone", "#gone", "../README.md"] {
        assert!(fault("docs/fuel.md", target).is_some(), "{target}");
    }
    for target in ["wasi.md#hosts", "internals.md", "https://docs.rs/cc"] {
        assert_eq!(fault("docs/fuel.md", target), None);
    }
}

#[test]
fn the_book_has_every_page_once() {
    let mut listed = targets(&text("docs/SUMMARY.md"));
    listed.sort();
    let all = pages();
    let pages = all.iter().filter_map(|page| page.strip_prefix("docs/"));
    let pages: Vec<&str> = pages.filter(|page| *page != "SUMMARY.md").collect();
    assert_eq!(listed, pages);
}
