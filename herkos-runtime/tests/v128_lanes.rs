//! `V128` itself, lanes moved about, loads and stores.

#![allow(clippy::int_plus_one, reason = "the rule as the specification has it")]

use herkos_runtime::{prelude::*, OutOfBounds, V128};

const COUNT: V128 = V128::from_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
const HIGH: V128 = V128::from_bits(0xff_fe_fd_fc_fb_fa_f9_f8_f7_f6_f5_f4_f3_f2_f1_f0);

/// Negative in every lane, NaN in none.
const NEGATIVE: V128 = V128::from_bits(0x9f9e_9d9c_9b9a_9998_9796_9594_9392_9190);

#[test]
fn lanes_are_little_endian() {
    assert_eq!(COUNT.to_bits(), 0x0f0e_0d0c_0b0a_0908_0706_0504_0302_0100);
    assert_eq!(V128::from_bits(COUNT.to_bits()), COUNT);
    assert_eq!(HIGH.to_bytes()[0], 0xf0);
    assert_eq!(HIGH.to_i8x16()[15], -1);
    assert_eq!(COUNT.to_u16x8()[1], 0x0302);
    assert_eq!(HIGH.to_i16x8()[7], -2);
    assert_eq!(COUNT.to_u32x4()[3], 0x0f0e_0d0c);
    assert_eq!(HIGH.to_i32x4()[0], 0xf3f2_f1f0_u32 as i32);
    assert_eq!(
        COUNT.to_u64x2(),
        [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908]
    );
    assert_eq!(HIGH.to_i64x2()[1], 0xfffe_fdfc_fbfa_f9f8_u64 as i64);
    assert_eq!(V128::default(), V128::ZERO);
}

#[test]
fn lanes_return() {
    for x in [COUNT, HIGH] {
        assert_eq!(V128::from_i8x16(x.to_i8x16()), x);
        assert_eq!(V128::from_u8x16(x.to_u8x16()), x);
        assert_eq!(V128::from_i16x8(x.to_i16x8()), x);
        assert_eq!(V128::from_u16x8(x.to_u16x8()), x);
        assert_eq!(V128::from_i32x4(x.to_i32x4()), x);
        assert_eq!(V128::from_u32x4(x.to_u32x4()), x);
        assert_eq!(V128::from_i64x2(x.to_i64x2()), x);
        assert_eq!(V128::from_u64x2(x.to_u64x2()), x);
        assert_eq!(V128::from_f32x4(x.to_f32x4()), x);
        assert_eq!(V128::from_f64x2(x.to_f64x2()), x);
    }
}

#[test]
fn splats_keep_the_low_bits() {
    assert_eq!(i8x16_splat(0x1234_5678).to_i8x16(), [0x78; 16]);
    assert_eq!(i16x8_splat(0x1234_5678).to_i16x8(), [0x5678; 8]);
    assert_eq!(i32x4_splat(-2).to_i32x4(), [-2; 4]);
    assert_eq!(i64x2_splat(-2).to_i64x2(), [-2; 2]);
    assert_eq!(
        f32x4_splat(f32::from_bits(0x7f80_0001)).to_u32x4(),
        [0x7f80_0001; 4]
    );
    assert_eq!(f64x2_splat(-0.0).to_u64x2(), [1 << 63; 2]);
}

/// Rows `extract (with its meaning of a lane), replace: lanes, their number, an operand and the lane it is;`.
macro_rules! single {
    ($($extract:ident $replace:ident: $to:ident $count:literal, $x:expr, $lane:expr;)+) => {$(
        for i in 0..$count {
            assert_eq!($extract(NEGATIVE, i), NEGATIVE.$to()[usize::from(i)].into());
            let mut expected = NEGATIVE.$to();
            expected[usize::from(i)] = $lane;
            assert_eq!($replace(NEGATIVE, $x, i).$to(), expected);
            // Out of range: no panic.
            assert_eq!($replace(NEGATIVE, $x, i + $count).$to(), expected);
            assert_eq!($extract(NEGATIVE, i + $count), $extract(NEGATIVE, i));
        }
    )+};
}

