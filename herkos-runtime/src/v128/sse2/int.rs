//! Bits, integer arithmetic on lanes of one width, comparisons.

use safe_arch::*;

use super::{instructions, not, ones, select, Register};
use crate::v128::V128;

#[inline(always)]
fn negated(zero_minus: impl Fn(m128i, m128i) -> m128i, a: m128i) -> m128i {
    zero_minus(zeroed_m128i(), a)
}

instructions! { m128i:
    v128_not(a) = not(a);
    v128_and(a, b) = bitand_m128i(a, b);
    v128_andnot(a, b) = bitandnot_m128i(b, a);
    v128_or(a, b) = bitor_m128i(a, b);
    v128_xor(a, b) = bitxor_m128i(a, b);
    v128_bitselect(a, b, c) = select(c, a, b);
}

/// See `portable::v128_any_true`.
#[inline]
#[must_use]
pub fn v128_any_true(a: V128) -> i32 {
    let zeros = cmp_eq_mask_i8_m128i(m128i::of(a), zeroed_m128i());
    i32::from(move_mask_i8_m128i(zeros) != 0xffff)
}

pub use {
    v128_and as i16x8_and, v128_and as i64x2_and, v128_and as i8x16_and,
    v128_andnot as i16x8_andnot, v128_andnot as i64x2_andnot, v128_andnot as i8x16_andnot,
    v128_any_true as i16x8_any_true, v128_any_true as i64x2_any_true,
    v128_any_true as i8x16_any_true, v128_bitselect as i16x8_bitselect,
    v128_bitselect as i64x2_bitselect, v128_bitselect as i8x16_bitselect, v128_not as i16x8_not,
    v128_not as i64x2_not, v128_not as i8x16_not, v128_or as i16x8_or, v128_or as i64x2_or,
    v128_or as i8x16_or, v128_xor as i16x8_xor, v128_xor as i64x2_xor, v128_xor as i8x16_xor,
};

/// Rows `name(operand) = mask of all lanes' signs;`.
macro_rules! masks {
    ($($name:ident($a:ident) = $value:expr;)+) => {$(
        #[doc = concat!("See `portable::", stringify!($name), "`.")]
        #[inline]
        #[must_use]
        pub fn $name(a: V128) -> i32 {
            let $a = m128i::of(a);
            $value
        }
    )+};
}

masks! {
    i8x16_all_true(a) = i32::from(move_mask_i8_m128i(cmp_eq_mask_i8_m128i(a, zeroed_m128i())) == 0);
    i16x8_all_true(a) = i32::from(move_mask_i8_m128i(cmp_eq_mask_i16_m128i(a, zeroed_m128i())) == 0);
    i32x4_all_true(a) = i32::from(move_mask_i8_m128i(cmp_eq_mask_i32_m128i(a, zeroed_m128i())) == 0);
    i64x2_all_true(a) = i32::from(move_mask_i8_m128i(equal64(a, zeroed_m128i())) == 0);
    i8x16_bitmask(a) = move_mask_i8_m128i(a);
    i16x8_bitmask(a) = move_mask_i8_m128i(pack_i16_to_i8_m128i(a, zeroed_m128i()));
    i32x4_bitmask(a) = move_mask_m128(cast_to_m128_from_m128i(a));
    i64x2_bitmask(a) = move_mask_m128d(cast_to_m128d_from_m128i(a));
}

/// The lanes of `a` that the comparison is true of, else those of `b`.
#[inline(always)]
fn chosen(compare: impl Fn(m128i, m128i) -> m128i, a: m128i, b: m128i) -> m128i {
    select(compare(a, b), a, b)
}

#[inline(always)]
fn greater_u32(a: m128i, b: m128i) -> m128i {
    let sign = set_splat_i32_m128i(i32::MIN);
    cmp_gt_mask_i32_m128i(bitxor_m128i(a, sign), bitxor_m128i(b, sign))
}

#[inline(always)]
fn bytes_of(bits: i8) -> m128i {
    set_splat_i8_m128i(bits)
}

/// Counts of bits in ever more bits, of all bytes at once.
#[inline(always)]
fn popcnt(a: m128i) -> m128i {
    let shifted = bitand_m128i(shr_imm_u16_m128i::<1>(a), bytes_of(0x55));
    let a = sub_i8_m128i(a, shifted);
    let pairs = bitand_m128i(shr_imm_u16_m128i::<2>(a), bytes_of(0x33));
    let a = add_i8_m128i(bitand_m128i(a, bytes_of(0x33)), pairs);
    bitand_m128i(add_i8_m128i(a, shr_imm_u16_m128i::<4>(a)), bytes_of(0x0f))
}

