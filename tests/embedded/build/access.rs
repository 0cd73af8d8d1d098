//! Functions for each load and store, with offsets and forms of address that analyses treat in different
//! ways, over several kinds of memory; and the bulk instructions on memory and table.

use crate::numeric::{from_bits, to_bits};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
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
    MEMORIES
        .iter()
        .map(subject)
        .collect::<TokenStream>()
        .to_string()
}

fn subject(memory: &Memory) -> TokenStream {
    let (name, bytes) = (memory.name, memory.bytes);
    let module = format_ident!("{name}");
    // The type of the instance, what a call goes through, its first argument, the bytes.
    let (instance, this, lent, all) = if memory.lent {
        (
            quote! { Lent<#module::LibraryModule> },
            quote! { this.module },
            quote! { &mut this.memory[..], },
            quote! { &mut self.memory[..] },
        )
    } else {
        (
            quote! { #module::Module<&'static mut #module::Memory> },
            quote! { this },
            quote! {},
            quote! { self.memory_mut() },
        )
    };
    let accesses = accesses(&this, &lent);
    let ranges = ranges(bytes, &this, &lent);
    quote! {
        impl Subject for #instance {
            const NAME: &'static str = #name;
            const BYTES: u32 = #bytes;
            #accesses
            #ranges
            fn bytes(&mut self) -> &mut [u8] { #all }
        }
    }
}

/// The constants LOADS and STORES.
fn accesses(this: &TokenStream, lent: &TokenStream) -> TokenStream {
    let place = |name: &str, size: u32, form: usize| {
        let (offset, form, _) = FORMS[form];
        let form = format_ident!("{form}");
        quote! { Place { name: #name, size: #size, offset: #offset, form: Form::#form } }
    };
    let (mut loads, mut stores) = (TokenStream::new(), TokenStream::new());
    for k in 0..FORMS.len() {
        for (i, (name, size, signed)) in LOADS.into_iter().enumerate() {
            let (place, narrow) = (place(name, size, k), &name[1..3] == "32");
            let method = format_ident!("load_{i}_{k}");
            let call = quote! { |this, a| #this.#method(#lent a) };
            loads.extend(
                quote! { Load { place: #place, signed: #signed, narrow: #narrow, call: #call }, },
            );
        }
        for (i, (name, size)) in STORES.into_iter().enumerate() {
            let place = place(name, size, k);
            let method = format_ident!("store_{i}_{k}");
            let call = quote! { |this, a, value| #this.#method(#lent a, value) };
            stores.extend(quote! { Store { place: #place, call: #call }, });
        }
    }
    quote! {
        const LOADS: &'static [Load<Self>] = &[#loads];
        const STORES: &'static [Store<Self>] = &[#stores];
    }
}

/// The constants BULK and TABLE.
fn ranges(bytes: u32, this: &TokenStream, lent: &TokenStream) -> TokenStream {
    let bulk = [
        ("fill", bytes, quote! { None }),
        ("copy", bytes, quote! { Some(#bytes) }),
        ("init", bytes, quote! { Some(10) }),
        ("table_fill", 10, quote! { None }),
        ("table_copy", 10, quote! { Some(10) }),
        ("table_init", 10, quote! { Some(10) }),
    ]
    .map(|(name, items, source)| {
        let method = format_ident!("{name}");
        let call = quote! { |this, d, s, n| #this.#method(#lent d, s, n) };
        quote! { Bulk { name: #name, items: #items, source: #source, call: #call } }
    });
    let table = ["table_get", "table_set", "call"].map(|name| {
        let method = format_ident!("{name}");
        quote! { Element { name: #name, call: |this, i| #this.#method(#lent i) } }
    });
    quote! {
        const BULK: &'static [Bulk<Self>] = &[#(#bulk),*];
        const TABLE: &'static [Element<Self>] = &[#(#table),*];
    }
}
