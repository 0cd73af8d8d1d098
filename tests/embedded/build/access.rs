//! Functions for each load and store, with offsets and forms of address that analyses treat in different
//! ways, over several kinds of memory; and the bulk instructions on memory and table.

use crate::numeric::{from_bits, to_bits};
use std::fmt::Write;

/// A kind of memory.
pub struct Memory {
    pub name: &'static str,
    text: &'static str,
    /// Bytes that are active.
    bytes: u32,
    /// `max-memory`.
    pub cap: Option<u64>,
    lent: bool,
}

pub const MEMORIES: [Memory; 5] = [
    Memory {
        name: "fixed",
        text: "(memory 1 1)",
        bytes: 65536,
        cap: None,
        lent: false,
    },
    Memory {
        name: "growable",
        text: "(memory 1 2) (func (export \"grow\") (param i32) (result i32) (memory.grow (local.get 0)))",
        bytes: 65536,
        cap: None,
        lent: false,
    },
    Memory {
        name: "capped",
        text: "(memory 1 1)",
        bytes: 5000,
        cap: Some(5000),
        lent: false,
    },
    Memory {
        name: "small",
        text: "(memory 5001 6000 (pagesize 1)) (func (export \"grow\") (param i32) (result i32) (memory.grow (local.get 0)))",
        bytes: 5001,
        cap: None,
        lent: false,
    },
    Memory {
        name: "lent",
        text: "(import \"env\" \"memory\" (memory 1))",
        bytes: 65536,
        cap: None,
        lent: true,
    },
];

/// Name of the load, bytes in memory, whether it is a signed narrow one.
const LOADS: [(&str, u32, bool); 14] = [
    ("i32.load", 4, false),
    ("i64.load", 8, false),
    ("f32.load", 4, false),
    ("f64.load", 8, false),
    ("i32.load8_s", 1, true),
    ("i32.load8_u", 1, false),
    ("i32.load16_s", 2, true),
    ("i32.load16_u", 2, false),
    ("i64.load8_s", 1, true),
    ("i64.load8_u", 1, false),
    ("i64.load16_s", 2, true),
    ("i64.load16_u", 2, false),
    ("i64.load32_s", 4, true),
    ("i64.load32_u", 4, false),
];

const STORES: [(&str, u32); 9] = [
    ("i32.store", 4),
    ("i64.store", 8),
    ("f32.store", 4),
    ("f64.store", 8),
    ("i32.store8", 1),
    ("i32.store16", 2),
    ("i64.store8", 1),
    ("i64.store16", 2),
    ("i64.store32", 4),
];

/// Static offset, and the address as an expression of the parameter: its name in the harness, its text.
const FORMS: [(u32, &str, &str); 12] = [
    (0, "Plain", "(local.get 0)"),
    (1, "Plain", "(local.get 0)"),
    (4999, "Plain", "(local.get 0)"),
    (65532, "Plain", "(local.get 0)"),
    (0x7fff_ffff, "Plain", "(local.get 0)"),
    (0xffff_fff8, "Plain", "(local.get 0)"),
    (0xffff_fffc, "Plain", "(local.get 0)"),
    (0xffff_ffff, "Plain", "(local.get 0)"),
    (0, "Plus8", "(i32.add (local.get 0) (i32.const 8))"),
    (16, "Minus8", "(i32.add (local.get 0) (i32.const -8))"),
    (
        0xffff_fff0,
        "Plus8",
        "(i32.add (local.get 0) (i32.const 8))",
    ),
    (4, "Times4", "(i32.shl (local.get 0) (i32.const 2))"),
];

