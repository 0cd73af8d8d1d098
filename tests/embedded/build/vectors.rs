//! A function for each vector instruction (§2.4.3), by herkos-c's own table of them.

use quote::{format_ident, quote};
use std::fmt::Write;
use std::fs;

const TABLE: &str = "../../herkos-c/src/opcodes_simd.h";

/// A row of the table.
struct Op {
    name: String,
    immediate: &'static str,
    /// Letters: see [`value_types`].
    params: String,
    results: String,
}

fn ops() -> Vec<Op> {
    println!("cargo::rerun-if-changed={TABLE}");
    let table = fs::read_to_string(TABLE).expect("herkos-c's table");
    let rows = table.lines().filter(|line| line.starts_with("HK_OP("));
    let ops: Vec<Op> = rows.map(op).collect();
    assert!(ops.len() > 200, "{TABLE}: {} instructions", ops.len());
    ops
}

fn op(row: &str) -> Op {
    // HK_OP(0xfd0d, I8X16_SHUFFLE, "i8x16.shuffle", "vv:v", SHUFFLE, ...
    let [_, name, _, types, rest, ..] = row.split('"').collect::<Vec<_>>()[..] else {
        panic!("{TABLE}: {row}");
    };
    let immediate = match rest.split(", ").nth(1).map(str::trim) {
        Some("LANE" | "MEMARG_LANE") => " 1",
        Some("SHUFFLE") => " 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31",
        _ => "",
    };
    let (params, results) = types.split_once(':').expect("operands and results");
    Op {
        name: name.to_owned(),
        immediate,
        params: params.to_owned(),
        results: results.to_owned(),
    }
}

pub fn wat() -> String {
    let mut text = String::from("(module (memory (export \"memory\") 1)\n");
    for Op {
        name,
        immediate,
        params,
        results,
    } in ops()
    {
        let operands: String = (0..params.len())
            .map(|i| format!(" (local.get {i})"))
            .collect();
        writeln!(
            text,
            "(func (export \"{}\") (param{}) (result{}) ({name}{immediate}{operands}))",
            name.replace('.', "_"),
            value_types(&params),
            value_types(&results),
        )
        .expect("memory");
    }
    text + ")"
}

/// `OPS`: what the harness calls, with vectors and a number; the result is bits.
pub fn table() -> String {
    let ops = ops().into_iter().map(|op| {
        let name = &op.name;
        let method = format_ident!("{}", name.replace('.', "_"));
        let mut vectors = ["a", "b", "c"].into_iter();
        let arguments = op.params.chars().map(|letter| match letter {
            'v' => {
                let vector = format_ident!("{}", vectors.next().expect("three vectors"));
                quote! { vectors.#vector }
            }
            'i' => quote! { number },
            'I' => quote! { i64::from(number) },
            'f' => quote! { number as f32 },
            _ => quote! { f64::from(number) },
        });
        let bits = match op.results.as_str() {
            "" => quote! { |()| 0 },
            "v" => quote! { V128::to_bits },
            "i" => quote! { |x: i32| x as u128 },
            "I" => quote! { |x: i64| x as u128 },
            "f" => quote! { |x: f32| x.to_bits().into() },
            _ => quote! { |x: f64| x.to_bits().into() },
        };
        quote! {
            Op {
                name: #name,
                call: |module, vectors, number| module.#method(#(#arguments),*).map(#bits),
            }
        }
    });
    format!(
        "{}",
        quote! { #[allow(unused_variables)] const OPS: &[Op] = &[#(#ops),*]; }
    )
}

fn value_types(letters: &str) -> String {
    let names = letters.chars().map(|letter| match letter {
        'i' => " i32",
        'I' => " i64",
        'f' => " f32",
        'F' => " f64",
        'v' => " v128",
        _ => panic!("{TABLE}: what is {letter}?"),
    });
    names.collect()
}
