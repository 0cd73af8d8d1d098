//! Vector instructions on floats: each lane to the bit what the scalar instruction gives (§4.4.3.8,
//! §4.4.3.9), which `float.rs` and `convert.rs` test; the rest by examples.

use herkos_runtime::{prelude::*, V128};

const F32: [u32; 34] = [
    0x0000_0000,
    0x8000_0000,
    0x0000_0001,
    0x8000_0001,
    0x007f_ffff,
    0x0080_0000,
    0x3eff_ffff,
    0x3f00_0000,
    0xbf00_0000,
    0x3f00_0001,
    0x3f7f_ffff,
    0x3f80_0000,
    0xbf80_0000,
    0x3fc0_0000,
    0xbfc0_0000,
    0x4020_0000,
    0xc020_0000,
    0x4060_0000,
    0x4aff_ffff,
    0x4b00_0000,
    0xcaff_ffff,
    0x4b00_0001,
    0x4b80_0001,
    0x4eff_ffff,
    0x4f00_0000,
    0xcf00_0000,
    0xcf00_0001,
    0x4f80_0000,
    0x7f7f_ffff,
    0x7f80_0000,
    0xff80_0000,
    0x7fc0_0000,
    0xffc0_0001,
    0x7f80_0001,
];

const F64: [u64; 36] = [
    0x0000_0000_0000_0000,
    0x8000_0000_0000_0000,
    0x0000_0000_0000_0001,
    0x8000_0000_0000_0001,
    0x000f_ffff_ffff_ffff,
    0x0010_0000_0000_0000,
    0x3fdf_ffff_ffff_ffff,
    0x3fe0_0000_0000_0000,
    0xbfe0_0000_0000_0000,
    0x3fe0_0000_0000_0001,
    0x3fef_ffff_ffff_ffff,
    0x3ff0_0000_0000_0000,
    0xbff0_0000_0000_0000,
    0x3ff8_0000_0000_0000,
    0xbff8_0000_0000_0000,
    0x4004_0000_0000_0000,
    0xc004_0000_0000_0000,
    0x400c_0000_0000_0000,
    0x432f_ffff_ffff_ffff,
    0x4330_0000_0000_0000,
    0xc32f_ffff_ffff_ffff,
    0x4330_0000_0000_0001,
    0x41df_ffff_ffff_ffff,
    0x41df_ffff_ffc0_0000,
    0x41e0_0000_0000_0000,
    0xc1e0_0000_001f_ffff,
    0xc1e0_0000_0020_0000,
    0x41ef_ffff_ffff_ffff,
    0x41f0_0000_0000_0000,
    0x47ef_ffff_f000_0000,
    0x7fef_ffff_ffff_ffff,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    0xfff8_0000_0000_0001,
    0x7ff0_0000_0000_0001,
];

/// Pseudo-random bits (xorshift), to add to the interesting ones.
fn random() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(0x1234_5678_9abc_def1_u64), |state| {
        let state = state ^ (state << 13);
        let state = state ^ (state >> 7);
        Some(state ^ (state << 17))
    })
}

fn f32s() -> Vec<u32> {
    F32.into_iter()
        .chain(random().take(100).map(|bits| (bits >> 32) as u32))
        .collect()
}

fn f64s() -> Vec<u64> {
    F64.into_iter().chain(random().take(100)).collect()
}

/// Each lane in each place, with others around.
fn f32x4s() -> Vec<V128> {
    let all = f32s();
    let lane = |i: usize| all[i % all.len()];
    (0..all.len())
        .map(|i| V128::from_u32x4([lane(i), lane(3 * i), lane(i + 9), lane(i + 40)]))
        .collect()
}

fn f64x2s() -> Vec<V128> {
    let all = f64s();
    (0..all.len())
        .map(|i| V128::from_u64x2([all[i], all[3 * i % all.len()]]))
        .collect()
}