#[test]
fn single_lanes() {
    single! {
        i8x16_extract_lane_s i8x16_replace_lane: to_i8x16 16, 0x1285, -0x7b;
        i8x16_extract_lane_u i8x16_replace_lane: to_u8x16 16, 0x1285, 0x85;
        i16x8_extract_lane_s i16x8_replace_lane: to_i16x8 8, 0x1_8005, -0x7ffb;
        i16x8_extract_lane_u i16x8_replace_lane: to_u16x8 8, 0x1_8005, 0x8005;
        i32x4_extract_lane i32x4_replace_lane: to_i32x4 4, -5, -5;
        i64x2_extract_lane i64x2_replace_lane: to_i64x2 2, -5, -5;
        f32x4_extract_lane f32x4_replace_lane: to_f32x4 4, 1.5, 1.5;
        f64x2_extract_lane f64x2_replace_lane: to_f64x2 2, 1.5, 1.5;
    }
    let nan = f32x4_replace_lane(COUNT, f32::from_bits(0x7f80_0001), 2);
    assert_eq!(f32x4_extract_lane(nan, 2).to_bits(), 0x7f80_0001);
}

#[test]
fn shuffles_pick_from_both() {
    let lanes = [31, 0, 16, 15, 1, 17, 2, 18, 30, 14, 8, 24, 7, 23, 3, 19];
    let both: Vec<u8> = COUNT
        .to_bytes()
        .into_iter()
        .chain(HIGH.to_bytes())
        .collect();
    let expected = lanes.map(|lane| both[usize::from(lane)]);
    assert_eq!(i8x16_shuffle(COUNT, HIGH, lanes).to_bytes(), expected);
    assert_eq!(
        i8x16_shuffle(COUNT, HIGH, lanes.map(|lane| lane + 32)).to_bytes(),
        expected
    );
    // Whole lanes, which are shuffles of their bytes.
    let wide = i16x8_shuffle(COUNT, HIGH, [15, 0, 8, 7, 3, 11, 1, 9]);
    let bytes = [30, 31, 0, 1, 16, 17, 14, 15, 6, 7, 22, 23, 2, 3, 18, 19];
    assert_eq!(wide, i8x16_shuffle(COUNT, HIGH, bytes));
    let wide = i32x4_shuffle(COUNT, HIGH, [7, 0, 3, 5]);
    let bytes = [28, 29, 30, 31, 0, 1, 2, 3, 12, 13, 14, 15, 20, 21, 22, 23];
    assert_eq!(wide, i8x16_shuffle(COUNT, HIGH, bytes));
    let wide = i64x2_shuffle(COUNT, HIGH, [3, 0]);
    let bytes = [24, 25, 26, 27, 28, 29, 30, 31, 0, 1, 2, 3, 4, 5, 6, 7];
    assert_eq!(wide, i8x16_shuffle(COUNT, HIGH, bytes));
}

#[test]
fn swizzles_give_zero_out_of_range() {
    let places = V128::from_u8x16([15, 0, 16, 1, 31, 17, 127, 2, 128, 255, 240, 14, 7, 8, 32, 3]);
    let expected = [
        255, 240, 0, 241, 0, 0, 0, 242, 0, 0, 0, 254, 247, 248, 0, 243,
    ];
    assert_eq!(i8x16_swizzle(HIGH, places).to_bytes(), expected);
    assert_eq!(i8x16_relaxed_swizzle(HIGH, places).to_bytes(), expected);
}

/// 40 bytes, half of them with the sign bit set.
fn memory() -> [u8; 40] {
    std::array::from_fn(|i| (i as u8).wrapping_mul(0x4d) ^ 0x80)
}

/// Rows `load: bytes of an access, result's lanes, the lanes of the bytes from there;`.
macro_rules! loads {
    ($($name:ident: $size:literal, $to:ident, |$m:ident| $lanes:expr;)+) => {$(
        let m = memory();
        for addr in 0..=48_i32 {
            for offset in [0, 1, 16, 40, u32::MAX] {
                let start = addr as u64 + u64::from(offset);
                let found = $name(&m, addr, offset);
                if start + $size <= 40 {
                    let $m = &m[start as usize..];
                    assert_eq!(found.unwrap().$to(), $lanes, "{} {addr} {offset}", stringify!($name));
                } else {
                    assert_eq!(found, Err(WasmTrap::OutOfBounds), "{} {addr} {offset}", stringify!($name));
                }
            }
        }
        assert_eq!($name(&m, -1, 0), Err(WasmTrap::OutOfBounds));
        assert_eq!($name(&m, -1, 1), Err(WasmTrap::OutOfBounds));
    )+};
}

