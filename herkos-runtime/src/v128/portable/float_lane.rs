//! Operations on one lane that give what the scalar ones in `crate::float` give, but without branches and
//! calls, so that LLVM makes vector instructions of them.

/// Whether the standard library's rounding is an instruction of the processor.
#[cfg(feature = "std")]
const ROUNDS: bool = cfg!(any(target_feature = "sse4.1", target_arch = "aarch64"));

/// Whether sums of floats are rounded as they should and by vector instructions: not on the x87, and
/// without floating-point unit it would be slow.
const ADDS: bool = cfg!(any(target_feature = "sse2", target_arch = "aarch64"));

/// Rows `module: float, its bits, sign bit, quiet bit, canonical NaN, the least float without fraction bits,
/// and its scalar operations;`.
macro_rules! floats {
    ($($module:ident: $float:ident, $bits:ident, $sign:expr, $quiet:expr, $nan:expr, $whole:expr,
        $ceil:ident $floor:ident $trunc:ident $nearest:ident $sqrt:ident;)+) => {$(
        pub(super) mod $module {
            use super::ADDS;
            #[cfg(feature = "std")]
            use super::ROUNDS;
            use crate::float as scalar;

            const SIGN: $bits = $sign;

            /// Either, without a branch.
            #[inline(always)]
            fn either(condition: bool, a: $float, b: $float) -> $float {
                if condition { a } else { b }
            }

            /// The result if the operand is a number, else the operand made quiet.
            #[inline(always)]
            fn unless_nan(operand: $float, result: $float) -> $float {
                let quiet = $float::from_bits(operand.to_bits() | $quiet);
                either(operand.is_nan(), quiet, result)
            }

            /// The operand's sign, which its value rounded has too.
            #[inline(always)]
            fn signed_as(operand: $float, result: $float) -> $float {
                $float::from_bits((operand.to_bits() & SIGN) | (result.to_bits() & !SIGN))
            }

            #[inline(always)]
            fn size(a: $float) -> $float {
                $float::from_bits(a.to_bits() & !SIGN)
            }

            /// To the nearest integral value: what is left when so large a number is added that it has no
            /// place for a fraction. The others are whole already.
            #[inline(always)]
            fn rounded(a: $float) -> $float {
                let large = signed_as(a, $whole);
                let whole = (a + large) - large;
                either(size(a) < $whole, whole, a)
            }

            #[inline(always)]
            pub fn nearest(a: $float) -> $float {
                #[cfg(feature = "std")]
                if ROUNDS {
                    return unless_nan(a, a.round_ties_even());
                }
                if !ADDS {
                    return scalar::$nearest(a);
                }
                unless_nan(a, signed_as(a, rounded(a)))
            }

            #[inline(always)]
            pub fn ceil(a: $float) -> $float {
                #[cfg(feature = "std")]
                if ROUNDS {
                    return unless_nan(a, a.ceil());
                }
                if !ADDS {
                    return scalar::$ceil(a);
                }
                let whole = rounded(a);
                let up = either(whole < a, whole + 1.0, whole);
                unless_nan(a, signed_as(a, up))
            }

            #[inline(always)]
            pub fn floor(a: $float) -> $float {
                #[cfg(feature = "std")]
                if ROUNDS {
                    return unless_nan(a, a.floor());
                }
                if !ADDS {
                    return scalar::$floor(a);
                }
                let whole = rounded(a);
                let down = either(whole > a, whole - 1.0, whole);
                unless_nan(a, signed_as(a, down))
            }

            #[inline(always)]
            pub fn trunc(a: $float) -> $float {
                #[cfg(feature = "std")]
                if ROUNDS {
                    return unless_nan(a, a.trunc());
                }
                if !ADDS {
                    return scalar::$trunc(a);
                }
                let whole = rounded(a);
                let away = size(whole) > size(a);
                let down = either(away, whole - signed_as(a, 1.0), whole);
                unless_nan(a, signed_as(a, down))
            }

            #[cfg(feature = "std")]
            #[inline(always)]
            pub fn sqrt(a: $float) -> $float {
                // By bits: LLVM takes one NaN for another.
                let root = if a < 0.0 { $nan } else { a.sqrt().to_bits() };
                unless_nan(a, $float::from_bits(root))
            }

            #[cfg(not(feature = "std"))]
            #[inline(always)]
            pub fn sqrt(a: $float) -> $float {
                scalar::$sqrt(a)
            }

            /// NaN if an operand is, else the result.
            #[inline(always)]
            fn unless_nans(a: $float, b: $float, result: $bits) -> $float {
                let nan = either(a.is_nan(), a, b).to_bits() | $quiet;
                $float::from_bits(if a.is_nan() | b.is_nan() { nan } else { result })
            }

            // Zeros of both signs are equal: there the bits of both decide. Otherwise both are the same.
            #[inline(always)]
            pub fn min(a: $float, b: $float) -> $float {
                let (one, other) = (either(a < b, a, b), either(b < a, b, a));
                unless_nans(a, b, one.to_bits() | other.to_bits())
            }

            #[inline(always)]
            pub fn max(a: $float, b: $float) -> $float {
                let (one, other) = (either(a > b, a, b), either(b > a, b, a));
                unless_nans(a, b, one.to_bits() & other.to_bits())
            }
        }
    )+};
}

floats! {
    f32s: f32, u32, 1 << 31, 1 << 22, 0x7fc0_0000, 8_388_608.0,
        f32_ceil f32_floor f32_trunc f32_nearest f32_sqrt;
    f64s: f64, u64, 1 << 63, 1 << 51, 0x7ff8_0000_0000_0000, 4_503_599_627_370_496.0,
        f64_ceil f64_floor f64_trunc f64_nearest f64_sqrt;
}
