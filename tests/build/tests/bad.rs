//! Projects that do not build: what Cargo shows, and that the next good build works. The texts of
//! all errors are tested in herkos-build itself.

use herkos_tests_build::{answering, Project, Run};

#[test]
fn errors_of_the_manifest_are_shown_together() {
    let project = Project::new("t-manifest");
    project.manifest(
        "[package.metadata.herkos.modules]\nmy-mod = \"wasm/calc.wasm\"\n\
         [package.metadata.herkos.modules.calc]\nwasm = \"wasm/calk.wasm\"\nmax_pages = 4\n",
    );
    let errors = project.build().errors();
    let expected = [
        "herkos: Cargo.toml:13: module name `my-mod` is not a Rust identifier of ASCII letters, \
         digits and `_`; use for example `my_mod`"
            .to_owned(),
        "herkos: Cargo.toml:15: module `calc`: wasm = \"wasm/calk.wasm\": no such file".to_owned(),
        format!(
            "  looked at {}",
            project.root.join("wasm/calk.wasm").display()
        ),
        "  did you mean \"wasm/calc.wasm\"?".to_owned(),
        "herkos: Cargo.toml:16: module `calc`: unknown key `max_pages`, did you mean `max-pages`?"
            .to_owned(),
        "  known keys: wasm, sources, exports, flags, link-flags, wasi, max-pages, max-memory, \
         optimize, nan, fuel, max-stack, trace, link"
            .to_owned(),
    ];
    assert_eq!(errors, expected);
    project.short_manifest();
    assert_eq!(project.run(), "42");
}

#[test]
fn without_a_section() {
    let project = Project::new("t-none");
    project.manifest("");
    let errors = project.build().errors();
    assert_eq!(
        errors,
        [
            "herkos: Cargo.toml: there is no section `[package.metadata.herkos.modules]`",
            "  add to it, for example:",
            "  [package.metadata.herkos.modules]",
            "  calc = \"wasm/calc.wasm\"",
        ]
    );
    project.manifest("[workspace.metadata.herkos.modules]\ncalc = \"wasm/calc.wasm\"\n");
    assert!(project.build().errors()[0].contains("`[workspace.metadata.herkos]` is not where"));
}

#[test]
fn a_module_that_is_rejected_leaves_the_last_good_build() {
    let project = Project::new("t-reject");
    project.short_manifest();
    assert_eq!(project.run(), "42");
    let before = project.made();
    let invalid = "(module (func $bad (export \"answer\") (result i32) f64.const 1))";
    project.write("wasm/calc.wasm", wat::parse_str(invalid).unwrap());
    let errors = project.build().errors();
    assert_eq!(
        errors[0],
        "herkos: module `calc` (wasm/calc.wasm): herkos-c rejects the file"
    );
    assert!(errors[1].starts_with("  wasm/calc.wasm:0x"), "{errors:?}");
    assert!(
        errors[1].contains("function 0 \"bad\": type mismatch"),
        "{errors:?}"
    );
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert_eq!(project.made(), before);
    for content in [&b""[..], b"\0asm", b"(module)", b"\0asm\x0d\0\x01\0"] {
        project.write("wasm/calc.wasm", content);
        let errors = project.build().errors();
        assert!(errors[1].starts_with("  wasm/calc.wasm:0x"), "{errors:?}");
        assert_eq!(project.made(), before);
    }
    project.write("wasm/calc.wasm", answering(43));
    assert_eq!(project.run(), "43");
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());
}

#[test]
fn every_rejected_module_is_reported_and_none_is_half_done() {
    let project = Project::new("t-several");
    let section = "[package.metadata.herkos.modules]\n";
    project.manifest(&format!(
        "{section}a = \"wasm/a.wasm\"\nb = \"wasm/b.wasm\"\ncalc = \"wasm/calc.wasm\"\n"
    ));
    project.write("wasm/a.wasm", "not wasm");
    project.write("wasm/b.wasm", "not wasm either");
    let errors = project.build().errors();
    let summaries: Vec<_> = errors
        .iter()
        .filter(|line| line.starts_with("herkos: "))
        .collect();
    assert_eq!(summaries.len(), 2, "{errors:?}");
    assert_eq!(project.made(), []);
}

#[test]
fn a_growing_memory_without_a_maximum_is_warned_about() {
    let project = Project::new("t-warn");
    let text = "(module (memory 1) (func (export \"answer\") (result i32) \
                (memory.grow (i32.const 1))))";
    project.write("wasm/calc.wasm", wat::parse_str(text).unwrap());
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();\nfn main() {}\n",
    );
    project.short_manifest();
    let run = project.build().good();
    let warning = "warning: t-warn@0.1.0: herkos: module `calc` (wasm/calc.wasm): ";
    assert!(
        run.stderr.lines().any(|line| line.starts_with(warning)),
        "{}",
        run.stderr
    );
}

#[test]
fn a_missing_wasm_opt() {
    let project = Project::new("t-no-opt");
    project.manifest(
        "[package.metadata.herkos.modules.calc]\nwasm = \"wasm/calc.wasm\"\noptimize = \"-O3\"\n",
    );
    let run = |path: &str| Run::of(project.command(&["run"]).env("WASM_OPT", path));
    assert_eq!(run("").good().stdout, "42\n");
    let errors = run("/nonexistent/wasm-opt").errors();
    assert_eq!(
        errors,
        [
            "herkos: Cargo.toml:14: module `calc` (wasm/calc.wasm): `optimize` needs wasm-opt: \
             WASM_OPT is set to \"/nonexistent/wasm-opt\", which is no executable file",
            "  install Binaryen (Debian, Ubuntu: `apt install binaryen`; macOS: `brew install \
             binaryen`), or set WASM_OPT to the path of wasm-opt, or take out `optimize`",
        ]
    );
    assert_eq!(run("wasm-opt").good().stdout, "42\n");
}

#[test]
fn what_wasm_opt_refuses() {
    let project = Project::new("t-opt-fails");
    let manifest = |flags: &str| {
        project.manifest(&format!(
            "[package.metadata.herkos.modules.calc]\nwasm = \"wasm/calc.wasm\"\n\
             optimize = \"{flags}\"\n"
        ));
    };
    manifest("-O3 --no-such-pass");
    let errors = project.build().errors();
    let start = "herkos: Cargo.toml:14: module `calc` (wasm/calc.wasm): wasm-opt failed (";
    assert!(errors[0].starts_with(start), "{errors:?}");
    assert!(
        errors[1..].iter().any(|line| line.contains("no-such-pass")),
        "{errors:?}"
    );
    project.write("wasm/calc.wasm", "not wasm");
    manifest("-O3");
    let errors = project.build().errors();
    assert!(errors[0].starts_with(start), "{errors:?}");
    assert!(errors.len() > 1, "{errors:?}");
    project.write("wasm/calc.wasm", answering(42));
    assert_eq!(project.run(), "42");
}
