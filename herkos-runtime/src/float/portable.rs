//! Rounding and square root on the bits, for targets with neither std nor libm. Exact.
//!
//! Adding to the bits of a float carries from its fraction into its exponent, which is just what
//! rounding up to a power of two needs. NaNs and infinities have the largest exponent and so count
//! as integral. What comes out for NaNs is left to the callers.

/// The functions for one format, `$mant` being the number of its fraction bits.
macro_rules! format_of {
    ($name:ident: $float:ident, $bits:ident, $mant:literal) => {
        mod $name {
            const SIGN: $bits = 1 << ($bits::BITS - 1);
            const IMPLICIT: $bits = 1 << $mant;
            const FRACTION: $bits = IMPLICIT - 1;
            const ONE: $bits = (1.0 as $float).to_bits();
            const HALF: $bits = (0.5 as $float).to_bits();
            const BIAS: $bits = ONE >> $mant;

            /// The bits worth less than 1: none of a large number, all but the sign below 1.
            #[inline]
            fn fraction_mask(a: $float) -> $bits {
                match ((a.to_bits() & !SIGN) >> $mant).checked_sub(BIAS) {
                    None => !SIGN,
                    Some(exponent) => u32::try_from(exponent)
                        .ok()
                        .and_then(|exponent| FRACTION.checked_shr(exponent))
                        .unwrap_or(0),
                }
            }

            pub fn trunc(a: $float) -> $float {
                $float::from_bits(a.to_bits() & !fraction_mask(a))
            }

            /// The next integral value away from zero.
            fn away(a: $float) -> $float {
                let mask = fraction_mask(a);
                $float::from_bits(if mask == !SIGN {
                    ONE | (a.to_bits() & SIGN)
                } else {
                    a.to_bits().wrapping_add(mask) & !mask
                })
            }

            pub fn floor(a: $float) -> $float {
                if a.to_bits() & fraction_mask(a) == 0 {
                    a
                } else if a.is_sign_negative() {
                    away(a)
                } else {
                    trunc(a)
                }
            }

            pub fn ceil(a: $float) -> $float {
                if a.to_bits() & fraction_mask(a) == 0 {
                    a
                } else if a.is_sign_negative() {
                    trunc(a)
                } else {
                    away(a)
                }
            }

            pub fn nearest(a: $float) -> $float {
                let bits = a.to_bits();
                let mask = fraction_mask(a);
                if bits & mask == 0 {
                    a
                } else if mask == !SIGN {
                    let one = if bits & !SIGN > HALF { ONE } else { 0 };
                    $float::from_bits(one | (bits & SIGN))
                } else {
                    // Just under half a unit more, or just half of it for odd values. For values
                    // below 2 the unit is the lowest exponent bit, set as the bias is odd.
                    let odd = $bits::from(bits & mask.wrapping_add(1) != 0);
                    let up = bits.wrapping_add(mask >> 1).wrapping_add(odd);
                    $float::from_bits(up & !mask)
                }
            }

            /// The significand with its leading bit at `IMPLICIT`, and the biased exponent, which
            /// wraps below 0 for subnormal numbers.
            fn normal(bits: $bits) -> ($bits, $bits) {
                let biased = bits >> $mant;
                if biased != 0 {
                    return ((bits & FRACTION) | IMPLICIT, biased);
                }
                let shift = bits.leading_zeros().wrapping_sub(IMPLICIT.leading_zeros());
                (
                    bits.wrapping_shl(shift),
                    $bits::from(1u8).wrapping_sub(shift.into()),
                )
            }

            /// Digit by digit: compares the square of each candidate by what remains.
            pub fn sqrt(a: $float) -> $float {
                if a.is_nan() || a == 0.0 || a == $float::INFINITY {
                    return a;
                }
                if a < 0.0 {
                    return $float::NAN;
                }
                let (significand, biased) = normal(a.to_bits());
                // Twice the bias over the true exponent: halved, it is biased again.
                let exponent = biased.wrapping_add(BIAS);
                // 1 <= value < 4, in units of 2^-($mant + 1).
                let odd = exponent & 1 == 1;
                let mut rest = if odd {
                    significand << 2
                } else {
                    significand << 1
                };
                let mut root: $bits = 0;
                let mut twice: $bits = 0;
                let mut digit = IMPLICIT << 1;
                while digit != 0 {
                    let candidate = twice | digit;
                    if candidate <= rest {
                        rest = rest.wrapping_sub(candidate);
                        twice = candidate.wrapping_add(digit);
                        root |= digit;
                    }
                    rest <<= 1;
                    digit >>= 1;
                }
                // One bit more than fits. A root of that many bits is never exact, so a set bit
                // means above half: no ties.
                let rounded = (root >> 1).wrapping_add(root & 1);
                let exponent = (exponent >> 1).wrapping_sub(1) << $mant;
                $float::from_bits(rounded.wrapping_add(exponent))
            }
        }
    };
}

format_of!(single: f32, u32, 23);
format_of!(double: f64, u64, 52);

pub(super) use double::{ceil as f64_ceil, floor as f64_floor, nearest as f64_nearest};
pub(super) use double::{sqrt as f64_sqrt, trunc as f64_trunc};
pub(super) use single::{ceil as f32_ceil, floor as f32_floor, nearest as f32_nearest};
pub(super) use single::{sqrt as f32_sqrt, trunc as f32_trunc};
