//! Floating-point operations on edge values, compared as bits; expectations from §4.3.3.

use herkos_runtime::prelude::*;

/// A signalling and the matching quiet NaN, with sign and payload.
const S32: u32 = 0xff80_1234;
const Q32: u32 = 0xffc0_1234;
const S64: u64 = 0xfff0_0000_0000_1234;
const Q64: u64 = 0xfff8_0000_0000_1234;
const INF32: u32 = 0x7f80_0000;
const INF64: u64 = 0x7ff0_0000_0000_0000;

fn f(bits: u32) -> f32 {
    f32::from_bits(bits)
}

fn d(bits: u64) -> f64 {
    f64::from_bits(bits)
}

#[test]
fn signs_keep_all_other_bits() {
    assert_eq!(f32_abs(f(S32)).to_bits(), 0x7f80_1234);
    assert_eq!(f32_abs(-0.0).to_bits(), 0);
    assert_eq!(f32_neg(f(S32)).to_bits(), 0x7f80_1234);
    assert_eq!(f32_neg(0.0).to_bits(), 0x8000_0000);
    assert_eq!(f32_copysign(f(S32), 1.0).to_bits(), 0x7f80_1234);
    assert_eq!(f32_copysign(1.0, f(S32)).to_bits(), 0xbf80_0000);
    assert_eq!(f64_abs(d(S64)).to_bits(), 0x7ff0_0000_0000_1234);
    assert_eq!(f64_abs(-0.0).to_bits(), 0);
    assert_eq!(f64_neg(d(S64)).to_bits(), 0x7ff0_0000_0000_1234);
    assert_eq!(f64_neg(0.0).to_bits(), 1 << 63);
    assert_eq!(f64_copysign(d(S64), 1.0).to_bits(), 0x7ff0_0000_0000_1234);
    assert_eq!(f64_copysign(1.0, d(S64)).to_bits(), 0xbff0_0000_0000_0000);
}

/// Operand, ceil, floor, trunc, nearest.
const ROUNDING: [[f64; 5]; 20] = [
    [0.0, 0.0, 0.0, 0.0, 0.0],
    [-0.0, -0.0, -0.0, -0.0, -0.0],
    [0.25, 1.0, 0.0, 0.0, 0.0],
    [-0.25, -0.0, -1.0, -0.0, -0.0],
    [0.5, 1.0, 0.0, 0.0, 0.0],
    [-0.5, -0.0, -1.0, -0.0, -0.0],
    [0.75, 1.0, 0.0, 0.0, 1.0],
    [-0.75, -0.0, -1.0, -0.0, -1.0],
    [1.0, 1.0, 1.0, 1.0, 1.0],
    [-1.0, -1.0, -1.0, -1.0, -1.0],
    [1.5, 2.0, 1.0, 1.0, 2.0],
    [-1.5, -1.0, -2.0, -1.0, -2.0],
    [2.5, 3.0, 2.0, 2.0, 2.0],
    [-2.5, -2.0, -3.0, -2.0, -2.0],
    [3.5, 4.0, 3.0, 3.0, 4.0],
    [3.75, 4.0, 3.0, 3.0, 4.0],
    [
        4_194_303.5,
        4_194_304.0,
        4_194_303.0,
        4_194_303.0,
        4_194_304.0,
    ],
    [
        8_388_609.0,
        8_388_609.0,
        8_388_609.0,
        8_388_609.0,
        8_388_609.0,
    ],
    [
        f64::INFINITY,
        f64::INFINITY,
        f64::INFINITY,
        f64::INFINITY,
        f64::INFINITY,
    ],
    [
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ],
];

#[test]
fn rounding() {
    for [a, ceil, floor, trunc, nearest] in ROUNDING {
        let found = [f64_ceil(a), f64_floor(a), f64_trunc(a), f64_nearest(a)];
        let expected = [ceil, floor, trunc, nearest];
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{a}");
        let a = a as f32;
        let found = [f32_ceil(a), f32_floor(a), f32_trunc(a), f32_nearest(a)];
        assert_eq!(
            found.map(f32::to_bits),
            expected.map(|x| (x as f32).to_bits()),
            "{a}"
        );
    }
    // The largest value with a fraction; subnormal numbers.
    assert_eq!(
        f64_nearest(4_503_599_627_370_495.5),
        4_503_599_627_370_496.0
    );
    assert_eq!(f64_floor(4_503_599_627_370_495.5), 4_503_599_627_370_495.0);
    assert_eq!(f32_ceil(f(1)), 1.0);
    assert_eq!(f64_floor(d(1 << 63 | 1)), -1.0);
    assert_eq!(f64_nearest(d(1 << 63 | 1)).to_bits(), 1 << 63);
}

