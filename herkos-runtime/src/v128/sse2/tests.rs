//! Every instruction gives what the portable one does, to the bit.

use std::vec::Vec;

use crate::v128::{portable, sse2, V128};

/// Numbers on the edges of what is in range, of every width, and NaNs of both kinds.
fn operands() -> Vec<V128> {
    let floats = [
        0.0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        0.49999997,
        8_388_607.5,
        -8_388_608.0,
        2_147_483_648.0,
        -2_147_483_648.0,
        2_147_483_500.0,
        4_294_967_296.0,
        4_294_967_000.0,
        -1e30,
        1e-40,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        -f32::NAN,
        f32::from_bits(0x7f80_0001),
        f32::from_bits(0xffa0_0000),
    ];
    let doubles = [
        0.0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        -2.5,
        0.499_999_999_999_999_94,
        4_503_599_627_370_495.5,
        2_147_483_647.5,
        -2_147_483_648.9,
        4_294_967_295.9,
        4_294_967_296.0,
        -0.9,
        1e300,
        1e-310,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        -f64::NAN,
        f64::from_bits(0x7ff0_0000_0000_0001),
        f64::from_bits(0xfff4_0000_0000_0000),
    ];
    let mut all = Vec::new();
    for i in 0..floats.len() {
        let at = |k: usize| floats[(i + k) % floats.len()];
        all.push(V128::from_f32x4([at(0), at(5), at(9), at(13)]));
    }
    for i in 0..doubles.len() {
        all.push(V128::from_f64x2([
            doubles[i],
            doubles[(i + 8) % doubles.len()],
        ]));
    }
    for byte in [0, 1, 0x7f, 0x80, 0xff] {
        all.push(V128::from_u8x16([byte; 16]));
        all.push(V128::from_u16x8([u16::from(byte) << 8; 8]));
        all.push(V128::from_u32x4([
            u32::from(byte) << 24,
            0x7fff_ffff,
            0x8000_0000,
            u32::from(byte),
        ]));
        all.push(V128::from_u64x2([
            u64::from(byte) << 56,
            u64::from(byte) << 31,
        ]));
    }
    let mut state = 1_u64;
    for _ in 0..40 {
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        };
        let [low, high] = [next(), next()];
        all.push(V128::from_u64x2([low, high]));
        // Lanes that are equal, and those that differ in one half only.
        all.push(V128::from_u64x2([low, high ^ 0x0100_0000]));
    }
    all
}

/// Instructions, each compared on all these operands.
macro_rules! compare {
    ($test:ident, $args:tt in $all:expr; $($name:ident)+) => {
        #[test]
        #[allow(unused_parens)]
        fn $test() {
            $(for $args in $all {
                let (ours, wanted) = (sse2::$name $args, portable::$name $args);
                assert_eq!(ours, wanted, "{}{:x?}", stringify!($name), $args);
            })+
        }
    };
}

/// Of each two.
fn pairs() -> impl Iterator<Item = (V128, V128)> {
    operands()
        .into_iter()
        .flat_map(|a| operands().into_iter().map(move |b| (a, b)))
}

/// Each with counts in and out of range.
fn counted() -> impl Iterator<Item = (V128, i32)> {
    let counts = [0, 1, 3, 7, 8, 15, 16, 31, 32, 63, 64, -1, i32::MIN];
    operands()
        .into_iter()
        .flat_map(move |a| counts.map(|count| (a, count)))
}

compare!(unary, (a) in operands();
    f32x4_abs f32x4_canonical f32x4_ceil f32x4_convert_i32x4_s f32x4_convert_i32x4_u
    f32x4_demote_f64x2_zero f32x4_floor f32x4_nearest f32x4_neg f32x4_quiet f32x4_sqrt
    f32x4_trunc f64x2_abs f64x2_canonical f64x2_ceil f64x2_convert_low_i32x4_s
    f64x2_convert_low_i32x4_u f64x2_floor f64x2_nearest f64x2_neg f64x2_promote_low_f32x4
    f64x2_quiet f64x2_sqrt f64x2_trunc i16x8_abs i16x8_extadd_pairwise_i8x16_s
    i16x8_extadd_pairwise_i8x16_u i16x8_extend_high_i8x16_s i16x8_extend_high_i8x16_u
    i16x8_extend_low_i8x16_s i16x8_extend_low_i8x16_u i16x8_neg i16x8_not i32x4_abs
    i32x4_extadd_pairwise_i16x8_s i32x4_extadd_pairwise_i16x8_u i32x4_extend_high_i16x8_s
    i32x4_extend_high_i16x8_u i32x4_extend_low_i16x8_s i32x4_extend_low_i16x8_u i32x4_neg
    i32x4_trunc_sat_f32x4_s i32x4_trunc_sat_f32x4_u i32x4_trunc_sat_f64x2_s_zero
    i32x4_trunc_sat_f64x2_u_zero i64x2_abs i64x2_extend_high_i32x4_s
    i64x2_extend_high_i32x4_u i64x2_extend_low_i32x4_s i64x2_extend_low_i32x4_u i64x2_neg
    i64x2_not i8x16_abs i8x16_neg i8x16_not i8x16_popcnt v128_not);

