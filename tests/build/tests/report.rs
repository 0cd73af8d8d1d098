//! The report on a module: what it says of a module that is known, that nothing in it can break it,
//! and the folder that collects the reports of a build.

use std::fs;
use std::path::Path;

use herkos_tests_build::{scratch, Project, Run};

/// Calls its imports from different exports, through a table and at the start; one never.
const PROBE: &str = r#"(module
    (type $unary (func (param i32) (result i32)))
    (import "env" "log" (func $log (param i32)))
    (import "env" "clock" (func $clock (result i64)))
    (import "env" "notify" (func $notify))
    (import "env" "never" (func $never))
    (import "env" "base" (global $base i32))
    (memory 1 2)
    (data (i32.const 16) "hello")
    (data "passive")
    (table 4 funcref)
    (elem (i32.const 0) $count $masked $notified)
    (start $init)
    (func $init (call $log (i32.const 1)))
    (func $count (type $unary)
        (if (result i32) (local.get 0)
            (then (call $count (i32.sub (local.get 0) (i32.const 1))))
            (else (i32.const 0))))
    (func $masked (type $unary)
        (i32.load8_u offset=100 (i32.and (local.get 0) (i32.const 255))))
    (func $notified (type $unary) (call $notify) (i32.load (local.get 0)))
    (func $dead (drop (memory.grow (i32.const 1))))
    (func (export "dispatch") (param i32) (result i32)
        (call_indirect (type $unary) (local.get 0) (i32.const 0)))
    (func (export "now") (result i64)
        (i32.store (i32.const 65532) (i32.load (i32.const 65533)))
        (call $clock))
    (func (export "pure") (param i32) (result i32) (call $masked (local.get 0))))"#;

const MAIN: &str = "herkos_runtime::include_modules!();\nfn main() {}\n";

/// A project of the modules, built; and what it made.
fn reports(name: &str, modules: &[(&str, &str)]) -> (Project, Vec<(String, String)>) {
    let project = Project::new(name);
    let mut section = "[package.metadata.herkos.modules]\n".to_owned();
    for (name, text) in modules {
        let file = format!("wasm/{name}.wasm");
        project.write(&file, wat::parse_str(text).unwrap());
        section += &format!("{name} = \"{file}\"\n");
    }
    project.manifest(&section);
    project.write("src/main.rs", MAIN);
    let _ = project.build().good();
    let made = project.made().into_iter();
    let text = |(name, bytes)| (name, String::from_utf8(bytes).unwrap());
    let made = made.map(text).collect();
    (project, made)
}

fn file<'a>(made: &'a [(String, String)], name: &str) -> &'a str {
    let found = made.iter().find(|(file, _)| file == name);
    &found.unwrap_or_else(|| panic!("no {name}")).1
}

/// The line of a table that begins with these cells.
#[track_caller]
fn row<'a>(markdown: &'a str, cells: &str) -> &'a str {
    let begin = format!("| {cells} |");
    let found = markdown.lines().find(|line| line.starts_with(&begin));
    found.unwrap_or_else(|| panic!("no row {begin} in\n{markdown}"))
}

#[test]
fn it_says_what_can_be_reached_from_where() {
    let (_, made) = reports("t-report", &[("probe", PROBE)]);
    let text = file(&made, "herkos/probe.md");
    let reached = |import: &str| row(text, &format!("`Env::{import}`")).to_owned();
    assert!(reached("log").ends_with("| instantiation |"));
    assert!(reached("clock").ends_with("| `now` |"));
    assert!(
        reached("notify").ends_with("| `dispatch` |"),
        "through the table"
    );
    assert!(reached("never").ends_with("| nothing: unused |"));
    assert!(reached("base").ends_with("| any function |"));
    assert!(row(text, "`now`").contains("| `Env::clock` |"));
    assert!(row(text, "`pure`").contains("|  |"));
    // Two constant accesses of which one ends beyond the first page, one masked, one of any address.
    assert!(row(text, "loads and stores").ends_with(" 4 |"));
    assert!(row(text, "in bounds whatever is computed").ends_with(" 2 |"));
    assert!(row(text, "checked when they run").ends_with(" 2 |"));
    assert!(row(text, "0 | at 16").ends_with("| 5 |"));
    assert!(row(text, "1 | passive").ends_with("| 7 |"));
    assert!(row(text, "`[i32] -> [i32]`").ends_with("| 1 | 3 | `count`, `masked`, `notified` |"));
    assert!(row(text, "1 | `count`").ends_with('|'), "calls itself");
    assert!(text.contains("Of these 1 function of 7 bytes can be called neither"));
    assert!(text.contains(
        "\n8 functions, 3 exported; imports 5; 131,072 bytes of memory; 4 accesses; 1 cycle of"
    ));
    let json = file(&made, "herkos/probe.json");
    assert!(
        json.contains("\"imports_reached_by_export\":{\"dispatch\":[2],\"now\":[1],\"pure\":[]}")
    );
    assert!(json.contains("\"functions_never_called\":[8]"));
    let html = file(&made, "herkos/probe.html");
    assert!(html.contains("<svg ") && html.contains(">Env::notify</tspan>"));
}