/// Rows `vector instruction = scalar one: lanes, bits of lanes;`.
macro_rules! unary {
    ($($name:ident = $scalar:expr, $vectors:ident $to:ident => $bits:ident;)+) => {$(
        #[test]
        fn $name() {
            for x in $vectors() {
                let expected = x.$to().map($scalar);
                let found = herkos_runtime::prelude::$name(x).$bits();
                assert_eq!(found, expected.map(|lane| bits(lane) as _), "{x:x?}");
            }
        }
    )+};
}

/// The same of two operands; a NaN that Rust's operators give only has to be one.
macro_rules! binary {
    ($($name:ident = $scalar:expr, $vectors:ident $to:ident $bits:ident, $exact:expr;)+) => {$(
        #[test]
        fn $name() {
            for x in $vectors() {
                for y in $vectors() {
                    let found = herkos_runtime::prelude::$name(x, y);
                    let lanes = x.$to().into_iter().zip(y.$to());
                    for ((lane, (a, b)), raw) in found.$to().into_iter().zip(lanes).zip(found.$bits()) {
                        let expected = $scalar(a, b);
                        let same = raw == expected.to_bits();
                        let nans = expected.is_nan() && lane.is_nan() && !$exact;
                        assert!(same || nans, "{a:x?} {b:x?}: {lane:x?}, not {expected:x?}");
                    }
                }
            }
        }
    )+};
}

macro_rules! relations {
    ($($name:ident $operator:tt $vectors:ident $to:ident $mask:ident;)+) => {$(
        #[test]
        #[allow(clippy::float_cmp, reason = "the instruction")]
        fn $name() {
            for x in $vectors() {
                for y in $vectors() {
                    let found = herkos_runtime::prelude::$name(x, y).$mask();
                    let lanes = x.$to().into_iter().zip(y.$to());
                    for (found, (a, b)) in found.into_iter().zip(lanes) {
                        assert_eq!(found, if a $operator b { -1 } else { 0 }, "{a:x?} {b:x?}");
                    }
                }
            }
        }
    )+};
}

trait Lane {
    fn raw(self) -> u64;
}

macro_rules! lane {
    ($($ty:ty, |$x:ident| $value:expr;)+) => {$(
        impl Lane for $ty {
            fn raw(self) -> u64 {
                let $x = self;
                $value
            }
        }
    )+};
}

lane! {
    f32, |x| u64::from(x.to_bits());
    f64, |x| x.to_bits();
    i32, |x| u64::from(x as u32);
}

fn bits(lane: impl Lane) -> u64 {
    lane.raw()
}

mod one_operand {
    use super::*;
    unary! {
        f32x4_abs = f32_abs, f32x4s to_f32x4 => to_u32x4;
        f32x4_neg = f32_neg, f32x4s to_f32x4 => to_u32x4;
        f32x4_sqrt = f32_sqrt, f32x4s to_f32x4 => to_u32x4;
        f32x4_ceil = f32_ceil, f32x4s to_f32x4 => to_u32x4;
        f32x4_floor = f32_floor, f32x4s to_f32x4 => to_u32x4;
        f32x4_trunc = f32_trunc, f32x4s to_f32x4 => to_u32x4;
        f32x4_nearest = f32_nearest, f32x4s to_f32x4 => to_u32x4;
        f32x4_canonical = f32_canonical, f32x4s to_f32x4 => to_u32x4;
        f32x4_quiet = f32_quiet, f32x4s to_f32x4 => to_u32x4;
        f64x2_abs = f64_abs, f64x2s to_f64x2 => to_u64x2;
        f64x2_neg = f64_neg, f64x2s to_f64x2 => to_u64x2;
        f64x2_sqrt = f64_sqrt, f64x2s to_f64x2 => to_u64x2;
        f64x2_ceil = f64_ceil, f64x2s to_f64x2 => to_u64x2;
        f64x2_floor = f64_floor, f64x2s to_f64x2 => to_u64x2;
        f64x2_trunc = f64_trunc, f64x2s to_f64x2 => to_u64x2;
        f64x2_nearest = f64_nearest, f64x2s to_f64x2 => to_u64x2;
        f64x2_canonical = f64_canonical, f64x2s to_f64x2 => to_u64x2;
        f64x2_quiet = f64_quiet, f64x2s to_f64x2 => to_u64x2;
        i32x4_trunc_sat_f32x4_s = i32_trunc_sat_f32_s, f32x4s to_f32x4 => to_u32x4;
        i32x4_trunc_sat_f32x4_u = i32_trunc_sat_f32_u, f32x4s to_f32x4 => to_u32x4;
        i32x4_relaxed_trunc_f32x4_s = i32_trunc_sat_f32_s, f32x4s to_f32x4 => to_u32x4;
        i32x4_relaxed_trunc_f32x4_u = i32_trunc_sat_f32_u, f32x4s to_f32x4 => to_u32x4;
        f32x4_convert_i32x4_s = f32_convert_i32_s, f32x4s to_i32x4 => to_u32x4;
        f32x4_convert_i32x4_u = f32_convert_i32_u, f32x4s to_i32x4 => to_u32x4;
    }
}