#[inline(always)]
fn sign64(a: m128i) -> m128i {
    shuffle_ai_f32_all_m128i::<0b11_11_01_01>(shr_imm_i32_m128i::<31>(a))
}

#[inline(always)]
fn abs_by(sign: m128i, minus: impl Fn(m128i, m128i) -> m128i, a: m128i) -> m128i {
    minus(bitxor_m128i(a, sign), sign)
}

#[cfg(target_feature = "sse4.1")]
#[inline(always)]
fn product32(a: m128i, b: m128i) -> m128i {
    mul_32_m128i(a, b)
}

/// By lanes: LLVM makes vector instructions of it, fewer where it sees that factors have 16 bits at most.
#[cfg(not(target_feature = "sse4.1"))]
#[inline(always)]
fn product32(a: m128i, b: m128i) -> m128i {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (lanes32(a), lanes32(b));
    set_i32_m128i(
        a3.wrapping_mul(b3),
        a2.wrapping_mul(b2),
        a1.wrapping_mul(b1),
        a0.wrapping_mul(b0),
    )
}

#[cfg(not(target_feature = "sse4.1"))]
#[inline(always)]
fn lanes32(a: m128i) -> [i32; 4] {
    [
        get_i32_from_m128i_s(a),
        get_i32_from_m128i_s(shuffle_ai_f32_all_m128i::<1>(a)),
        get_i32_from_m128i_s(shuffle_ai_f32_all_m128i::<2>(a)),
        get_i32_from_m128i_s(shuffle_ai_f32_all_m128i::<3>(a)),
    ]
}

#[inline(always)]
fn product64(a: m128i, b: m128i) -> m128i {
    let high = |x| shr_imm_u64_m128i::<32>(x);
    let cross = add_i64_m128i(
        mul_widen_u32_odd_m128i(high(a), b),
        mul_widen_u32_odd_m128i(a, high(b)),
    );
    add_i64_m128i(
        mul_widen_u32_odd_m128i(a, b),
        shl_imm_u64_m128i::<32>(cross),
    )
}

instructions! { m128i:
    i8x16_abs(a) = min_u8_m128i(a, negated(sub_i8_m128i, a));
    i8x16_neg(a) = negated(sub_i8_m128i, a);
    i8x16_popcnt(a) = popcnt(a);
    i8x16_add(a, b) = add_i8_m128i(a, b);
    i8x16_sub(a, b) = sub_i8_m128i(a, b);
    i8x16_add_sat_s(a, b) = add_saturating_i8_m128i(a, b);
    i8x16_add_sat_u(a, b) = add_saturating_u8_m128i(a, b);
    i8x16_sub_sat_s(a, b) = sub_saturating_i8_m128i(a, b);
    i8x16_sub_sat_u(a, b) = sub_saturating_u8_m128i(a, b);
    i8x16_avgr_u(a, b) = average_u8_m128i(a, b);
    i8x16_min_s(a, b) = chosen(cmp_lt_mask_i8_m128i, a, b);
    i8x16_min_u(a, b) = min_u8_m128i(a, b);
    i8x16_max_s(a, b) = chosen(cmp_gt_mask_i8_m128i, a, b);
    i8x16_max_u(a, b) = max_u8_m128i(a, b);
    i16x8_abs(a) = max_i16_m128i(a, negated(sub_i16_m128i, a));
    i16x8_neg(a) = negated(sub_i16_m128i, a);
    i16x8_add(a, b) = add_i16_m128i(a, b);
    i16x8_sub(a, b) = sub_i16_m128i(a, b);
    i16x8_mul(a, b) = mul_i16_keep_low_m128i(a, b);
    i16x8_add_sat_s(a, b) = add_saturating_i16_m128i(a, b);
    i16x8_add_sat_u(a, b) = add_saturating_u16_m128i(a, b);
    i16x8_sub_sat_s(a, b) = sub_saturating_i16_m128i(a, b);
    i16x8_sub_sat_u(a, b) = sub_saturating_u16_m128i(a, b);
    i16x8_avgr_u(a, b) = average_u16_m128i(a, b);
    i16x8_min_s(a, b) = min_i16_m128i(a, b);
    i16x8_min_u(a, b) = sub_i16_m128i(a, sub_saturating_u16_m128i(a, b));
    i16x8_max_s(a, b) = max_i16_m128i(a, b);
    i16x8_max_u(a, b) = add_i16_m128i(b, sub_saturating_u16_m128i(a, b));
    i32x4_abs(a) = abs_by(shr_imm_i32_m128i::<31>(a), sub_i32_m128i, a);
    i32x4_neg(a) = negated(sub_i32_m128i, a);
    i32x4_add(a, b) = add_i32_m128i(a, b);
    i32x4_sub(a, b) = sub_i32_m128i(a, b);
    i32x4_mul(a, b) = product32(a, b);
    i32x4_min_s(a, b) = chosen(cmp_lt_mask_i32_m128i, a, b);
    i32x4_min_u(a, b) = chosen(|a, b| greater_u32(b, a), a, b);
    i32x4_max_s(a, b) = chosen(cmp_gt_mask_i32_m128i, a, b);
    i32x4_max_u(a, b) = chosen(greater_u32, a, b);
    i64x2_abs(a) = abs_by(sign64(a), sub_i64_m128i, a);
    i64x2_neg(a) = negated(sub_i64_m128i, a);
    i64x2_add(a, b) = add_i64_m128i(a, b);
    i64x2_sub(a, b) = sub_i64_m128i(a, b);
    i64x2_mul(a, b) = product64(a, b);
}

