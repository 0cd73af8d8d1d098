//! Bitwise instructions and the tests of a whole vector (§4.4.3.1 to §4.4.3.3, §4.4.3.14, §4.4.3.15).
//!
//! Those on bits exist once for each width of lanes. They give the same; but LLVM keeps a value in a vector
//! register only as long as it is made of, and taken apart into, lanes of one width, so that the form
//! wanted is that of the instructions around (32 bits, also those of an `f32`, where nothing is known of
//! them). [`v128_whole`] goes between different ones.

use super::shape::{binary, unary, Lanes};
use crate::cast::i64_of;
use crate::int::i32_wrap_i64;
use crate::v128::V128;

/// The value, of which LLVM from here on doesn't know the lanes. Where a value made of lanes of one width
/// is taken apart into lanes of another, this costs a store and a load, and saves dozens of instructions
/// that would put the lanes together one by one.
#[inline(always)]
#[must_use]
pub fn v128_whole(a: V128) -> V128 {
    core::hint::black_box(a)
}

/// Rows `not, and, andnot, or, xor, bitselect, any_true: to, from, their lanes in words;`.
macro_rules! bitwise {
    ($($not:ident $and:ident $andnot:ident $or:ident $xor:ident $bitselect:ident $any_true:ident:
        $to:ident, $from:ident, $lanes:literal;)+) => {$(
        unary! {
            #[doc = concat!("`v128.not`, ", $lanes, ".")]
            $not($to, $from, a) = !a;
        }

        binary! {
            #[doc = concat!("`v128.and`, ", $lanes, ".")]
            $and($to, $from, a, b) = a & b;
            #[doc = concat!("`v128.andnot`, ", $lanes, ": the bits of `a` that `b` has not.")]
            $andnot($to, $from, a, b) = a & !b;
            #[doc = concat!("`v128.or`, ", $lanes, ".")]
            $or($to, $from, a, b) = a | b;
            #[doc = concat!("`v128.xor`, ", $lanes, ".")]
            $xor($to, $from, a, b) = a ^ b;
        }

        #[doc = concat!("`v128.bitselect`, ", $lanes, ": the bits of `a` where `c` has ones, else those of `b`.")]
        #[inline]
        #[must_use]
        pub fn $bitselect(a: V128, b: V128, c: V128) -> V128 {
            $or($and(a, c), $andnot(b, c))
        }

        #[doc = concat!("`v128.any_true`, ", $lanes, ": 1 if any bit is set, else 0.")]
        #[inline]
        #[must_use]
        pub fn $any_true(a: V128) -> i32 {
            i32::from(a.$to().fold(|lane| lane, |any, lane| any | lane) != 0)
        }
    )+};
}

bitwise! {
    v128_not v128_and v128_andnot v128_or v128_xor v128_bitselect v128_any_true:
        to_u32x4, from_u32x4, "by lanes of 32 bits";
    i8x16_not i8x16_and i8x16_andnot i8x16_or i8x16_xor i8x16_bitselect i8x16_any_true:
        to_u8x16, from_u8x16, "by lanes of 8 bits";
    i16x8_not i16x8_and i16x8_andnot i16x8_or i16x8_xor i16x8_bitselect i16x8_any_true:
        to_u16x8, from_u16x8, "by lanes of 16 bits";
    i64x2_not i64x2_and i64x2_andnot i64x2_or i64x2_xor i64x2_bitselect i64x2_any_true:
        to_u64x2, from_u64x2, "by lanes of 64 bits";
}

/// Rows `name: to;`.
macro_rules! all_true {
    ($($(#[$attr:meta])* $name:ident: $to:ident;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128) -> i32 {
            i32::from(a.$to().fold(|a| a != 0, |all, lane| all & lane))
        }
    )+};
}

all_true! {
    /// `i8x16.all_true`: 1 if no lane is zero, else 0.
    i8x16_all_true: to_i8x16;
    /// `i16x8.all_true`: 1 if no lane is zero, else 0.
    i16x8_all_true: to_i16x8;
    /// `i32x4.all_true`: 1 if no lane is zero, else 0.
    i32x4_all_true: to_i32x4;
    /// `i64x2.all_true`: 1 if no lane is zero, else 0.
    i64x2_all_true: to_i64x2;
}

/// `i8x16.bitmask`: bit *i* is the sign of lane *i*.
#[inline]
#[must_use]
pub fn i8x16_bitmask(a: V128) -> i32 {
    // Bit 8 i, times 2 to the power of 56 - 7 i, is bit 56 + i; no two products fall on the same bit.
    gather(
        a,
        |half| ((half >> 7) & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56,
        8,
    )
}

/// `i16x8.bitmask`: bit *i* is the sign of lane *i*.
#[inline]
#[must_use]
pub fn i16x8_bitmask(a: V128) -> i32 {
    // Bit 16 i, times 2 to the power of 60 - 15 i, is bit 60 + i.
    gather(
        a,
        |half| ((half >> 15) & 0x0001_0001_0001_0001).wrapping_mul(0x1000_2000_4000_8000) >> 60,
        4,
    )
}

/// `i32x4.bitmask`: bit *i* is the sign of lane *i*.
#[inline]
#[must_use]
pub fn i32x4_bitmask(a: V128) -> i32 {
    let [a, b, c, d] = a.to_i32x4().each(|lane| i32::from(lane < 0));
    a | (b << 1) | (c << 2) | (d << 3)
}

/// `i64x2.bitmask`: bit *i* is the sign of lane *i*.
#[inline]
#[must_use]
pub fn i64x2_bitmask(a: V128) -> i32 {
    let [a, b] = a.to_i64x2().each(|lane| i32::from(lane < 0));
    a | (b << 1)
}

/// The bits of both halves, so many of each.
#[inline(always)]
fn gather(a: V128, bits: impl Fn(u64) -> u64, number: u32) -> i32 {
    let [low, high] = v128_whole(a).to_u64x2();
    i32_wrap_i64(i64_of(bits(low) | bits(high).wrapping_shl(number)))
}
