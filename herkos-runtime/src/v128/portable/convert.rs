//! Conversions between shapes (§4.4.3.12, §4.4.3.16 to §4.4.3.18, on the operators of §4.3.4).

use super::shape::{unary, Lanes};
use crate::convert as scalar;
use crate::v128::V128;

/// Rows `name(half, to, from): lane type;`: the lanes of one half, wider, with the same values.
macro_rules! extensions {
    ($($(#[$attr:meta])* $name:ident($half:ident, $to:ident, $from:ident): $lane:ident;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128) -> V128 {
            V128::$from(a.$to().$half($lane::from))
        }
    )+};
}

extensions! {
    /// `i16x8.extend_low_i8x16_s`: the first lanes, sign-extended.
    i16x8_extend_low_i8x16_s(low, to_i8x16, from_i16x8): i16;
    /// `i16x8.extend_low_i8x16_u`: the first lanes, zero-extended.
    i16x8_extend_low_i8x16_u(low, to_u8x16, from_u16x8): u16;
    /// `i16x8.extend_high_i8x16_s`: the last lanes, sign-extended.
    i16x8_extend_high_i8x16_s(high, to_i8x16, from_i16x8): i16;
    /// `i16x8.extend_high_i8x16_u`: the last lanes, zero-extended.
    i16x8_extend_high_i8x16_u(high, to_u8x16, from_u16x8): u16;
    /// `i32x4.extend_low_i16x8_s`: the first lanes, sign-extended.
    i32x4_extend_low_i16x8_s(low, to_i16x8, from_i32x4): i32;
    /// `i32x4.extend_low_i16x8_u`: the first lanes, zero-extended.
    i32x4_extend_low_i16x8_u(low, to_u16x8, from_u32x4): u32;
    /// `i32x4.extend_high_i16x8_s`: the last lanes, sign-extended.
    i32x4_extend_high_i16x8_s(high, to_i16x8, from_i32x4): i32;
    /// `i32x4.extend_high_i16x8_u`: the last lanes, zero-extended.
    i32x4_extend_high_i16x8_u(high, to_u16x8, from_u32x4): u32;
    /// `i64x2.extend_low_i32x4_s`: the first lanes, sign-extended.
    i64x2_extend_low_i32x4_s(low, to_i32x4, from_i64x2): i64;
    /// `i64x2.extend_low_i32x4_u`: the first lanes, zero-extended.
    i64x2_extend_low_i32x4_u(low, to_u32x4, from_u64x2): u64;
    /// `i64x2.extend_high_i32x4_s`: the last lanes, sign-extended.
    i64x2_extend_high_i32x4_s(high, to_i32x4, from_i64x2): i64;
    /// `i64x2.extend_high_i32x4_u`: the last lanes, zero-extended.
    i64x2_extend_high_i32x4_u(high, to_u32x4, from_u64x2): u64;
}

/// Rows `name(to, from): lane type, its range;`: the lanes of both operands, narrower, each the nearest number.
macro_rules! narrowings {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident): $lane:ident, $least:literal, $most:literal;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        pub fn $name(a: V128, b: V128) -> V128 {
            let narrow = |x| clamp(x, $least, $most) as $lane;
            V128::$from(a.$to().join(b.$to(), narrow))
        }
    )+};
}

/// The nearest number from `least` to `most`. (`Ord::clamp` may panic.)
#[inline(always)]
fn clamp<T: Ord>(x: T, least: T, most: T) -> T {
    x.max(least).min(most)
}

narrowings! {
    /// `i8x16.narrow_i16x8_s`: the nearest signed numbers.
    i8x16_narrow_i16x8_s(to_i16x8, from_i8x16): i8, -128, 127;
    /// `i8x16.narrow_i16x8_u`: the nearest unsigned numbers to signed ones.
    i8x16_narrow_i16x8_u(to_i16x8, from_u8x16): u8, 0, 255;
    /// `i16x8.narrow_i32x4_s`: the nearest signed numbers.
    i16x8_narrow_i32x4_s(to_i32x4, from_i16x8): i16, -32_768, 32_767;
    /// `i16x8.narrow_i32x4_u`: the nearest unsigned numbers to signed ones.
    i16x8_narrow_i32x4_u(to_i32x4, from_u16x8): u16, 0, 65_535;
}

unary! {
    /// `i32x4.trunc_sat_f32x4_s`: the nearest end of the range outside it; 0 for NaN.
    i32x4_trunc_sat_f32x4_s(to_f32x4, from_i32x4, a) = scalar::i32_trunc_sat_f32_s(a);
    /// `i32x4.trunc_sat_f32x4_u`: the nearest end of the range outside it; 0 for NaN.
    i32x4_trunc_sat_f32x4_u(to_f32x4, from_i32x4, a) = scalar::i32_trunc_sat_f32_u(a);
    /// `f32x4.convert_i32x4_s`: to the nearest, ties to even.
    f32x4_convert_i32x4_s(to_i32x4, from_f32x4, a) = scalar::f32_convert_i32_s(a);
    /// `f32x4.convert_i32x4_u`: to the nearest, ties to even.
    f32x4_convert_i32x4_u(to_i32x4, from_f32x4, a) = scalar::f32_convert_i32_u(a);
}

/// Two lanes, then two that are zero.
#[inline(always)]
fn zero_high<T: Default>([a, b]: [T; 2]) -> [T; 4] {
    [a, b, T::default(), T::default()]
}

/// `i32x4.trunc_sat_f64x2_s_zero`: the nearest end of the range outside it; 0 for NaN; the last two lanes are 0.
#[inline]
#[must_use]
pub fn i32x4_trunc_sat_f64x2_s_zero(a: V128) -> V128 {
    V128::from_i32x4(zero_high(a.to_f64x2().each(scalar::i32_trunc_sat_f64_s)))
}

/// `i32x4.trunc_sat_f64x2_u_zero`: the nearest end of the range outside it; 0 for NaN; the last two lanes are 0.
#[inline]
#[must_use]
pub fn i32x4_trunc_sat_f64x2_u_zero(a: V128) -> V128 {
    V128::from_i32x4(zero_high(a.to_f64x2().each(scalar::i32_trunc_sat_f64_u)))
}

/// `f64x2.convert_low_i32x4_s`: the first two lanes; exact.
#[inline]
#[must_use]
pub fn f64x2_convert_low_i32x4_s(a: V128) -> V128 {
    V128::from_f64x2(a.to_i32x4().low(scalar::f64_convert_i32_s))
}

/// `f64x2.convert_low_i32x4_u`: the first two lanes; exact.
#[inline]
#[must_use]
pub fn f64x2_convert_low_i32x4_u(a: V128) -> V128 {
    V128::from_f64x2(a.to_i32x4().low(scalar::f64_convert_i32_u))
}

/// `f32x4.demote_f64x2_zero`: to the nearest, ties to even; NaNs become quiet; the last two lanes are 0.
#[inline]
#[must_use]
pub fn f32x4_demote_f64x2_zero(a: V128) -> V128 {
    V128::from_f32x4(zero_high(a.to_f64x2().each(scalar::f32_demote_f64)))
}

/// `f64x2.promote_low_f32x4`: the first two lanes; exact; NaNs become quiet.
#[inline]
#[must_use]
pub fn f64x2_promote_low_f32x4(a: V128) -> V128 {
    V128::from_f64x2(a.to_f32x4().low(scalar::f64_promote_f32))
}