/// Addresses in a memory of one page, with `$x` any number: one past the last byte is told apart.
#[test]
fn accesses_are_in_bounds_whatever_is_computed() {
    let cases = [
        (true, "i32.load offset=65532", "(i32.const 0)"),
        (false, "i32.load offset=65533", "(i32.const 0)"),
        (true, "i32.load8_u", "(i32.const 65535)"),
        (false, "i32.load8_u", "(i32.const -1)"),
        (false, "i32.load8_u", "(local.get $x)"),
        (
            true,
            "i32.load8_u offset=65280",
            "(i32.and (local.get $x) (i32.const 255))",
        ),
        (
            true,
            "i32.load8_u offset=65280",
            "(i32.and (i32.const 255) (local.get $x))",
        ),
        (
            false,
            "i32.load8_u offset=65281",
            "(i32.and (local.get $x) (i32.const 255))",
        ),
        (
            true,
            "i64.load offset=65017",
            "(i32.or (i32.and (local.get $x) (i32.const 256)) (i32.const 3))",
        ),
        (
            false,
            "i64.load offset=65024",
            "(i32.add (i32.and (local.get $x) (i32.const 511)) (i32.const 3))",
        ),
        (
            true,
            "i64.load offset=65018",
            "(i32.add (i32.and (local.get $x) (i32.const 507)) (i32.const 3))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.add (local.get $x) (i32.const 1))",
        ),
        (
            true,
            "i32.load8_u",
            "(i32.shr_u (local.get $x) (i32.const 16))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.shr_u (local.get $x) (i32.const 15))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.shr_u (local.get $x) (i32.const 32))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.shr_s (local.get $x) (i32.const 16))",
        ),
        (
            true,
            "i32.load",
            "(i32.shl (i32.load8_u (i32.const 0)) (i32.const 8))",
        ),
        (
            false,
            "i32.load",
            "(i32.shl (i32.load16_u (i32.const 0)) (i32.const 1))",
        ),
        (
            false,
            "i32.load",
            "(i32.shl (i32.load8_u (i32.const 0)) (local.get $x))",
        ),
        (
            true,
            "i32.load",
            "(i32.mul (i32.load8_u (i32.const 0)) (i32.const 4))",
        ),
        (
            false,
            "i32.load",
            "(i32.mul (i32.const 65536) (i32.const 65536))",
        ),
        (
            true,
            "i32.load8_u",
            "(i32.rem_u (local.get $x) (i32.const 65536))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.rem_u (local.get $x) (i32.const 65537))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.rem_s (local.get $x) (i32.const 16))",
        ),
        (
            true,
            "i32.load8_u",
            "(i32.div_u (local.get $x) (i32.const 65536))",
        ),
        (
            false,
            "i32.load8_u",
            "(i32.div_u (local.get $x) (i32.const 65535))",
        ),
        (false, "i32.load8_u", "(i32.load8_s (i32.const 0))"),
        (true, "i32.load8_u offset=65534", "(i32.eqz (local.get $x))"),
        (
            true,
            "i32.load8_u",
            "(select (i32.const 5) (i32.const 65535) (local.get $x))",
        ),
        (
            false,
            "i32.load8_u",
            "(select (i32.const 5) (i32.const 65536) (local.get $x))",
        ),
        (true, "v128.load8_splat", "(i32.const 65535)"),
        (false, "v128.load64_zero", "(i32.const 65529)"),
    ];
    let mut text = "(module (memory 1 1)".to_owned();
    for (number, (known, load, address)) in cases.iter().enumerate() {
        text += &format!(
            "(func (export \"{known}_{number}\") (param $x i32) (drop ({load} {address})))"
        );
    }
    let (_, made) = reports("t-report-accesses", &[("cases", &(text + ")"))]);
    let json = file(&made, "herkos/cases.json");
    for (number, (known, load, address)) in cases.iter().enumerate() {
        let line = json
            .lines()
            .find(|line| line.contains(&format!("\"name\": \"{known}_{number}\", \"bytes\"")));
        let inner = usize::from(address.contains("load"));
        let expected = format!("\"accesses_in_bounds\": {}", usize::from(*known) + inner);
        assert!(
            line.unwrap().contains(&expected),
            "{load} {address}: {line:?}"
        );
    }
}

