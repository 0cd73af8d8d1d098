//! Projects that build, and what is built again when something changes.

use std::fs;

use herkos_tests_build::{answering, scratch, Project, Run, MADE_OF_CALC};

/// A module with a memory that `size` measures and `grow` grows.
const MEMORY: &str = r#"(module
    (memory (export "memory") 1)
    (func (export "answer") (result i32) memory.size)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "sum") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1))))"#;

#[test]
fn the_short_form() {
    let project = Project::new("t-short");
    project.short_manifest();
    assert_eq!(project.run(), "42");
    assert_eq!(project.made_paths(), MADE_OF_CALC);
}

#[test]
fn every_key() {
    let project = Project::new("t-long");
    project.write("wasm/calc.wasm", wat::parse_str(MEMORY).unwrap());
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();
        fn main() {
            let mut module = calc::Module::boxed().unwrap();
            let grown = (module.grow(2), module.grow(1));
            println!(\"{} {:?}\", calc::MAX_PAGES, grown);
        }",
    );
    project.manifest(
        "[package.metadata.herkos.modules.calc]\nwasm = \"wasm/calc.wasm\"\nmax-pages = 3\n\
         max-memory = 196608\noptimize = \"-O3 -g\"\nnan = \"canonical\"\nfuel = false\n\
         max-stack = 65536\n",
    );
    assert_eq!(project.run(), "3 (Ok(1), Ok(-1))");
    let expected = [&MADE_OF_CALC[..], &["herkos/opt/calc/calc.wasm"]].concat();
    assert_eq!(project.made_paths(), expected);
    let text = fs::read_to_string(project.out_dir().join("herkos/calc.rs")).unwrap();
    assert!(
        text.contains("calc.wasm"),
        "the header names the input:\n{text}"
    );
    assert!(
        !text.contains(project.root.to_str().unwrap()),
        "an absolute path in\n{text}"
    );
}

#[test]
fn the_module_with_fuel() {
    let project = Project::new("t-fuel");
    project.short_manifest();
    let _ = project.build().good();
    let without = project.made();
    project.manifest(
        "[package.metadata.herkos.modules.calc]\nwasm = \"wasm/calc.wasm\"\nfuel = true\n",
    );
    assert_eq!(project.build().good().compiled(), ["t-fuel"]);
    assert_ne!(project.made(), without);
}

#[test]
fn two_modules_and_then_one() {
    let project = Project::new("t-two");
    project.write("wasm/other.wasm", answering(7));
    let manifest = "[package.metadata.herkos.modules]\ncalc = \"wasm/calc.wasm\"\n";
    project.manifest(&format!("{manifest}other = \"wasm/other.wasm\"\n"));
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();
        fn main() -> Result<(), herkos_runtime::WasmTrap> {
            println!(\"{} {}\", calc::Module::new()?.answer()?, other::Module::new()?.answer()?);
            Ok(())
        }",
    );
    assert_eq!(project.run(), "42 7");
    project.manifest(manifest);
    let failed = project.build();
    assert!(failed.stderr.contains("other"), "{}", failed.stderr);
    project.write("src/main.rs", herkos_tests_build::MAIN_RS);
    assert_eq!(project.run(), "42");
    assert_eq!(project.made_paths(), MADE_OF_CALC);
}

#[test]
fn only_what_changed_is_built_again() {
    let project = Project::new("t-again");
    project.short_manifest();
    assert_eq!(project.run(), "42");
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());
    // the .wasm file touched, then changed
    project.write("wasm/calc.wasm", answering(42));
    assert_eq!(project.build().good().compiled(), ["t-again"]);
    project.write("wasm/calc.wasm", answering(43));
    let run = Run::of(&mut project.command(&["run"])).good();
    assert_eq!(run.compiled(), ["t-again"]);
    assert_eq!(run.stdout, "43\n");
    // the metadata
    project.write("wasm/calc.wasm", wat::parse_str(MEMORY).unwrap());
    let manifest = |pages: u32| {
        project.manifest(&format!(
            "[package.metadata.herkos.modules.calc]\nwasm = \"wasm/calc.wasm\"\nmax-pages = {pages}\n"
        ));
    };
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();\nfn main() {\n    println!(\"{}\", calc::MAX_PAGES);\n}\n",
    );
    manifest(5);
    assert_eq!(project.run(), "5");
    manifest(6);
    let run = Run::of(&mut project.command(&["run"])).good();
    assert_eq!(
        (run.stdout.as_str(), run.compiled()),
        ("6\n", vec!["t-again".to_owned()])
    );
    // other code of the project: herkos-c does not run
    let generated = project.out_dir().join("herkos/calc.rs");
    let before = generated.metadata().unwrap().modified().unwrap();
    project.write("src/main.rs", "fn main() {}\n");
    let _ = project.build().good();
    assert_eq!(generated.metadata().unwrap().modified().unwrap(), before);
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());
}

#[test]
fn a_missing_file_that_appears_is_noticed() {
    let project = Project::new("t-appears");
    project.short_manifest();
    fs::remove_file(project.root.join("wasm/calc.wasm")).unwrap();
    let errors = project.build().errors();
    assert!(
        errors[0].ends_with("wasm = \"wasm/calc.wasm\": no such file"),
        "{errors:?}"
    );
    project.write("wasm/calc.wasm", answering(42));
    assert_eq!(project.run(), "42");
    fs::remove_file(project.root.join("wasm/calc.wasm")).unwrap();
    assert!(!project.build().ok, "a removed file must not go unnoticed");
}

