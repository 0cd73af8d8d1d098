//! Conversions on edge values; expectations from §4.3.4, written out.

use herkos_runtime::prelude::*;

const OVERFLOW: Result<i32, WasmTrap> = Err(WasmTrap::IntegerOverflow);
const LOVERFLOW: Result<i64, WasmTrap> = Err(WasmTrap::IntegerOverflow);

fn f(bits: u32) -> f32 {
    f32::from_bits(bits)
}

fn d(bits: u64) -> f64 {
    f64::from_bits(bits)
}

#[test]
fn i32_trunc_f32() {
    assert_eq!(i32_trunc_f32_s(-1.9), Ok(-1));
    assert_eq!(i32_trunc_f32_s(f(0x4eff_ffff)), Ok(2_147_483_520)); // below 2^31
    assert_eq!(i32_trunc_f32_s(2_147_483_648.0), OVERFLOW);
    assert_eq!(i32_trunc_f32_s(-2_147_483_648.0), Ok(i32::MIN));
    assert_eq!(i32_trunc_f32_s(f(0xcf00_0001)), OVERFLOW); // below -2^31
    assert_eq!(i32_trunc_f32_u(f(0xbf7f_ffff)), Ok(0)); // above -1
    assert_eq!(i32_trunc_f32_u(-1.0), OVERFLOW);
    assert_eq!(i32_trunc_f32_u(f(0x4f7f_ffff)), Ok(-256)); // below 2^32
    assert_eq!(i32_trunc_f32_u(4_294_967_296.0), OVERFLOW);
    for a in [f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(i32_trunc_f32_s(a), OVERFLOW);
        assert_eq!(i32_trunc_f32_u(a), OVERFLOW);
    }
}

#[test]
fn i32_trunc_f64() {
    assert_eq!(i32_trunc_f64_s(2_147_483_647.9), Ok(i32::MAX));
    assert_eq!(i32_trunc_f64_s(2_147_483_648.0), OVERFLOW);
    assert_eq!(i32_trunc_f64_s(-2_147_483_648.9), Ok(i32::MIN));
    assert_eq!(i32_trunc_f64_s(-2_147_483_649.0), OVERFLOW);
    assert_eq!(i32_trunc_f64_u(-0.9), Ok(0));
    assert_eq!(i32_trunc_f64_u(-1.0), OVERFLOW);
    assert_eq!(i32_trunc_f64_u(4_294_967_295.9), Ok(-1));
    assert_eq!(i32_trunc_f64_u(4_294_967_296.0), OVERFLOW);
    for a in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(i32_trunc_f64_s(a), OVERFLOW);
        assert_eq!(i32_trunc_f64_u(a), OVERFLOW);
    }
}

#[test]
fn i64_trunc_f32() {
    assert_eq!(
        i64_trunc_f32_s(f(0x5eff_ffff)),
        Ok(9_223_371_487_098_961_920)
    ); // below 2^63
    assert_eq!(i64_trunc_f32_s(f(0x5f00_0000)), LOVERFLOW); // 2^63
    assert_eq!(i64_trunc_f32_s(f(0xdf00_0000)), Ok(i64::MIN)); // -2^63
    assert_eq!(i64_trunc_f32_s(f(0xdf00_0001)), LOVERFLOW);
    assert_eq!(i64_trunc_f32_u(f(0xbf7f_ffff)), Ok(0));
    assert_eq!(i64_trunc_f32_u(-1.0), LOVERFLOW);
    assert_eq!(i64_trunc_f32_u(f(0x5f7f_ffff)), Ok(-0x100_0000_0000)); // below 2^64
    assert_eq!(i64_trunc_f32_u(f(0x5f80_0000)), LOVERFLOW); // 2^64
    for a in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(i64_trunc_f32_s(a), LOVERFLOW);
        assert_eq!(i64_trunc_f32_u(a), LOVERFLOW);
    }
}

#[test]
fn i64_trunc_f64() {
    assert_eq!(
        i64_trunc_f64_s(d(0x43df_ffff_ffff_ffff)),
        Ok(0x7fff_ffff_ffff_fc00)
    );
    assert_eq!(i64_trunc_f64_s(d(0x43e0_0000_0000_0000)), LOVERFLOW); // 2^63
    assert_eq!(i64_trunc_f64_s(d(0xc3e0_0000_0000_0000)), Ok(i64::MIN));
    assert_eq!(i64_trunc_f64_s(d(0xc3e0_0000_0000_0001)), LOVERFLOW);
    assert_eq!(i64_trunc_f64_u(-0.9), Ok(0));
    assert_eq!(i64_trunc_f64_u(-1.0), LOVERFLOW);
    assert_eq!(i64_trunc_f64_u(d(0x43ef_ffff_ffff_ffff)), Ok(-0x800)); // below 2^64
    assert_eq!(i64_trunc_f64_u(d(0x43f0_0000_0000_0000)), LOVERFLOW); // 2^64
    for a in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(i64_trunc_f64_s(a), LOVERFLOW);
        assert_eq!(i64_trunc_f64_u(a), LOVERFLOW);
    }
}

