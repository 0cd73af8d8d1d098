//! Modules linked by the metadata: a program that runs, and what is said about links that cannot be.

use herkos_tests_build::Project;

/// Imports a function that works on its memory, and one of the host's.
const APP: &str = r#"(module
    (import "codec" "decode" (func $decode (param i32) (result i32)))
    (import "env" "offset" (func $offset (result i32)))
    (memory 1)
    (data (i32.const 8) "\02")
    (func (export "answer") (result i32)
        (i32.add (call $offset) (call $decode (i32.const 8)))))"#;

const CODEC: &str = r#"(module
    (import "env" "memory" (memory 1))
    (func (export "decode") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "encode") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))"#;

const MAIN: &str = "herkos_runtime::include_modules!();
struct Forty;
impl app::Env for Forty {
    fn offset(&mut self, _: &mut [u8]) -> Result<i32, herkos_runtime::WasmTrap> {
        Ok(40)
    }
}
fn main() {
    let codec = codec::LibraryModule::new(&mut [0; 65536]).unwrap();
    let mut app = app::Module::boxed(app::Linked { host: Forty, codec }).unwrap();
    println!(\"{}\", app.answer().unwrap());
}
";

const MODULES: &str = "[package.metadata.herkos.modules]\ncodec = \"wasm/codec.wasm\"\n\
    [package.metadata.herkos.modules.app]\nwasm = \"wasm/app.wasm\"\n";

fn project(name: &str, links: &str) -> Project {
    let project = Project::new(name);
    project.write("wasm/app.wasm", wat::parse_str(APP).unwrap());
    project.write("wasm/codec.wasm", wat::parse_str(CODEC).unwrap());
    project.write("src/main.rs", MAIN);
    project.manifest(&format!("{MODULES}{links}"));
    project
}

/// The text of a file that was made.
fn made(project: &Project, name: &str) -> String {
    let mut made = project.made().into_iter();
    let (_, bytes) = made.find(|(file, _)| file == name).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_library_works_on_the_memory_of_the_module_that_it_is_linked_to() {
    let project = project("t-link", "link = { codec = \"codec\" }\n");
    assert_eq!(project.run(), "42");
    let linked = || {
        project
            .made()
            .iter()
            .any(|(name, _)| name == "herkos/link/app.rs")
    };
    assert!(linked());
    let report = |suffix: &str| made(&project, &format!("herkos/codec.{suffix}"));
    assert!(report("md").contains(
        "\n\nOther modules of the build are linked with it: `app`. None of them imports `encode`, \
         which is left to Rust code.\n"
    ));
    assert!(report("json").contains("\"exports_that_no_link_uses\":[1]"));
    assert!(!made(&project, "herkos/app.md").contains("linked with it"));
    // A link that is taken out of the metadata leaves nothing behind.
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();\nfn main() {}\n",
    );
    project.manifest(MODULES);
    assert_eq!(project.run(), "");
    assert!(!linked());
    assert!(!made(&project, "herkos/codec.md").contains("linked with it"));
}

/// What is said when `links` is added to the metadata of `app`.
#[track_caller]
fn said(project: &Project, links: &str) -> Vec<String> {
    project.manifest(&format!("{MODULES}{links}"));
    project.build().errors()
}

#[test]
fn links_that_cannot_be() {
    let project = project("t-unlinked", "");
    assert_eq!(
        said(&project, "link = { codex = \"codec\" }\n"),
        [
            "herkos: Cargo.toml:16: module `app`: link.codex = \"codec\": `app` imports no function \
             from `codex`",
            "  did you mean `codec`?",
            "  known: codec, env",
        ]
    );
    assert_eq!(
        said(&project, "link = { codec = \"codex\" }\n"),
        [
            "herkos: Cargo.toml:16: module `app`: link.codec = \"codex\": there is no module of that \
             name",
            "  did you mean `codec`?",
            "  known: app, codec",
        ]
    );
    assert_eq!(
        said(&project, "link = { env = \"codec\" }\n"),
        [
            "herkos: Cargo.toml:16: module `app`: link.env = \"codec\": the modules do not fit",
            "  `codec` exports no function `offset` [] -> [i32]",
        ]
    );
    assert_eq!(
        said(&project, "link = \"codec\"\n"),
        [
            "herkos: Cargo.toml:16: module `app`: link = \"codec\": expected a table of import \
             module names, each with the name of a module, found a string",
        ]
    );
    assert_eq!(
        said(&project, "link.codec = 1\n"),
        [
            "herkos: Cargo.toml:16: module `app`: link.codec = 1: expected the name of a module, \
             found an integer",
        ]
    );
}

#[test]
fn links_of_other_types() {
    let project = project("t-mismatch", "");
    let other = CODEC.replace("(result i32) (i32.load8_u", "(result i64) (i64.load8_u");
    project.write("wasm/codec.wasm", wat::parse_str(other).unwrap());
    let link = "link = { codec = \"codec\" }\n";
    assert_eq!(
        said(&project, link),
        [
            "herkos: Cargo.toml:16: module `app`: link.codec = \"codec\": the modules do not fit",
            "  `decode` is imported as [i32] -> [i32], but `codec` exports it as [i32] -> [i64]",
        ]
    );
    let growing = CODEC.replace("(i32.load8_u", "(memory.grow");
    project.write("wasm/codec.wasm", wat::parse_str(growing).unwrap());
    assert_eq!(
        said(&project, link),
        ["herkos: Cargo.toml:16: module `app`: link.codec = \"codec\": `codec` is lent `mem: &mut \
          GrowableMemory<'_>` with each call, which an import cannot pass on"]
    );
    let global = APP.replace(
        "(memory 1)",
        "(import \"codec\" \"size\" (global i32)) (memory 1)",
    );
    project.write("wasm/app.wasm", wat::parse_str(global).unwrap());
    project.write("wasm/codec.wasm", wat::parse_str(CODEC).unwrap());
    assert_eq!(
        said(&project, link),
        [
            "herkos: Cargo.toml:16: module `app`: link.codec = \"codec\": the modules do not fit",
            "  the import `size` is a global: only functions can be linked",
        ]
    );
    // Without a memory there is nothing to lend.
    let bare = r#"(module (import "codec" "decode" (func (param i32) (result i32))))"#;
    project.write("wasm/app.wasm", wat::parse_str(bare).unwrap());
    assert_eq!(
        said(&project, link),
        [
            "herkos: Cargo.toml:16: module `app`: link.codec = \"codec\": `codec` works on its \
          caller's memory, but this module has none"
        ]
    );
}

/// Lent a memory and a table; so is what it imports from.
const CALLER: &str = r#"(module
    (import "codec" "decode" (func $decode (param i32) (result i32)))
    (import "env" "offset" (func $offset (result i32)))
    (import "env" "things" (table 0 externref))
    (import "env" "functions" (table 4 funcref))
    (memory 1)
    (data (i32.const 8) "\02")
    (func (export "answer") (result i32)
        (i32.add (call $offset) (call $decode (i32.const 8)))))"#;

