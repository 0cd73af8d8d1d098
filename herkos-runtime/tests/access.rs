//! Loads and stores: values, byte order, extension, and every boundary (§4.4.7).

#![allow(clippy::int_plus_one, reason = "the rule as the specification has it")]

use herkos_runtime::{prelude::*, OutOfBounds};

#[test]
fn loads_are_little_endian_and_extend() {
    let m = [0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88];
    assert_eq!(i32_load(&m, 0, 0), Ok(0x8483_8281_u32 as i32));
    assert_eq!(i64_load(&m, 0, 0), Ok(0x8887_8685_8483_8281_u64 as i64));
    assert_eq!(f32_load(&m, 4, 0).map(f32::to_bits), Ok(0x8887_8685));
    assert_eq!(
        f64_load(&m, 0, 0).map(f64::to_bits),
        Ok(0x8887_8685_8483_8281)
    );
    assert_eq!(i32_load8_s(&m, 1, 1), Ok(-0x7d));
    assert_eq!(i32_load8_u(&m, 1, 1), Ok(0x83));
    assert_eq!(i32_load16_s(&m, 2, 0), Ok(-0x7b7d));
    assert_eq!(i32_load16_u(&m, 2, 0), Ok(0x8483));
    assert_eq!(i64_load8_s(&m, 0, 7), Ok(-0x78));
    assert_eq!(i64_load8_u(&m, 0, 7), Ok(0x88));
    assert_eq!(i64_load16_s(&m, 0, 6), Ok(-0x7779));
    assert_eq!(i64_load16_u(&m, 0, 6), Ok(0x8887));
    assert_eq!(i64_load32_s(&m, 3, 1), Ok(-0x7778_797b));
    assert_eq!(i64_load32_u(&m, 3, 1), Ok(0x8887_8685));
}

#[test]
fn stores_are_little_endian_and_wrap() {
    let mut m = [0; 8];
    i64_store(&mut m, 0, 0, 0x1122_3344_5566_7788).unwrap();
    assert_eq!(m, [0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11]);
    i32_store(&mut m, 1, 1, -2).unwrap();
    assert_eq!(m, [0x88, 0x77, 0xfe, 0xff, 0xff, 0xff, 0x22, 0x11]);
    i32_store8(&mut m, 0, 0, 0x1234_5678).unwrap();
    i32_store16(&mut m, 1, 0, 0x1234_5678).unwrap();
    i64_store8(&mut m, 3, 0, -1 << 8).unwrap();
    i64_store16(&mut m, 4, 0, 0xabcd_ef01).unwrap();
    assert_eq!(m, [0x78, 0x78, 0x56, 0, 0x01, 0xef, 0x22, 0x11]);
    i64_store32(&mut m, 4, 0, 0xff_1234_5678).unwrap();
    assert_eq!(m, [0x78, 0x78, 0x56, 0, 0x78, 0x56, 0x34, 0x12]);
    f32_store(&mut m, 0, 0, f32::from_bits(0x7f80_0001)).unwrap();
    assert_eq!(m, [0x01, 0, 0x80, 0x7f, 0x78, 0x56, 0x34, 0x12]);
    f64_store(&mut m, 0, 0, -0.0).unwrap();
    assert_eq!(m, [0, 0, 0, 0, 0, 0, 0, 0x80]);
}

/// Each load of `$size` bytes: in bounds up to the last place, out of bounds from there on.
macro_rules! load_bounds {
    ($($size:literal: $($name:ident)+;)+) => {$($(
        for len in [0, $size - 1, $size, 32] {
            let m = vec![0; len];
            for addr in 0..40 {
                for offset in [0, 1, 5, 40] {
                    let inside = addr + offset + $size <= len;
                    let found = $name(&m, addr as i32, offset as u32);
                    assert_eq!(found.is_ok(), inside, "{len} {addr} {offset}");
                    assert_eq!(found.is_err(), found.err() == Some(OutOfBounds));
                }
            }
            for addr in [i32::MIN, i32::MAX, -1, -($size)] {
                for offset in [0, 1, $size, 8, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
                    assert!($name(&m, addr, offset).is_err(), "{addr} {offset}");
                }
            }
            assert!($name(&m, 0, u32::MAX).is_err());
            assert!($name(&m, 1, u32::MAX).is_err());
        }
    )+)+};
}

#[test]
fn load_bounds() {
    load_bounds! {
        1: i32_load8_s i32_load8_u i64_load8_s i64_load8_u;
        2: i32_load16_s i32_load16_u i64_load16_s i64_load16_u;
        4: i32_load f32_load i64_load32_s i64_load32_u;
        8: i64_load f64_load;
    }
}

/// Each store of `$size` bytes: writes exactly those, or traps and writes nothing.
macro_rules! store_bounds {
    ($($size:literal: $($name:ident)+;)+) => {$($(
        for addr in 0..20_usize {
            for offset in [0, 3, 20_usize] {
                let mut m = [0x55_u8; 16];
                let inside = addr + offset + $size <= 16;
                let expected = if inside { Ok(()) } else { Err(OutOfBounds) };
                assert_eq!($name(&mut m, addr as i32, offset as u32, Default::default()), expected);
                for (i, &byte) in m.iter().enumerate() {
                    let hit = inside && (addr + offset..addr + offset + $size).contains(&i);
                    assert_eq!(byte, if hit { 0 } else { 0x55 }, "{addr} {offset} {i}");
                }
            }
        }
        for (addr, offset) in [(-1, 0), (-1, 1), (-1, u32::MAX), (0, u32::MAX), (16, u32::MAX - 15)] {
            let mut m = [0x55_u8; 16];
            assert_eq!($name(&mut m, addr, offset, Default::default()), Err(OutOfBounds));
            assert_eq!(m, [0x55; 16]);
        }
    )+)+};
}

#[test]
fn store_bounds() {
    store_bounds! {
        1: i32_store8 i64_store8;
        2: i32_store16 i64_store16;
        4: i32_store f32_store i64_store32;
        8: i64_store f64_store;
    }
}
