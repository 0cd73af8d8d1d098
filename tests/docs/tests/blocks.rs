//! Blocks of TOML, commands and output. Those of Rust are compiled by `src/lib.rs`.

use std::fs;
use std::path::Path;
use std::process::Command;

use herkos_build::Builder;
use herkos_tests_docs::blocks::{all, repository, text, Block};

/// Commands that stand in the text and are not run here, and why.
const NOT_RUN: &[(&str, &str)] = &[(
    "HERKOS_REPORT=$PWD/reports cargo build",
    "tests/build has projects that are built with it",
)];

/// Languages of which there is nothing to check.
const PLAIN: &[&str] = &["text", "c"];

#[test]
fn every_block_is_one_that_is_checked() {
    let blocks = all();
    for block in &blocks {
        let words = ["run", "output"];
        let known = |word: &String| words.contains(&word.as_str()) || word.contains('=');
        assert!(block.words.iter().all(known), "{}: {:?}", block.place(), block.words);
        let checked = ["rust", "toml", "sh"].contains(&block.language.as_str());
        assert!(
            checked || PLAIN.contains(&block.language.as_str()),
            "{}: {}",
            block.place(),
            block.language
        );
    }
    let rust = blocks.iter().filter(|block| block.language == "rust").count();
    assert!(rust >= 12, "{rust} blocks of Rust: are they still found?");
}

/// Tables of Cargo.toml: TOML, and what herkos-build reads and translates.
#[test]
fn manifests() {
    let mut built = 0;
    for block in all().iter().filter(|block| block.language == "toml") {
        let parsed: Result<toml::Table, _> = block.text.parse();
        let table = parsed.unwrap_or_else(|e| panic!("{}: {e}", block.place()));
        if table.get("package").is_some_and(|package| package.get("metadata").is_some()) {
            build(block, &table);
            built += 1;
        }
    }
    assert!(built >= 6, "{built}");
}

/// Runs herkos-build on the block as a Cargo.toml.
fn build(block: &Block, table: &toml::Table) {
    let name = block.place().replace(['/', ':', '.'], "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("wasm")).expect("a folder");
    fs::write(folder.join("Cargo.toml"), &block.text).expect("a file");
    for (path, text) in
        [("codec.c", "int decode(int x) { return x; }\n"), ("table.c", "static int table;\n")]
    {
        fs::create_dir_all(folder.join("legacy/include")).expect("a folder");
        fs::write(folder.join("legacy").join(path), text).expect("a file");
    }
    let mut builder = Builder::from_manifest();
    let linked = table["package"]["metadata"]["herkos"]["modules"].get("codec").is_none();
    for path in fs::read_dir(Path::new(env!("OUT_DIR")).join("wasm")).expect("made by build.rs") {
        let path = path.expect("an entry").path();
        let _ = fs::copy(&path, folder.join("wasm").join(path.file_name().expect("a file")));
    }
    let rle = Path::new(env!("OUT_DIR")).join("tutorial/wasm/rle.wasm");
    let _ = fs::copy(rle, folder.join("wasm/rle.wasm")).expect("made by build.rs");
    if linked && block.text.contains("link =") {
        builder = builder.module(herkos_build::Module::new("codec", "wasm/codec.wasm"));
    }
    let made = builder
        .manifest_dir(&folder)
        .out_dir(folder.join("out"))
        .cargo_directives(false)
        .try_compile()
        .unwrap_or_else(|e| panic!("{}: {e}", block.place()));
    assert!(!made.modules.is_empty(), "{}", block.place());
}

/// Commands are run by the build script, targets of the Makefile, or listed above.
#[test]
fn commands() {
    let makefile = fs::read_to_string(repository().join("Makefile")).expect("it is there");
    let mut listed: Vec<&str> = NOT_RUN.iter().map(|(command, _)| *command).collect();
    let blocks = all();
    let shell = blocks.iter().filter(|block| block.language == "sh" && !block.has("run"));
    for (block, line) in shell.flat_map(|block| block.text.lines().map(move |line| (block, line))) {
        let command = line.split(" #").next().unwrap_or_default().trim();
        match command.strip_prefix("make ") {
            Some(target) => {
                let rule = format!("\n{}:", target.split(' ').next().unwrap_or_default());
                assert!(makefile.contains(&rule), "{}: no target `{target}`", block.place());
            }
            None => {
                let reason = NOT_RUN.iter().any(|(known, _)| *known == command);
                assert!(reason, "{}: `{command}` is not run: add why not", block.place());
                listed.retain(|known| *known != command);
            }
        }
    }
    assert!(listed.is_empty(), "listed, but not in the text: {listed:?}");
}

#[test]
fn the_tutorial_prints_what_it_says() {
    let run = Command::new(env!("CARGO_BIN_EXE_tutorial")).output().expect("it can be started");
    assert!(run.status.success(), "{run:?}");
    let blocks = all();
    let expected =
        blocks.iter().find(|block| block.page == "docs/tutorial.md" && block.has("output"));
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected.expect("a block of output").text);
    // Its other files are the ones that README.md shows.
    let script =
        blocks.iter().find(|block| block.value("file") == Some("build.rs")).expect("a block");
    assert!(script.text.contains("herkos_build::compile();"));
    assert!(text("README.md").contains("herkos_build::compile();"));
}