mod two_operands {
    use super::*;
    binary! {
        f32x4_add = |a: f32, b: f32| a + b, f32x4s to_f32x4 to_u32x4, false;
        f32x4_sub = |a: f32, b: f32| a - b, f32x4s to_f32x4 to_u32x4, false;
        f32x4_mul = |a: f32, b: f32| a * b, f32x4s to_f32x4 to_u32x4, false;
        f32x4_div = |a: f32, b: f32| a / b, f32x4s to_f32x4 to_u32x4, false;
        f32x4_min = f32_min, f32x4s to_f32x4 to_u32x4, true;
        f32x4_max = f32_max, f32x4s to_f32x4 to_u32x4, true;
        f32x4_relaxed_min = f32_min, f32x4s to_f32x4 to_u32x4, true;
        f32x4_relaxed_max = f32_max, f32x4s to_f32x4 to_u32x4, true;
        f32x4_pmin = |a: f32, b: f32| if b < a { b } else { a }, f32x4s to_f32x4 to_u32x4, true;
        f32x4_pmax = |a: f32, b: f32| if a < b { b } else { a }, f32x4s to_f32x4 to_u32x4, true;
        f64x2_add = |a: f64, b: f64| a + b, f64x2s to_f64x2 to_u64x2, false;
        f64x2_sub = |a: f64, b: f64| a - b, f64x2s to_f64x2 to_u64x2, false;
        f64x2_mul = |a: f64, b: f64| a * b, f64x2s to_f64x2 to_u64x2, false;
        f64x2_div = |a: f64, b: f64| a / b, f64x2s to_f64x2 to_u64x2, false;
        f64x2_min = f64_min, f64x2s to_f64x2 to_u64x2, true;
        f64x2_max = f64_max, f64x2s to_f64x2 to_u64x2, true;
        f64x2_relaxed_min = f64_min, f64x2s to_f64x2 to_u64x2, true;
        f64x2_relaxed_max = f64_max, f64x2s to_f64x2 to_u64x2, true;
        f64x2_pmin = |a: f64, b: f64| if b < a { b } else { a }, f64x2s to_f64x2 to_u64x2, true;
        f64x2_pmax = |a: f64, b: f64| if a < b { b } else { a }, f64x2s to_f64x2 to_u64x2, true;
    }
    relations! {
        f32x4_eq == f32x4s to_f32x4 to_i32x4;
        f32x4_ne != f32x4s to_f32x4 to_i32x4;
        f32x4_lt < f32x4s to_f32x4 to_i32x4;
        f32x4_gt > f32x4s to_f32x4 to_i32x4;
        f32x4_le <= f32x4s to_f32x4 to_i32x4;
        f32x4_ge >= f32x4s to_f32x4 to_i32x4;
        f64x2_eq == f64x2s to_f64x2 to_i64x2;
        f64x2_ne != f64x2s to_f64x2 to_i64x2;
        f64x2_lt < f64x2s to_f64x2 to_i64x2;
        f64x2_gt > f64x2s to_f64x2 to_i64x2;
        f64x2_le <= f64x2s to_f64x2 to_i64x2;
        f64x2_ge >= f64x2s to_f64x2 to_i64x2;
    }
}