const BULK: &str = r#"
(func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
(func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
(func (export "init") (param i32 i32 i32) (memory.init $words (local.get 0) (local.get 1) (local.get 2)))
(data $words "0123456789")
(table 10 10 funcref)
(elem $functions func 0 0 0 0 0 0 0 0 0 0)
(func (export "table_fill") (param i32 i32 i32)
  (table.fill (local.get 0) (ref.null func) (local.get 2)))
(func (export "table_copy") (param i32 i32 i32) (table.copy (local.get 0) (local.get 1) (local.get 2)))
(func (export "table_init") (param i32 i32 i32)
  (table.init $functions (local.get 0) (local.get 1) (local.get 2)))
(func (export "table_get") (param i32) (drop (table.get (local.get 0))))
(func (export "table_set") (param i32) (table.set (local.get 0) (ref.null func)))
(func (export "call") (param i32) (call_indirect (local.get 0)))
"#;

pub fn wat(memory: &Memory) -> String {
    let mut text = format!("(module {}\n", memory.text);
    for (i, (load, ..)) in LOADS.iter().enumerate() {
        let ty = &load[..3];
        for (k, (offset, _, address)) in FORMS.iter().enumerate() {
            let value = to_bits(ty, &format!("({load} offset={offset} {address})"));
            writeln!(
                text,
                "(func (export \"load_{i}_{k}\") (param i32) (result i64) {value})"
            )
            .expect("memory");
        }
    }
    for (i, (store, _)) in STORES.iter().enumerate() {
        let value = from_bits(&store[..3], "(local.get 1)");
        for (k, (offset, _, address)) in FORMS.iter().enumerate() {
            writeln!(
                text,
                "(func (export \"store_{i}_{k}\") (param i32 i64) \
                 ({store} offset={offset} {address} {value}))"
            )
            .expect("memory");
        }
    }
    text + BULK + ")"
}

/// For each kind of memory an `impl Subject` for an instance of the module.
pub fn table() -> String {
    let mut text = String::new();
    for memory in &MEMORIES {
        subject(&mut text, memory).expect("memory");
    }
    text
}

fn subject(text: &mut String, memory: &Memory) -> std::fmt::Result {
    let Memory {
        name, bytes, lent, ..
    } = memory;
    // The type of the instance, what a call goes through, its first argument, the bytes.
    let (instance, this, first, all) = match lent {
        true => (
            format!("Lent<{name}::LibraryModule>"),
            "this.module",
            "&mut this.memory[..], ",
            "&mut self.memory[..]",
        ),
        false => (
            format!("{name}::Module<&'static mut {name}::Memory>"),
            "this",
            "",
            "self.memory_mut()",
        ),
    };
    writeln!(text, "impl Subject for {instance} {{")?;
    writeln!(
        text,
        "const NAME: &'static str = \"{name}\";\nconst BYTES: u32 = {bytes};"
    )?;
    writeln!(text, "const LOADS: &'static [Load<Self>] = &[")?;
    for (i, (load, size, signed)) in LOADS.iter().enumerate() {
        for (k, (offset, form, _)) in FORMS.iter().enumerate() {
            let narrow = &load[1..3] == "32";
            writeln!(
                text,
                "Load {{ place: Place {{ name: \"{load}\", size: {size}, offset: {offset}, form: Form::{form} }}, \
                 signed: {signed}, narrow: {narrow}, call: |this, a| {this}.load_{i}_{k}({first}a) }},",
            )?;
        }
    }
    writeln!(text, "];\nconst STORES: &'static [Store<Self>] = &[")?;
    for (i, (store, size)) in STORES.iter().enumerate() {
        for (k, (offset, form, _)) in FORMS.iter().enumerate() {
            writeln!(
                text,
                "Store {{ place: Place {{ name: \"{store}\", size: {size}, offset: {offset}, form: Form::{form} }}, \
                 call: |this, a, v| {this}.store_{i}_{k}({first}a, v) }},",
            )?;
        }
    }
    writeln!(text, "];\nconst BULK: &'static [Bulk<Self>] = &[")?;
    for (name, items, source) in [
        ("fill", *bytes, "None"),
        ("copy", *bytes, "Some(Self::BYTES)"),
        ("init", *bytes, "Some(10)"),
        ("table_fill", 10, "None"),
        ("table_copy", 10, "Some(10)"),
        ("table_init", 10, "Some(10)"),
    ] {
        writeln!(
            text,
            "Bulk {{ name: \"{name}\", items: {items}, source: {source}, \
             call: |this, d, s, n| {this}.{name}({first}d, s, n) }},",
        )?;
    }
    writeln!(text, "];\nconst TABLE: &'static [Element<Self>] = &[")?;
    for name in ["table_get", "table_set", "call"] {
        writeln!(
            text,
            "Element {{ name: \"{name}\", call: |this, i| {this}.{name}({first}i) }},"
        )?;
    }
    writeln!(text, "];\nfn bytes(&mut self) -> &mut [u8] {{ {all} }}\n}}")
}