compare!(binary, (a, b) in pairs();
    f32x4_add f32x4_div f32x4_eq f32x4_ge f32x4_gt f32x4_le f32x4_lt f32x4_max f32x4_min
    f32x4_mul f32x4_ne f32x4_pmax f32x4_pmin f32x4_sub f64x2_add f64x2_div f64x2_eq f64x2_ge
    f64x2_gt f64x2_le f64x2_lt f64x2_max f64x2_min f64x2_mul f64x2_ne f64x2_pmax f64x2_pmin
    f64x2_sub i16x8_add i16x8_add_sat_s i16x8_add_sat_u i16x8_and i16x8_andnot i16x8_avgr_u
    i16x8_eq i16x8_extmul_high_i8x16_s i16x8_extmul_high_i8x16_u i16x8_extmul_low_i8x16_s
    i16x8_extmul_low_i8x16_u i16x8_ge_s i16x8_ge_u i16x8_gt_s i16x8_gt_u i16x8_le_s
    i16x8_le_u i16x8_lt_s i16x8_lt_u i16x8_max_s i16x8_max_u i16x8_min_s i16x8_min_u
    i16x8_mul i16x8_narrow_i32x4_s i16x8_narrow_i32x4_u i16x8_ne i16x8_or
    i16x8_q15mulr_sat_s i16x8_relaxed_dot_i8x16_i7x16_s i16x8_sub i16x8_sub_sat_s
    i16x8_sub_sat_u i16x8_xor i32x4_add i32x4_dot_i16x8_s i32x4_eq i32x4_extmul_high_i16x8_s
    i32x4_extmul_high_i16x8_u i32x4_extmul_low_i16x8_s i32x4_extmul_low_i16x8_u i32x4_ge_s
    i32x4_ge_u i32x4_gt_s i32x4_gt_u i32x4_le_s i32x4_le_u i32x4_lt_s i32x4_lt_u i32x4_max_s
    i32x4_max_u i32x4_min_s i32x4_min_u i32x4_mul i32x4_ne i32x4_sub i64x2_add i64x2_and
    i64x2_andnot i64x2_eq i64x2_extmul_high_i32x4_s i64x2_extmul_high_i32x4_u
    i64x2_extmul_low_i32x4_s i64x2_extmul_low_i32x4_u i64x2_ge_s i64x2_gt_s i64x2_le_s
    i64x2_lt_s i64x2_mul i64x2_ne i64x2_or i64x2_sub i64x2_xor i8x16_add i8x16_add_sat_s
    i8x16_add_sat_u i8x16_and i8x16_andnot i8x16_avgr_u i8x16_eq i8x16_ge_s i8x16_ge_u
    i8x16_gt_s i8x16_gt_u i8x16_le_s i8x16_le_u i8x16_lt_s i8x16_lt_u i8x16_max_s
    i8x16_max_u i8x16_min_s i8x16_min_u i8x16_narrow_i16x8_s i8x16_narrow_i16x8_u i8x16_ne
    i8x16_or i8x16_sub i8x16_sub_sat_s i8x16_sub_sat_u i8x16_swizzle i8x16_xor v128_and
    v128_andnot v128_or v128_xor);

compare!(ternary, (a, b, c) in pairs().map(|(a, b)| (a, b, V128::from_bits(a.to_bits().rotate_left(45) ^ b.to_bits())));
    i16x8_bitselect i64x2_bitselect i8x16_bitselect v128_bitselect);

compare!(shifts, (a, count) in counted();
    i16x8_shl i16x8_shr_s i16x8_shr_u i32x4_shl i32x4_shr_s i32x4_shr_u i64x2_shl
    i64x2_shr_s i64x2_shr_u i8x16_shl i8x16_shr_s i8x16_shr_u);

compare!(masks, (a) in operands();
    i16x8_all_true i16x8_any_true i16x8_bitmask i32x4_all_true i32x4_bitmask i64x2_all_true
    i64x2_any_true i64x2_bitmask i8x16_all_true i8x16_any_true i8x16_bitmask v128_any_true);

compare!(splats, (x) in [0, 1, -1, 0x1234_5678, i32::MIN];
    i8x16_splat i16x8_splat i32x4_splat);

#[test]
fn wide_splats() {
    for x in [0, -1, 0x0123_4567_89ab_cdef] {
        assert_eq!(sse2::i64x2_splat(x), portable::i64x2_splat(x));
        let (float, double) = (
            f32::from_bits(0x7fa0_0001),
            f64::from_bits(0x7ff4_0000_0000_0001),
        );
        assert_eq!(sse2::f32x4_splat(float), portable::f32x4_splat(float));
        assert_eq!(sse2::f64x2_splat(double), portable::f64x2_splat(double));
        assert_eq!(
            sse2::half(&x.to_le_bytes()),
            portable::half(&x.to_le_bytes())
        );
    }
}
