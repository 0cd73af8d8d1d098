//! The numeric instructions of WebAssembly 2.0, by their types: a prefix, names, operands and result.
//! i I f F v stand for i32 i64 f32 f64 v128; `@16` after a name for a lane below 16.

pub struct Operator {
    pub name: String,
    pub operands: Vec<char>,
    pub result: char,
    /// How many lanes the immediate chooses from; 0: there is none.
    pub lanes: u32,
}

const ROWS: [(&str, &str, &str); 43] = [
    ("i32", "add sub mul and or xor shl shr_s shr_u rotl rotr div_s div_u rem_s rem_u", "ii:i"),
    ("i32", "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u", "ii:i"),
    ("i32", "clz ctz popcnt extend8_s extend16_s eqz", "i:i"),
    ("i64", "add sub mul and or xor shl shr_s shr_u rotl rotr div_s div_u rem_s rem_u", "II:I"),
    ("i64", "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u", "II:i"),
    ("i64", "clz ctz popcnt extend8_s extend16_s extend32_s", "I:I"),
    ("i64", "eqz", "I:i"),
    ("f32", "add sub mul div min max copysign", "ff:f"),
    ("f32", "eq ne lt gt le ge", "ff:i"),
    ("f32", "abs neg sqrt ceil floor trunc nearest", "f:f"),
    ("f64", "add sub mul div min max copysign", "FF:F"),
    ("f64", "eq ne lt gt le ge", "FF:i"),
    ("f64", "abs neg sqrt ceil floor trunc nearest", "F:F"),
    ("i32", "wrap_i64", "I:i"),
    ("i32", "trunc_f32_s trunc_f32_u trunc_sat_f32_s trunc_sat_f32_u reinterpret_f32", "f:i"),
    ("i32", "trunc_f64_s trunc_f64_u trunc_sat_f64_s trunc_sat_f64_u", "F:i"),
    ("i64", "extend_i32_s extend_i32_u", "i:I"),
    ("i64", "trunc_f32_s trunc_f32_u trunc_sat_f32_s trunc_sat_f32_u", "f:I"),
    ("i64", "trunc_f64_s trunc_f64_u trunc_sat_f64_s trunc_sat_f64_u reinterpret_f64", "F:I"),
    ("f32", "convert_i32_s convert_i32_u reinterpret_i32", "i:f"),
    ("f32", "convert_i64_s convert_i64_u", "I:f"),
    ("f32", "demote_f64", "F:f"),
    ("f64", "convert_i32_s convert_i32_u", "i:F"),
    ("f64", "convert_i64_s convert_i64_u reinterpret_i64", "I:F"),
    ("f64", "promote_f32", "f:F"),
    ("v128", "and or xor andnot", "vv:v"),
    ("v128", "not", "v:v"),
    ("v128", "bitselect", "vvv:v"),
    ("v128", "any_true", "v:i"),
    ("i8x16", "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u swizzle add sub add_sat_s add_sat_u \
      sub_sat_s sub_sat_u min_s min_u max_s max_u avgr_u narrow_i16x8_s narrow_i16x8_u", "vv:v"),
    ("i16x8", "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u add sub mul add_sat_s add_sat_u sub_sat_s \
      sub_sat_u min_s min_u max_s max_u avgr_u narrow_i32x4_s narrow_i32x4_u q15mulr_sat_s \
      extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u", "vv:v"),
    ("i32x4", "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u add sub mul min_s min_u max_s max_u \
      dot_i16x8_s extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u", "vv:v"),
    ("i64x2", "eq ne lt_s gt_s le_s ge_s add sub mul extmul_low_i32x4_s extmul_high_i32x4_s \
      extmul_low_i32x4_u extmul_high_i32x4_u", "vv:v"),
    ("i8x16", "abs neg popcnt", "v:v"),
    ("i16x8", "abs neg extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u extend_low_i8x16_s \
      extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u", "v:v"),
    ("i32x4", "abs neg extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u extend_low_i16x8_s \
      extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u trunc_sat_f32x4_s trunc_sat_f32x4_u \
      trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero", "v:v"),
    ("i64x2", "abs neg extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u",
      "v:v"),
    ("f32x4", "eq ne lt gt le ge add sub mul div min max pmin pmax", "vv:v"),
    ("f64x2", "eq ne lt gt le ge add sub mul div min max pmin pmax", "vv:v"),
    ("f32x4", "abs neg sqrt ceil floor trunc nearest convert_i32x4_s convert_i32x4_u demote_f64x2_zero",
      "v:v"),
    ("f64x2", "abs neg sqrt ceil floor trunc nearest convert_low_i32x4_s convert_low_i32x4_u \
      promote_low_f32x4", "v:v"),
    ("i8x16", "shuffle", "vv:v"),
    ("i8x16", "splat", "i:v"),
];