#[test]
fn saturating_truncation() {
    let inf = f32::INFINITY;
    assert_eq!(
        [-1.9, inf, -inf, f32::NAN].map(i32_trunc_sat_f32_s),
        [-1, i32::MAX, i32::MIN, 0]
    );
    assert_eq!(
        [1.9, inf, -1.0, f32::NAN].map(i32_trunc_sat_f32_u),
        [1, -1, 0, 0]
    );
    assert_eq!(
        [-1.9, inf, -inf, f32::NAN].map(i64_trunc_sat_f32_s),
        [-1, i64::MAX, i64::MIN, 0]
    );
    assert_eq!(
        [1.9, inf, -1.0, f32::NAN].map(i64_trunc_sat_f32_u),
        [1, -1, 0, 0]
    );
    let inf = f64::INFINITY;
    assert_eq!(
        [-1.9, inf, -inf, f64::NAN].map(i32_trunc_sat_f64_s),
        [-1, i32::MAX, i32::MIN, 0]
    );
    assert_eq!(
        [3e9, inf, -1.0, f64::NAN].map(i32_trunc_sat_f64_u),
        [-1_294_967_296, -1, 0, 0]
    );
    assert_eq!(
        [-1.9, inf, -inf, f64::NAN].map(i64_trunc_sat_f64_s),
        [-1, i64::MAX, i64::MIN, 0]
    );
    assert_eq!(
        [1.9, inf, -1.0, f64::NAN].map(i64_trunc_sat_f64_u),
        [1, -1, 0, 0]
    );
}

#[test]
fn integers_round_to_even() {
    assert_eq!(f32_convert_i32_s(16_777_217).to_bits(), 0x4b80_0000); // 2^24 + 1, down
    assert_eq!(f32_convert_i32_s(16_777_219).to_bits(), 0x4b80_0002); // 2^24 + 3, up
    assert_eq!(f32_convert_i32_s(i32::MIN).to_bits(), 0xcf00_0000);
    assert_eq!(f32_convert_i32_u(-1).to_bits(), 0x4f80_0000);
    assert_eq!(
        f32_convert_i64_s(0x7fff_ff40_0000_0001).to_bits(),
        0x5eff_ffff
    );
    assert_eq!(f32_convert_i64_s(i64::MIN).to_bits(), 0xdf00_0000);
    assert_eq!(f32_convert_i64_u(-1).to_bits(), 0x5f80_0000);
    // Rounding to f64 first would give a tie, and then the even neighbour.
    assert_eq!(
        f32_convert_i64_u(0x8000_0080_0000_0001_u64 as i64).to_bits(),
        0x5f00_0001
    );
    assert_eq!(f64_convert_i32_s(i32::MIN), -2_147_483_648.0);
    assert_eq!(f64_convert_i32_u(-1), 4_294_967_295.0);
    assert_eq!(
        f64_convert_i64_s(0x20_0000_0000_0001).to_bits(),
        0x4340_0000_0000_0000
    );
    assert_eq!(f64_convert_i64_s(i64::MIN).to_bits(), 0xc3e0_0000_0000_0000);
    assert_eq!(f64_convert_i64_u(-1).to_bits(), 0x43f0_0000_0000_0000);
}

#[test]
fn float_widths() {
    assert_eq!(f32_demote_f64(1.1).to_bits(), 0x3f8c_cccd);
    assert_eq!(f32_demote_f64(-0.0).to_bits(), 0x8000_0000);
    assert_eq!(f32_demote_f64(1e300).to_bits(), 0x7f80_0000);
    assert_eq!(f32_demote_f64(d(0x36a0_0000_0000_0000)).to_bits(), 1); // 2^-149
    assert_eq!(f32_demote_f64(d(0x3690_0000_0000_0000)).to_bits(), 0); // 2^-150: tie
    assert_eq!(
        f32_demote_f64(d(0x7ff0_0000_2000_0000)).to_bits(),
        0x7fc0_0001
    );
    assert_eq!(
        f32_demote_f64(d(0xfff8_0000_0000_0001)).to_bits(),
        0xffc0_0000
    );
    assert_eq!(f64_promote_f32(f(1)).to_bits(), 0x36a0_0000_0000_0000);
    assert_eq!(
        f64_promote_f32(f(0xff80_0000)).to_bits(),
        0xfff0_0000_0000_0000
    );
    assert_eq!(
        f64_promote_f32(f(0xff80_0001)).to_bits(),
        0xfff8_0000_2000_0000
    );
    assert_eq!(
        f32_demote_f64(f64_promote_f32(f(0x7f80_0001))).to_bits(),
        0x7fc0_0001
    );
}

#[test]
fn reinterpretation_keeps_the_bits() {
    assert_eq!(i32_reinterpret_f32(f(0xff80_0001)), -0x7f_ffff);
    assert_eq!(
        i64_reinterpret_f64(d(0xfff0_0000_0000_0001)),
        -0xf_ffff_ffff_ffff
    );
    assert_eq!(f32_reinterpret_i32(0x7f80_0001).to_bits(), 0x7f80_0001);
    assert_eq!(f64_reinterpret_i64(-1).to_bits(), u64::MAX);
}
