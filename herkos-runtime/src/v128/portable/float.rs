//! Floating-point arithmetic on lanes (§4.4.3.8, §4.4.3.9, on the operators of §4.3.3).
//!
//! Each lane is what the scalar instruction gives, to the bit; see `crate::float` for NaNs.

use super::float_lane::{f32s, f64s};
use super::shape::{binary, unary};
use crate::float as scalar;
use crate::v128::V128;

unary! {
    /// `f32x4.abs`: clears the sign bits, of NaNs too.
    f32x4_abs(to_f32x4, from_f32x4, a) = scalar::f32_abs(a);
    /// `f32x4.neg`: flips the sign bits, of NaNs too.
    f32x4_neg(to_f32x4, from_f32x4, a) = scalar::f32_neg(a);
    /// `f32x4.sqrt`: correctly rounded; NaN below zero.
    f32x4_sqrt(to_f32x4, from_f32x4, a) = f32s::sqrt(a);
    /// `f32x4.ceil`: to an integral value, upwards.
    f32x4_ceil(to_f32x4, from_f32x4, a) = f32s::ceil(a);
    /// `f32x4.floor`: to an integral value, downwards.
    f32x4_floor(to_f32x4, from_f32x4, a) = f32s::floor(a);
    /// `f32x4.trunc`: to an integral value, towards zero.
    f32x4_trunc(to_f32x4, from_f32x4, a) = f32s::trunc(a);
    /// `f32x4.nearest`: to the nearest integral value, the even one of two.
    f32x4_nearest(to_f32x4, from_f32x4, a) = f32s::nearest(a);
    /// Any NaN becomes the canonical one with a clear sign (`nan = "canonical"`).
    f32x4_canonical(to_f32x4, from_f32x4, a) = scalar::f32_canonical(a);
    /// The result of an operation that the compiler may have folded to its operand: NaNs become quiet.
    f32x4_quiet(to_f32x4, from_f32x4, a) = scalar::f32_quiet(a);
}

binary! {
    /// `f32x4.add`.
    f32x4_add(to_f32x4, from_f32x4, a, b) = a + b;
    /// `f32x4.sub`.
    f32x4_sub(to_f32x4, from_f32x4, a, b) = a - b;
    /// `f32x4.mul`.
    f32x4_mul(to_f32x4, from_f32x4, a, b) = a * b;
    /// `f32x4.div`.
    f32x4_div(to_f32x4, from_f32x4, a, b) = a / b;
    /// `f32x4.min`: NaN if an operand is; -0 is less than 0.
    f32x4_min(to_f32x4, from_f32x4, a, b) = f32s::min(a, b);
    /// `f32x4.max`: NaN if an operand is; 0 is greater than -0.
    f32x4_max(to_f32x4, from_f32x4, a, b) = f32s::max(a, b);
    /// `f32x4.pmin`: `b` if it is less than `a`, else `a`.
    f32x4_pmin(to_f32x4, from_f32x4, a, b) = if b < a { b } else { a };
    /// `f32x4.pmax`: `b` if `a` is less than it, else `a`.
    f32x4_pmax(to_f32x4, from_f32x4, a, b) = if a < b { b } else { a };
}

unary! {
    /// `f64x2.abs`: clears the sign bits, of NaNs too.
    f64x2_abs(to_f64x2, from_f64x2, a) = scalar::f64_abs(a);
    /// `f64x2.neg`: flips the sign bits, of NaNs too.
    f64x2_neg(to_f64x2, from_f64x2, a) = scalar::f64_neg(a);
    /// `f64x2.sqrt`: correctly rounded; NaN below zero.
    f64x2_sqrt(to_f64x2, from_f64x2, a) = f64s::sqrt(a);
    /// `f64x2.ceil`: to an integral value, upwards.
    f64x2_ceil(to_f64x2, from_f64x2, a) = f64s::ceil(a);
    /// `f64x2.floor`: to an integral value, downwards.
    f64x2_floor(to_f64x2, from_f64x2, a) = f64s::floor(a);
    /// `f64x2.trunc`: to an integral value, towards zero.
    f64x2_trunc(to_f64x2, from_f64x2, a) = f64s::trunc(a);
    /// `f64x2.nearest`: to the nearest integral value, the even one of two.
    f64x2_nearest(to_f64x2, from_f64x2, a) = f64s::nearest(a);
    /// Any NaN becomes the canonical one with a clear sign (`nan = "canonical"`).
    f64x2_canonical(to_f64x2, from_f64x2, a) = scalar::f64_canonical(a);
    /// The result of an operation that the compiler may have folded to its operand: NaNs become quiet.
    f64x2_quiet(to_f64x2, from_f64x2, a) = scalar::f64_quiet(a);
}

binary! {
    /// `f64x2.add`.
    f64x2_add(to_f64x2, from_f64x2, a, b) = a + b;
    /// `f64x2.sub`.
    f64x2_sub(to_f64x2, from_f64x2, a, b) = a - b;
    /// `f64x2.mul`.
    f64x2_mul(to_f64x2, from_f64x2, a, b) = a * b;
    /// `f64x2.div`.
    f64x2_div(to_f64x2, from_f64x2, a, b) = a / b;
    /// `f64x2.min`: NaN if an operand is; -0 is less than 0.
    f64x2_min(to_f64x2, from_f64x2, a, b) = f64s::min(a, b);
    /// `f64x2.max`: NaN if an operand is; 0 is greater than -0.
    f64x2_max(to_f64x2, from_f64x2, a, b) = f64s::max(a, b);
    /// `f64x2.pmin`: `b` if it is less than `a`, else `a`.
    f64x2_pmin(to_f64x2, from_f64x2, a, b) = if b < a { b } else { a };
    /// `f64x2.pmax`: `b` if `a` is less than it, else `a`.
    f64x2_pmax(to_f64x2, from_f64x2, a, b) = if a < b { b } else { a };
}
