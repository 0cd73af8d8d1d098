//! Splats, single lanes, and lanes moved about (§4.4.3.4 to §4.4.3.7).

use super::shape::Lanes;
use crate::v128::V128;

/// An index of a lane that can't be out of range. (`N` is a power of two.)
#[inline(always)]
fn index<const N: usize>(lane: u8) -> usize {
    usize::from(lane) & N.wrapping_sub(1)
}

/// The lane of that index, modulo their number.
#[inline(always)]
fn extract<T: Copy + Default, const N: usize>(lanes: [T; N], lane: u8) -> T {
    lanes.get(index::<N>(lane)).copied().unwrap_or_default()
}

/// The lanes with another one in that place, modulo their number.
#[inline(always)]
fn replace<T, const N: usize>(mut lanes: [T; N], lane: u8, value: T) -> [T; N] {
    if let Some(place) = lanes.get_mut(index::<N>(lane)) {
        *place = value;
    }
    lanes
}

/// Rows `splat, extract, replace: (lane type, number of lanes, to, from), operand, its lane, value of a lane;`.
macro_rules! splats {
    ($($splat:ident, $replace:ident: $shape:literal, $lanes:literal, $to:ident, $from:ident,
        $ty:ty, |$x:ident| $lane:expr;)+) => {$(
        #[doc = concat!("`", $shape, ".splat`: every lane has that value.")]
        #[inline]
        #[must_use]
        #[allow(clippy::cast_possible_truncation, reason = "lanes wrap (§4.4.3.6)")]
        pub fn $splat($x: $ty) -> V128 {
            V128::$from([$lane; $lanes])
        }

        #[doc = concat!("`", $shape, ".replace_lane`: `a` with that value in one lane.")]
        #[inline]
        #[must_use]
        #[allow(clippy::cast_possible_truncation, reason = "lanes wrap (§4.4.3.7)")]
        pub fn $replace(a: V128, $x: $ty, lane: u8) -> V128 {
            V128::$from(replace(a.$to(), lane, $lane))
        }
    )+};
}

splats! {
    i8x16_splat, i8x16_replace_lane: "i8x16", 16, to_i8x16, from_i8x16, i32, |x| x as i8;
    i16x8_splat, i16x8_replace_lane: "i16x8", 8, to_i16x8, from_i16x8, i32, |x| x as i16;
    i32x4_splat, i32x4_replace_lane: "i32x4", 4, to_i32x4, from_i32x4, i32, |x| x;
    i64x2_splat, i64x2_replace_lane: "i64x2", 2, to_i64x2, from_i64x2, i64, |x| x;
    f32x4_splat, f32x4_replace_lane: "f32x4", 4, to_f32x4, from_f32x4, f32, |x| x;
    f64x2_splat, f64x2_replace_lane: "f64x2", 2, to_f64x2, from_f64x2, f64, |x| x;
}

/// Rows `name: to, type;`.
macro_rules! extracts {
    ($($(#[$attr:meta])* $name:ident: $to:ident, $ty:ty;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128, lane: u8) -> $ty {
            <$ty>::from(extract(a.$to(), lane))
        }
    )+};
}

extracts! {
    /// `i8x16.extract_lane_s`: sign-extended.
    i8x16_extract_lane_s: to_i8x16, i32;
    /// `i8x16.extract_lane_u`: zero-extended.
    i8x16_extract_lane_u: to_u8x16, i32;
    /// `i16x8.extract_lane_s`: sign-extended.
    i16x8_extract_lane_s: to_i16x8, i32;
    /// `i16x8.extract_lane_u`: zero-extended.
    i16x8_extract_lane_u: to_u16x8, i32;
    /// `i32x4.extract_lane`.
    i32x4_extract_lane: to_i32x4, i32;
    /// `i64x2.extract_lane`.
    i64x2_extract_lane: to_i64x2, i64;
    /// `f32x4.extract_lane`: the bits unchanged, NaNs included.
    f32x4_extract_lane: to_f32x4, f32;
    /// `f64x2.extract_lane`: the bits unchanged, NaNs included.
    f64x2_extract_lane: to_f64x2, f64;
}

/// Rows `name: to, from;`.
macro_rules! shuffles {
    ($($(#[$attr:meta])* $name:ident: $to:ident, $from:ident, $lanes:literal;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128, b: V128, lanes: [u8; $lanes]) -> V128 {
            let pick = |lane| extract(if lane & $lanes == 0 { a.$to() } else { b.$to() }, lane);
            V128::$from(lanes.each(pick))
        }
    )+};
}

shuffles! {
    /// `i8x16.shuffle`: byte *i* is that byte of `a` and `b` one after the other which `lanes` names.
    i8x16_shuffle: to_u8x16, from_u8x16, 16;
    /// `i8x16.shuffle` that moves whole lanes of 16 bits.
    i16x8_shuffle: to_u16x8, from_u16x8, 8;
    /// `i8x16.shuffle` that moves whole lanes of 32 bits.
    i32x4_shuffle: to_u32x4, from_u32x4, 4;
    /// `i8x16.shuffle` that moves whole lanes of 64 bits.
    i64x2_shuffle: to_u64x2, from_u64x2, 2;
}

/// `i8x16.swizzle`: byte *i* is that byte of `a` which byte *i* of `b` names; 0 if there is none.
#[inline]
#[must_use]
pub fn i8x16_swizzle(a: V128, b: V128) -> V128 {
    let table: [u8; 32] = a.0.join([0; 16], |byte| byte);
    let places = b.0.each(|lane| lane.min(16));
    V128(places.each(|place| extract(table, place)))
}

/// The vector whose first eight bytes these are; the others are 0.
#[inline(always)]
pub(in crate::v128) fn half(bytes: &[u8; 8]) -> V128 {
    let mut all = [0; 16];
    // One by one: LLVM would copy them as one integer, and then take that apart.
    for (place, byte) in all.iter_mut().zip(bytes) {
        *place = *byte;
    }
    V128(all)
}

/// A vector as it comes from memory.
#[inline(always)]
pub(in crate::v128) fn loaded(a: V128) -> V128 {
    a
}
