//! Splats, single lanes, and lanes moved about.

use safe_arch::*;

use super::Register;
use crate::v128::{portable, V128};

/// Rows `name: type, value;`.
macro_rules! splats {
    ($($name:ident: $ty:ty, |$x:ident| $value:expr;)+) => {$(
        #[doc = concat!("See `portable::", stringify!($name), "`.")]
        #[inline]
        #[must_use]
        #[allow(clippy::cast_possible_truncation, reason = "lanes wrap (§4.4.3.6)")]
        pub fn $name($x: $ty) -> V128 {
            $value.vector()
        }
    )+};
}

splats! {
    i8x16_splat: i32, |x| set_splat_i8_m128i(x as i8);
    i16x8_splat: i32, |x| set_splat_i16_m128i(x as i16);
    i32x4_splat: i32, |x| set_splat_i32_m128i(x);
    i64x2_splat: i64, |x| set_splat_i64_m128i(x);
    f32x4_splat: f32, |x| set_splat_m128(x);
    f64x2_splat: f64, |x| set_splat_m128d(x);
}

/// Rows `name: result;`: the portable instruction, of a register.
macro_rules! extracts {
    ($($name:ident: $ty:ty;)+) => {$(
        #[doc = concat!("See `portable::", stringify!($name), "`.")]
        #[inline]
        #[must_use]
        pub fn $name(a: V128, lane: u8) -> $ty {
            portable::$name(v128_whole(a), lane)
        }
    )+};
}

extracts! {
    i8x16_extract_lane_s: i32;
    i8x16_extract_lane_u: i32;
    i16x8_extract_lane_s: i32;
    i16x8_extract_lane_u: i32;
    i32x4_extract_lane: i32;
    i64x2_extract_lane: i64;
    f32x4_extract_lane: f32;
    f64x2_extract_lane: f64;
}

/// The vector whose first eight bytes these are; the others are 0.
#[inline(always)]
pub(in crate::v128) fn half(bytes: &[u8; 8]) -> V128 {
    set_i64_m128i_s(i64::from_le_bytes(*bytes)).vector()
}

/// See `portable::v128_whole`: here a vector is a register between any two instructions, if what was made of lanes
/// passes one.
#[inline(always)]
#[must_use]
pub fn v128_whole(a: V128) -> V128 {
    // The operation keeps rustc from leaving out the way into a register and back; LLVM does, later.
    bitor_m128i(m128i::of(a), zeroed_m128i()).vector()
}

/// Rows `name(vectors; others) -> result`: the portable instruction, of registers. LLVM makes shuffles of it.
macro_rules! by_lanes {
    ($($name:ident($($vector:ident),+; $($other:ident: $ty:ty),+);)+) => {$(
        #[doc = concat!("See `portable::", stringify!($name), "`.")]
        // What is left with constant lanes is little, which LLVM does not foresee.
        #[inline(always)]
        #[must_use]
        pub fn $name($($vector: V128,)+ $($other: $ty),+) -> V128 {
            v128_whole(portable::$name($(v128_whole($vector),)+ $($other),+))
        }
    )+};
}

by_lanes! {
    i8x16_shuffle(a, b; lanes: [u8; 16]);
    i16x8_shuffle(a, b; lanes: [u8; 8]);
    i32x4_shuffle(a, b; lanes: [u8; 4]);
    i64x2_shuffle(a, b; lanes: [u8; 2]);
    i8x16_replace_lane(a; x: i32, lane: u8);
    i16x8_replace_lane(a; x: i32, lane: u8);
    i32x4_replace_lane(a; x: i32, lane: u8);
    i64x2_replace_lane(a; x: i64, lane: u8);
    f32x4_replace_lane(a; x: f32, lane: u8);
    f64x2_replace_lane(a; x: f64, lane: u8);
}

/// See `portable::i8x16_swizzle`: places beyond 15 get a bit that makes the byte 0.
#[cfg(target_feature = "ssse3")]
#[inline]
#[must_use]
pub fn i8x16_swizzle(a: V128, b: V128) -> V128 {
    let places = add_saturating_u8_m128i(m128i::of(b), set_splat_i8_m128i(0x70));
    shuffle_av_i8z_all_m128i(m128i::of(a), places).vector()
}

#[cfg(not(target_feature = "ssse3"))]
pub use crate::v128::portable::i8x16_swizzle;
