//! Products and sums into wider lanes, and fixed-point ones (§4.4.3.9, §4.4.3.13, §4.4.3.16, §4.4.3.17).

use super::convert::{
    i16x8_extend_high_i8x16_s, i16x8_extend_high_i8x16_u, i16x8_extend_low_i8x16_s,
    i16x8_extend_low_i8x16_u, i32x4_extend_high_i16x8_s, i32x4_extend_high_i16x8_u,
    i32x4_extend_low_i16x8_s, i32x4_extend_low_i16x8_u, i64x2_extend_high_i32x4_s,
    i64x2_extend_high_i32x4_u, i64x2_extend_low_i32x4_s, i64x2_extend_low_i32x4_u,
};
use super::int::{i16x8_mul, i32x4_mul, i64x2_mul};
use super::shape::{binary, Lanes};
use crate::v128::V128;

/// Rows `name = extension of both operands, multiplication;`.
macro_rules! products {
    ($($(#[$attr:meta])* $name:ident = $extend:ident, $mul:ident;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128, b: V128) -> V128 {
            $mul($extend(a), $extend(b))
        }
    )+};
}

products! {
    /// `i16x8.extmul_low_i8x16_s`: the signed products of the first lanes.
    i16x8_extmul_low_i8x16_s = i16x8_extend_low_i8x16_s, i16x8_mul;
    /// `i16x8.extmul_low_i8x16_u`: the unsigned products of the first lanes.
    i16x8_extmul_low_i8x16_u = i16x8_extend_low_i8x16_u, i16x8_mul;
    /// `i16x8.extmul_high_i8x16_s`: the signed products of the last lanes.
    i16x8_extmul_high_i8x16_s = i16x8_extend_high_i8x16_s, i16x8_mul;
    /// `i16x8.extmul_high_i8x16_u`: the unsigned products of the last lanes.
    i16x8_extmul_high_i8x16_u = i16x8_extend_high_i8x16_u, i16x8_mul;
    /// `i32x4.extmul_low_i16x8_s`: the signed products of the first lanes.
    i32x4_extmul_low_i16x8_s = i32x4_extend_low_i16x8_s, i32x4_mul;
    /// `i32x4.extmul_low_i16x8_u`: the unsigned products of the first lanes.
    i32x4_extmul_low_i16x8_u = i32x4_extend_low_i16x8_u, i32x4_mul;
    /// `i32x4.extmul_high_i16x8_s`: the signed products of the last lanes.
    i32x4_extmul_high_i16x8_s = i32x4_extend_high_i16x8_s, i32x4_mul;
    /// `i32x4.extmul_high_i16x8_u`: the unsigned products of the last lanes.
    i32x4_extmul_high_i16x8_u = i32x4_extend_high_i16x8_u, i32x4_mul;
    /// `i64x2.extmul_low_i32x4_s`: the signed products of the first lanes.
    i64x2_extmul_low_i32x4_s = i64x2_extend_low_i32x4_s, i64x2_mul;
    /// `i64x2.extmul_low_i32x4_u`: the unsigned products of the first lanes.
    i64x2_extmul_low_i32x4_u = i64x2_extend_low_i32x4_u, i64x2_mul;
    /// `i64x2.extmul_high_i32x4_s`: the signed products of the last lanes.
    i64x2_extmul_high_i32x4_s = i64x2_extend_high_i32x4_s, i64x2_mul;
    /// `i64x2.extmul_high_i32x4_u`: the unsigned products of the last lanes.
    i64x2_extmul_high_i32x4_u = i64x2_extend_high_i32x4_u, i64x2_mul;
}

/// Rows `name(to, from): wider lane;`: the sums of each two lanes.
macro_rules! pairwise {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident): $wide:ident;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128) -> V128 {
            V128::$from(a.$to().pairs(|a, b| $wide::from(a).wrapping_add($wide::from(b))))
        }
    )+};
}

pairwise! {
    /// `i16x8.extadd_pairwise_i8x16_s`: the sums of each two signed lanes.
    i16x8_extadd_pairwise_i8x16_s(to_i8x16, from_i16x8): i16;
    /// `i16x8.extadd_pairwise_i8x16_u`: the sums of each two unsigned lanes.
    i16x8_extadd_pairwise_i8x16_u(to_u8x16, from_u16x8): u16;
    /// `i32x4.extadd_pairwise_i16x8_s`: the sums of each two signed lanes.
    i32x4_extadd_pairwise_i16x8_s(to_i16x8, from_i32x4): i32;
    /// `i32x4.extadd_pairwise_i16x8_u`: the sums of each two unsigned lanes.
    i32x4_extadd_pairwise_i16x8_u(to_u16x8, from_u32x4): u32;
}

binary! {
    /// `i32x4.dot_i16x8_s`: the sums of each two signed products; -32768 four times wraps.
    // In terms of wide lanes: so it becomes `pmaddwd`, and vector code where there is no such thing.
    i32x4_dot_i16x8_s(to_i32x4, from_i32x4, a, b) = (a.wrapping_shl(16) >> 16)
        .wrapping_mul(b.wrapping_shl(16) >> 16)
        .wrapping_add((a >> 16).wrapping_mul(b >> 16));
    /// `i16x8.q15mulr_sat_s`: products of fixed-point numbers with 15 bits of fraction, rounded; of -1 and -1
    /// the nearest number below 1.
    i16x8_q15mulr_sat_s(to_i16x8, from_i16x8, a, b) = q15(a, b);
}

#[inline]
#[allow(clippy::cast_possible_truncation, reason = "in range")]
fn q15(a: i16, b: i16) -> i16 {
    let product = i32::from(a).wrapping_mul(i32::from(b)).wrapping_add(0x4000) >> 15;
    product.min(0x7fff) as i16
}

/// `i16x8.relaxed_dot_i8x16_i7x16_s`: the sums of each two signed products; -128 four times gives
/// the nearest number.
#[inline]
#[must_use]
pub fn i16x8_relaxed_dot_i8x16_i7x16_s(a: V128, b: V128) -> V128 {
    let product = |a, b| i16::from(a).wrapping_mul(i16::from(b));
    let products = a.to_i8x16().both(b.to_i8x16(), product);
    V128::from_i16x8(products.pairs(i16::saturating_add))
}
