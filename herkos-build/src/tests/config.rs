//! Every way in which a Cargo.toml can be wrong, and what is said about it, word by word.

use super::{text, Project};
use crate::cargo::Cargo;
use crate::{Builder, Module};

const KNOWN: &str = "known keys: wasm, sources, exports, flags, link-flags, wasi, max-pages, \
                     max-memory, optimize, nan, fuel, max-stack, trace, link";

/// Errors for a manifest whose section, from line 4 on, is this; there is a file `a.wasm`.
fn said(section: &str) -> String {
    let project = project(section);
    project.fails()
}

fn project(section: &str) -> Project {
    let project = Project::new(&format!("[package]\nname = \"user\"\n\n{section}\n"));
    project.write("a.wasm", "ok");
    project
}

/// Errors for a module `a` with these keys, from line 6 on.
fn keys(keys: &str) -> String {
    said(&format!(
        "[package.metadata.herkos.modules.a]\nwasm = \"a.wasm\"\n{keys}"
    ))
}

fn error(line: usize, what: &str) -> String {
    format!("herkos: Cargo.toml:{line}: {what}")
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known_one() {
    let expected = |word: &str, guess: &str| {
        error(
            6,
            &format!("module `a`: unknown key `{word}`{guess}\n  {KNOWN}"),
        )
    };
    let guess = ", did you mean `max-pages`?";
    assert_eq!(keys("max_pages = 4"), expected("max_pages", guess));
    assert_eq!(keys("maxpages = 4"), expected("maxpages", guess));
    assert_eq!(keys("licence = true"), expected("licence", ""));
}

#[test]
fn a_wrong_value_is_shown_with_what_was_expected() {
    let pages = "expected an integer from 1 to 65536";
    for (line, what) in [
        ("max-pages = \"4\"", format!("{pages}, found a string")),
        ("max-pages = 0", pages.to_owned()),
        ("max-pages = 65537", pages.to_owned()),
        ("max-pages = -1", pages.to_owned()),
        ("max-pages = 99999999999999999999999", pages.to_owned()),
        ("max-pages = 1.5", format!("{pages}, found a float")),
        (
            "max-pages = 2024-01-01",
            format!("{pages}, found a date or time"),
        ),
        (
            "max-memory = 0",
            "expected an integer from 1 to 4294967296".to_owned(),
        ),
        (
            "max-memory = 0x100000001",
            "expected an integer from 1 to 4294967296".to_owned(),
        ),
        (
            "max-stack = 4294967296",
            "expected an integer from 1 to 4294967295".to_owned(),
        ),
        (
            "max-stack = true",
            "expected an integer from 1 to 4294967295, found a boolean".to_owned(),
        ),
        (
            "nan = \"fast\"",
            "expected \"spec\" or \"canonical\"".to_owned(),
        ),
        (
            "nan = true",
            "expected \"spec\" or \"canonical\", found a boolean".to_owned(),
        ),
        (
            "fuel = 1",
            "expected true or false, found an integer".to_owned(),
        ),
        (
            "fuel = \"yes\"",
            "expected true or false, found a string".to_owned(),
        ),
        (
            "trace = \"all\"",
            "expected true or false, found a string".to_owned(),
        ),
        (
            "optimize = 3",
            "expected flags of wasm-opt in a string, such as \"-O3\", found an integer".to_owned(),
        ),
    ] {
        assert_eq!(keys(line), error(6, &format!("module `a`: {line}: {what}")));
    }
    assert_eq!(
        keys("max-pages = [4]"),
        error(
            6,
            &format!("module `a`: max-pages: {pages}, found an array")
        )
    );
    assert_eq!(
        keys("[package.metadata.herkos.modules.a.fuel]"),
        error(6, "module `a`: fuel: expected true or false, found a table")
    );
}

#[test]
fn integers_may_be_written_in_every_way_of_toml() {
    for value in ["65_536", "0x1_0000", "0o200000", "0b1", "+1"] {
        let project = project(&format!(
            "[package.metadata.herkos.modules.a]\nwasm = \"a.wasm\"\nmax-pages = {value}"
        ));
        assert!(
            project.fails().contains("HERKOS_C"),
            "{value}: {}",
            project.fails()
        );
    }
}

#[test]
fn flags_that_herkos_build_sets_itself_are_refused() {
    assert_eq!(
        keys("optimize = \"-O3 -o x.wasm\""),
        error(
            6,
            "module `a`: optimize = \"-O3 -o x.wasm\": `-o` is not possible here\n  \
             herkos-build itself says where wasm-opt's output goes"
        )
    );
    assert_eq!(
        keys("optimize = \" \""),
        error(
            6,
            "module `a`: optimize is empty: expected flags of wasm-opt, for example \"-O3\""
        )
    );
}

#[test]
fn a_missing_file_is_looked_for_nearby() {
    let project = project("[package.metadata.herkos.modules]\ncalc = \"wasm/calk.wasm\"");
    let looked = format!("looked at {}", project.path("wasm/calk.wasm").display());
    let what = error(5, "module `calc`: wasm = \"wasm/calk.wasm\": no such file");
    assert_eq!(project.fails(), format!("{what}\n  {looked}"));
    project.write("target/calk.wasm", "");
    assert_eq!(project.fails(), format!("{what}\n  {looked}"));
    project.write("build/out/calk.wasm", "");
    assert_eq!(
        project.fails(),
        format!("{what}\n  {looked}\n  did you mean \"build/out/calk.wasm\"?")
    );
    project.write("wasm/Calk.WASM", "");
    let guess = project.fails();
    assert!(
        guess.contains("calk.wasm\"?") || guess.contains("wasm/Calk.WASM\"?"),
        "{guess}"
    );
    std::fs::remove_dir_all(project.path("build")).unwrap();
    std::fs::remove_file(project.path("wasm/Calk.WASM")).unwrap();
    project.write("wasm/calc.wasm", "");
    assert_eq!(
        project.fails(),
        format!("{what}\n  {looked}\n  did you mean \"wasm/calc.wasm\"?")
    );
    std::fs::create_dir(project.path("wasm/calk.wasm")).unwrap();
    assert!(project
        .fails()
        .contains("wasm/calk.wasm\": is a folder, not a file"));
}

#[test]
fn module_names_must_be_identifiers() {
    let fault = "is not a Rust identifier of ASCII letters, digits and `_`";
    assert_eq!(
        said("[package.metadata.herkos.modules]\nmy-mod = \"a.wasm\""),
        error(
            5,
            &format!("module name `my-mod` {fault}; use for example `my_mod`")
        )
    );
    for word in ["self", "crate", "super", "Self", "type", "async", "gen"] {
        assert_eq!(
            said(&format!(
                "[package.metadata.herkos.modules.{word}]\nwasm = \"a.wasm\""
            )),
            error(
                4,
                &format!("module name `{word}` is a Rust keyword; use for example `{word}_module`")
            )
        );
    }
}

#[test]
fn names_that_differ_in_case_only_are_refused() {
    assert_eq!(
        said("[package.metadata.herkos.modules]\ncalc = \"a.wasm\"\nCalc = \"a.wasm\""),
        error(
            5,
            "modules `Calc` and `calc` differ in case only: their files `Calc.rs` and `calc.rs` \
             would be one file on Windows and macOS"
        )
    );
}

#[test]
fn without_a_section_the_lines_to_add_are_shown() {
    assert_eq!(
        said(""),
        "herkos: Cargo.toml: there is no section `[package.metadata.herkos.modules]`\n  \
         add to it, for example:\n  \
         [package.metadata.herkos.modules]\n  calc = \"wasm/calc.wasm\""
    );
    assert_eq!(
        said("[package.metadata.herkos]"),
        error(
            4,
            "`[package.metadata.herkos]` lists no modules\n  add to it, for example:\n  \
             [package.metadata.herkos.modules]\n  calc = \"wasm/calc.wasm\""
        )
    );
}

#[test]
fn a_section_in_the_wrong_place_is_pointed_at() {
    let advice = "call it `[package.metadata.herkos]`, in the Cargo.toml of the package";
    for place in ["workspace.metadata", "package", "metadata"] {
        assert_eq!(
            said(&format!("[{place}.herkos]\nmodules.a = \"a.wasm\"")),
            error(
                4,
                &format!("`[{place}.herkos]` is not where herkos-build looks\n  {advice}")
            )
        );
    }
    assert_eq!(
        said("[herkos.modules]\na = \"a.wasm\""),
        error(
            4,
            &format!("`[herkos]` is not where herkos-build looks\n  {advice}")
        )
    );
}

#[test]
fn the_section_of_a_workspace_around_the_package_is_pointed_at() {
    let project = Project::new("[workspace.metadata.herkos.modules]\na = \"a.wasm\"\n");
    project.write("member/Cargo.toml", "[package]\nname = \"member\"\n");
    let variables = vec![
        ("CARGO_MANIFEST_DIR", project.path("member")),
        ("OUT_DIR", project.path("out")),
    ];
    let said = text(Builder::from_manifest().build(&Cargo::with_variables(variables)));
    let hint = format!(
        "\n  (`[workspace.metadata.herkos]` in {} is not read)",
        project.path("Cargo.toml").display()
    );
    assert!(said.ends_with(&hint), "{said}");
}

#[test]
fn misspelt_sections_are_recognised() {
    assert_eq!(
        said("[package.metadata.herkos.module.a]\nwasm = \"a.wasm\""),
        error(
            4,
            "[package.metadata.herkos]: unknown key `module`, did you mean `modules`?\n  \
             known keys: modules"
        )
    );
    assert_eq!(
        said("[package.metadata.herkoss.modules]\na = \"a.wasm\""),
        error(
            4,
            "[package.metadata]: unknown key `herkoss`, did you mean `herkos`?\n  \
             known keys: herkos"
        )
    );
    assert_eq!(
        said("[package.metadata.herkos.modules]\nwasm = \"a.wasm\"\nmax-pages = 4"),
        error(
            6,
            "`max-pages` is a key of one module, not of all\n  \
             write it under `[package.metadata.herkos.modules.NAME]`"
        )
    );
}

#[test]
fn wrong_types_of_whole_sections() {
    assert_eq!(
        said("[[package.metadata.herkos.modules]]\nwasm = \"a.wasm\""),
        error(
            4,
            "[package.metadata.herkos.modules]: expected a table, found an array"
        )
    );
    assert_eq!(
        said("[package.metadata]\nherkos = true"),
        error(
            5,
            "[package.metadata.herkos]: expected a table, found a boolean"
        )
    );
    assert_eq!(
        said("[package.metadata.herkos.modules]\na = 5"),
        error(
            5,
            "module `a`: expected the path of a .wasm file, or a table with a key `wasm` or \
             `sources`, found an integer"
        )
    );
    assert_eq!(
        said("[package.metadata.herkos.modules.a]\nfuel = true"),
        error(
            4,
            "module `a`: the key `wasm` is missing, the path of the .wasm file, or \
             `sources`, a list of C files"
        )
    );
    assert_eq!(
        said("[package.metadata.herkos.modules]\na = \"\""),
        error(
            5,
            "module `a`: wasm = \"\": expected the path of a .wasm file"
        )
    );
}

#[test]
fn all_problems_are_shown_in_the_order_of_the_file() {
    let section = "[package.metadata.herkos.modules]\nzz = \"nope.wasm\"\n2d = 7\n\
                   [package.metadata.herkos.modules.aa]\nwasm = \"a.wasm\"\nfeul = true\nnan = 1";
    let all = said(section);
    let lines: Vec<_> = all
        .lines()
        .filter(|line| line.starts_with("herkos: "))
        .collect();
    let starts = [
        "5: module `zz`",
        "6: module name `2d`",
        "6: module `2d`",
        "9: ",
        "10: ",
    ];
    assert_eq!(lines.len(), starts.len(), "{all}");
    for start in starts {
        let start = format!("herkos: Cargo.toml:{start}");
        assert!(
            lines.iter().any(|line| line.starts_with(&start)),
            "{start} in\n{all}"
        );
    }
    let numbers: Vec<usize> = lines
        .iter()
        .map(|line| line.split(':').nth(2).unwrap().parse().unwrap())
        .collect();
    assert!(numbers.is_sorted(), "{all}");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_count_as_usual() {
    let section = "[package]\r\nname = \"user\"\r\n\r\n[package.metadata.herkos.modules.a]\r\n\
                   wasm = \"a.wasm\"\r\nfuell = true\r\n";
    for start in ["", "\u{feff}"] {
        let project = Project::new(&format!("{start}{section}"));
        project.write("a.wasm", "ok");
        let said = project.fails();
        assert!(
            said.starts_with(&error(6, "module `a`: unknown key `fuell`")),
            "{said}"
        );
        assert!(!said.contains('\r'));
    }
}

#[test]
fn text_that_is_no_toml() {
    let said = said("[package.metadata.herkos\n");
    assert!(
        said.starts_with("herkos: Cargo.toml:4: not valid TOML: "),
        "{said}"
    );
}

#[test]
fn code_is_checked_like_a_manifest() {
    let project = project("");
    let build = |modules: Vec<Module>| {
        let builder = modules.into_iter().fold(Builder::new(), Builder::module);
        let folders = builder
            .manifest_dir(&project.root)
            .out_dir(project.path("out"));
        text(folders.build(&Cargo::with_variables(vec![("HERKOS_C", "/dev/null")])))
    };
    let a = || Module::new("a", "a.wasm");
    assert_eq!(
        build(vec![a().max_pages(0)]),
        "herkos: module `a`: max-pages = 0: expected an integer from 1 to 65536"
    );
    assert_eq!(
        build(vec![a().max_memory(1 << 33)]),
        "herkos: module `a`: max-memory = 8589934592: expected an integer from 1 to 4294967296"
    );
    assert_eq!(build(vec![a(), a()]), "herkos: module `a` is listed twice");
    assert_eq!(
        build(vec![Module::new("fn", "a.wasm")]),
        "herkos: module name `fn` is a Rust keyword; use for example `fn_module`"
    );
    assert!(build(vec![Module::new("b", "b.wasm")])
        .starts_with("herkos: module `b`: wasm = \"b.wasm\": no such file\n  looked at "));
    assert!(build(vec![a().optimize("-S")]).contains("`-S` is not possible here"));
}

#[test]
fn outside_a_build_script_the_way_out_is_named() {
    let cargo = Cargo::with_variables::<&str>(vec![]);
    assert_eq!(
        text(Builder::from_manifest().build(&cargo)),
        "herkos: CARGO_MANIFEST_DIR is not set: this is not a build script that Cargo runs\n  \
         call it in build.rs; elsewhere use `Builder` with `manifest_dir`"
    );
    let cargo = Cargo::with_variables(vec![("CARGO_MANIFEST_DIR", "/nonexistent")]);
    assert!(text(Builder::from_manifest().build(&cargo)).contains("OUT_DIR"));
    let cargo = Cargo::with_variables(vec![
        ("CARGO_MANIFEST_DIR", "/nonexistent"),
        ("OUT_DIR", "/o"),
    ]);
    assert!(text(Builder::from_manifest().build(&cargo)).starts_with("herkos: cannot read /non"));
}