/// Nothing to grant: the report says it in words.
#[test]
fn a_module_without_imports_reaches_nothing() {
    let pure = "(module (func (export \"one\") (result i32) (i32.const 1)))";
    let (_, made) = reports("t-report-pure", &[("pure", pure)]);
    let text = file(&made, "herkos/pure.md");
    assert!(text.contains("It imports nothing: its code can reach its own state and nothing else."));
    assert!(text.contains("It has no memory."));
    assert!(text.contains("No function can call itself, directly or not."));
}

/// The module is what the report warns of: its names are shown, not obeyed.
#[test]
fn names_cannot_break_out_of_it() {
    let hostile = "(module (import \"e\" \"</td><script>alert(1)</script>\" (func))
        (func (export \"a`b|c\\n# d\\u{202e}\") (call 0)))";
    let (_, made) = reports("t-report-names", &[("hostile", hostile)]);
    let html = file(&made, "herkos/hostile.html");
    assert!(!html.contains("<script>"));
    assert!(html.contains("&lt;script&gt;"));
    assert!(!html.contains('\u{202e}'));
    let text = file(&made, "herkos/hostile.md");
    let _ = row(text, "`` a`b\\|c\\u{a}# d\\u{202e} ``");
    let _ = row(
        text,
        "`E::__td_script_alert_1_script_` | `e.</td><script>alert(1)</script>`",
    );
}

/// As many functions as no picture can show: the page has what leads from exports to imports.
#[test]
fn a_large_module_has_a_report_of_bounded_size() {
    let mut text = "(module (import \"env\" \"out\" (func $out))".to_owned();
    for number in 0..3000 {
        let callee = if number == 0 {
            "out".to_owned()
        } else {
            format!("f{}", number - 1)
        };
        text += &format!("(func $f{number} (call ${callee}) (call ${callee}))");
    }
    text += "(func (export \"run\") (call $f2999)) (func (export \"idle\")))";
    let (_, made) = reports("t-report-large", &[("large", &text)]);
    let html = file(&made, "herkos/large.html");
    assert!(html.len() < 30_000, "{}", html.len());
    assert!(html.contains(">Env::out</tspan>") && html.contains("an arrow is a chain of calls"));
    let markdown = file(&made, "herkos/large.md");
    assert!(row(markdown, "`Env::out`").ends_with("| `run` |"));
}

/// A row each up to a number, and a line for the rest.
#[test]
fn a_long_interface_says_how_much_is_not_shown() {
    let imports = (0..65).map(|number| format!("(import \"env\" \"i{number}\" (func))"));
    let exports = (0..66).map(|number| format!("(export \"e{number}\" (func {}))", number % 65));
    let tables = (0..21).map(|_| "(table 1 funcref)".to_owned());
    let fields: Vec<String> = imports.chain(exports).chain(tables).collect();
    let (_, made) = reports(
        "t-report-long",
        &[("long", &format!("(module {})", fields.join(" ")))],
    );
    let text = file(&made, "herkos/long.md");
    let _ = (
        row(text, "`Env::i63` | `env.i63`"),
        row(text, "`e63` | function"),
    );
    assert!(!text.contains("| `Env::i64` | `env.i64`") && !text.contains("| `e64` |"));
    assert!(text.contains("\n\nAnd 1 more import: see the JSON beside this file.\n"));
    assert!(text.contains("\n\nAnd 2 more exports: see the JSON beside this file.\n"));
    assert!(text.contains("\n\nAnd 1 more table: see the JSON beside this file.\n"));
}

fn collected(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn the_folder_has_the_reports_of_the_last_build() {
    let (project, _) = reports("t-report-folder", &[("probe", PROBE)]);
    let folder = scratch("reports");
    let _ = fs::remove_dir_all(&folder);
    let build = |project: &Project| {
        let mut command = project.command(&["build"]);
        Run::of(command.env("HERKOS_REPORT", &folder))
    };
    let said = build(&project).good().stderr;
    let line = said
        .lines()
        .find(|line| line.contains("module `probe`: 8 functions"));
    assert!(
        line.is_some_and(|line| line.contains("probe.html")),
        "{said}"
    );
    let package = folder.join("t-report-folder");
    assert_eq!(
        collected(&package),
        ["probe.html", "probe.json", "probe.md"]
    );
    // What is refused has no report, and says so.
    project.write("wasm/probe.wasm", "no module");
    let errors = build(&project).errors();
    assert_eq!(collected(&package), ["probe.refused.txt"]);
    let refusal = fs::read_to_string(package.join("probe.refused.txt")).unwrap();
    assert!(
        errors
            .iter()
            .any(|error| refusal.contains(error.trim_start_matches("herkos: "))),
        "{errors:?} {refusal}"
    );
    project.write("wasm/probe.wasm", wat::parse_str(PROBE).unwrap());
    let _ = build(&project).good();
    assert_eq!(
        collected(&package),
        ["probe.html", "probe.json", "probe.md"]
    );
}
