//! Conversions between number types (§4.3.4), under their opcodes' names.
//!
//! Rust's `as` has WebAssembly's meaning in these: from float to integer it truncates and
//! saturates, NaN giving 0; from integer to float, and from `f64` to `f32`, it rounds to the nearest,
//! ties to even. Only NaNs need care.

use crate::cast::{i32_of, i64_of, u32_of, u64_of};
use crate::float::{quiet32, quiet64};
use crate::ops::{ops, trapping_ops};
use crate::WasmTrap;

/// `as` from float to a signed integer.
macro_rules! saturating {
    ($($name:ident: $float:ty => $int:ty;)+) => {$(
        #[inline]
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "truncates and saturates as trunc_sat does (§4.3.4)"
        )]
        fn $name(a: $float) -> $int {
            a as $int
        }
    )+};
}

saturating! {
    i32_of_f32: f32 => i32;
    u32_of_f32: f32 => u32;
    i32_of_f64: f64 => i32;
    u32_of_f64: f64 => u32;
    i64_of_f32: f32 => i64;
    u64_of_f32: f32 => u64;
    i64_of_f64: f64 => i64;
    u64_of_f64: f64 => u64;
}

/// The value, if the float was in range; NaN never is.
#[inline]
fn checked<T>(in_range: bool, value: T) -> Result<T, WasmTrap> {
    if in_range {
        Ok(value)
    } else {
        Err(WasmTrap::IntegerOverflow)
    }
}

// The bounds are the floats next to the range of what truncates into it: powers of two where one
// more or less has no representation, else that number itself, excluded.
trapping_ops! {
    /// `i32.trunc_f32_s`: towards zero; traps on NaN and out of range.
    i32_trunc_f32_s(a: f32) -> i32 =
        checked((-2_147_483_648.0..2_147_483_648.0).contains(&a), i32_of_f32(a));
    /// `i32.trunc_f32_u`: towards zero; traps on NaN and out of range.
    i32_trunc_f32_u(a: f32) -> i32 =
        checked(a > -1.0 && a < 4_294_967_296.0, i32_of(u32_of_f32(a)));
    /// `i32.trunc_f64_s`: towards zero; traps on NaN and out of range.
    i32_trunc_f64_s(a: f64) -> i32 =
        checked(a > -2_147_483_649.0 && a < 2_147_483_648.0, i32_of_f64(a));
    /// `i32.trunc_f64_u`: towards zero; traps on NaN and out of range.
    i32_trunc_f64_u(a: f64) -> i32 =
        checked(a > -1.0 && a < 4_294_967_296.0, i32_of(u32_of_f64(a)));
    /// `i64.trunc_f32_s`: towards zero; traps on NaN and out of range.
    i64_trunc_f32_s(a: f32) -> i64 = checked(
        (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&a),
        i64_of_f32(a),
    );
    /// `i64.trunc_f32_u`: towards zero; traps on NaN and out of range.
    i64_trunc_f32_u(a: f32) -> i64 =
        checked(a > -1.0 && a < 18_446_744_073_709_551_616.0, i64_of(u64_of_f32(a)));
    /// `i64.trunc_f64_s`: towards zero; traps on NaN and out of range.
    i64_trunc_f64_s(a: f64) -> i64 = checked(
        (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&a),
        i64_of_f64(a),
    );
    /// `i64.trunc_f64_u`: towards zero; traps on NaN and out of range.
    i64_trunc_f64_u(a: f64) -> i64 =
        checked(a > -1.0 && a < 18_446_744_073_709_551_616.0, i64_of(u64_of_f64(a)));
}