/// -0 and NaN are what tells these from `min` and `max`.
#[test]
fn pseudo_minimum_and_maximum() {
    let (nan, zeros) = (
        f32x4_splat(f32::NAN),
        V128::from_f32x4([0.0, -0.0, 0.0, -0.0]),
    );
    let ones = f32x4_splat(1.0);
    assert_eq!(f32x4_pmin(ones, nan).to_f32x4(), [1.0; 4]);
    assert!(f32x4_pmin(nan, ones)
        .to_f32x4()
        .iter()
        .all(|lane| lane.is_nan()));
    assert!(f32x4_pmax(nan, ones)
        .to_f32x4()
        .iter()
        .all(|lane| lane.is_nan()));
    assert_eq!(f32x4_pmax(ones, nan).to_f32x4(), [1.0; 4]);
    assert_eq!(f32x4_pmin(zeros, f32x4_splat(-0.0)), zeros);
    assert_eq!(f32x4_pmax(zeros, f32x4_splat(0.0)), zeros);
    assert_eq!(f32x4_min(zeros, f32x4_splat(-0.0)), f32x4_splat(-0.0));
}

/// Two lanes to four and back: the first ones are used, the last ones zero.
#[test]
fn two_lanes_and_four() {
    for x in f64x2s() {
        let [a, b] = x.to_f64x2();
        let narrow = f32x4_demote_f64x2_zero(x).to_u32x4();
        assert_eq!(
            narrow,
            [
                f32_demote_f64(a).to_bits(),
                f32_demote_f64(b).to_bits(),
                0,
                0
            ]
        );
        let signed = [i32_trunc_sat_f64_s(a), i32_trunc_sat_f64_s(b), 0, 0];
        assert_eq!(i32x4_trunc_sat_f64x2_s_zero(x).to_i32x4(), signed);
        assert_eq!(i32x4_relaxed_trunc_f64x2_s_zero(x).to_i32x4(), signed);
        let unsigned = [i32_trunc_sat_f64_u(a), i32_trunc_sat_f64_u(b), 0, 0];
        assert_eq!(i32x4_trunc_sat_f64x2_u_zero(x).to_i32x4(), unsigned);
        assert_eq!(i32x4_relaxed_trunc_f64x2_u_zero(x).to_i32x4(), unsigned);
    }
    for x in f32x4s() {
        let [a, b, ..] = x.to_f32x4();
        let wide = f64x2_promote_low_f32x4(x).to_u64x2();
        assert_eq!(
            wide,
            [f64_promote_f32(a), f64_promote_f32(b)].map(f64::to_bits)
        );
        let [a, b, ..] = x.to_i32x4();
        let signed = [a, b].map(f64::from);
        assert_eq!(f64x2_convert_low_i32x4_s(x).to_f64x2(), signed);
        let unsigned = [a, b].map(|lane| f64::from(lane as u32));
        assert_eq!(f64x2_convert_low_i32x4_u(x).to_f64x2(), unsigned);
    }
}

/// Rounded twice: 0.1 * 10 - 1 is 0, though 0.1 is more than a tenth.
#[test]
fn relaxed_multiplication_rounds_twice() {
    let all = f64x2_splat;
    assert_eq!(
        f64x2_relaxed_madd(all(0.1), all(10.0), all(-1.0)).to_f64x2(),
        [0.0; 2]
    );
    assert_eq!(
        f64x2_relaxed_nmadd(all(0.1), all(10.0), all(1.0)).to_f64x2(),
        [0.0; 2]
    );
    assert_eq!(
        f64x2_relaxed_nmadd(all(2.0), all(3.0), all(1.0)).to_f64x2(),
        [-5.0; 2]
    );
    let all = f32x4_splat;
    assert_eq!(
        f32x4_relaxed_madd(all(0.1), all(10.0), all(-1.0)).to_f32x4(),
        [0.0; 4]
    );
    assert_eq!(
        f32x4_relaxed_nmadd(all(0.1), all(10.0), all(1.0)).to_f32x4(),
        [0.0; 4]
    );
    assert_eq!(
        f32x4_relaxed_nmadd(all(2.0), all(3.0), all(1.0)).to_f32x4(),
        [-5.0; 4]
    );
}