#[test]
fn spaces_and_letters_of_all_kinds_in_paths() {
    let folder = scratch("projects").join("t with spaces/pr\u{f6}jekt \u{65e5}'1");
    let mut project = Project::at("t-spaces", folder);
    project.target = scratch("target m\u{eb} too");
    project.write("w\u{e4}sm files/c\u{e4}lc 1.wasm", answering(44));
    project.manifest(
        "[package.metadata.herkos.modules]\ncalc = \"w\u{e4}sm files/c\u{e4}lc 1.wasm\"\n",
    );
    assert_eq!(project.run(), "44");
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());
    project.write("w\u{e4}sm files/c\u{e4}lc 1.wasm", answering(45));
    assert_eq!(project.run(), "45");
}

#[test]
fn windows_line_ends() {
    let project = Project::new("t-crlf");
    project.short_manifest();
    let manifest = fs::read_to_string(project.root.join("Cargo.toml")).unwrap();
    project.write("Cargo.toml", manifest.replace('\n', "\r\n"));
    assert_eq!(project.run(), "42");
}

#[test]
fn a_set_up_in_code_alone() {
    let project = Project::new("t-builder");
    project.manifest("");
    project.write(
        "build.rs",
        "use herkos_build::{Builder, Module, Nan};
        fn main() {
            let module = Module::new(\"calc\", \"wasm/calc.wasm\").nan(Nan::Canonical);
            let generated = Builder::new().module(module).try_compile().unwrap();
            assert!(generated.modules[0].rust.ends_with(\"herkos/calc.rs\"));
        }",
    );
    assert_eq!(project.run(), "42");
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());
    project.write("wasm/calc.wasm", answering(43));
    assert_eq!(project.run(), "43");
}

/// Lints that a careful crate turns on must be silent about generated code.
#[test]
fn a_crate_with_strict_lints() {
    let rich = wat::parse_str(include_str!("data/rich.wat")).unwrap();
    for (name, edition) in [("t-strict-2021", "2021"), ("t-strict-2024", "2024")] {
        let mut project = Project::new(name);
        project.edition = edition;
        project.write("wasm/calc.wasm", &rich);
        project.manifest(
            "[package.metadata.herkos.modules]\ncalc = \"wasm/calc.wasm\"\n\
             [package.metadata.herkos.modules.other]\nwasm = \"wasm/calc.wasm\"\n\
             nan = \"canonical\"\nfuel = true\nmax-stack = 4096\n",
        );
        fs::remove_file(project.root.join("src/main.rs")).unwrap();
        project.write(
            "src/lib.rs",
            "//! A careful crate.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]
#![deny(future_incompatible, nonstandard_style, rust_2018_idioms, unused)]
#![deny(unreachable_pub, missing_debug_implementations, unused_qualifications)]
#![deny(trivial_casts, trivial_numeric_casts, unused_results, unused_lifetimes)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![deny(clippy::as_conversions, clippy::string_slice, clippy::todo, clippy::mem_forget)]
#![allow(clippy::cargo_common_metadata, clippy::multiple_crate_versions)]
herkos_runtime::include_modules!();
mod private {
    herkos_runtime::include_modules!();
}
",
        );
        let _ = project.build().good();
        let _ = Run::of(&mut project.command(&["clippy"])).good();
    }
}

#[test]
fn generated_files_are_as_rustfmt_writes_them() {
    let project = Project::new("t-rustfmt");
    project.write("wasm/calc.wasm", wat::parse_str(MEMORY).unwrap());
    project.short_manifest();
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();\nfn main() {}\n",
    );
    let _ = project.build().good();
    for file in ["herkos.rs", "herkos/calc.rs"] {
        let mut command = std::process::Command::new("rustfmt");
        command
            .args(["--check", "--edition", "2021"])
            .arg(project.out_dir().join(file));
        let _ = Run::of(&mut command).good();
    }
}

/// For a microcontroller: herkos-c is made for this machine, whatever `CC` says.
#[test]
fn a_crate_for_another_machine() {
    let targets = std::process::Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    let sysroot = String::from_utf8(targets.stdout).unwrap();
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib/thumbv7m-none-eabi");
    if !library.is_dir() {
        println!("skipped: no thumbv7m-none-eabi");
        return;
    }
    let mut project = Project::new("t-cross");
    project.target = scratch("target-cross");
    project.features.clear();
    fs::remove_file(project.root.join("src/main.rs")).unwrap();
    project.write(
        "src/lib.rs",
        "#![no_std]\nherkos_runtime::include_modules!();\n",
    );
    project.short_manifest();
    let mut command = project.command(&["build", "--target", "thumbv7m-none-eabi"]);
    command
        .env("CC", "arm-none-eabi-gcc")
        .env("CFLAGS", "-mcpu=cortex-m3 -mthumb");
    command.env("CC_thumbv7m_none_eabi", "arm-none-eabi-gcc");
    let _ = Run::of(&mut command).good();
}