ops! {
    /// `i32.trunc_sat_f32_s`: the nearest end of the range outside it; 0 for NaN.
    i32_trunc_sat_f32_s(a: f32) -> i32 = i32_of_f32(a);
    /// `i32.trunc_sat_f32_u`: the nearest end of the range outside it; 0 for NaN.
    i32_trunc_sat_f32_u(a: f32) -> i32 = i32_of(u32_of_f32(a));
    /// `i32.trunc_sat_f64_s`: the nearest end of the range outside it; 0 for NaN.
    i32_trunc_sat_f64_s(a: f64) -> i32 = i32_of_f64(a);
    /// `i32.trunc_sat_f64_u`: the nearest end of the range outside it; 0 for NaN.
    i32_trunc_sat_f64_u(a: f64) -> i32 = i32_of(u32_of_f64(a));
    /// `i64.trunc_sat_f32_s`: the nearest end of the range outside it; 0 for NaN.
    i64_trunc_sat_f32_s(a: f32) -> i64 = i64_of_f32(a);
    /// `i64.trunc_sat_f32_u`: the nearest end of the range outside it; 0 for NaN.
    i64_trunc_sat_f32_u(a: f32) -> i64 = i64_of(u64_of_f32(a));
    /// `i64.trunc_sat_f64_s`: the nearest end of the range outside it; 0 for NaN.
    i64_trunc_sat_f64_s(a: f64) -> i64 = i64_of_f64(a);
    /// `i64.trunc_sat_f64_u`: the nearest end of the range outside it; 0 for NaN.
    i64_trunc_sat_f64_u(a: f64) -> i64 = i64_of(u64_of_f64(a));
}

ops! {
    /// `f32.convert_i32_s`: to the nearest, ties to even.
    #[allow(clippy::cast_precision_loss, reason = "rounds (§4.3.4)")]
    f32_convert_i32_s(a: i32) -> f32 = a as f32;
    /// `f32.convert_i32_u`: to the nearest, ties to even.
    #[allow(clippy::cast_precision_loss, reason = "rounds (§4.3.4)")]
    f32_convert_i32_u(a: i32) -> f32 = u32_of(a) as f32;
    /// `f32.convert_i64_s`: to the nearest, ties to even.
    #[allow(clippy::cast_precision_loss, reason = "rounds (§4.3.4)")]
    f32_convert_i64_s(a: i64) -> f32 = a as f32;
    /// `f32.convert_i64_u`: to the nearest, ties to even.
    #[allow(clippy::cast_precision_loss, reason = "rounds (§4.3.4)")]
    f32_convert_i64_u(a: i64) -> f32 = u64_of(a) as f32;
    /// `f64.convert_i32_s`: exact.
    f64_convert_i32_s(a: i32) -> f64 = f64::from(a);
    /// `f64.convert_i32_u`: exact.
    f64_convert_i32_u(a: i32) -> f64 = f64::from(u32_of(a));
    /// `f64.convert_i64_s`: to the nearest, ties to even.
    #[allow(clippy::cast_precision_loss, reason = "rounds (§4.3.4)")]
    f64_convert_i64_s(a: i64) -> f64 = a as f64;
    /// `f64.convert_i64_u`: to the nearest, ties to even.
    #[allow(clippy::cast_precision_loss, reason = "rounds (§4.3.4)")]
    f64_convert_i64_u(a: i64) -> f64 = u64_of(a) as f64;
}

/// `f32.demote_f64`: to the nearest, ties to even; a NaN becomes quiet.
#[inline]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "rounds (§4.3.4)")]
pub fn f32_demote_f64(a: f64) -> f32 {
    // Made quiet here: LLVM folds a promotion and this into nothing.
    let result = a as f32;
    if result.is_nan() {
        quiet32(result)
    } else {
        result
    }
}

/// `f64.promote_f32`: exact; a NaN becomes quiet.
#[inline]
#[must_use]
pub fn f64_promote_f32(a: f32) -> f64 {
    let result = f64::from(a);
    if result.is_nan() {
        quiet64(result)
    } else {
        result
    }
}

ops! {
    /// `i32.reinterpret_f32`: the same bits.
    i32_reinterpret_f32(a: f32) -> i32 = i32_of(a.to_bits());
    /// `i64.reinterpret_f64`: the same bits.
    i64_reinterpret_f64(a: f64) -> i64 = i64_of(a.to_bits());
    /// `f32.reinterpret_i32`: the same bits.
    f32_reinterpret_i32(a: i32) -> f32 = f32::from_bits(u32_of(a));
    /// `f64.reinterpret_i64`: the same bits.
    f64_reinterpret_i64(a: i64) -> f64 = f64::from_bits(u64_of(a));
}
