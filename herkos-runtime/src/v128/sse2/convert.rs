//! Conversions between shapes.

use safe_arch::*;

use super::instructions;

/// Rows `name(operand) = value;`: what products need, too.
macro_rules! extensions {
    ($($name:ident($a:ident) = $value:expr;)+) => {$(
        #[inline(always)]
        pub(super) fn $name($a: m128i) -> m128i {
            $value
        }
    )+};
}

extensions! {
    low_s8(a) = shr_imm_i16_m128i::<8>(unpack_low_i8_m128i(a, a));
    low_u8(a) = unpack_low_i8_m128i(a, zeroed_m128i());
    high_s8(a) = shr_imm_i16_m128i::<8>(unpack_high_i8_m128i(a, a));
    high_u8(a) = unpack_high_i8_m128i(a, zeroed_m128i());
}

#[inline(always)]
fn signs32(a: m128i) -> m128i {
    shr_imm_i32_m128i::<31>(a)
}

#[cfg(target_feature = "sse4.1")]
#[inline(always)]
fn narrow_u16(a: m128i, b: m128i) -> m128i {
    pack_i32_to_u16_m128i(a, b)
}

/// What is below zero made 0; then in the middle of the range of signed numbers, and back.
#[cfg(not(target_feature = "sse4.1"))]
#[inline(always)]
fn narrow_u16(a: m128i, b: m128i) -> m128i {
    let middle = |x| sub_i32_m128i(bitandnot_m128i(signs32(x), x), set_splat_i32_m128i(0x8000));
    add_i16_m128i(
        pack_i32_to_i16_m128i(middle(a), middle(b)),
        set_splat_i16_m128i(i16::MIN),
    )
}

instructions! { m128i:
    i16x8_extend_low_i8x16_s(a) = low_s8(a);
    i16x8_extend_low_i8x16_u(a) = low_u8(a);
    i16x8_extend_high_i8x16_s(a) = high_s8(a);
    i16x8_extend_high_i8x16_u(a) = high_u8(a);
    i32x4_extend_low_i16x8_s(a) = shr_imm_i32_m128i::<16>(unpack_low_i16_m128i(a, a));
    i32x4_extend_low_i16x8_u(a) = unpack_low_i16_m128i(a, zeroed_m128i());
    i32x4_extend_high_i16x8_s(a) = shr_imm_i32_m128i::<16>(unpack_high_i16_m128i(a, a));
    i32x4_extend_high_i16x8_u(a) = unpack_high_i16_m128i(a, zeroed_m128i());
    i64x2_extend_low_i32x4_s(a) = unpack_low_i32_m128i(a, signs32(a));
    i64x2_extend_low_i32x4_u(a) = unpack_low_i32_m128i(a, zeroed_m128i());
    i64x2_extend_high_i32x4_s(a) = unpack_high_i32_m128i(a, signs32(a));
    i64x2_extend_high_i32x4_u(a) = unpack_high_i32_m128i(a, zeroed_m128i());
    i8x16_narrow_i16x8_s(a, b) = pack_i16_to_i8_m128i(a, b);
    i8x16_narrow_i16x8_u(a, b) = pack_i16_to_u8_m128i(a, b);
    i16x8_narrow_i32x4_s(a, b) = pack_i32_to_i16_m128i(a, b);
    i16x8_narrow_i32x4_u(a, b) = narrow_u16(a, b);
    f32x4_convert_i32x4_s(a) = convert_to_m128_from_i32_m128i(a);
    f32x4_convert_i32x4_u(a) = unsigned_to_f32(a);
    f64x2_convert_low_i32x4_s(a) = convert_to_m128d_from_lower2_i32_m128i(a);
    f64x2_convert_low_i32x4_u(a) = unsigned_to_f64(a);
}

