//! Modules whose functions hold many values at once, in each of the ways in which they can: in locals, on
//! the operand stack, as arguments, as results, in frames below each other. All hold them over a call
//! that no optimiser knows.

/// How many values.
const VALUES: usize = 48;

/// A module: its name, its text, and its exports, all of which take an i32 and give one.
pub struct Frames {
    pub name: String,
    pub text: String,
    pub exports: [&'static str; 6],
}

/// One for each type of value but references.
pub fn modules() -> Vec<Frames> {
    // What makes such a value from an i32.
    [
        ("i32", ""),
        ("i64", "i64.extend_i32_s"),
        ("f32", "f32.convert_i32_s"),
        ("f64", "f64.convert_i32_s"),
        ("v128", "i32x4.splat"),
    ]
    .map(|(ty, from_i32)| Frames {
        name: format!("frames_{ty}"),
        text: module(ty, from_i32),
        exports: [
            "loaded", "fetched", "pending", "passed", "returned", "chained",
        ],
    })
    .into()
}

/// What adds two.
fn add(ty: &str) -> &str {
    match ty {
        "i32" => "i32.add",
        "i64" => "i64.add",
        "f32" => "f32.add",
        "f64" => "f64.add",
        _ => "f32x4.add",
    }
}

fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().join(" ")
}

fn module(ty: &str, from_i32: &str) -> String {
    let zero = if ty == "v128" { "i64x2 0 0" } else { "0" };
    let globals = each(VALUES, |i| {
        format!("(global $g{i} (mut {ty}) ({ty}.const {zero}))")
    });
    let functions = [
        loaded(ty),
        fetched(ty),
        pending(ty, from_i32),
        passed(ty, from_i32),
        returned(ty),
        chained(ty),
    ];
    format!(
        "(module (import \"env\" \"turn\" (func $turn (param i32) (result i32)))
        (memory 1) {globals} {})",
        functions.concat()
    )
}

/// Declares `$v0` and so on.
fn locals(ty: &str, count: usize) -> String {
    each(count, |i| format!("(local $v{i} {ty})"))
}

fn load(ty: &str, count: usize) -> String {
    each(count, |i| {
        format!(
            "(local.set $v{i} ({ty}.load offset={} (local.get $x)))",
            16 * i
        )
    })
}

fn store(ty: &str, count: usize) -> String {
    each(count, |i| {
        let next = (i + 1) % count;
        let sum = format!("({} (local.get $v{i}) (local.get $v{next}))", add(ty));
        format!("({ty}.store offset={} (local.get $x) {sum})", 16 * i)
    })
}

const TURN: &str = "(local.set $x (call $turn (local.get $x)))";

/// In locals, from memory and to it.
fn loaded(ty: &str) -> String {
    format!(
        "(func (export \"loaded\") (param $x i32) (result i32) {} {} {TURN} {} (local.get $x))",
        locals(ty, VALUES),
        load(ty, VALUES),
        store(ty, VALUES),
    )
}

/// In locals, from globals and to them: nothing there may trap.
fn fetched(ty: &str) -> String {
    let get = each(VALUES, |i| format!("(local.set $v{i} (global.get $g{i}))"));
    let set = each(VALUES, |i| {
        let next = (i + 1) % VALUES;
        format!(
            "(global.set $g{i} ({} (local.get $v{i}) (local.get $v{next})))",
            add(ty)
        )
    });
    let locals = locals(ty, VALUES);
    format!(
        "(func (export \"fetched\") (param $x i32) (result i32)
        {locals} {get} {TURN} {set} (local.get $x))"
    )
}

/// On the operand stack.
fn pending(ty: &str, from_i32: &str) -> String {
    let get = each(VALUES, |i| format!("(global.get $g{i})"));
    let add = each(VALUES, |_| format!("({})", add(ty)));
    format!(
        "(func (export \"pending\") (param $x i32) (result i32)
        {get} (call $turn (local.get $x)) {from_i32} {add} (global.set $g0) (local.get $x))"
    )
}

/// As arguments. Called twice, so that it is less likely to be inlined.
fn passed(ty: &str, from_i32: &str) -> String {
    let types = each(VALUES, |_| ty.to_owned());
    let params = each(VALUES, |i| format!("(local.get {i})"));
    let add = each(VALUES, |_| format!("({})", add(ty)));
    let first = each(VALUES, |i| format!("(global.get $g{i})"));
    let second = each(VALUES, |i| format!("(global.get $g{})", VALUES - 1 - i));
    format!(
        "(func $passed (param {types}) (result {ty})
        {params} (call $turn (i32.const 5)) {from_i32} {add})
        (func (export \"passed\") (param $x i32) (result i32)
        (global.set $g0 (call $passed {first})) {TURN} (global.set $g1 (call $passed {second})) (local.get $x))"
    )
}

/// As results.
fn returned(ty: &str) -> String {
    let types = each(VALUES, |_| ty.to_owned());
    let get = each(VALUES, |i| format!("(global.get $g{i})"));
    let set = each(VALUES, |i| format!("(global.set $g{i})"));
    format!(
        "(func $returned (param $x i32) (result {types}) {get} (drop (call $turn (local.get $x))))
        (func (export \"returned\") (param $x i32) (result i32)
        (call $returned (local.get $x)) {TURN} {set} (call $returned (local.get $x)) {set} (local.get $x))"
    )
}

/// In functions that call each other, some in each.
fn chained(ty: &str) -> String {
    let (depth, some) = (8, VALUES / 4);
    let link = |i: usize| {
        let next = if i + 1 < depth {
            format!("$chained{}", i + 1)
        } else {
            "$turn".to_owned()
        };
        let export = if i == 0 { "(export \"chained\")" } else { "" };
        format!(
            "(func $chained{i} {export} (param $x i32) (result i32) {} {}
            (local.set $x (call {next} (local.get $x))) {}
            (if (i32.eq (local.get $x) (i32.const 12345)) (then (local.set $x (call {next} (i32.const 3)))))
            (local.get $x))",
            locals(ty, some),
            load(ty, some),
            store(ty, some),
        )
    };
    each(depth, link)
}
