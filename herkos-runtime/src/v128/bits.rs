//! Bitwise instructions and the tests of a whole vector (§4.4.3.1 to §4.4.3.3, §4.4.3.14, §4.4.3.15).
//!
//! Those on bits exist once for each width of lanes. They give the same; but LLVM keeps a value in a vector
//! register only as long as it is made of, and taken apart into, lanes of one width, so that the form
//! wanted is that of the instructions around. [`v128_whole`] goes between different ones.

use super::shape::{binary, unary, Lanes};
use super::V128;

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
        to_u64x2, from_u64x2, "by halves";
    i8x16_not i8x16_and i8x16_andnot i8x16_or i8x16_xor i8x16_bitselect i8x16_any_true:
        to_u8x16, from_u8x16, "by lanes of 8 bits";
    i16x8_not i16x8_and i16x8_andnot i16x8_or i16x8_xor i16x8_bitselect i16x8_any_true:
        to_u16x8, from_u16x8, "by lanes of 16 bits";
    i32x4_not i32x4_and i32x4_andnot i32x4_or i32x4_xor i32x4_bitselect i32x4_any_true:
        to_u32x4, from_u32x4, "by lanes of 32 bits";
}

/// Rows `name of all_true, name of bitmask: to;`.
macro_rules! tests {
    ($($(#[$all_doc:meta])* $all:ident, $(#[$mask_doc:meta])* $mask:ident:
        $to:ident, |$lanes:ident| $bits:expr;)+) => {$(
        $(#[$all_doc])*
        #[inline]
        #[must_use]
        pub fn $all(a: V128) -> i32 {
            i32::from(a.$to().fold(|a| a != 0, |all, lane| all & lane))
        }

        $(#[$mask_doc])*
        #[inline]
        #[must_use]
        pub fn $mask(a: V128) -> i32 {
            let $lanes = a.$to().each(|a| a < 0);
            $bits
        }
    )+};
}

tests! {
    /// `i8x16.all_true`: 1 if no lane is zero, else 0.
    i8x16_all_true,
    /// `i8x16.bitmask`: bit *i* is the sign of lane *i*.
    i8x16_bitmask: to_i8x16, |lanes| {
        let (low, high) = (lanes.low(|lane| lane), lanes.high(|lane| lane));
        i32::from(eight_bits(low)) | (i32::from(eight_bits(high)) << 8)
    };
    /// `i16x8.all_true`: 1 if no lane is zero, else 0.
    i16x8_all_true,
    /// `i16x8.bitmask`: bit *i* is the sign of lane *i*.
    i16x8_bitmask: to_i16x8, |lanes| i32::from(eight_bits(lanes));
    /// `i32x4.all_true`: 1 if no lane is zero, else 0.
    i32x4_all_true,
    /// `i32x4.bitmask`: bit *i* is the sign of lane *i*.
    i32x4_bitmask: to_i32x4, |lanes| {
        let [a, b, c, d] = lanes.each(i32::from);
        a | (b << 1) | (c << 2) | (d << 3)
    };
    /// `i64x2.all_true`: 1 if no lane is zero, else 0.
    i64x2_all_true,
    /// `i64x2.bitmask`: bit *i* is the sign of lane *i*.
    i64x2_bitmask: to_i64x2, |lanes| {
        let [a, b] = lanes.each(i32::from);
        a | (b << 1)
    };
}

/// Bit *i* is value *i*. A sum of bytes, since that is one instruction for many a processor.
#[inline(always)]
fn eight_bits([a, b, c, d, e, f, g, h]: [bool; 8]) -> u8 {
    let bit = |value: bool, place: u8| if value { place } else { 0 };
    bit(a, 1)
        .wrapping_add(bit(b, 2))
        .wrapping_add(bit(c, 4))
        .wrapping_add(bit(d, 8))
        .wrapping_add(bit(e, 16))
        .wrapping_add(bit(f, 32))
        .wrapping_add(bit(g, 64))
        .wrapping_add(bit(h, 128))
}