/// Those of the relaxed vector instructions for which herkos does what the deterministic profile says.
/// Not the fused multiplications, which herkos rounds twice; the second operand of `dot` must have
/// seven bits a lane, since overflow is wasmtime's own.
const RELAXED: [(&str, &str, &str); 8] = [
    ("i8x16", "relaxed_swizzle", "vv:v"),
    ("i8x16", "relaxed_laneselect", "vvv:v"),
    ("i16x8", "relaxed_laneselect", "vvv:v"),
    ("i32x4", "relaxed_laneselect relaxed_dot_i8x16_i7x16_add_s", "vvv:v"),
    ("i64x2", "relaxed_laneselect", "vvv:v"),
    ("i16x8", "relaxed_q15mulr_s relaxed_dot_i8x16_i7x16_s", "vv:v"),
    (
        "i32x4",
        "relaxed_trunc_f32x4_s relaxed_trunc_f32x4_u relaxed_trunc_f64x2_s_zero \
      relaxed_trunc_f64x2_u_zero",
        "v:v",
    ),
    ("f32x4", "relaxed_min relaxed_max", "vv:v"),
];

/// What goes between lanes and scalars: shape, lanes, the scalar's type.
const SHAPES: [(&str, u32, char); 6] = [
    ("i8x16", 16, 'i'),
    ("i16x8", 8, 'i'),
    ("i32x4", 4, 'i'),
    ("i64x2", 2, 'I'),
    ("f32x4", 4, 'f'),
    ("f64x2", 2, 'F'),
];

/// Operators of NaN results whose bits the specification leaves open.
pub fn makes_nans(operator: &Operator) -> bool {
    let Some((shape, name)) = operator.name.split_once('.') else {
        return false;
    };
    let names = "add sub mul div min max sqrt ceil floor trunc nearest relaxed_min relaxed_max";
    let converts = name.starts_with("demote") || name.starts_with("promote");
    shape.starts_with('f') && (converts || names.split(' ').any(|other| name == other))
}

/// All of them.
pub fn all(relaxed: bool) -> Vec<Operator> {
    let mut operators = Vec::new();
    let mut add = |name: String, types: &str, lanes: u32| {
        let (operands, result) = types.split_once(':').expect("a row");
        let result = result.chars().next().expect("a result");
        operators.push(Operator { name, operands: operands.chars().collect(), result, lanes });
    };
    let more = RELAXED.iter().filter(|_| relaxed);
    for (prefix, names, types) in ROWS.iter().chain(more) {
        for name in names.split_whitespace() {
            add(format!("{prefix}.{name}"), types, 0);
        }
    }
    for (shape, lanes, scalar) in SHAPES {
        let signs: &[&str] = if lanes >= 8 { &["_s", "_u"] } else { &[""] };
        for sign in signs {
            add(format!("{shape}.extract_lane{sign}"), &format!("v:{scalar}"), lanes);
        }
        add(format!("{shape}.replace_lane"), &format!("v{scalar}:v"), lanes);
        if lanes != 16 {
            add(format!("{shape}.splat"), &format!("{scalar}:v"), 0);
        }
        if !shape.starts_with('f') {
            add(format!("{shape}.all_true"), "v:i", 0);
            add(format!("{shape}.bitmask"), "v:i", 0);
            for shift in ["shl", "shr_s", "shr_u"] {
                add(format!("{shape}.{shift}"), "vi:v", 0);
            }
        }
    }
    operators
}