#[inline(always)]
fn equal64(a: m128i, b: m128i) -> m128i {
    let halves = cmp_eq_mask_i32_m128i(a, b);
    bitand_m128i(halves, shuffle_ai_f32_all_m128i::<0b10_11_00_01>(halves))
}

#[cfg(target_feature = "sse4.2")]
#[inline(always)]
fn greater64(a: m128i, b: m128i) -> m128i {
    cmp_gt_mask_i64_m128i(a, b)
}

/// The high half decides or, where those are equal, whether the difference of the low ones borrows.
#[cfg(not(target_feature = "sse4.2"))]
#[inline(always)]
fn greater64(a: m128i, b: m128i) -> m128i {
    let borrow = bitand_m128i(cmp_eq_mask_i32_m128i(a, b), sub_i64_m128i(b, a));
    let greater = bitor_m128i(borrow, cmp_gt_mask_i32_m128i(a, b));
    shuffle_ai_f32_all_m128i::<0b11_11_01_01>(greater)
}

/// `a` is at most `b` where nothing is left of `a - b`.
#[inline(always)]
fn at_most_u8(a: m128i, b: m128i) -> m128i {
    cmp_eq_mask_i8_m128i(sub_saturating_u8_m128i(a, b), zeroed_m128i())
}

#[inline(always)]
fn at_most_u16(a: m128i, b: m128i) -> m128i {
    cmp_eq_mask_i16_m128i(sub_saturating_u16_m128i(a, b), zeroed_m128i())
}

instructions! { m128i:
    i8x16_eq(a, b) = cmp_eq_mask_i8_m128i(a, b);
    i8x16_ne(a, b) = not(cmp_eq_mask_i8_m128i(a, b));
    i8x16_lt_s(a, b) = cmp_lt_mask_i8_m128i(a, b);
    i8x16_lt_u(a, b) = not(at_most_u8(b, a));
    i8x16_gt_s(a, b) = cmp_gt_mask_i8_m128i(a, b);
    i8x16_gt_u(a, b) = not(at_most_u8(a, b));
    i8x16_le_s(a, b) = not(cmp_gt_mask_i8_m128i(a, b));
    i8x16_le_u(a, b) = at_most_u8(a, b);
    i8x16_ge_s(a, b) = not(cmp_lt_mask_i8_m128i(a, b));
    i8x16_ge_u(a, b) = at_most_u8(b, a);
    i16x8_eq(a, b) = cmp_eq_mask_i16_m128i(a, b);
    i16x8_ne(a, b) = not(cmp_eq_mask_i16_m128i(a, b));
    i16x8_lt_s(a, b) = cmp_lt_mask_i16_m128i(a, b);
    i16x8_lt_u(a, b) = not(at_most_u16(b, a));
    i16x8_gt_s(a, b) = cmp_gt_mask_i16_m128i(a, b);
    i16x8_gt_u(a, b) = not(at_most_u16(a, b));
    i16x8_le_s(a, b) = not(cmp_gt_mask_i16_m128i(a, b));
    i16x8_le_u(a, b) = at_most_u16(a, b);
    i16x8_ge_s(a, b) = not(cmp_lt_mask_i16_m128i(a, b));
    i16x8_ge_u(a, b) = at_most_u16(b, a);
    i32x4_eq(a, b) = cmp_eq_mask_i32_m128i(a, b);
    i32x4_ne(a, b) = not(cmp_eq_mask_i32_m128i(a, b));
    i32x4_lt_s(a, b) = cmp_lt_mask_i32_m128i(a, b);
    i32x4_lt_u(a, b) = greater_u32(b, a);
    i32x4_gt_s(a, b) = cmp_gt_mask_i32_m128i(a, b);
    i32x4_gt_u(a, b) = greater_u32(a, b);
    i32x4_le_s(a, b) = not(cmp_gt_mask_i32_m128i(a, b));
    i32x4_le_u(a, b) = not(greater_u32(a, b));
    i32x4_ge_s(a, b) = not(cmp_lt_mask_i32_m128i(a, b));
    i32x4_ge_u(a, b) = not(greater_u32(b, a));
    i64x2_eq(a, b) = equal64(a, b);
    i64x2_ne(a, b) = not(equal64(a, b));
    i64x2_lt_s(a, b) = greater64(b, a);
    i64x2_gt_s(a, b) = greater64(a, b);
    i64x2_le_s(a, b) = not(greater64(a, b));
    i64x2_ge_s(a, b) = not(greater64(b, a));
}