fn u16_at(m: &[u8], i: usize) -> u16 {
    u16::from_le_bytes([m[i], m[i + 1]])
}

fn u32_at(m: &[u8], i: usize) -> u32 {
    u32::from_le_bytes([m[i], m[i + 1], m[i + 2], m[i + 3]])
}

fn u64_at(m: &[u8], i: usize) -> u64 {
    u64::from(u32_at(m, i)) | (u64::from(u32_at(m, i + 4)) << 32)
}

#[test]
fn loads() {
    loads! {
        v128_load: 16, to_u8x16, |m| m[..16];
        v128_load8x8_s: 8, to_i16x8, |m| std::array::from_fn::<_, 8, _>(|i| i16::from(m[i] as i8));
        v128_load8x8_u: 8, to_u16x8, |m| std::array::from_fn::<_, 8, _>(|i| u16::from(m[i]));
        v128_load16x4_s: 8, to_i32x4,
            |m| std::array::from_fn::<_, 4, _>(|i| i32::from(u16_at(m, 2 * i) as i16));
        v128_load16x4_u: 8, to_u32x4,
            |m| std::array::from_fn::<_, 4, _>(|i| u32::from(u16_at(m, 2 * i)));
        v128_load32x2_s: 8, to_i64x2,
            |m| std::array::from_fn::<_, 2, _>(|i| i64::from(u32_at(m, 4 * i) as i32));
        v128_load32x2_u: 8, to_u64x2,
            |m| std::array::from_fn::<_, 2, _>(|i| u64::from(u32_at(m, 4 * i)));
        v128_load8_splat: 1, to_u8x16, |m| [m[0]; 16];
        v128_load16_splat: 2, to_u16x8, |m| [u16_at(m, 0); 8];
        v128_load32_splat: 4, to_u32x4, |m| [u32_at(m, 0); 4];
        v128_load64_splat: 8, to_u64x2, |m| [u64_at(m, 0); 2];
        v128_load32_zero: 4, to_u32x4, |m| [u32_at(m, 0), 0, 0, 0];
        v128_load64_zero: 8, to_u64x2, |m| [u64_at(m, 0), 0];
    }
}

/// Rows `load, store: bytes of a lane;`.
macro_rules! lanes {
    ($($load:ident $store:ident: $size:literal;)+) => {$(
        for lane in 0..16 / $size {
            let at = usize::from(lane) * $size;
            for addr in 0..=48_usize {
                let (mut m, original) = (memory(), memory());
                let loaded = $load(&m, addr as i32 - 2, 2, HIGH, lane);
                let stored = $store(&mut m, addr as i32 - 2, 2, HIGH, lane);
                if addr >= 2 && addr + $size <= 40 {
                    let mut bytes = HIGH.to_bytes();
                    bytes[at..at + $size].copy_from_slice(&original[addr..addr + $size]);
                    assert_eq!(loaded.unwrap().to_bytes(), bytes, "{addr} {lane}");
                    assert_eq!(stored, Ok(()));
                    let mut bytes = original;
                    bytes[addr..addr + $size].copy_from_slice(&HIGH.to_bytes()[at..at + $size]);
                    assert_eq!(m, bytes, "{addr} {lane}");
                } else {
                    assert_eq!((loaded, stored), (Err(WasmTrap::OutOfBounds), Err(OutOfBounds)), "{addr} {lane}");
                    assert_eq!(m, original, "{addr} {lane}");
                }
            }
        }
    )+};
}

#[test]
fn loads_and_stores_of_a_lane() {
    lanes! {
        v128_load8_lane v128_store8_lane: 1;
        v128_load16_lane v128_store16_lane: 2;
        v128_load32_lane v128_store32_lane: 4;
        v128_load64_lane v128_store64_lane: 8;
    }
}

#[test]
fn stores() {
    for addr in 0..=48_usize {
        let mut m = memory();
        let stored = v128_store(&mut m, addr as i32, 0, COUNT);
        if addr + 16 <= 40 {
            assert_eq!(stored, Ok(()));
            assert_eq!(m[addr..addr + 16], COUNT.to_bytes());
            assert_eq!(
                (&m[..addr], &m[addr + 16..]),
                (&memory()[..addr], &memory()[addr + 16..])
            );
        } else {
            assert_eq!((stored, m), (Err(OutOfBounds), memory()));
        }
    }
    assert_eq!(v128_store(&mut memory(), -16, 16, COUNT), Err(OutOfBounds));
}
