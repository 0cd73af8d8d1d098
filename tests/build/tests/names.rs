//! Names of modules and of what they export: keywords, names that collide, long ones, many.

use std::fmt::Write;

use herkos_tests_build::{answering, Project};

/// Names of files that herkos-build itself makes, and names that generated code uses.
#[test]
fn modules_with_names_that_something_else_has() {
    let project = Project::new("t-module-names");
    let names = [
        "herkos",
        "link",
        "opt",
        "core",
        "std",
        "alloc",
        "herkos_build",
        "Module",
        "Memory",
        "i32",
    ];
    let mut manifest = "[package.metadata.herkos.modules]\n".to_owned();
    let mut main = "herkos_runtime::include_modules!();\nfn main() {\n".to_owned();
    for (number, name) in names.iter().enumerate() {
        project.write(&format!("wasm/{name}.wasm"), answering(number as i32));
        writeln!(manifest, "{name} = \"wasm/{name}.wasm\"").unwrap();
        writeln!(
            main,
            "    print!(\"{{}} \", self::{name}::Module::new().unwrap().answer().unwrap());"
        )
        .unwrap();
    }
    main.push('}');
    project.manifest(&manifest);
    project.write("src/main.rs", main);
    assert_eq!(project.run(), "0 1 2 3 4 5 6 7 8 9");
}

#[test]
fn exports_whose_names_are_keywords_or_collide() {
    let names = [
        "type",
        "self",
        "Self",
        "crate",
        "super",
        "async",
        "gen",
        "try",
        "_",
        "",
        "new",
        "boxed",
        "memory",
        "memory_mut",
        "host",
        "a-b",
        "a_b",
        "a b",
        "a.b",
        "aB",
        "\u{e4}b",
        "1",
        "\u{0}",
        "answer\nfn main() {}",
        "unwrap",
        "Ok",
        "Result",
        "drop",
        "clone",
        "save_state",
        "lend",
    ];
    let project = Project::new("t-export-names");
    let mut module = "(module".to_owned();
    for (number, name) in names.iter().enumerate() {
        let escaped: String = name.bytes().map(|byte| format!("\\{byte:02x}")).collect();
        write!(
            module,
            "(func (export \"{escaped}\") (result i32) (i32.const {number}))"
        )
        .unwrap();
    }
    module.push(')');
    project.write("wasm/calc.wasm", wat::parse_str(module).unwrap());
    project.short_manifest();
    // First come, first served; the number is the export's.
    let called = [
        "r#type",
        "self_",
        "self_2",
        "crate_",
        "super_",
        "r#async",
        "r#gen",
        "r#try",
        "_x",
        "empty",
        "new_10",
        "boxed_11",
        "memory_12",
        "memory_mut_13",
        "host_14",
        "a_b",
        "a_b_16",
        "a_b_17",
        "a_b_18",
        "a_b_19",
        "__b",
        "_1",
        "_x_22",
        "answer_fn_main_",
        "unwrap",
        "ok",
        "result",
        "drop",
        "clone",
        "save_state",
        "lend_30",
    ];
    let mut main = "herkos_runtime::include_modules!();\nfn main() {\n\
                    let mut module = calc::Module::new().unwrap();\n"
        .to_owned();
    for name in called {
        writeln!(main, "    print!(\"{{}} \", module.{name}().unwrap());").unwrap();
    }
    main.push('}');
    project.write("src/main.rs", main);
    let numbers: Vec<_> = (0..names.len()).map(|n| n.to_string()).collect();
    assert_eq!(project.run(), numbers.join(" "));
}

#[test]
fn long_names() {
    let project = Project::new("t-long-names");
    let (module, file) = ("m".repeat(200), format!("{}.wasm", "f".repeat(250)));
    let long = "export".repeat(20_000);
    let text = format!(
        "(module (import \"{long}1\" \"{long}2\" (func ${long}3)) (func ${long}4 (export \
         \"{long}5\")) (func (export \"{long}6\") (call ${long}3)) (func (export \"answer\") \
         (result i32) (i32.const 42)))"
    );
    project.write(&file, wat::parse_str(text).unwrap());
    project.manifest(&format!(
        "[package.metadata.herkos.modules]\n{module} = \"{file}\"\n"
    ));
    let export = "export".repeat(10);
    let main = format!(
        "herkos_runtime::include_modules!();
        struct Host(u32);
        impl {module}::{trait_name} for Host {{
            fn {export}(&mut self) -> Result<(), herkos_runtime::WasmTrap> {{
                self.0 += 1;
                Ok(())
            }}
        }}
        fn main() {{
            let mut module = {module}::Module::new(Host(0)).unwrap();
            module.{export}().unwrap();
            module.{export}_1().unwrap();
            println!(\"{{}} {{}}\", module.answer().unwrap(), module.host().0);
        }}",
        trait_name = export.replacen('e', "E", 1)
    );
    project.write("src/main.rs", main);
    assert_eq!(project.run(), "42 1");
    project.manifest(&format!(
        "[package.metadata.herkos.modules]\n{module}m = \"{file}\"\n"
    ));
    assert_eq!(
        project.build().errors(),
        [format!(
            "herkos: Cargo.toml:13: module name `{module}m` is longer than 200 characters, too \
             long for the name of a file; use for example `{module}`"
        )]
    );
}

#[test]
fn ten_thousand_exports() {
    let project = Project::new("t-many-exports");
    let mut module = "(module".to_owned();
    for number in 0..10_000 {
        write!(
            module,
            "(func (export \"answer-{number}\") (result i32) (i32.const {number}))"
        )
        .unwrap();
    }
    module.push(')');
    project.write("wasm/calc.wasm", wat::parse_str(module).unwrap());
    project.short_manifest();
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();
        fn main() {
            let mut module = calc::Module::new().unwrap();
            println!(\"{:?} {:?}\", module.answer_0(), module.answer_9999());
        }",
    );
    assert_eq!(project.run(), "Ok(0) Ok(9999)");
}
