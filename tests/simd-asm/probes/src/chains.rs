//! Loops as programs have them: that single instructions are vector code doesn't say that they stay so
//! next to each other.

use herkos_runtime::{prelude::*, V128};

/// `y = a * x + y` over `f32`.
#[no_mangle]
pub fn chain_saxpy(m: &mut [u8], x: i32, y: i32, n: i32, a: f32) -> Result<(), WasmTrap> {
    let a = f32x4_splat(a);
    for i in 0..n {
        let at = i.wrapping_mul(16);
        let (x, y) = (x.wrapping_add(at), y.wrapping_add(at));
        let sum = f32x4_add(f32x4_mul(v128_load(m, x, 0)?, a), v128_load(m, y, 0)?);
        v128_store(m, y, 0, sum)?;
    }
    Ok(())
}

/// The inner product of `i16` vectors.
#[no_mangle]
pub fn chain_dot(m: &[u8], x: i32, y: i32, n: i32, r: &mut V128) -> Result<(), WasmTrap> {
    let mut sum = V128::ZERO;
    for i in 0..n {
        let at = i.wrapping_mul(16);
        let (x, y) = (x.wrapping_add(at), y.wrapping_add(at));
        sum = i32x4_add(
            sum,
            i32x4_dot_i16x8_s(v128_load(m, x, 0)?, v128_load(m, y, 0)?),
        );
    }
    *r = sum;
    Ok(())
}

/// The inner product of `i8` vectors, in the lanes of 32 bits that clang widens them to.
#[no_mangle]
pub fn chain_dot8(m: &[u8], x: i32, y: i32, n: i32, r: &mut V128) -> Result<(), WasmTrap> {
    let mut sum = V128::ZERO;
    for i in 0..n {
        let at = i.wrapping_mul(4);
        let x = i16x8_extend_low_i8x16_s(v128_load32_zero(m, x.wrapping_add(at), 0)?);
        let y = i16x8_extend_low_i8x16_s(v128_load32_zero(m, y.wrapping_add(at), 0)?);
        let product = i32x4_mul(i32x4_extend_low_i16x8_s(x), i32x4_extend_low_i16x8_s(y));
        sum = i32x4_add(sum, product);
    }
    *r = sum;
    Ok(())
}

/// The inner product of `f64` vectors, then the sum of both lanes.
#[no_mangle]
pub fn chain_ddot(m: &[u8], x: i32, y: i32, n: i32) -> Result<f64, WasmTrap> {
    let mut sum = V128::ZERO;
    for i in 0..n {
        let at = i.wrapping_mul(16);
        let (x, y) = (x.wrapping_add(at), y.wrapping_add(at));
        sum = f64x2_add(sum, f64x2_mul(v128_load(m, x, 0)?, v128_load(m, y, 0)?));
    }
    Ok(f64x2_extract_lane(sum, 0) + f64x2_extract_lane(sum, 1))
}

/// Two images mixed: bytes widened, weighted, narrowed.
#[no_mangle]
pub fn chain_blend(m: &mut [u8], x: i32, y: i32, n: i32, weight: i32) -> Result<(), WasmTrap> {
    let (w, v) = (
        i16x8_splat(weight),
        i16x8_splat(256_i32.wrapping_sub(weight)),
    );
    for i in 0..n {
        let at = i.wrapping_mul(16);
        let (x, y) = (x.wrapping_add(at), y.wrapping_add(at));
        let (a, b) = (v128_load(m, x, 0)?, v128_load(m, y, 0)?);
        let low = i16x8_add(
            i16x8_mul(i16x8_extend_low_i8x16_u(a), w),
            i16x8_mul(i16x8_extend_low_i8x16_u(b), v),
        );
        let high = i16x8_add(
            i16x8_mul(i16x8_extend_high_i8x16_u(a), w),
            i16x8_mul(i16x8_extend_high_i8x16_u(b), v),
        );
        let mixed = i8x16_narrow_i16x8_u(i16x8_shr_u(low, 8), i16x8_shr_u(high, 8));
        v128_store(m, y, 0, mixed)?;
    }
    Ok(())
}

/// The place of a byte.
#[no_mangle]
pub fn chain_memchr(m: &[u8], x: i32, n: i32, byte: i32) -> Result<i32, WasmTrap> {
    let wanted = i8x16_splat(byte);
    for i in 0..n {
        let at = x.wrapping_add(i.wrapping_mul(16));
        let found = i8x16_eq(v128_load(m, at, 0)?, wanted);
        if v128_any_true(found) != 0 {
            return Ok(at.wrapping_add(i32_ctz(i8x16_bitmask(found))));
        }
    }
    Ok(-1)
}

/// The number of bytes of that value, by the bits of masks.
#[no_mangle]
pub fn chain_bitmask(m: &[u8], x: i32, n: i32, byte: i32) -> Result<i32, WasmTrap> {
    let (wanted, mut number) = (i8x16_splat(byte), 0_i32);
    for i in 0..n {
        let found = i8x16_eq(v128_load(m, x.wrapping_add(i.wrapping_mul(16)), 0)?, wanted);
        number = number.wrapping_add(i32_popcnt(i8x16_bitmask(found)));
    }
    Ok(number)
}

