//! Floating-point operations (§4.3.3) that Rust's operators don't give exactly, under their opcodes'
//! names.
//!
//! Rust leaves open which NaN an operation gives and whether it is quiet; WebAssembly wants a quiet
//! one. So the results here that can be NaN are made of bits: an operand's NaN made quiet, else the
//! canonical one. `+ - * /` and comparisons are Rust's own in generated code.

use crate::ops::ops;

#[cfg(any(test, not(any(feature = "std", feature = "libm"))))]
#[cfg_attr(any(feature = "std", feature = "libm"), allow(dead_code))]
mod portable;
#[cfg(any(test, feature = "std"))]
#[cfg_attr(not(feature = "std"), allow(dead_code))]
mod via_std;

/// Rounding and square root as the libm crate has them.
#[cfg(all(feature = "libm", any(test, not(feature = "std"))))]
#[cfg_attr(feature = "std", allow(dead_code))]
mod via_libm {
    pub(super) use libm::{ceil as f64_ceil, ceilf as f32_ceil};
    pub(super) use libm::{floor as f64_floor, floorf as f32_floor};
    pub(super) use libm::{rint as f64_nearest, rintf as f32_nearest};
    pub(super) use libm::{sqrt as f64_sqrt, sqrtf as f32_sqrt};
    pub(super) use libm::{trunc as f64_trunc, truncf as f32_trunc};
}

#[cfg(all(not(feature = "std"), not(feature = "libm")))]
use portable as backend;
#[cfg(all(not(feature = "std"), feature = "libm"))]
use via_libm as backend;
#[cfg(feature = "std")]
use via_std as backend;

const F32_SIGN: u32 = 1 << 31;
const F64_SIGN: u64 = 1 << 63;
const F32_QUIET: u32 = 1 << 22;
const F64_QUIET: u64 = 1 << 51;
/// The canonical NaNs (§2.2.3), with a clear sign.
const F32_NAN: u32 = 0x7fc0_0000;
const F64_NAN: u64 = 0x7ff8_0000_0000_0000;

/// A NaN made quiet: an arithmetic NaN (§2.2.3).
#[inline]
pub(crate) fn quiet32(nan: f32) -> f32 {
    f32::from_bits(nan.to_bits() | F32_QUIET)
}

/// A NaN made quiet: an arithmetic NaN (§2.2.3).
#[inline]
pub(crate) fn quiet64(nan: f64) -> f64 {
    f64::from_bits(nan.to_bits() | F64_QUIET)
}

/// The result of an operation that the compiler may have folded to its operand: quiet if it is a NaN.
#[inline]
#[must_use]
pub fn f32_quiet(x: f32) -> f32 {
    if x.is_nan() {
        quiet32(x)
    } else {
        x
    }
}

/// The result of an operation that the compiler may have folded to its operand: quiet if it is a NaN.
#[inline]
#[must_use]
pub fn f64_quiet(x: f64) -> f64 {
    if x.is_nan() {
        quiet64(x)
    } else {
        x
    }
}

/// The result of an operation of one operand, without relying on what `result` is when it is NaN.
#[inline]
fn result32(operand: f32, result: f32) -> f32 {
    if !result.is_nan() {
        result
    } else if operand.is_nan() {
        quiet32(operand)
    } else {
        f32::from_bits(F32_NAN)
    }
}

/// The result of an operation of one operand, without relying on what `result` is when it is NaN.
#[inline]
fn result64(operand: f64, result: f64) -> f64 {
    if !result.is_nan() {
        result
    } else if operand.is_nan() {
        quiet64(operand)
    } else {
        f64::from_bits(F64_NAN)
    }
}

