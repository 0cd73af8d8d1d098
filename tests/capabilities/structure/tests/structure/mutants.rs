//! The checks see what they look for: each mutant of generated Rust is refused, with the right reason.

use crate::samples;
use herkos_tests_structure::{check, runtime_types};

/// The module, its Rust, and what is wrong with it once `from` has become `to`.
fn wrong(module: &str, from: &str, to: &str) -> String {
    let modules = samples::wat("capabilities/wat");
    let module: Vec<_> =
        modules.into_iter().filter(|sample| sample.name.ends_with(module)).collect();
    let scratch: String =
        format!("{from}{to}").chars().filter(char::is_ascii_alphanumeric).collect();
    let made = samples::transpile(&format!("mutants/{scratch}"), &module);
    let (sample, rust) = &made[0];
    let rust = rust.as_ref().expect("supported");
    let runtime = runtime_types(&samples::repository().join("herkos-runtime/src")).unwrap();
    check(&sample.bytes, rust, &runtime).expect("nothing is wrong");
    let mutant = rust.replacen(from, to, 1);
    assert_ne!(*rust, mutant, "nothing became of {from}");
    let wrong = check(&sample.bytes, &mutant, &runtime);
    wrong.err().unwrap_or_default().join("\n")
}

macro_rules! mutants {
    ($($name:ident: $module:literal, $from:literal => $to:literal, $says:literal;)*) => {
        $(#[test]
        fn $name() {
            let wrong = wrong($module, $from, $to);
            assert!(wrong.contains($says), "{wrong}");
        })*
    };
}

mutants! {
    a_host_for_nothing: "_app",
        "fn count(globals: &mut Globals)" => "fn count<H: Host>(globals: &mut Globals, host: &mut H)",
        "count: has the host but reaches no import";
    a_host_under_another_name: "_app",
        "fn count(globals: &mut Globals)" => "fn count<G>(globals: &mut Globals, l0: &mut G)",
        "count: has the host but reaches no import";
    a_host_missing: "_other",
        "fn run<H: Env>(memory: &mut [u8; MEMORY_BYTES], host: &mut H)" =>
            "fn run(memory: &mut [u8; MEMORY_BYTES])",
        "run: reaches an import without the host";
    a_dispatcher_with_a_host: "_giver",
        "fn call_indirect_0(" => "fn call_indirect_0<H>(host: &mut H, ",
        "call_indirect_0: has the host but reaches no import";
    a_method_that_touches_the_host: "_app",
        "        peek(" => "        let _ = &self.host;\n        peek(",
        "method peek: has the host but reaches no import";
    a_method_of_another_function: "_giver",
        "        hidden(l0)" => "        negate(l0)",
        "exported functions [1, 3, 4, 5], methods for [0, 3, 4, 5]";
    an_instance_with_a_host: "_pure",
        "pub struct Module {}" => "pub struct Module<H> {\n    host: H,\n}",
        "Module: a host without imports";
    a_function_without_origin: "_pure", "// func 0" => "// func", "double: no comment says";
    a_function_too_many: "_pure",
        "// func 0" => "// func 1\nfn again() {}\n\n// func 0",
        "function 1 stands 2 times";
    unsafe_block: "_pure", "    double(l0)" => "    unsafe { double(l0) }", "an unsafe block";
    unsafe_function: "_pure", "fn double(" => "unsafe fn double(", "an unsafe function";
    foreign_interface: "_pure", "fn double(" => "extern \"C\" fn double(", "a foreign interface";
    foreign_block: "_pure",
        "// func 0" => "extern \"C\" {\n    fn abort();\n}\n\n// func 0",
        "a foreign block";
    exported_symbol: "_pure",
        "fn double(" => "#[no_mangle]\nfn double(",
        "the attribute no_mangle";
    function_pointer: "_giver",
        "    table_set(&mut tables.table_0," => "    let _: fn(i32) = drop;\n    table_set(&mut tables.table_0,",
        "a function pointer";
    trait_object: "_other", "memory: M," => "memory: &'static dyn MemoryStorage,", "a trait object";
    closure: "_pure", "    double(l0)" => "    (|x| double(x))(l0)", "a closure";
    a_static: "_pure", "// func 0" => "static mut STATE: u8 = 0;\n\n// func 0", "a static";
    path_to_std: "_pure",
        "    double(l0)" => "    std::process::exit(0)",
        "a path out of the module: std::";
    path_to_the_crate: "_pure",
        "    double(l0)" => "    crate::secret(l0)",
        "a path out of the module: crate::";
    path_to_the_parent: "_pure",
        "    double(l0)" => "    super::secret(l0)",
        "a path out of the module: super::";
    path_past_the_parent: "_pure",
        "// func 0" => "mod part_0 {\n    use super::super::secret;\n}\n\n// func 0",
        "a path out of the module: super::";
    another_lint_allowed: "_pure",
        "fn double(" => "#[allow(unsafe_code)]\nfn double(",
        "the attribute allow";
    path_to_any_crate: "_pure",
        "    double(l0)" => "    ::libc::rand()",
        "a path out of the module: libc::";
    path_in_the_macro: "_other",
        "Self::new(herkos_runtime::BoxedMemory::" => "Self::new(std::env::",
        "a path out of the module: std::";
    a_replay_of_another_trait: "_other",
        "replay_imports! {\n    trait Env {" => "replay_imports! {\n    trait Clone {",
        "replay_imports! of something else than a trait's methods";
    a_replay_with_a_body: "_other",
        "replay_imports! {\n    trait Env {" => "replay_imports! {\n    trait Env {\n        fn more() {}",
        "replay_imports! of something else than a trait's methods";
    path_in_the_replay: "_other",
        "replay_imports! {\n    trait Env {" => "replay_imports! {\n    trait Env {\n        fn more(l0: std::fs::File);",
        "a path out of the module: std::";
    another_use: "_pure",
        "use herkos_runtime::prelude::*;" => "use herkos_runtime::prelude::*;\nuse std::fs::read;",
        "a path out of the module: std::";
    path_in_an_access: "_pure",
        "    double(l0)" => "    Ok(tri!(i32_load(std::env::args(), l0, 0)))",
        "a path out of the module: std::";
    unsafe_block_in_an_access: "_pure",
        "    double(l0)" => "    tri!(unsafe { read(l0) });\n    double(l0)",
        "an unsafe block";
    an_access_of_no_expression: "_pure", "    double(l0)" => "    tri!(fn x() {})", "the macro tri";
    a_macro: "_pure", "    double(l0)" => "    todo!()", "the macro todo";
    a_raw_pointer: "_pure",
        "// func 0" => "struct S {\n    p: *const u8,\n}\n\n// func 0",
        "a raw pointer";
}
