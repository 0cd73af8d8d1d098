//! Integer arithmetic on lanes of one width (§4.4.3.8 to §4.4.3.10, on the operators of §4.3.2).

use super::shape::{binary, unary, Lanes};
use crate::cast::u32_of;
use crate::v128::V128;

unary! {
    /// `i8x16.abs`: the smallest number stays.
    i8x16_abs(to_i8x16, from_i8x16, a) = a.wrapping_abs();
    /// `i8x16.neg`: the smallest number stays.
    i8x16_neg(to_i8x16, from_i8x16, a) = a.wrapping_neg();
    /// `i8x16.popcnt`: the number of one bits.
    i8x16_popcnt(to_u8x16, from_u8x16, a) = ones(a);
}

binary! {
    /// `i8x16.add`: wraps.
    i8x16_add(to_i8x16, from_i8x16, a, b) = a.wrapping_add(b);
    /// `i8x16.sub`: wraps.
    i8x16_sub(to_i8x16, from_i8x16, a, b) = a.wrapping_sub(b);
    /// `i8x16.add_sat_s`: the nearest signed number.
    i8x16_add_sat_s(to_i8x16, from_i8x16, a, b) = a.saturating_add(b);
    /// `i8x16.add_sat_u`: the nearest unsigned number.
    i8x16_add_sat_u(to_u8x16, from_u8x16, a, b) = a.saturating_add(b);
    /// `i8x16.sub_sat_s`: the nearest signed number.
    i8x16_sub_sat_s(to_i8x16, from_i8x16, a, b) = a.saturating_sub(b);
    /// `i8x16.sub_sat_u`: the nearest unsigned number.
    i8x16_sub_sat_u(to_u8x16, from_u8x16, a, b) = a.saturating_sub(b);
    /// `i8x16.avgr_u`: the unsigned average, halves rounded up.
    i8x16_avgr_u(to_u8x16, from_u8x16, a, b) = average8(a, b);
    /// `i8x16.min_s`.
    i8x16_min_s(to_i8x16, from_i8x16, a, b) = a.min(b);
    /// `i8x16.min_u`.
    i8x16_min_u(to_u8x16, from_u8x16, a, b) = a.min(b);
    /// `i8x16.max_s`.
    i8x16_max_s(to_i8x16, from_i8x16, a, b) = a.max(b);
    /// `i8x16.max_u`.
    i8x16_max_u(to_u8x16, from_u8x16, a, b) = a.max(b);
}

unary! {
    /// `i16x8.abs`: the smallest number stays.
    i16x8_abs(to_i16x8, from_i16x8, a) = a.wrapping_abs();
    /// `i16x8.neg`: the smallest number stays.
    i16x8_neg(to_i16x8, from_i16x8, a) = a.wrapping_neg();
}

binary! {
    /// `i16x8.add`: wraps.
    i16x8_add(to_i16x8, from_i16x8, a, b) = a.wrapping_add(b);
    /// `i16x8.sub`: wraps.
    i16x8_sub(to_i16x8, from_i16x8, a, b) = a.wrapping_sub(b);
    /// `i16x8.mul`: wraps.
    i16x8_mul(to_i16x8, from_i16x8, a, b) = a.wrapping_mul(b);
    /// `i16x8.add_sat_s`: the nearest signed number.
    i16x8_add_sat_s(to_i16x8, from_i16x8, a, b) = a.saturating_add(b);
    /// `i16x8.add_sat_u`: the nearest unsigned number.
    i16x8_add_sat_u(to_u16x8, from_u16x8, a, b) = a.saturating_add(b);
    /// `i16x8.sub_sat_s`: the nearest signed number.
    i16x8_sub_sat_s(to_i16x8, from_i16x8, a, b) = a.saturating_sub(b);
    /// `i16x8.sub_sat_u`: the nearest unsigned number.
    i16x8_sub_sat_u(to_u16x8, from_u16x8, a, b) = a.saturating_sub(b);
    /// `i16x8.avgr_u`: the unsigned average, halves rounded up.
    i16x8_avgr_u(to_u16x8, from_u16x8, a, b) = average16(a, b);
    /// `i16x8.min_s`.
    i16x8_min_s(to_i16x8, from_i16x8, a, b) = a.min(b);
    /// `i16x8.min_u`.
    i16x8_min_u(to_u16x8, from_u16x8, a, b) = a.min(b);
    /// `i16x8.max_s`.
    i16x8_max_s(to_i16x8, from_i16x8, a, b) = a.max(b);
    /// `i16x8.max_u`.
    i16x8_max_u(to_u16x8, from_u16x8, a, b) = a.max(b);
}

unary! {
    /// `i32x4.abs`: the smallest number stays.
    i32x4_abs(to_i32x4, from_i32x4, a) = a.wrapping_abs();
    /// `i32x4.neg`: the smallest number stays.
    i32x4_neg(to_i32x4, from_i32x4, a) = a.wrapping_neg();
}