#[test]
fn roots() {
    assert_eq!(f32_sqrt(4.0), 2.0);
    assert_eq!(f32_sqrt(2.0).to_bits(), 0x3fb5_04f3);
    assert_eq!(f32_sqrt(-0.0).to_bits(), 0x8000_0000);
    assert_eq!(f32_sqrt(f(1)).to_bits(), 0x1a35_04f3); // 2^-149 -> 2^-74.5
    assert_eq!(f32_sqrt(f(0x7f7f_ffff)).to_bits(), 0x5f7f_ffff);
    assert_eq!(f32_sqrt(f(INF32)).to_bits(), INF32);
    assert_eq!(f32_sqrt(-1.0).to_bits(), 0x7fc0_0000);
    assert_eq!(f64_sqrt(9.0), 3.0);
    assert_eq!(f64_sqrt(2.0).to_bits(), 0x3ff6_a09e_667f_3bcd);
    assert_eq!(f64_sqrt(-0.0).to_bits(), 1 << 63);
    assert_eq!(f64_sqrt(d(1)).to_bits(), 0x1e60_0000_0000_0000); // 2^-1074 -> 2^-537
    assert_eq!(f64_sqrt(d(INF64 - 1)).to_bits(), 0x5fef_ffff_ffff_ffff);
    assert_eq!(f64_sqrt(d(INF64)).to_bits(), INF64);
    assert_eq!(f64_sqrt(f64::NEG_INFINITY).to_bits(), 0x7ff8_0000_0000_0000);
}

#[test]
fn results_are_quiet_nans() {
    for op in [f32_ceil, f32_floor, f32_trunc, f32_nearest, f32_sqrt] {
        assert_eq!(op(f(S32)).to_bits(), Q32);
        assert_eq!(op(f(Q32)).to_bits(), Q32);
    }
    for op in [f64_ceil, f64_floor, f64_trunc, f64_nearest, f64_sqrt] {
        assert_eq!(op(d(S64)).to_bits(), Q64);
        assert_eq!(op(d(Q64)).to_bits(), Q64);
    }
    for op in [f32_min, f32_max] {
        assert_eq!(op(f(S32), 1.0).to_bits(), Q32);
        assert_eq!(op(1.0, f(S32)).to_bits(), Q32);
        assert_eq!(op(f(0x7fc0_0000), f32::INFINITY).to_bits(), 0x7fc0_0000);
    }
    for op in [f64_min, f64_max] {
        assert_eq!(op(d(S64), 1.0).to_bits(), Q64);
        assert_eq!(op(1.0, d(S64)).to_bits(), Q64);
    }
}

#[test]
fn min_and_max() {
    let (inf, ninf) = (f64::INFINITY, f64::NEG_INFINITY);
    // a, b, min, max
    for [a, b, min, max] in [
        [1.0, 2.0, 1.0, 2.0],
        [-1.0, 1.0, -1.0, 1.0],
        [-0.0, 0.0, -0.0, 0.0],
        [-0.0, -0.0, -0.0, -0.0],
        [0.0, 0.0, 0.0, 0.0],
        [3.0, 3.0, 3.0, 3.0],
        [ninf, inf, ninf, inf],
        [inf, inf, inf, inf],
    ] {
        for (a, b) in [(a, b), (b, a)] {
            assert_eq!(f64_min(a, b).to_bits(), min.to_bits(), "min {a} {b}");
            assert_eq!(f64_max(a, b).to_bits(), max.to_bits(), "max {a} {b}");
            let (a, b) = (a as f32, b as f32);
            assert_eq!(
                f32_min(a, b).to_bits(),
                (min as f32).to_bits(),
                "min {a} {b}"
            );
            assert_eq!(
                f32_max(a, b).to_bits(),
                (max as f32).to_bits(),
                "max {a} {b}"
            );
        }
    }
}

#[test]
fn quiet_changes_signalling_nans_only() {
    for (bits, quiet) in [(S32, Q32), (Q32, Q32), (INF32 | 1, 0x7fc0_0001)] {
        assert_eq!(f32_quiet(f(bits)).to_bits(), quiet);
    }
    for (bits, quiet) in [(S64, Q64), (Q64, Q64), (INF64 | 1, 0x7ff8_0000_0000_0001)] {
        assert_eq!(f64_quiet(d(bits)).to_bits(), quiet);
    }
    for bits in [0, 0x8000_0000, 1, 0x3f80_0000, INF32, INF32 | 1 << 31] {
        assert_eq!(f32_quiet(f(bits)).to_bits(), bits);
    }
    for bits in [0, 1 << 63, 1, 0x3ff0_0000_0000_0000, INF64, INF64 | 1 << 63] {
        assert_eq!(f64_quiet(d(bits)).to_bits(), bits);
    }
}

#[test]
fn canonical_changes_nans_only() {
    for nan in [S32, Q32, 0x7f80_0001, 0xffff_ffff, 0x7fc0_0000] {
        assert_eq!(f32_canonical(f(nan)).to_bits(), 0x7fc0_0000);
    }
    for nan in [S64, Q64, INF64 + 1, u64::MAX] {
        assert_eq!(f64_canonical(d(nan)).to_bits(), 0x7ff8_0000_0000_0000);
    }
    for bits in [0, 0x8000_0000, 1, INF32, INF32 | 1 << 31] {
        assert_eq!(f32_canonical(f(bits)).to_bits(), bits);
    }
    for bits in [0, 1 << 63, 1, INF64, INF64 | 1 << 63] {
        assert_eq!(f64_canonical(d(bits)).to_bits(), bits);
    }
}
