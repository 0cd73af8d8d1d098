//! The checks on many modules: hand-written ones, C at two levels, the examples' and others', and those
//! of the WebAssembly specification's own tests.

use crate::samples::{self, Sample};
use herkos_tests_structure::{check, runtime_types, Seen};

/// Transpiles each module, and checks. What was seen in all.
fn checked(name: &str, modules: &[Sample]) -> Seen {
    let runtime = runtime_types(&samples::repository().join("herkos-runtime/src")).unwrap();
    let mut seen = Seen::default();
    let (mut count, mut unsupported, mut wrong) = (0, 0, Vec::new());
    for (sample, rust) in samples::transpile(name, modules) {
        let Some(rust) = rust else {
            unsupported += 1;
            continue;
        };
        count += 1;
        match check(&sample.bytes, &rust, &runtime) {
            Ok(these) => seen += these,
            Err(lines) => {
                wrong.extend(lines.into_iter().map(|line| format!("{}: {line}", sample.name)));
            }
        }
    }
    println!("{name}: {count} modules, {unsupported} not supported, {seen:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    seen
}

#[test]
fn hand_written() {
    let folders = ["golden", "api/wat", "e2e/wat", "capabilities/wat", "capabilities/dispatch/wat"];
    let modules: Vec<Sample> = folders.iter().flat_map(|folder| samples::wat(folder)).collect();
    assert!(modules.len() > 50, "{}", modules.len());
    let seen = checked("hand_written", &modules);
    assert!(seen.functions > 1000 && seen.reaching > 50 && seen.dispatchers > 10, "{seen:?}");
}

#[test]
fn c_kernels() {
    let modules = samples::c(&["-O0", "-O2"]);
    assert!(modules.len() > 30);
    let seen = checked("c_kernels", &modules);
    assert!(seen.functions > 200 && seen.methods > 100 && seen.reaching == 0, "{seen:?}");
}

#[test]
fn examples_and_third_party() {
    let modules = samples::examples();
    assert!(modules.len() >= 3);
    let seen = checked("examples", &modules);
    assert!(seen.functions > 10 && seen.reaching > 1, "{seen:?}");
}

#[test]
fn the_specifications_tests() {
    let modules = samples::specification();
    assert!(modules.len() > 400, "{}", modules.len());
    let seen = checked("specification", &modules);
    assert!(seen.functions > 5000 && seen.reaching > 200 && seen.dispatchers > 100, "{seen:?}");
}

/// With more code than one Rust module gets, so that the functions are in several.
#[test]
fn large() {
    let work = "(drop (i64.mul (i64.const 123456789012) (i64.extend_i32_u (local.get 0))))";
    let mut text = String::from("(module (import \"env\" \"log\" (func $f0 (param i32)))");
    for number in 1..=300 {
        let (callee, work) = (number - 1, work.repeat(40));
        text += &format!("(func $f{number} (param i32) {work} (call $f{callee} (local.get 0)))");
    }
    text += "(export \"run\" (func $f300)))";
    let modules = [Sample::new("large", wat::parse_str(&text).unwrap())];
    let (_, rust) = samples::transpile("large_text", &modules).into_iter().next().unwrap();
    assert!(rust.unwrap().contains("\nmod part_1 {\n"));
    let seen = checked("large", &modules);
    assert!(seen.functions == 301 && seen.reaching == 301, "{seen:?}");
}