/// Both halves are exact; their sum is rounded once.
#[inline(always)]
fn unsigned_to_f32(a: m128i) -> m128 {
    let float = |x| convert_to_m128_from_i32_m128i(x);
    let high = mul_m128(float(shr_imm_u32_m128i::<16>(a)), set_splat_m128(65_536.0));
    add_m128(high, float(bitand_m128i(a, set_splat_i32_m128i(0xffff))))
}

/// As the low half of a float from 2 to the power of 52 on, of which that is taken away.
#[inline(always)]
fn unsigned_to_f64(a: m128i) -> m128d {
    let with = unpack_low_i32_m128i(a, set_splat_i32_m128i(0x4330_0000));
    sub_m128d(
        cast_to_m128d_from_m128i(with),
        set_splat_m128d(4_503_599_627_370_496.0),
    )
}

const TWO_TO_31: f32 = 2_147_483_648.0;

/// The processor gives the least number for what is out of range; flipped, that is the largest.
#[inline(always)]
fn f32_to_signed(a: m128) -> m128i {
    let number = bitand_m128(a, cmp_ordered_mask_m128(a, a));
    let large = cmp_ge_mask_m128(number, set_splat_m128(TWO_TO_31));
    bitxor_m128i(
        truncate_m128_to_m128i(number),
        cast_to_m128i_from_m128(large),
    )
}

/// From 2 to the power of 31 on that is taken away and added again; from its double on all bits are set.
#[inline(always)]
fn f32_to_unsigned(a: m128) -> m128i {
    // The second operand if the first is NaN.
    let number = max_m128(a, zeroed_m128());
    let half = set_splat_m128(TWO_TO_31);
    let large = cmp_ge_mask_m128(number, half);
    let beyond = cmp_ge_mask_m128(number, set_splat_m128(2.0 * TWO_TO_31));
    let rest = truncate_m128_to_m128i(sub_m128(number, bitand_m128(large, half)));
    let top = bitand_m128i(
        cast_to_m128i_from_m128(large),
        set_splat_i32_m128i(i32::MIN),
    );
    bitor_m128i(bitxor_m128i(rest, top), cast_to_m128i_from_m128(beyond))
}

#[inline(always)]
fn f64_to_signed(a: m128d) -> m128i {
    let number = bitand_m128d(a, cmp_ordered_mask_m128d(a, a));
    let limited = min_m128d(number, set_splat_m128d(2_147_483_647.0));
    truncate_m128d_to_m128i(max_m128d(limited, set_splat_m128d(-2_147_483_648.0)))
}

#[inline(always)]
fn f64_to_unsigned(a: m128d) -> m128i {
    // The second operand if the first is NaN.
    let number = min_m128d(
        max_m128d(a, zeroed_m128d()),
        set_splat_m128d(4_294_967_295.0),
    );
    let half = set_splat_m128d(2_147_483_648.0);
    let large = cmp_ge_mask_m128d(number, half);
    let rest = truncate_m128d_to_m128i(sub_m128d(number, bitand_m128d(large, half)));
    let large = shuffle_ai_f32_all_m128i::<0b10_00_10_00>(cast_to_m128i_from_m128d(large));
    let top = set_reversed_i32_m128i(i32::MIN, i32::MIN, 0, 0);
    bitxor_m128i(rest, bitand_m128i(large, top))
}

instructions! { m128:
    i32x4_trunc_sat_f32x4_s(a) = f32_to_signed(a);
    i32x4_trunc_sat_f32x4_u(a) = f32_to_unsigned(a);
    f64x2_promote_low_f32x4(a) = super::float::f64s::quiet(convert_to_m128d_from_lower2_m128(a));
}

instructions! { m128d:
    i32x4_trunc_sat_f64x2_s_zero(a) = f64_to_signed(a);
    i32x4_trunc_sat_f64x2_u_zero(a) = f64_to_unsigned(a);
    f32x4_demote_f64x2_zero(a) = super::float::f32s::quiet(convert_to_m128_from_m128d(a));
}