/// The sum of absolute differences of bytes.
#[no_mangle]
pub fn chain_sad(m: &[u8], x: i32, y: i32, n: i32, r: &mut V128) -> Result<(), WasmTrap> {
    let mut sum = V128::ZERO;
    for i in 0..n {
        let at = i.wrapping_mul(16);
        let (x, y) = (x.wrapping_add(at), y.wrapping_add(at));
        let (a, b) = (v128_load(m, x, 0)?, v128_load(m, y, 0)?);
        let difference = i8x16_or(i8x16_sub_sat_u(a, b), i8x16_sub_sat_u(b, a));
        let pairs = i16x8_extadd_pairwise_i8x16_u(difference);
        sum = i32x4_add(sum, i32x4_extadd_pairwise_i16x8_u(pairs));
    }
    *r = sum;
    Ok(())
}

/// 12 bytes to 16 numbers of six bits, and those to letters: by lanes of 8, 16, and 8 bits.
#[no_mangle]
pub fn chain_base64(m: &mut [u8], x: i32, y: i32, n: i32) -> Result<(), WasmTrap> {
    for i in 0..n {
        let a = v128_load(m, x.wrapping_add(i.wrapping_mul(12)), 0)?;
        let a = i8x16_shuffle(a, a, [1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10]);
        let a = v128_whole(a);
        let high = i16x8_shr_u(i16x8_and(a, i32x4_splat(0x003f_03f0)), 4);
        let low = i16x8_shl(i16x8_and(a, i32x4_splat(0x0fc0_fc00)), 2);
        let six = v128_whole(i16x8_or(high, low));
        let upper = i8x16_lt_u(six, i8x16_splat(26));
        let base = i8x16_bitselect(i8x16_splat(65), i8x16_splat(71), upper);
        let letters = i8x16_add(six, base);
        v128_store(m, y.wrapping_add(i.wrapping_mul(16)), 0, letters)?;
    }
    Ok(())
}

/// Numbers of `f32` scaled, cut off and stored as bytes.
#[no_mangle]
pub fn chain_quantise(m: &mut [u8], x: i32, y: i32, n: i32, scale: f32) -> Result<(), WasmTrap> {
    let scale = f32x4_splat(scale);
    for i in 0..n {
        let at = x.wrapping_add(i.wrapping_mul(64));
        let quantised = |offset| -> Result<V128, WasmTrap> {
            let scaled = f32x4_mul(v128_load(m, at, offset)?, scale);
            Ok(i32x4_trunc_sat_f32x4_s(f32x4_nearest(scaled)))
        };
        let low = i16x8_narrow_i32x4_s(quantised(0)?, quantised(16)?);
        let high = i16x8_narrow_i32x4_s(quantised(32)?, quantised(48)?);
        v128_store(
            m,
            y.wrapping_add(i.wrapping_mul(16)),
            0,
            i8x16_narrow_i16x8_s(low, high),
        )?;
    }
    Ok(())
}

/// Some steps of ChaCha's kind: sums, differences of bits, rotations.
#[no_mangle]
pub fn chain_rotations(state: &mut [V128; 4], n: i32) {
    let [mut a, mut b, mut c, mut d] = *state;
    for _ in 0..n {
        a = i32x4_add(a, b);
        d = v128_xor(d, a);
        d = v128_or(i32x4_shl(d, 16), i32x4_shr_u(d, 16));
        c = i32x4_add(c, d);
        b = v128_xor(b, c);
        b = v128_or(i32x4_shl(b, 12), i32x4_shr_u(b, 20));
        b = v128_whole(i32x4_shuffle(b, b, [1, 2, 3, 0]));
        c = v128_whole(i32x4_shuffle(c, c, [2, 3, 0, 1]));
    }
    *state = [a, b, c, d];
}

/// The least and the greatest number.
#[no_mangle]
pub fn chain_minmax(
    m: &[u8],
    x: i32,
    n: i32,
    low: &mut V128,
    high: &mut V128,
) -> Result<(), WasmTrap> {
    let (mut least, mut most) = (*low, *high);
    for i in 0..n {
        let a = v128_load(m, x.wrapping_add(i.wrapping_mul(16)), 0)?;
        least = f32x4_min(least, a);
        most = f32x4_max(most, a);
    }
    (*low, *high) = (least, most);
    Ok(())
}

macro_rules! shuffles {
    ($($name:ident: $lanes:expr;)+) => {$(
        #[no_mangle]
        pub fn $name(a: &V128, b: &V128, r: &mut V128) {
            *r = i8x16_shuffle(*a, *b, $lanes);
        }
    )+};
}

shuffles! {
    i8x16_shuffle_reverse: [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    i8x16_shuffle_interleave: [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23];
    i8x16_shuffle_even: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30];
    i8x16_shuffle_rotate: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3];
    i8x16_shuffle_align: [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];
    i8x16_shuffle_mixed: [0, 31, 2, 29, 4, 27, 6, 25, 8, 23, 10, 21, 12, 19, 14, 17];
}