binary! {
    /// `i32x4.add`: wraps.
    i32x4_add(to_i32x4, from_i32x4, a, b) = a.wrapping_add(b);
    /// `i32x4.sub`: wraps.
    i32x4_sub(to_i32x4, from_i32x4, a, b) = a.wrapping_sub(b);
    /// `i32x4.mul`: wraps.
    i32x4_mul(to_i32x4, from_i32x4, a, b) = a.wrapping_mul(b);
    /// `i32x4.min_s`.
    i32x4_min_s(to_i32x4, from_i32x4, a, b) = a.min(b);
    /// `i32x4.min_u`.
    i32x4_min_u(to_u32x4, from_u32x4, a, b) = a.min(b);
    /// `i32x4.max_s`.
    i32x4_max_s(to_i32x4, from_i32x4, a, b) = a.max(b);
    /// `i32x4.max_u`.
    i32x4_max_u(to_u32x4, from_u32x4, a, b) = a.max(b);
}

unary! {
    /// `i64x2.abs`: the smallest number stays.
    i64x2_abs(to_i64x2, from_i64x2, a) = a.wrapping_abs();
    /// `i64x2.neg`: the smallest number stays.
    i64x2_neg(to_i64x2, from_i64x2, a) = a.wrapping_neg();
}

binary! {
    /// `i64x2.add`: wraps.
    i64x2_add(to_i64x2, from_i64x2, a, b) = a.wrapping_add(b);
    /// `i64x2.sub`: wraps.
    i64x2_sub(to_i64x2, from_i64x2, a, b) = a.wrapping_sub(b);
    /// `i64x2.mul`: wraps.
    i64x2_mul(to_i64x2, from_i64x2, a, b) = a.wrapping_mul(b);
}

/// The number of one bits, by sums of ever more bits: counts of all lanes at once.
#[inline]
fn ones(a: u8) -> u8 {
    let a = a.wrapping_sub((a >> 1) & 0x55);
    let a = (a & 0x33).wrapping_add((a >> 2) & 0x33);
    a.wrapping_add(a >> 4) & 0x0f
}

/// Rows `name: half the sum of two lanes and one, in the wider type.`
macro_rules! averages {
    ($($name:ident: $lane:ident, $wide:ident;)+) => {$(
        #[inline]
        #[allow(clippy::cast_possible_truncation, reason = "no larger than the larger operand")]
        fn $name(a: $lane, b: $lane) -> $lane {
            ($wide::from(a).wrapping_add($wide::from(b)).wrapping_add(1) >> 1) as $lane
        }
    )+};
}

averages! {
    average8: u8, u16;
    average16: u16, u32;
}

/// Rows `name(to, from) = method;`: all lanes by the same count, modulo the width of a lane.
macro_rules! shifts {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident) = $method:ident;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128, count: i32) -> V128 {
            V128::$from(a.$to().each(|a| a.$method(u32_of(count))))
        }
    )+};
}

shifts! {
    /// `i8x16.shl`: the count modulo 8.
    i8x16_shl(to_i8x16, from_i8x16) = wrapping_shl;
    /// `i8x16.shr_s`: copies of the sign bit come in; the count modulo 8.
    i8x16_shr_s(to_i8x16, from_i8x16) = wrapping_shr;
    /// `i8x16.shr_u`: zeros come in; the count modulo 8.
    i8x16_shr_u(to_u8x16, from_u8x16) = wrapping_shr;
    /// `i16x8.shl`: the count modulo 16.
    i16x8_shl(to_i16x8, from_i16x8) = wrapping_shl;
    /// `i16x8.shr_s`: copies of the sign bit come in; the count modulo 16.
    i16x8_shr_s(to_i16x8, from_i16x8) = wrapping_shr;
    /// `i16x8.shr_u`: zeros come in; the count modulo 16.
    i16x8_shr_u(to_u16x8, from_u16x8) = wrapping_shr;
    /// `i32x4.shl`: the count modulo 32.
    i32x4_shl(to_i32x4, from_i32x4) = wrapping_shl;
    /// `i32x4.shr_s`: copies of the sign bit come in; the count modulo 32.
    i32x4_shr_s(to_i32x4, from_i32x4) = wrapping_shr;
    /// `i32x4.shr_u`: zeros come in; the count modulo 32.
    i32x4_shr_u(to_u32x4, from_u32x4) = wrapping_shr;
    /// `i64x2.shl`: the count modulo 64.
    i64x2_shl(to_i64x2, from_i64x2) = wrapping_shl;
    /// `i64x2.shr_s`: copies of the sign bit come in; the count modulo 64.
    i64x2_shr_s(to_i64x2, from_i64x2) = wrapping_shr;
    /// `i64x2.shr_u`: zeros come in; the count modulo 64.
    i64x2_shr_u(to_u64x2, from_u64x2) = wrapping_shr;
}