/// Rows `name(operand, count modulo the width) = value;`.
macro_rules! shifts {
    ($($name:ident($a:ident, $n:ident, $bits:literal) = $value:expr;)+) => {$(
        #[doc = concat!("See `portable::", stringify!($name), "`.")]
        #[inline]
        #[must_use]
        pub fn $name(a: V128, count: i32) -> V128 {
            let $a = m128i::of(a);
            let $n = set_i32_m128i_s(count & ($bits - 1));
            $value.vector()
        }
    )+};
}

/// All bits of bytes that a shift of lanes of 16 bits moves from one byte into the other cleared.
#[inline(always)]
fn within_bytes(shift: impl Fn(m128i, m128i) -> m128i, mask: m128i, a: m128i, n: m128i) -> m128i {
    bitand_m128i(shift(a, n), mask)
}

/// Each byte in the high half of a lane, so that its sign comes in from the left.
#[inline(always)]
fn shifted_signed(a: m128i, n: m128i) -> m128i {
    let n = add_i64_m128i(n, set_i32_m128i_s(8));
    let shifted = |x| shr_all_i16_m128i(x, n);
    pack_i16_to_i8_m128i(
        shifted(unpack_low_i8_m128i(a, a)),
        shifted(unpack_high_i8_m128i(a, a)),
    )
}

/// The low byte of each lane of 16 bits, twice.
#[inline(always)]
fn low_bytes_twice(a: m128i) -> m128i {
    let low = bitand_m128i(a, set_splat_i16_m128i(0xff));
    bitor_m128i(low, shl_imm_u16_m128i::<8>(low))
}

/// By way of a logical shift: the sign bit, shifted too, tells whether to fill in ones.
#[inline(always)]
fn shifted_signed64(a: m128i, n: m128i) -> m128i {
    let sign = shr_all_u64_m128i(set_splat_i64_m128i(i64::MIN), n);
    abs_by(sign, sub_i64_m128i, shr_all_u64_m128i(a, n))
}

shifts! {
    i8x16_shl(a, n, 8) =
        within_bytes(shl_all_u16_m128i, low_bytes_twice(shl_all_u16_m128i(ones(), n)), a, n);
    i8x16_shr_s(a, n, 8) = shifted_signed(a, n);
    i8x16_shr_u(a, n, 8) = within_bytes(
        shr_all_u16_m128i,
        low_bytes_twice(shr_all_u16_m128i(set_splat_i16_m128i(0xff), n)),
        a,
        n,
    );
    i16x8_shl(a, n, 16) = shl_all_u16_m128i(a, n);
    i16x8_shr_s(a, n, 16) = shr_all_i16_m128i(a, n);
    i16x8_shr_u(a, n, 16) = shr_all_u16_m128i(a, n);
    i32x4_shl(a, n, 32) = shl_all_u32_m128i(a, n);
    i32x4_shr_s(a, n, 32) = shr_all_i32_m128i(a, n);
    i32x4_shr_u(a, n, 32) = shr_all_u32_m128i(a, n);
    i64x2_shl(a, n, 64) = shl_all_u64_m128i(a, n);
    i64x2_shr_s(a, n, 64) = shifted_signed64(a, n);
    i64x2_shr_u(a, n, 64) = shr_all_u64_m128i(a, n);
}
