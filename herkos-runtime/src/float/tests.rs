//! The implementations of rounding and square root give the same bits, through the public
//! functions' treatment of NaN; std's are the reference.

#[cfg(feature = "libm")]
use super::via_libm;
use super::{portable, result32, result64, via_std};
use std::vec::Vec;

/// Bit patterns around everything special, of both signs: zeros, subnormal numbers, every power of
/// two and the values next to it, halves, infinities, NaNs.
fn patterns(exponents: u64, mant: u32) -> Vec<u64> {
    let half_ulp = 1 << (mant - 1);
    let fractions = [0, 1, 2, 3, half_ulp - 1, half_ulp, half_ulp + 1];
    let mut all = Vec::new();
    for exponent in 0..exponents {
        for fraction in fractions {
            all.push((exponent << mant) + fraction);
            all.push((exponent << mant) + (1 << mant) - 1 - fraction);
        }
        // n + 1/2 of every size.
        all.extend((0..mant).map(|bit| (exponent << mant) + (1 << bit)));
        all.extend((0..mant).map(|bit| (exponent << mant) + (3 << bit) / 2));
    }
    let signs = exponents << mant;
    let negative: Vec<u64> = all.iter().map(|bits| bits | signs).collect();
    all.extend(negative);
    all
}

/// xorshift64*: the same numbers in each run.
fn random(count: usize) -> impl Iterator<Item = u64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    core::iter::repeat_with(move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    })
    .take(count)
}

macro_rules! agree {
    ($result:ident $values:expr; $($name:ident)+) => {
        for a in $values {
            $(
                let expected = $result(a, via_std::$name(a)).to_bits();
                let found = $result(a, portable::$name(a)).to_bits();
                assert_eq!(found, expected, "portable {} of {a:e}", stringify!($name));
                #[cfg(feature = "libm")]
                {
                    let found = $result(a, via_libm::$name(a)).to_bits();
                    assert_eq!(found, expected, "libm {} of {a:e}", stringify!($name));
                }
            )+
        }
    };
}

#[test]
fn f32_implementations_agree() {
    let edges = patterns(256, 23).into_iter().map(|bits| bits as u32);
    let sweep = (0..=u32::MAX).step_by(65_537);
    let values = edges.chain(sweep).map(f32::from_bits);
    agree!(result32 values; f32_ceil f32_floor f32_trunc f32_nearest f32_sqrt);
}

#[test]
fn f64_implementations_agree() {
    let values = patterns(2048, 52)
        .into_iter()
        .chain(random(200_000))
        .map(f64::from_bits);
    agree!(result64 values; f64_ceil f64_floor f64_trunc f64_nearest f64_sqrt);
}

/// Random bits are nearly all integral or below 1: here the exponents are those in between.
#[test]
fn f64_implementations_agree_where_they_round() {
    let values = random(200_000).map(|bits| {
        let exponent = 1020 + bits % 56;
        f64::from_bits((bits >> 12) | (exponent << 52) | (bits << 63))
    });
    agree!(result64 values; f64_ceil f64_floor f64_trunc f64_nearest f64_sqrt);
}
