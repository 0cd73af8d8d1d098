//! The vector type and its instructions (§4.4.3, of the relaxed ones too), under their opcodes' names.
//!
//! A [`V128`] is 16 bytes in the order of memory. An instruction takes them apart into lanes (byte 0 is
//! the low byte of lane 0, on every host), works on arrays of lanes, and puts the result together
//! (`portable`): safe Rust that means the same everywhere, of which LLVM makes vector instructions
//! where it can (`make simd` shows which). With the feature `simd` the instructions of x86-64 take their
//! place there (`sse2`), to the same results.
//!
//! Operands come in the order of the stack, immediates after them. Lane indices of a valid module are
//! in range; others are taken modulo the number of lanes.

mod memory;
mod portable;
mod relaxed;
#[cfg(all(feature = "simd", target_arch = "x86_64", target_feature = "sse2"))]
mod sse2;

#[cfg(not(all(feature = "simd", target_arch = "x86_64", target_feature = "sse2")))]
use portable::{half, loaded};
#[cfg(all(feature = "simd", target_arch = "x86_64", target_feature = "sse2"))]
use sse2::{half, v128_whole as loaded};

pub use memory::*;
#[cfg_attr(
    all(feature = "simd", target_arch = "x86_64", target_feature = "sse2"),
    allow(unused_imports)
)]
pub use portable::*;
pub use relaxed::*;
#[cfg(all(feature = "simd", target_arch = "x86_64", target_feature = "sse2"))]
pub use sse2::{
    f32x4_abs, f32x4_add, f32x4_canonical, f32x4_ceil, f32x4_convert_i32x4_s,
    f32x4_convert_i32x4_u, f32x4_demote_f64x2_zero, f32x4_div, f32x4_eq, f32x4_extract_lane,
    f32x4_floor, f32x4_ge, f32x4_gt, f32x4_le, f32x4_lt, f32x4_max, f32x4_min, f32x4_mul, f32x4_ne,
    f32x4_nearest, f32x4_neg, f32x4_pmax, f32x4_pmin, f32x4_quiet, f32x4_replace_lane, f32x4_splat,
    f32x4_sqrt, f32x4_sub, f32x4_trunc, f64x2_abs, f64x2_add, f64x2_canonical, f64x2_ceil,
    f64x2_convert_low_i32x4_s, f64x2_convert_low_i32x4_u, f64x2_div, f64x2_eq, f64x2_extract_lane,
    f64x2_floor, f64x2_ge, f64x2_gt, f64x2_le, f64x2_lt, f64x2_max, f64x2_min, f64x2_mul, f64x2_ne,
    f64x2_nearest, f64x2_neg, f64x2_pmax, f64x2_pmin, f64x2_promote_low_f32x4, f64x2_quiet,
    f64x2_replace_lane, f64x2_splat, f64x2_sqrt, f64x2_sub, f64x2_trunc, i16x8_abs, i16x8_add,
    i16x8_add_sat_s, i16x8_add_sat_u, i16x8_all_true, i16x8_and, i16x8_andnot, i16x8_any_true,
    i16x8_avgr_u, i16x8_bitmask, i16x8_bitselect, i16x8_eq, i16x8_extadd_pairwise_i8x16_s,
    i16x8_extadd_pairwise_i8x16_u, i16x8_extend_high_i8x16_s, i16x8_extend_high_i8x16_u,
    i16x8_extend_low_i8x16_s, i16x8_extend_low_i8x16_u, i16x8_extmul_high_i8x16_s,
    i16x8_extmul_high_i8x16_u, i16x8_extmul_low_i8x16_s, i16x8_extmul_low_i8x16_u,
    i16x8_extract_lane_s, i16x8_extract_lane_u, i16x8_ge_s, i16x8_ge_u, i16x8_gt_s, i16x8_gt_u,
    i16x8_le_s, i16x8_le_u, i16x8_lt_s, i16x8_lt_u, i16x8_max_s, i16x8_max_u, i16x8_min_s,
    i16x8_min_u, i16x8_mul, i16x8_narrow_i32x4_s, i16x8_narrow_i32x4_u, i16x8_ne, i16x8_neg,
    i16x8_not, i16x8_or, i16x8_q15mulr_sat_s, i16x8_relaxed_dot_i8x16_i7x16_s, i16x8_replace_lane,
    i16x8_shl, i16x8_shr_s, i16x8_shr_u, i16x8_shuffle, i16x8_splat, i16x8_sub, i16x8_sub_sat_s,
    i16x8_sub_sat_u, i16x8_xor, i32x4_abs, i32x4_add, i32x4_all_true, i32x4_bitmask,
    i32x4_dot_i16x8_s, i32x4_eq, i32x4_extadd_pairwise_i16x8_s, i32x4_extadd_pairwise_i16x8_u,
    i32x4_extend_high_i16x8_s, i32x4_extend_high_i16x8_u, i32x4_extend_low_i16x8_s,
    i32x4_extend_low_i16x8_u, i32x4_extmul_high_i16x8_s, i32x4_extmul_high_i16x8_u,
    i32x4_extmul_low_i16x8_s, i32x4_extmul_low_i16x8_u, i32x4_extract_lane, i32x4_ge_s, i32x4_ge_u,
    i32x4_gt_s, i32x4_gt_u, i32x4_le_s, i32x4_le_u, i32x4_lt_s, i32x4_lt_u, i32x4_max_s,
    i32x4_max_u, i32x4_min_s, i32x4_min_u, i32x4_mul, i32x4_ne, i32x4_neg, i32x4_replace_lane,
    i32x4_shl, i32x4_shr_s, i32x4_shr_u, i32x4_shuffle, i32x4_splat, i32x4_sub,
    i32x4_trunc_sat_f32x4_s, i32x4_trunc_sat_f32x4_u, i32x4_trunc_sat_f64x2_s_zero,
    i32x4_trunc_sat_f64x2_u_zero, i64x2_abs, i64x2_add, i64x2_all_true, i64x2_and, i64x2_andnot,
    i64x2_any_true, i64x2_bitmask, i64x2_bitselect, i64x2_eq, i64x2_extend_high_i32x4_s,
    i64x2_extend_high_i32x4_u, i64x2_extend_low_i32x4_s, i64x2_extend_low_i32x4_u,
    i64x2_extmul_high_i32x4_s, i64x2_extmul_high_i32x4_u, i64x2_extmul_low_i32x4_s,
    i64x2_extmul_low_i32x4_u, i64x2_extract_lane, i64x2_ge_s, i64x2_gt_s, i64x2_le_s, i64x2_lt_s,
    i64x2_mul, i64x2_ne, i64x2_neg, i64x2_not, i64x2_or, i64x2_replace_lane, i64x2_shl,
    i64x2_shr_s, i64x2_shr_u, i64x2_shuffle, i64x2_splat, i64x2_sub, i64x2_xor, i8x16_abs,
    i8x16_add, i8x16_add_sat_s, i8x16_add_sat_u, i8x16_all_true, i8x16_and, i8x16_andnot,
    i8x16_any_true, i8x16_avgr_u, i8x16_bitmask, i8x16_bitselect, i8x16_eq, i8x16_extract_lane_s,
    i8x16_extract_lane_u, i8x16_ge_s, i8x16_ge_u, i8x16_gt_s, i8x16_gt_u, i8x16_le_s, i8x16_le_u,
    i8x16_lt_s, i8x16_lt_u, i8x16_max_s, i8x16_max_u, i8x16_min_s, i8x16_min_u,
    i8x16_narrow_i16x8_s, i8x16_narrow_i16x8_u, i8x16_ne, i8x16_neg, i8x16_not, i8x16_or,
    i8x16_popcnt, i8x16_replace_lane, i8x16_shl, i8x16_shr_s, i8x16_shr_u, i8x16_shuffle,
    i8x16_splat, i8x16_sub, i8x16_sub_sat_s, i8x16_sub_sat_u, i8x16_swizzle, i8x16_xor, v128_and,
    v128_andnot, v128_any_true, v128_bitselect, v128_not, v128_or, v128_whole, v128_xor,
};

/// A 128-bit vector (§2.3.2): 16 bytes, which each instruction interprets as lanes of its own choice.
///
/// ```
/// use herkos_runtime::{prelude::*, V128};
/// let a = V128::from_i32x4([1, 2, 3, 4]);
/// assert_eq!(i32x4_add(a, i32x4_splat(10)).to_i32x4(), [11, 12, 13, 14]);
/// assert_eq!(a.to_i64x2(), [0x2_0000_0001, 0x4_0000_0003]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(target_pointer_width = "64", repr(align(16)))]
pub struct V128([u8; 16]);

impl V128 {
    /// All bits clear.
    pub const ZERO: Self = Self([0; 16]);

    /// The vector whose bits these are; the least significant byte is byte 0.
    #[inline]
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits.to_le_bytes())
    }

    /// The bits; byte 0 is the least significant.
    #[inline]
    #[must_use]
    pub const fn to_bits(self) -> u128 {
        u128::from_le_bytes(self.0)
    }

    /// The bytes in the order of memory.
    #[inline]
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes in the order of memory.
    #[inline]
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}
