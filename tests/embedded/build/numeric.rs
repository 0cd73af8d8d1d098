//! A function for each numeric instruction (§2.4.1) but constants. All take and give bits in an i64, so
//! that no calling convention touches a NaN, and one table can hold them.

use quote::{format_ident, quote};
use std::fmt::Write;

const INT_UNARY: &str = "clz ctz popcnt extend8_s extend16_s";
const INT_BINARY: &str = "add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr";
const INT_COMPARISONS: &str = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
const FLOAT_UNARY: &str = "abs neg ceil floor trunc nearest sqrt";
const FLOAT_BINARY: &str = "add sub mul div min max copysign";
const FLOAT_COMPARISONS: &str = "eq ne lt gt le ge";
const CONVERSIONS: &str = "i32.wrap_i64 i64.extend_i32_s i64.extend_i32_u \
    i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u \
    i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u \
    i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u \
    i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u \
    f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u \
    f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u \
    f32.demote_f64 f64.promote_f32 \
    i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64";

struct Op {
    name: String,
    operand: &'static str,
    result: &'static str,
    binary: bool,
}

const TYPES: [&str; 4] = ["i32", "i64", "f32", "f64"];

fn ops() -> Vec<Op> {
    let mut ops = Vec::new();
    let mut add = |names: &str, ty: &'static str, result: &'static str, binary: bool| {
        for name in names.split_whitespace() {
            let name = format!("{ty}.{name}");
            ops.push(Op {
                name,
                operand: ty,
                result,
                binary,
            });
        }
    };
    for ty in TYPES {
        if ty.starts_with('i') {
            add(INT_UNARY, ty, ty, false);
            add("eqz", ty, "i32", false);
            add(INT_BINARY, ty, ty, true);
            add(INT_COMPARISONS, ty, "i32", true);
        } else {
            add(FLOAT_UNARY, ty, ty, false);
            add(FLOAT_BINARY, ty, ty, true);
            add(FLOAT_COMPARISONS, ty, "i32", true);
        }
    }
    add("extend32_s", "i64", "i64", false);
    for name in CONVERSIONS.split_whitespace() {
        let (result, rest) = name.split_once('.').expect("a type before the dot");
        let is_in = |ty: &&&str| rest.contains(**ty);
        ops.push(Op {
            name: name.to_owned(),
            operand: TYPES.iter().find(is_in).expect("a type after the dot"),
            result: TYPES.iter().find(|ty| **ty == result).expect("a type"),
            binary: false,
        });
    }
    ops
}

/// The operand of a type from the bits in an i64.
pub fn from_bits(ty: &str, bits: &str) -> String {
    match ty {
        "i32" => format!("(i32.wrap_i64 {bits})"),
        "f32" => format!("(f32.reinterpret_i32 (i32.wrap_i64 {bits}))"),
        "f64" => format!("(f64.reinterpret_i64 {bits})"),
        _ => bits.to_owned(),
    }
}

/// The bits of a value, in an i64.
pub fn to_bits(ty: &str, value: &str) -> String {
    match ty {
        "i32" => format!("(i64.extend_i32_u {value})"),
        "f32" => format!("(i64.extend_i32_u (i32.reinterpret_f32 {value}))"),
        "f64" => format!("(i64.reinterpret_f64 {value})"),
        _ => value.to_owned(),
    }
}

pub fn wat() -> String {
    let mut text = String::from("(module\n");
    for Op {
        name,
        operand,
        result,
        binary,
    } in ops()
    {
        let export = name.replace('.', "_");
        let mut operands = from_bits(operand, "(local.get 0)");
        if binary {
            operands = format!("{operands} {}", from_bits(operand, "(local.get 1)"));
        }
        let body = to_bits(result, &format!("({name} {operands})"));
        writeln!(
            text,
            "(func (export \"{export}\") (param i64 i64) (result i64) {body})"
        )
        .expect("memory");
    }
    text + ")"
}

/// `OPS` and `OPS_CANONICAL`: what the harness calls.
pub fn table() -> String {
    let table = |table: &str, module: &str| {
        let (table, module) = (format_ident!("{table}"), format_ident!("{module}"));
        let ops = ops().into_iter().map(|op| {
            let (name, binary) = (&op.name, op.binary);
            let operand = format_ident!("{}", op.operand.to_uppercase());
            let result = format_ident!("{}", op.result.to_uppercase());
            let method = format_ident!("{}", name.replace('.', "_"));
            quote! {
                Op {
                    name: #name,
                    operand: Type::#operand,
                    result: Type::#result,
                    binary: #binary,
                    call: |module, a, b| module.#method(a, b),
                }
            }
        });
        quote! { const #table: &[Op<#module::Module>] = &[#(#ops),*]; }
    };
    format!(
        "{}\n{}",
        table("OPS", "numeric"),
        table("OPS_CANONICAL", "numeric_canonical")
    )
}