const PLUGIN: &str = r#"(module
    (import "env" "memory" (memory 1))
    (import "env" "functions" (table 4 funcref))
    (elem (i32.const 3) $load)
    (func $load (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "decode") (param i32) (result i32)
        (call_indirect (param i32) (result i32) (local.get 0) (i32.const 3))))"#;

const TABLES_MAIN: &str = "herkos_runtime::include_modules!();
use herkos_runtime::{ExternRef, FuncRef, Table, TableView, WasmTrap};
struct Forty;
impl app::Env for Forty {
    fn offset(
        &mut self,
        _: &mut [u8],
        things: &mut TableView<ExternRef>,
        functions: &mut TableView<FuncRef>,
    ) -> Result<i32, WasmTrap> {
        Ok(35 + things.size() + functions.size())
    }
}
fn main() {
    let (mut things, mut functions) = (Table::<_, 1>::new(1), Table::<_, 4>::new(4));
    let codec = codec::LibraryModule::new(&mut [0; 65536], &mut functions).unwrap();
    let host = app::Linked { host: Forty, codec };
    let mut app = app::LibraryModule::boxed(&mut things, &mut functions, host).unwrap();
    println!(\"{}\", app.answer(&mut things, &mut functions).unwrap());
}
";

#[test]
fn a_library_works_on_the_tables_that_both_import() {
    let project = project("t-tables", "link = { codec = \"codec\" }\n");
    project.write("wasm/app.wasm", wat::parse_str(CALLER).unwrap());
    project.write("wasm/codec.wasm", wat::parse_str(PLUGIN).unwrap());
    project.write("src/main.rs", TABLES_MAIN);
    assert_eq!(project.run(), "42");
    let other = PLUGIN.replace("\"functions\"", "\"others\"");
    project.write("wasm/codec.wasm", wat::parse_str(other).unwrap());
    assert_eq!(
        said(&project, "link = { codec = \"codec\" }\n"),
        [
            "herkos: Cargo.toml:16: module `app`: link.codec = \"codec\": `codec` works on its \
             caller's table `env` `others`, which this module does not import"
        ]
    );
}

#[test]
fn modules_that_would_own_themselves() {
    let project = project("t-cycle", "");
    let ping = r#"(module (import "b" "f" (func)) (func (export "f") (call 0)))"#;
    project.write("wasm/a.wasm", wat::parse_str(ping).unwrap());
    let modules = |links: &str| {
        format!(
            "[package.metadata.herkos.modules.a]\nwasm = \"wasm/a.wasm\"\nlink.b = \"b\"\n\
             [package.metadata.herkos.modules.b]\nwasm = \"wasm/a.wasm\"\n{links}"
        )
    };
    project.manifest(&modules("link.b = \"a\"\n"));
    assert_eq!(
        project.build().errors(),
        [
            "herkos: Cargo.toml:17: module `a`: linked with itself: a -> b -> a",
            "  each module owns those it is linked with",
        ]
    );
    project.manifest(&modules("link.b = \"b\"\n"));
    assert_eq!(
        project.build().errors(),
        [
            "herkos: Cargo.toml:17: module `b`: linked with itself: b -> b",
            "  each module owns those it is linked with",
        ]
    );
}

/// WASI goes to the host, beside the link.
#[test]
fn a_linked_module_that_needs_wasi() {
    let project = project("t-link-wasi", "link = { codec = \"codec\" }\n");
    let app = r#"(module
        (import "codec" "decode" (func $decode (param i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (memory 1)
        (data (i32.const 8) "\2a")
        (func (export "_start") (call $exit (call $decode (i32.const 8)))))"#;
    project.write("wasm/app.wasm", wat::parse_str(app).unwrap());
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();
        fn main() {
            let codec = codec::LibraryModule::new(&mut [0; 65536]).unwrap();
            let host = herkos_runtime::wasi::Minimal::new(|_, _: &[u8]| {});
            let mut app = app::Module::boxed(app::Linked { host, codec }).unwrap();
            println!(\"{}\", herkos_runtime::wasi::exit_status(app._start()).unwrap());
        }",
    );
    assert_eq!(project.run(), "42");
    assert_eq!(
        said(&project, "link.wasi_snapshot_preview1 = \"codec\"\n"),
        ["herkos: Cargo.toml:16: module `app`: link.wasi_snapshot_preview1 = \"codec\": WASI is the \
          host's to serve"]
    );
}
