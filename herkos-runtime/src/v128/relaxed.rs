//! Relaxed vector instructions (version 3.0 of the specification, §4.3.5), with the choices of its
//! deterministic profile (appendix "Profiles"): everywhere the same results.

use super::{
    f32x4_add, f32x4_max, f32x4_min, f32x4_mul, f32x4_neg, f64x2_add, f64x2_max, f64x2_min,
    f64x2_mul, f64x2_neg, i16x8_bitselect, i16x8_q15mulr_sat_s, i16x8_relaxed_dot_i8x16_i7x16_s,
    i32x4_add, i32x4_extadd_pairwise_i16x8_s, i32x4_trunc_sat_f32x4_s, i32x4_trunc_sat_f32x4_u,
    i32x4_trunc_sat_f64x2_s_zero, i32x4_trunc_sat_f64x2_u_zero, i64x2_bitselect, i8x16_bitselect,
    i8x16_swizzle, v128_bitselect, V128,
};

/// Rows `name(operands) = the instruction that it is;`.
macro_rules! same {
    ($($(#[$attr:meta])* $name:ident($($arg:ident),+) = $value:expr;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name($($arg: V128),+) -> V128 {
            $value
        }
    )+};
}

same! {
    /// `i8x16.relaxed_swizzle`: `i8x16.swizzle`.
    i8x16_relaxed_swizzle(a, b) = i8x16_swizzle(a, b);
    /// `i32x4.relaxed_trunc_f32x4_s`: `i32x4.trunc_sat_f32x4_s`.
    i32x4_relaxed_trunc_f32x4_s(a) = i32x4_trunc_sat_f32x4_s(a);
    /// `i32x4.relaxed_trunc_f32x4_u`: `i32x4.trunc_sat_f32x4_u`.
    i32x4_relaxed_trunc_f32x4_u(a) = i32x4_trunc_sat_f32x4_u(a);
    /// `i32x4.relaxed_trunc_f64x2_s_zero`: `i32x4.trunc_sat_f64x2_s_zero`.
    i32x4_relaxed_trunc_f64x2_s_zero(a) = i32x4_trunc_sat_f64x2_s_zero(a);
    /// `i32x4.relaxed_trunc_f64x2_u_zero`: `i32x4.trunc_sat_f64x2_u_zero`.
    i32x4_relaxed_trunc_f64x2_u_zero(a) = i32x4_trunc_sat_f64x2_u_zero(a);
    /// `f32x4.relaxed_madd`: `a * b + c`, rounded twice.
    f32x4_relaxed_madd(a, b, c) = f32x4_add(f32x4_mul(a, b), c);
    /// `f32x4.relaxed_nmadd`: `-a * b + c`, rounded twice.
    f32x4_relaxed_nmadd(a, b, c) = f32x4_add(f32x4_mul(f32x4_neg(a), b), c);
    /// `f64x2.relaxed_madd`: `a * b + c`, rounded twice.
    f64x2_relaxed_madd(a, b, c) = f64x2_add(f64x2_mul(a, b), c);
    /// `f64x2.relaxed_nmadd`: `-a * b + c`, rounded twice.
    f64x2_relaxed_nmadd(a, b, c) = f64x2_add(f64x2_mul(f64x2_neg(a), b), c);
    /// `i8x16.relaxed_laneselect`: `v128.bitselect`.
    i8x16_relaxed_laneselect(a, b, c) = i8x16_bitselect(a, b, c);
    /// `i16x8.relaxed_laneselect`: `v128.bitselect`.
    i16x8_relaxed_laneselect(a, b, c) = i16x8_bitselect(a, b, c);
    /// `i32x4.relaxed_laneselect`: `v128.bitselect`.
    i32x4_relaxed_laneselect(a, b, c) = v128_bitselect(a, b, c);
    /// `i64x2.relaxed_laneselect`: `v128.bitselect`.
    i64x2_relaxed_laneselect(a, b, c) = i64x2_bitselect(a, b, c);
    /// `f32x4.relaxed_min`: `f32x4.min`.
    f32x4_relaxed_min(a, b) = f32x4_min(a, b);
    /// `f32x4.relaxed_max`: `f32x4.max`.
    f32x4_relaxed_max(a, b) = f32x4_max(a, b);
    /// `f64x2.relaxed_min`: `f64x2.min`.
    f64x2_relaxed_min(a, b) = f64x2_min(a, b);
    /// `f64x2.relaxed_max`: `f64x2.max`.
    f64x2_relaxed_max(a, b) = f64x2_max(a, b);
    /// `i16x8.relaxed_q15mulr_s`: `i16x8.q15mulr_sat_s`.
    i16x8_relaxed_q15mulr_s(a, b) = i16x8_q15mulr_sat_s(a, b);
    /// `i32x4.relaxed_dot_i8x16_i7x16_add_s`: the sums of each four signed products and of a lane of `c`, of
    /// which each two products are added as `i16x8.relaxed_dot_i8x16_i7x16_s` does.
    i32x4_relaxed_dot_i8x16_i7x16_add_s(a, b, c) =
        i32x4_add(i32x4_extadd_pairwise_i16x8_s(i16x8_relaxed_dot_i8x16_i7x16_s(a, b)), c);
}
