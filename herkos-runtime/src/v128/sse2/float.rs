//! Floating-point arithmetic and comparisons on lanes.

use safe_arch::*;

use super::instructions;

/// Rows `module: register, its bits, lane's bits, sign, quiet bit, canonical NaN, the least float without
/// fraction bits, one; operations;`.
macro_rules! floats {
    ($($module:ident: $register:ident, $bits:ident, $of_bits:ident, $sign:expr, $quiet:expr,
        $nan:expr, $whole:expr, $one:expr; $and:ident $andnot:ident $or:ident $unordered:ident $add:ident $sub:ident
        $min:ident $max:ident $sqrt:ident $lt:ident $gt:ident
        $up:ident $down:ident $round:ident;)+) => {$(
        pub(super) mod $module {
            use safe_arch::*;

            #[inline(always)]
            fn bits(of: i64) -> $register {
                $of_bits(set_splat_i64_m128i(of))
            }

            #[inline(always)]
            fn select(mask: $register, a: $register, b: $register) -> $register {
                $or($and(mask, a), $andnot(mask, b))
            }

            #[inline(always)]
            fn is_nan(a: $register) -> $register {
                $unordered(a, a)
            }

            #[inline(always)]
            pub fn abs(a: $register) -> $register {
                $andnot(bits($sign), a)
            }

            #[inline(always)]
            pub fn neg(a: $register) -> $register {
                $of_bits(bitxor_m128i($bits(a), set_splat_i64_m128i($sign)))
            }

            /// NaNs become quiet.
            #[inline(always)]
            pub fn quiet(a: $register) -> $register {
                $or(a, $and(is_nan(a), bits($quiet)))
            }

            /// NaNs become the canonical one.
            #[inline(always)]
            pub fn canonical(a: $register) -> $register {
                select(is_nan(a), bits($nan), a)
            }

            /// The result where the operand is a number, else the operand made quiet.
            #[inline(always)]
            fn unless_nan(operand: $register, result: $register) -> $register {
                select(is_nan(operand), $or(operand, bits($quiet)), result)
            }

            #[inline(always)]
            pub fn sqrt(a: $register) -> $register {
                unless_nan(a, canonical($sqrt(a)))
            }

            /// NaN where an operand is, else the result.
            #[inline(always)]
            fn unless_nans(a: $register, b: $register, result: $register) -> $register {
                let nan = $or(select(is_nan(a), a, b), bits($quiet));
                select($unordered(a, b), nan, result)
            }

            // The processor gives the second operand of two that are equal: zeros of both signs, of which the
            // bits decide.
            #[inline(always)]
            pub fn min(a: $register, b: $register) -> $register {
                unless_nans(a, b, $or($min(a, b), $min(b, a)))
            }

            #[inline(always)]
            pub fn max(a: $register, b: $register) -> $register {
                unless_nans(a, b, $and($max(a, b), $max(b, a)))
            }

            #[cfg(target_feature = "sse4.1")]
            mod rounding {
                use core::arch::x86_64::{
                    _MM_FROUND_NO_EXC, _MM_FROUND_TO_NEAREST_INT, _MM_FROUND_TO_ZERO,
                };

                use super::*;

                #[inline(always)]
                pub fn nearest(a: $register) -> $register {
                    $round::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(a)
                }

                #[inline(always)]
                pub fn trunc(a: $register) -> $register {
                    $round::<{ _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC }>(a)
                }

                #[inline(always)]
                pub fn ceil(a: $register) -> $register {
                    $up(a)
                }

                #[inline(always)]
                pub fn floor(a: $register) -> $register {
                    $down(a)
                }

            }

            #[cfg(not(target_feature = "sse4.1"))]
            mod rounding {
                use super::*;

                /// The operand's sign, which its value rounded has too.
                #[inline(always)]
                fn signed_as(operand: $register, result: $register) -> $register {
                    select(bits($sign), operand, result)
                }

                /// What is left when so large a number is added that it has no place for a fraction. The others are
                /// whole already.
                #[inline(always)]
                fn rounded(a: $register) -> $register {
                    let large = signed_as(a, bits($whole));
                    let whole = $sub($add(a, large), large);
                    select($lt(abs(a), bits($whole)), whole, a)
                }

                #[inline(always)]
                pub fn nearest(a: $register) -> $register {
                    signed_as(a, rounded(a))
                }

                #[inline(always)]
                pub fn ceil(a: $register) -> $register {
                    let whole = rounded(a);
                    signed_as(a, $add(whole, $and($lt(whole, a), bits($one))))
                }

                #[inline(always)]
                pub fn floor(a: $register) -> $register {
                    let whole = rounded(a);
                    signed_as(a, $sub(whole, $and($gt(whole, a), bits($one))))
                }

                #[inline(always)]
                pub fn trunc(a: $register) -> $register {
                    let whole = rounded(abs(a));
                    signed_as(a, $sub(whole, $and($gt(whole, abs(a)), bits($one))))
                }
            }

            #[inline(always)]
            pub fn nearest(a: $register) -> $register {
                unless_nan(a, rounding::nearest(a))
            }

            #[inline(always)]
            pub fn ceil(a: $register) -> $register {
                unless_nan(a, rounding::ceil(a))
            }

            #[inline(always)]
            pub fn floor(a: $register) -> $register {
                unless_nan(a, rounding::floor(a))
            }

            #[inline(always)]
            pub fn trunc(a: $register) -> $register {
                unless_nan(a, rounding::trunc(a))
            }
        }
    )+};
}

