//! Products and sums into wider lanes, and fixed-point ones.

use safe_arch::*;

use super::convert::{high_s8, high_u8, low_s8, low_u8};
use super::instructions;

/// The low and high halves of products, put together by one of the two ways to interleave.
#[inline(always)]
fn product(
    unpack: impl Fn(m128i, m128i) -> m128i,
    high: impl Fn(m128i, m128i) -> m128i,
    a: m128i,
    b: m128i,
) -> m128i {
    unpack(mul_i16_keep_low_m128i(a, b), high(a, b))
}

/// Lanes 0 and 1 where an instruction takes its factors.
#[inline(always)]
fn low32(a: m128i) -> m128i {
    shuffle_ai_f32_all_m128i::<0b01_01_00_00>(a)
}

#[inline(always)]
fn high32(a: m128i) -> m128i {
    shuffle_ai_f32_all_m128i::<0b11_11_10_10>(a)
}

#[cfg(target_feature = "sse4.1")]
#[inline(always)]
fn signed(a: m128i, b: m128i) -> m128i {
    mul_widen_i32_odd_m128i(a, b)
}

/// Of unsigned products: what a factor below zero has too much is the other, times 2 to the power of 32.
#[cfg(not(target_feature = "sse4.1"))]
#[inline(always)]
fn signed(a: m128i, b: m128i) -> m128i {
    let if_negative = |x, y| bitand_m128i(shr_imm_i32_m128i::<31>(x), y);
    let excess = add_i32_m128i(if_negative(a, b), if_negative(b, a));
    sub_i64_m128i(
        mul_widen_u32_odd_m128i(a, b),
        shl_imm_u64_m128i::<32>(excess),
    )
}

/// The first of each two lanes of 8 bits, sign-extended.
#[inline(always)]
fn even_s8(a: m128i) -> m128i {
    shr_imm_i16_m128i::<8>(shl_imm_u16_m128i::<8>(a))
}

#[inline(always)]
fn odd_s8(a: m128i) -> m128i {
    shr_imm_i16_m128i::<8>(a)
}

/// Bits 15 to 30 of the products, and bit 14 added. Only of -1 and -1 it is not in range.
#[inline(always)]
fn q15(a: m128i, b: m128i) -> m128i {
    let (low, high) = (mul_i16_keep_low_m128i(a, b), mul_i16_keep_high_m128i(a, b));
    let bits = bitor_m128i(shl_imm_u16_m128i::<1>(high), shr_imm_u16_m128i::<15>(low));
    let half = bitand_m128i(shr_imm_u16_m128i::<14>(low), set_splat_i16_m128i(1));
    let rounded = add_i16_m128i(bits, half);
    bitxor_m128i(
        rounded,
        cmp_eq_mask_i16_m128i(rounded, set_splat_i16_m128i(i16::MIN)),
    )
}

#[inline(always)]
fn dot7(a: m128i, b: m128i) -> m128i {
    add_saturating_i16_m128i(
        mul_i16_keep_low_m128i(even_s8(a), even_s8(b)),
        mul_i16_keep_low_m128i(odd_s8(a), odd_s8(b)),
    )
}

#[inline(always)]
fn pairs(a: m128i) -> m128i {
    mul_i16_horizontal_add_m128i(a, set_splat_i16_m128i(1))
}

instructions! { m128i:
    i16x8_extmul_low_i8x16_s(a, b) = mul_i16_keep_low_m128i(low_s8(a), low_s8(b));
    i16x8_extmul_low_i8x16_u(a, b) = mul_i16_keep_low_m128i(low_u8(a), low_u8(b));
    i16x8_extmul_high_i8x16_s(a, b) = mul_i16_keep_low_m128i(high_s8(a), high_s8(b));
    i16x8_extmul_high_i8x16_u(a, b) = mul_i16_keep_low_m128i(high_u8(a), high_u8(b));
    i32x4_extmul_low_i16x8_s(a, b) = product(unpack_low_i16_m128i, mul_i16_keep_high_m128i, a, b);
    i32x4_extmul_low_i16x8_u(a, b) = product(unpack_low_i16_m128i, mul_u16_keep_high_m128i, a, b);
    i32x4_extmul_high_i16x8_s(a, b) = product(unpack_high_i16_m128i, mul_i16_keep_high_m128i, a, b);
    i32x4_extmul_high_i16x8_u(a, b) = product(unpack_high_i16_m128i, mul_u16_keep_high_m128i, a, b);
    i64x2_extmul_low_i32x4_s(a, b) = signed(low32(a), low32(b));
    i64x2_extmul_low_i32x4_u(a, b) = mul_widen_u32_odd_m128i(low32(a), low32(b));
    i64x2_extmul_high_i32x4_s(a, b) = signed(high32(a), high32(b));
    i64x2_extmul_high_i32x4_u(a, b) = mul_widen_u32_odd_m128i(high32(a), high32(b));
    i16x8_extadd_pairwise_i8x16_s(a) = add_i16_m128i(even_s8(a), odd_s8(a));
    i16x8_extadd_pairwise_i8x16_u(a) =
        add_i16_m128i(bitand_m128i(a, set_splat_i16_m128i(0xff)), shr_imm_u16_m128i::<8>(a));
    i32x4_extadd_pairwise_i16x8_s(a) = pairs(a);
    i32x4_extadd_pairwise_i16x8_u(a) =
        add_i32_m128i(bitand_m128i(a, set_splat_i32_m128i(0xffff)), shr_imm_u32_m128i::<16>(a));
    i32x4_dot_i16x8_s(a, b) = mul_i16_horizontal_add_m128i(a, b);
    i16x8_q15mulr_sat_s(a, b) = q15(a, b);
    i16x8_relaxed_dot_i8x16_i7x16_s(a, b) = dot7(a, b);
}
