//! Vector instructions on integers, each against its definition on one lane in numbers that can't
//! overflow (§4.3.2), with every pair of interesting lanes.

use herkos_runtime::{prelude::*, V128};

/// Around zero, powers of two and the ends of every width.
fn numbers() -> Vec<i64> {
    let mut numbers = vec![0];
    for shift in [0, 1, 3, 6, 7, 8, 9, 14, 15, 16, 17, 30, 31, 32, 33, 62, 63] {
        for near in [-2, -1, 0, 1, 2] {
            numbers.push((1_i64 << shift).wrapping_add(near));
            numbers.push((1_i64 << shift).wrapping_neg().wrapping_add(near));
        }
    }
    numbers.extend([
        0x5a5a_a5a5_1234_fedc,
        0x0123_4567_89ab_cdef,
        -0x7654_3210_1357_9bdf,
    ]);
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Vectors whose lanes of each width are such numbers, in different places.
fn vectors() -> Vec<V128> {
    let numbers = numbers();
    let at = |i: usize| numbers[i % numbers.len()];
    let mut vectors = vec![V128::ZERO, V128::from_bits(u128::MAX)];
    vectors.extend([
        i8x16_splat(-128),
        i16x8_splat(-32_768),
        i32x4_splat(i32::MIN),
    ]);
    for start in (0..numbers.len()).step_by(8) {
        let lane = |i: usize| at(start + 7 * i);
        vectors.push(V128::from_i8x16(std::array::from_fn(|i| lane(i) as i8)));
        vectors.push(V128::from_i16x8(std::array::from_fn(|i| lane(i) as i16)));
        vectors.push(V128::from_i32x4(std::array::from_fn(|i| lane(i) as i32)));
        vectors.push(V128::from_i64x2(std::array::from_fn(lane)));
    }
    vectors
}

/// Rows `instruction: operands' lanes => result's lanes, lane by lane |a, b| in i128`; the cast wraps.
macro_rules! binary {
    ($($name:ident: $to:ident => $result:ident $lane:ty, |$a:ident, $b:ident| $value:expr;)+) => {$(
        #[test]
        fn $name() {
            for x in vectors() {
                for y in vectors() {
                    let lanes = x.$to().into_iter().zip(y.$to());
                    let expected: Vec<$lane> = lanes
                        .map(|(a, b)| {
                            let ($a, $b) = (i128::from(a), i128::from(b));
                            ($value) as $lane
                        })
                        .collect();
                    let found = herkos_runtime::prelude::$name(x, y).$result();
                    assert_eq!(&found[..], &expected[..], "{x:?} {y:?}");
                }
            }
        }
    )+};
}

macro_rules! unary {
    ($($name:ident: $to:ident => $result:ident $lane:ty, |$a:ident| $value:expr;)+) => {$(
        #[test]
        fn $name() {
            for x in vectors() {
                let expected = x.$to().map(|a| {
                    let $a = i128::from(a);
                    ($value) as $lane
                });
                assert_eq!(herkos_runtime::prelude::$name(x).$result(), expected, "{x:?}");
            }
        }
    )+};
}

/// All bits or none.
fn truth(holds: bool) -> i128 {
    -i128::from(holds)
}

fn saturated(value: i128, least: i128, most: i128) -> i128 {
    if value < least {
        least
    } else if value > most {
        most
    } else {
        value
    }
}

fn signed8(value: i128) -> i128 {
    saturated(value, -128, 127)
}

fn signed16(value: i128) -> i128 {
    saturated(value, -32_768, 32_767)
}

mod unary {
    use super::*;
    unary! {
        i8x16_abs: to_i8x16 => to_i8x16 i8, |a| if a < 0 { -a } else { a };
        i8x16_neg: to_i8x16 => to_i8x16 i8, |a| -a;
        i16x8_abs: to_i16x8 => to_i16x8 i16, |a| if a < 0 { -a } else { a };
        i16x8_neg: to_i16x8 => to_i16x8 i16, |a| -a;
        i32x4_abs: to_i32x4 => to_i32x4 i32, |a| if a < 0 { -a } else { a };
        i32x4_neg: to_i32x4 => to_i32x4 i32, |a| -a;
        i64x2_abs: to_i64x2 => to_i64x2 i64, |a| if a < 0 { -a } else { a };
        i64x2_neg: to_i64x2 => to_i64x2 i64, |a| -a;
        i8x16_popcnt: to_u8x16 => to_u8x16 u8, |a| (0..8).map(|i| (a >> i) % 2).sum::<i128>();
    }
}

mod binary {
    use super::*;
    binary! {
        i8x16_add: to_i8x16 => to_i8x16 i8, |a, b| a + b;
        i8x16_sub: to_i8x16 => to_i8x16 i8, |a, b| a - b;
        i8x16_add_sat_s: to_i8x16 => to_i8x16 i8, |a, b| signed8(a + b);
        i8x16_sub_sat_s: to_i8x16 => to_i8x16 i8, |a, b| signed8(a - b);
        i8x16_add_sat_u: to_u8x16 => to_u8x16 u8, |a, b| saturated(a + b, 0, 255);
        i8x16_sub_sat_u: to_u8x16 => to_u8x16 u8, |a, b| saturated(a - b, 0, 255);
        i8x16_avgr_u: to_u8x16 => to_u8x16 u8, |a, b| (a + b + 1) / 2;
        i8x16_min_s: to_i8x16 => to_i8x16 i8, |a, b| if a < b { a } else { b };
        i8x16_max_s: to_i8x16 => to_i8x16 i8, |a, b| if a > b { a } else { b };
        i8x16_min_u: to_u8x16 => to_u8x16 u8, |a, b| if a < b { a } else { b };
        i8x16_max_u: to_u8x16 => to_u8x16 u8, |a, b| if a > b { a } else { b };
        i8x16_eq: to_i8x16 => to_i8x16 i8, |a, b| truth(a == b);
        i8x16_ne: to_i8x16 => to_i8x16 i8, |a, b| truth(a != b);
        i8x16_lt_s: to_i8x16 => to_i8x16 i8, |a, b| truth(a < b);
        i8x16_lt_u: to_u8x16 => to_i8x16 i8, |a, b| truth(a < b);
        i8x16_gt_s: to_i8x16 => to_i8x16 i8, |a, b| truth(a > b);
        i8x16_gt_u: to_u8x16 => to_i8x16 i8, |a, b| truth(a > b);
        i8x16_le_s: to_i8x16 => to_i8x16 i8, |a, b| truth(a <= b);
        i8x16_le_u: to_u8x16 => to_i8x16 i8, |a, b| truth(a <= b);
        i8x16_ge_s: to_i8x16 => to_i8x16 i8, |a, b| truth(a >= b);
        i8x16_ge_u: to_u8x16 => to_i8x16 i8, |a, b| truth(a >= b);
        i16x8_add: to_i16x8 => to_i16x8 i16, |a, b| a + b;
        i16x8_sub: to_i16x8 => to_i16x8 i16, |a, b| a - b;
        i16x8_mul: to_i16x8 => to_i16x8 i16, |a, b| a * b;
        i16x8_add_sat_s: to_i16x8 => to_i16x8 i16, |a, b| signed16(a + b);
        i16x8_sub_sat_s: to_i16x8 => to_i16x8 i16, |a, b| signed16(a - b);
        i16x8_add_sat_u: to_u16x8 => to_u16x8 u16, |a, b| saturated(a + b, 0, 65535);
        i16x8_sub_sat_u: to_u16x8 => to_u16x8 u16, |a, b| saturated(a - b, 0, 65535);
        i16x8_avgr_u: to_u16x8 => to_u16x8 u16, |a, b| (a + b + 1) / 2;
        i16x8_min_s: to_i16x8 => to_i16x8 i16, |a, b| if a < b { a } else { b };
        i16x8_max_s: to_i16x8 => to_i16x8 i16, |a, b| if a > b { a } else { b };
        i16x8_min_u: to_u16x8 => to_u16x8 u16, |a, b| if a < b { a } else { b };
        i16x8_max_u: to_u16x8 => to_u16x8 u16, |a, b| if a > b { a } else { b };
        i16x8_eq: to_i16x8 => to_i16x8 i16, |a, b| truth(a == b);
        i16x8_ne: to_i16x8 => to_i16x8 i16, |a, b| truth(a != b);
        i16x8_lt_s: to_i16x8 => to_i16x8 i16, |a, b| truth(a < b);
        i16x8_lt_u: to_u16x8 => to_i16x8 i16, |a, b| truth(a < b);
        i16x8_gt_s: to_i16x8 => to_i16x8 i16, |a, b| truth(a > b);
        i16x8_gt_u: to_u16x8 => to_i16x8 i16, |a, b| truth(a > b);
        i16x8_le_s: to_i16x8 => to_i16x8 i16, |a, b| truth(a <= b);
        i16x8_le_u: to_u16x8 => to_i16x8 i16, |a, b| truth(a <= b);
        i16x8_ge_s: to_i16x8 => to_i16x8 i16, |a, b| truth(a >= b);
        i16x8_ge_u: to_u16x8 => to_i16x8 i16, |a, b| truth(a >= b);
        i32x4_add: to_i32x4 => to_i32x4 i32, |a, b| a + b;
        i32x4_sub: to_i32x4 => to_i32x4 i32, |a, b| a - b;
        i32x4_mul: to_i32x4 => to_i32x4 i32, |a, b| a * b;
        i32x4_min_s: to_i32x4 => to_i32x4 i32, |a, b| if a < b { a } else { b };
        i32x4_max_s: to_i32x4 => to_i32x4 i32, |a, b| if a > b { a } else { b };
        i32x4_min_u: to_u32x4 => to_u32x4 u32, |a, b| if a < b { a } else { b };
        i32x4_max_u: to_u32x4 => to_u32x4 u32, |a, b| if a > b { a } else { b };
        i32x4_eq: to_i32x4 => to_i32x4 i32, |a, b| truth(a == b);
        i32x4_ne: to_i32x4 => to_i32x4 i32, |a, b| truth(a != b);
        i32x4_lt_s: to_i32x4 => to_i32x4 i32, |a, b| truth(a < b);
        i32x4_lt_u: to_u32x4 => to_i32x4 i32, |a, b| truth(a < b);
        i32x4_gt_s: to_i32x4 => to_i32x4 i32, |a, b| truth(a > b);
        i32x4_gt_u: to_u32x4 => to_i32x4 i32, |a, b| truth(a > b);
        i32x4_le_s: to_i32x4 => to_i32x4 i32, |a, b| truth(a <= b);
        i32x4_le_u: to_u32x4 => to_i32x4 i32, |a, b| truth(a <= b);
        i32x4_ge_s: to_i32x4 => to_i32x4 i32, |a, b| truth(a >= b);
        i32x4_ge_u: to_u32x4 => to_i32x4 i32, |a, b| truth(a >= b);
        i64x2_add: to_i64x2 => to_i64x2 i64, |a, b| a + b;
        i64x2_sub: to_i64x2 => to_i64x2 i64, |a, b| a - b;
        i64x2_mul: to_i64x2 => to_i64x2 i64, |a, b| a * b;
        i64x2_eq: to_i64x2 => to_i64x2 i64, |a, b| truth(a == b);
        i64x2_ne: to_i64x2 => to_i64x2 i64, |a, b| truth(a != b);
        i64x2_lt_s: to_i64x2 => to_i64x2 i64, |a, b| truth(a < b);
        i64x2_gt_s: to_i64x2 => to_i64x2 i64, |a, b| truth(a > b);
        i64x2_le_s: to_i64x2 => to_i64x2 i64, |a, b| truth(a <= b);
        i64x2_ge_s: to_i64x2 => to_i64x2 i64, |a, b| truth(a >= b);
        i16x8_q15mulr_sat_s: to_i16x8 => to_i16x8 i16, |a, b| signed16((a * b + 0x4000).div_euclid(0x8000));
        v128_and: to_u8x16 => to_u8x16 u8, |a, b| a & b;
        v128_andnot: to_u8x16 => to_u8x16 u8, |a, b| a & !b;
        v128_or: to_u8x16 => to_u8x16 u8, |a, b| a | b;
        v128_xor: to_u8x16 => to_u8x16 u8, |a, b| a ^ b;
    }
}

/// Rows `shl, shr_s, shr_u: signed lanes, unsigned lanes, bits;`.
macro_rules! shifts {
    ($($shl:ident $shr_s:ident $shr_u:ident: $to:ident $lane:ty, $to_u:ident $lane_u:ty, $bits:literal;)+) => {$(
        #[test]
        fn $shl() {
            for x in vectors() {
                for count in [0, 1, 3, 7, 8, 9, 15, 16, 31, 32, 63, 64, 65, -1, i32::MIN, i32::MAX] {
                    let factor = 1_i128 << count.rem_euclid($bits);
                    let left = x.$to_u().map(|a| (i128::from(a) * factor) as $lane_u);
                    let arithmetic = x.$to().map(|a| i128::from(a).div_euclid(factor) as $lane);
                    let logical = x.$to_u().map(|a| (i128::from(a) / factor) as $lane_u);
                    let what = (x, count);
                    assert_eq!(herkos_runtime::prelude::$shl(x, count).$to_u(), left, "{what:?}");
                    assert_eq!($shr_s(x, count).$to(), arithmetic, "{what:?}");
                    assert_eq!($shr_u(x, count).$to_u(), logical, "{what:?}");
                }
            }
        }
    )+};
}

mod shifts {
    use super::*;
    shifts! {
        i8x16_shl i8x16_shr_s i8x16_shr_u: to_i8x16 i8, to_u8x16 u8, 8;
        i16x8_shl i16x8_shr_s i16x8_shr_u: to_i16x8 i16, to_u16x8 u16, 16;
        i32x4_shl i32x4_shr_s i32x4_shr_u: to_i32x4 i32, to_u32x4 u32, 32;
        i64x2_shl i64x2_shr_s i64x2_shr_u: to_i64x2 i64, to_u64x2 u64, 64;
    }
}

/// Rows `instruction: operand's lanes, first lane used, result's lanes;`.
macro_rules! extends {
    ($($extend:ident, $extmul:ident: $to:ident from $start:literal => $result:ident $lane:ty;)+) => {$(
        #[test]
        fn $extmul() {
            for x in vectors() {
                for y in vectors() {
                    let (found, product) = ($extend(x).$result(), herkos_runtime::prelude::$extmul(x, y).$result());
                    for (i, (found, product)) in found.into_iter().zip(product).enumerate() {
                        let (a, b) = (i128::from(x.$to()[$start + i]), i128::from(y.$to()[$start + i]));
                        assert_eq!(i128::from(found), a, "{x:?} lane {i}");
                        assert_eq!(product, (a * b) as $lane, "{x:?} {y:?} lane {i}");
                    }
                }
            }
        }
    )+};
}

mod extends {
    use super::*;
    extends! {
        i16x8_extend_low_i8x16_s, i16x8_extmul_low_i8x16_s: to_i8x16 from 0 => to_i16x8 i16;
        i16x8_extend_low_i8x16_u, i16x8_extmul_low_i8x16_u: to_u8x16 from 0 => to_u16x8 u16;
        i16x8_extend_high_i8x16_s, i16x8_extmul_high_i8x16_s: to_i8x16 from 8 => to_i16x8 i16;
        i16x8_extend_high_i8x16_u, i16x8_extmul_high_i8x16_u: to_u8x16 from 8 => to_u16x8 u16;
        i32x4_extend_low_i16x8_s, i32x4_extmul_low_i16x8_s: to_i16x8 from 0 => to_i32x4 i32;
        i32x4_extend_low_i16x8_u, i32x4_extmul_low_i16x8_u: to_u16x8 from 0 => to_u32x4 u32;
        i32x4_extend_high_i16x8_s, i32x4_extmul_high_i16x8_s: to_i16x8 from 4 => to_i32x4 i32;
        i32x4_extend_high_i16x8_u, i32x4_extmul_high_i16x8_u: to_u16x8 from 4 => to_u32x4 u32;
        i64x2_extend_low_i32x4_s, i64x2_extmul_low_i32x4_s: to_i32x4 from 0 => to_i64x2 i64;
        i64x2_extend_low_i32x4_u, i64x2_extmul_low_i32x4_u: to_u32x4 from 0 => to_u64x2 u64;
        i64x2_extend_high_i32x4_s, i64x2_extmul_high_i32x4_s: to_i32x4 from 2 => to_i64x2 i64;
        i64x2_extend_high_i32x4_u, i64x2_extmul_high_i32x4_u: to_u32x4 from 2 => to_u64x2 u64;
    }
}

/// Rows `instruction: operand's lanes => result's lanes, narrowest and widest number;`.
macro_rules! narrows {
    ($($name:ident: $to:ident => $result:ident $lane:ty, $least:literal, $most:literal;)+) => {$(
        #[test]
        fn $name() {
            for x in vectors() {
                for y in vectors() {
                    let lanes = x.$to().into_iter().chain(y.$to());
                    let expected: Vec<$lane> =
                        lanes.map(|a| saturated(i128::from(a), $least, $most) as $lane).collect();
                    let found = herkos_runtime::prelude::$name(x, y).$result();
                    assert_eq!(&found[..], &expected[..], "{x:?} {y:?}");
                }
            }
        }
    )+};
}

mod narrows {
    use super::*;
    narrows! {
        i8x16_narrow_i16x8_s: to_i16x8 => to_i8x16 i8, -128, 127;
        i8x16_narrow_i16x8_u: to_i16x8 => to_u8x16 u8, 0, 255;
        i16x8_narrow_i32x4_s: to_i32x4 => to_i16x8 i16, -32_768, 32_767;
        i16x8_narrow_i32x4_u: to_i32x4 => to_u16x8 u16, 0, 65_535;
    }
}

/// Rows `instruction: operand's lanes => result's lanes;`: sums of each two.
macro_rules! pairwise {
    ($($name:ident: $to:ident => $result:ident $lane:ty;)+) => {$(
        #[test]
        fn $name() {
            for x in vectors() {
                let lanes = x.$to();
                let sums = lanes.chunks(2).map(|two| <$lane>::from(two[0]) + <$lane>::from(two[1]));
                let expected: Vec<$lane> = sums.collect();
                let found = herkos_runtime::prelude::$name(x).$result();
                assert_eq!(&found[..], &expected[..], "{x:?}");
            }
        }
    )+};
}

mod pairwise {
    use super::*;
    pairwise! {
        i16x8_extadd_pairwise_i8x16_s: to_i8x16 => to_i16x8 i16;
        i16x8_extadd_pairwise_i8x16_u: to_u8x16 => to_u16x8 u16;
        i32x4_extadd_pairwise_i16x8_s: to_i16x8 => to_i32x4 i32;
        i32x4_extadd_pairwise_i16x8_u: to_u16x8 => to_u32x4 u32;
    }
}

#[test]
fn dot_products() {
    for x in vectors() {
        for y in vectors() {
            let product = |i: usize| i64::from(x.to_i16x8()[i]) * i64::from(y.to_i16x8()[i]);
            let expected: [i32; 4] =
                std::array::from_fn(|i| (product(2 * i) + product(2 * i + 1)) as i32);
            assert_eq!(i32x4_dot_i16x8_s(x, y).to_i32x4(), expected, "{x:?} {y:?}");

            let product = |i: usize| i128::from(x.to_i8x16()[i]) * i128::from(y.to_i8x16()[i]);
            let pairs: [i16; 8] =
                std::array::from_fn(|i| signed16(product(2 * i) + product(2 * i + 1)) as i16);
            assert_eq!(
                i16x8_relaxed_dot_i8x16_i7x16_s(x, y).to_i16x8(),
                pairs,
                "{x:?} {y:?}"
            );
            let sums: [i32; 4] = std::array::from_fn(|i| {
                let sum = i32::from(pairs[2 * i]) + i32::from(pairs[2 * i + 1]);
                sum.wrapping_add(x.to_i32x4()[i])
            });
            let found = i32x4_relaxed_dot_i8x16_i7x16_add_s(x, y, x).to_i32x4();
            assert_eq!(found, sums, "{x:?} {y:?}");
        }
    }
    let least = i16x8_splat(-32_768);
    assert_eq!(i32x4_dot_i16x8_s(least, least).to_i32x4(), [i32::MIN; 4]);
    let least = i8x16_splat(-128);
    assert_eq!(
        i16x8_relaxed_dot_i8x16_i7x16_s(least, least).to_i16x8(),
        [i16::MAX; 8]
    );
}

/// Every form of the instruction, whatever the width of the lanes it goes by.
#[test]
fn bitwise_forms_agree() {
    for x in vectors() {
        for y in vectors() {
            let (a, b, c) = (
                x.to_bits(),
                y.to_bits(),
                x.to_bits().rotate_left(37) ^ y.to_bits(),
            );
            let z = V128::from_bits(c);
            for (not, and, andnot, or, xor, select, any) in [
                (
                    v128_not(x),
                    v128_and(x, y),
                    v128_andnot(x, y),
                    v128_or(x, y),
                    v128_xor(x, y),
                    v128_bitselect(x, y, z),
                    v128_any_true(x),
                ),
                (
                    i8x16_not(x),
                    i8x16_and(x, y),
                    i8x16_andnot(x, y),
                    i8x16_or(x, y),
                    i8x16_xor(x, y),
                    i8x16_bitselect(x, y, z),
                    i8x16_any_true(x),
                ),
                (
                    i16x8_not(x),
                    i16x8_and(x, y),
                    i16x8_andnot(x, y),
                    i16x8_or(x, y),
                    i16x8_xor(x, y),
                    i16x8_bitselect(x, y, z),
                    i16x8_any_true(x),
                ),
                (
                    i64x2_not(x),
                    i64x2_and(x, y),
                    i64x2_andnot(x, y),
                    i64x2_or(x, y),
                    i64x2_xor(x, y),
                    i64x2_bitselect(x, y, z),
                    i64x2_any_true(x),
                ),
            ] {
                let expected = [!a, a & b, a & !b, a | b, a ^ b, (a & c) | (b & !c)];
                assert_eq!(
                    [not, and, andnot, or, xor, select].map(V128::to_bits),
                    expected
                );
                assert_eq!(any, i32::from(a != 0));
            }
            for select in [
                i8x16_relaxed_laneselect,
                i16x8_relaxed_laneselect,
                i32x4_relaxed_laneselect,
                i64x2_relaxed_laneselect,
            ] {
                assert_eq!(select(x, y, z).to_bits(), (a & c) | (b & !c));
            }
            assert_eq!(i16x8_relaxed_q15mulr_s(x, y), i16x8_q15mulr_sat_s(x, y));
        }
        assert_eq!(v128_whole(x), x);
    }
    for bit in 0..128 {
        let one = V128::from_bits(1 << bit);
        assert_eq!(
            [
                v128_any_true(one),
                i8x16_any_true(one),
                i16x8_any_true(one),
                i64x2_any_true(one)
            ],
            [1; 4]
        );
    }
}

/// Rows `all_true, bitmask: lanes;`.
macro_rules! tests {
    ($($all:ident $mask:ident: $to:ident $from:ident $count:literal;)+) => {$(
        #[test]
        fn $mask() {
            for x in vectors() {
                let lanes = x.$to();
                assert_eq!($all(x), i32::from(lanes.iter().all(|a| *a != 0)), "{x:?}");
                let mut expected = 0;
                for (i, lane) in lanes.iter().enumerate() {
                    if *lane < 0 {
                        expected += 1 << i;
                    }
                }
                assert_eq!(herkos_runtime::prelude::$mask(x), expected, "{x:?}");
            }
            for i in 0..$count {
                let mut lanes = [1; $count];
                lanes[i] = 0;
                assert_eq!($all(V128::$from(lanes)), 0);
                lanes[i] = -1;
                assert_eq!($all(V128::$from(lanes)), 1);
                assert_eq!(herkos_runtime::prelude::$mask(V128::$from(lanes)), 1 << i);
            }
        }
    )+};
}

mod tests {
    use super::*;
    tests! {
        i8x16_all_true i8x16_bitmask: to_i8x16 from_i8x16 16;
        i16x8_all_true i16x8_bitmask: to_i16x8 from_i16x8 8;
        i32x4_all_true i32x4_bitmask: to_i32x4 from_i32x4 4;
        i64x2_all_true i64x2_bitmask: to_i64x2 from_i64x2 2;
    }
}