floats! {
    f32s: m128, cast_to_m128i_from_m128, cast_to_m128_from_m128i,
        -0x7fff_ffff_8000_0000, 0x0040_0000_0040_0000, 0x7fc0_0000_7fc0_0000, 0x4b00_0000_4b00_0000,
        0x3f80_0000_3f80_0000;
        bitand_m128 bitandnot_m128 bitor_m128 cmp_unord_mask_m128 add_m128 sub_m128
        min_m128 max_m128 sqrt_m128 cmp_lt_mask_m128 cmp_gt_mask_m128
        ceil_m128 floor_m128 round_m128;
    f64s: m128d, cast_to_m128i_from_m128d, cast_to_m128d_from_m128i,
        i64::MIN, 1 << 51, 0x7ff8_0000_0000_0000, 0x4330_0000_0000_0000, 0x3ff0_0000_0000_0000;
        bitand_m128d bitandnot_m128d bitor_m128d cmp_unord_mask_m128d add_m128d sub_m128d
        min_m128d max_m128d sqrt_m128d cmp_lt_mask_m128d cmp_gt_mask_m128d
        ceil_m128d floor_m128d round_m128d;
}

instructions! { m128:
    f32x4_abs(a) = f32s::abs(a);
    f32x4_neg(a) = f32s::neg(a);
    f32x4_sqrt(a) = f32s::sqrt(a);
    f32x4_ceil(a) = f32s::ceil(a);
    f32x4_floor(a) = f32s::floor(a);
    f32x4_trunc(a) = f32s::trunc(a);
    f32x4_nearest(a) = f32s::nearest(a);
    f32x4_canonical(a) = f32s::canonical(a);
    f32x4_quiet(a) = f32s::quiet(a);
    f32x4_add(a, b) = add_m128(a, b);
    f32x4_sub(a, b) = sub_m128(a, b);
    f32x4_mul(a, b) = mul_m128(a, b);
    f32x4_div(a, b) = div_m128(a, b);
    f32x4_min(a, b) = f32s::min(a, b);
    f32x4_max(a, b) = f32s::max(a, b);
    f32x4_pmin(a, b) = min_m128(b, a);
    f32x4_pmax(a, b) = max_m128(b, a);
    f32x4_eq(a, b) = cmp_eq_mask_m128(a, b);
    f32x4_ne(a, b) = cmp_neq_mask_m128(a, b);
    f32x4_lt(a, b) = cmp_lt_mask_m128(a, b);
    f32x4_gt(a, b) = cmp_gt_mask_m128(a, b);
    f32x4_le(a, b) = cmp_le_mask_m128(a, b);
    f32x4_ge(a, b) = cmp_ge_mask_m128(a, b);
}

instructions! { m128d:
    f64x2_abs(a) = f64s::abs(a);
    f64x2_neg(a) = f64s::neg(a);
    f64x2_sqrt(a) = f64s::sqrt(a);
    f64x2_ceil(a) = f64s::ceil(a);
    f64x2_floor(a) = f64s::floor(a);
    f64x2_trunc(a) = f64s::trunc(a);
    f64x2_nearest(a) = f64s::nearest(a);
    f64x2_canonical(a) = f64s::canonical(a);
    f64x2_quiet(a) = f64s::quiet(a);
    f64x2_add(a, b) = add_m128d(a, b);
    f64x2_sub(a, b) = sub_m128d(a, b);
    f64x2_mul(a, b) = mul_m128d(a, b);
    f64x2_div(a, b) = div_m128d(a, b);
    f64x2_min(a, b) = f64s::min(a, b);
    f64x2_max(a, b) = f64s::max(a, b);
    f64x2_pmin(a, b) = min_m128d(b, a);
    f64x2_pmax(a, b) = max_m128d(b, a);
    f64x2_eq(a, b) = cmp_eq_mask_m128d(a, b);
    f64x2_ne(a, b) = cmp_neq_mask_m128d(a, b);
    f64x2_lt(a, b) = cmp_lt_mask_m128d(a, b);
    f64x2_gt(a, b) = cmp_gt_mask_m128d(a, b);
    f64x2_le(a, b) = cmp_le_mask_m128d(a, b);
    f64x2_ge(a, b) = cmp_ge_mask_m128d(a, b);
}
