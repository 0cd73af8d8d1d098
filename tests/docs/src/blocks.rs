//! The code blocks of the documentation. Used by the build script and by the tests.
//!
//! The word after three backticks names the language; what follows it, after commas, says what is done
//! with the block and is not shown: `file=PATH` (a file of the page's project), `in=NAME` (Rust that
//! stands in `contexts/NAME.rs`), `run` (a `main` that is called, or commands), `output` (what running
//! the page's project prints).

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A fenced block of code.
#[derive(Clone, Debug)]
pub struct Block {
    /// The page, relative to the repository.
    pub page: String,
    /// The line of the block's fence.
    pub line: usize,
    /// The language.
    pub language: String,
    /// The words after the language.
    pub words: Vec<String>,
    /// The text.
    pub text: String,
}

impl Block {
    /// Whether the fence has this word.
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|w| w == word)
    }

    /// What follows `key=` in the fence.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    /// Where the block is, as compilers say it.
    pub fn place(&self) -> String {
        format!("{}:{}", self.page, self.line)
    }
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("it is there")
}

/// README.md, those of the crates, and all pages of `docs/`, relative to the repository; sorted.
pub fn pages() -> Vec<String> {
    let root = repository();
    let mut pages: Vec<String> = fs::read_dir(root.join("docs"))
        .expect("docs/ can be read")
        .map(|entry| entry.expect("and its entries").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!("docs/{name}"))
        .collect();
    let parts = ["", "herkos-build/", "herkos-c/", "herkos-runtime/"];
    pages.extend(parts.iter().map(|part| format!("{part}README.md")));
    pages.sort();
    pages
}

/// The text of a page, or of another file of the repository.
pub fn text(page: &str) -> String {
    fs::read_to_string(repository().join(page)).unwrap_or_else(|e| panic!("{page}: {e}"))
}

/// All fenced blocks of all pages.
pub fn all() -> Vec<Block> {
    pages().iter().flat_map(|page| of(page, &text(page))).collect()
}

/// The fenced blocks of one page.
pub fn of(page: &str, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in
        Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES).into_offset_iter()
    {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let mut words = info.split(',').map(|word| word.trim().to_owned());
                open = Some(Block {
                    page: page.to_owned(),
                    line: text[..range.start].matches('\n').count() + 1,
                    language: words.next().unwrap_or_default(),
                    words: words.collect(),
                    text: String::new(),
                });
            }
            Event::Text(part) => {
                if let Some(block) = &mut open {
                    block.text += &part;
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}
