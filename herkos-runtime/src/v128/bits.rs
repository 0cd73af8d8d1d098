//! Bitwise instructions and the tests of a whole vector (§4.4.3.1 to §4.4.3.3, §4.4.3.14, §4.4.3.15).

use super::shape::{binary, map, unary};
use super::V128;
use crate::cast::i32_of;

unary! {
    /// `v128.not`.
    v128_not(to_u64x2, from_u64x2, a) = !a;
}

binary! {
    /// `v128.and`.
    v128_and(to_u64x2, from_u64x2, a, b) = a & b;
    /// `v128.andnot`: the bits of `a` that `b` has not.
    v128_andnot(to_u64x2, from_u64x2, a, b) = a & !b;
    /// `v128.or`.
    v128_or(to_u64x2, from_u64x2, a, b) = a | b;
    /// `v128.xor`.
    v128_xor(to_u64x2, from_u64x2, a, b) = a ^ b;
}

/// `v128.bitselect`: the bits of `a` where `c` has ones, of `b` where it has zeros.
#[inline]
#[must_use]
pub fn v128_bitselect(a: V128, b: V128, c: V128) -> V128 {
    v128_or(v128_and(a, c), v128_andnot(b, c))
}

/// `v128.any_true`: 1 if any bit is set, else 0.
#[inline]
#[must_use]
pub fn v128_any_true(a: V128) -> i32 {
    let [low, high] = a.to_u64x2();
    i32::from((low | high) != 0)
}

/// Rows `name of all_true, name of bitmask: to;`.
macro_rules! tests {
    ($($(#[$all_doc:meta])* $all:ident, $(#[$mask_doc:meta])* $mask:ident: $to:ident;)+) => {$(
        $(#[$all_doc])*
        #[inline]
        #[must_use]
        pub fn $all(a: V128) -> i32 {
            i32::from(map(a.$to(), |a| a != 0).into_iter().fold(true, |all, lane| all & lane))
        }

        $(#[$mask_doc])*
        #[inline]
        #[must_use]
        pub fn $mask(a: V128) -> i32 {
            let signs = map(a.$to(), |a| u32::from(a < 0));
            i32_of(signs.into_iter().rev().fold(0, |mask, sign| (mask << 1) | sign))
        }
    )+};
}

tests! {
    /// `i8x16.all_true`: 1 if no lane is zero, else 0.
    i8x16_all_true,
    /// `i8x16.bitmask`: bit *i* is the sign of lane *i*.
    i8x16_bitmask: to_i8x16;
    /// `i16x8.all_true`: 1 if no lane is zero, else 0.
    i16x8_all_true,
    /// `i16x8.bitmask`: bit *i* is the sign of lane *i*.
    i16x8_bitmask: to_i16x8;
    /// `i32x4.all_true`: 1 if no lane is zero, else 0.
    i32x4_all_true,
    /// `i32x4.bitmask`: bit *i* is the sign of lane *i*.
    i32x4_bitmask: to_i32x4;
    /// `i64x2.all_true`: 1 if no lane is zero, else 0.
    i64x2_all_true,
    /// `i64x2.bitmask`: bit *i* is the sign of lane *i*.
    i64x2_bitmask: to_i64x2;
}