// On the bits: these keep NaNs as they are, signalling ones too (§4.3.3).
ops! {
    /// `f32.abs`: clears the sign bit, of NaNs too.
    f32_abs(a: f32) -> f32 = f32::from_bits(a.to_bits() & !F32_SIGN);
    /// `f32.neg`: flips the sign bit, of NaNs too.
    f32_neg(a: f32) -> f32 = f32::from_bits(a.to_bits() ^ F32_SIGN);
    /// `f32.copysign`: `a` with the sign of `b`.
    f32_copysign(a: f32, b: f32) -> f32 =
        f32::from_bits((a.to_bits() & !F32_SIGN) | (b.to_bits() & F32_SIGN));
    /// `f64.abs`: clears the sign bit, of NaNs too.
    f64_abs(a: f64) -> f64 = f64::from_bits(a.to_bits() & !F64_SIGN);
    /// `f64.neg`: flips the sign bit, of NaNs too.
    f64_neg(a: f64) -> f64 = f64::from_bits(a.to_bits() ^ F64_SIGN);
    /// `f64.copysign`: `a` with the sign of `b`.
    f64_copysign(a: f64, b: f64) -> f64 =
        f64::from_bits((a.to_bits() & !F64_SIGN) | (b.to_bits() & F64_SIGN));
    /// Any NaN becomes the canonical one with a clear sign (`nan = "canonical"`).
    f32_canonical(a: f32) -> f32 = if a.is_nan() { f32::from_bits(F32_NAN) } else { a };
    /// Any NaN becomes the canonical one with a clear sign (`nan = "canonical"`).
    f64_canonical(a: f64) -> f64 = if a.is_nan() { f64::from_bits(F64_NAN) } else { a };
}

// Results that are zero keep the operand's sign.
ops! {
    /// `f32.ceil`: to an integral value, upwards.
    f32_ceil(a: f32) -> f32 = result32(a, backend::f32_ceil(a));
    /// `f32.floor`: to an integral value, downwards.
    f32_floor(a: f32) -> f32 = result32(a, backend::f32_floor(a));
    /// `f32.trunc`: to an integral value, towards zero.
    f32_trunc(a: f32) -> f32 = result32(a, backend::f32_trunc(a));
    /// `f32.nearest`: to the nearest integral value, the even one of two.
    f32_nearest(a: f32) -> f32 = result32(a, backend::f32_nearest(a));
    /// `f32.sqrt`: correctly rounded; NaN below zero.
    f32_sqrt(a: f32) -> f32 = result32(a, backend::f32_sqrt(a));
    /// `f64.ceil`: to an integral value, upwards.
    f64_ceil(a: f64) -> f64 = result64(a, backend::f64_ceil(a));
    /// `f64.floor`: to an integral value, downwards.
    f64_floor(a: f64) -> f64 = result64(a, backend::f64_floor(a));
    /// `f64.trunc`: to an integral value, towards zero.
    f64_trunc(a: f64) -> f64 = result64(a, backend::f64_trunc(a));
    /// `f64.nearest`: to the nearest integral value, the even one of two.
    f64_nearest(a: f64) -> f64 = result64(a, backend::f64_nearest(a));
    /// `f64.sqrt`: correctly rounded; NaN below zero.
    f64_sqrt(a: f64) -> f64 = result64(a, backend::f64_sqrt(a));
}

/// The NaN of an operation one of whose operands is NaN.
#[inline]
fn nan_of32(a: f32, b: f32) -> f32 {
    quiet32(if a.is_nan() { a } else { b })
}

/// The NaN of an operation one of whose operands is NaN.
#[inline]
fn nan_of64(a: f64, b: f64) -> f64 {
    quiet64(if a.is_nan() { a } else { b })
}

// Equal operands have equal bits, except for zeros of both signs: there the sign decides.
ops! {
    /// `f32.min`: NaN if an operand is; -0 is less than 0.
    f32_min(a: f32, b: f32) -> f32 = if a < b {
        a
    } else if b < a {
        b
    } else if a == b {
        f32::from_bits(a.to_bits() | b.to_bits())
    } else {
        nan_of32(a, b)
    };
    /// `f32.max`: NaN if an operand is; 0 is greater than -0.
    f32_max(a: f32, b: f32) -> f32 = if a > b {
        a
    } else if b > a {
        b
    } else if a == b {
        f32::from_bits(a.to_bits() & b.to_bits())
    } else {
        nan_of32(a, b)
    };
    /// `f64.min`: NaN if an operand is; -0 is less than 0.
    f64_min(a: f64, b: f64) -> f64 = if a < b {
        a
    } else if b < a {
        b
    } else if a == b {
        f64::from_bits(a.to_bits() | b.to_bits())
    } else {
        nan_of64(a, b)
    };
    /// `f64.max`: NaN if an operand is; 0 is greater than -0.
    f64_max(a: f64, b: f64) -> f64 = if a > b {
        a
    } else if b > a {
        b
    } else if a == b {
        f64::from_bits(a.to_bits() & b.to_bits())
    } else {
        nan_of64(a, b)
    };
}

#[cfg(test)]
mod tests;
