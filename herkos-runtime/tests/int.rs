//! Integer operations on edge values; expectations from §4.3.2, written out.

use herkos_runtime::prelude::*;
use WasmTrap::{DivisionByZero, IntegerOverflow};

const MIN: i32 = i32::MIN;
const MAX: i32 = i32::MAX;
const LMIN: i64 = i64::MIN;
const LMAX: i64 = i64::MAX;

#[test]
fn i32_division() {
    assert_eq!(i32_div_s(7, 2), Ok(3));
    assert_eq!(i32_div_s(-7, 2), Ok(-3));
    assert_eq!(i32_div_s(7, -2), Ok(-3));
    assert_eq!(i32_div_s(MIN, 2), Ok(-0x4000_0000));
    assert_eq!(i32_div_s(MIN, -1), Err(IntegerOverflow));
    assert_eq!(i32_div_s(MIN, 0), Err(DivisionByZero));
    assert_eq!(i32_div_s(0, 0), Err(DivisionByZero));
    assert_eq!(i32_div_u(-1, 2), Ok(0x7fff_ffff));
    assert_eq!(i32_div_u(-1, -1), Ok(1));
    assert_eq!(i32_div_u(MIN, -1), Ok(0));
    assert_eq!(i32_div_u(-1, 1), Ok(-1));
    assert_eq!(i32_div_u(1, 0), Err(DivisionByZero));
    assert_eq!(i32_rem_s(7, -2), Ok(1));
    assert_eq!(i32_rem_s(-7, 2), Ok(-1));
    assert_eq!(i32_rem_s(MIN, -1), Ok(0));
    assert_eq!(i32_rem_s(MIN, 0), Err(DivisionByZero));
    assert_eq!(i32_rem_u(-1, 10), Ok(5)); // 4294967295
    assert_eq!(i32_rem_u(MIN, -1), Ok(MIN));
    assert_eq!(i32_rem_u(0, 0), Err(DivisionByZero));
}

#[test]
fn i64_division() {
    assert_eq!(i64_div_s(-7, 2), Ok(-3));
    assert_eq!(i64_div_s(LMIN, 2), Ok(-0x4000_0000_0000_0000));
    assert_eq!(i64_div_s(LMIN, -1), Err(IntegerOverflow));
    assert_eq!(i64_div_s(LMIN, 0), Err(DivisionByZero));
    assert_eq!(i64_div_u(-1, 2), Ok(0x7fff_ffff_ffff_ffff));
    assert_eq!(i64_div_u(LMIN, -1), Ok(0));
    assert_eq!(i64_div_u(1, 0), Err(DivisionByZero));
    assert_eq!(i64_rem_s(-7, 2), Ok(-1));
    assert_eq!(i64_rem_s(LMIN, -1), Ok(0));
    assert_eq!(i64_rem_s(1, 0), Err(DivisionByZero));
    assert_eq!(i64_rem_u(-1, 10), Ok(5)); // 18446744073709551615
    assert_eq!(i64_rem_u(LMIN, -1), Ok(LMIN));
    assert_eq!(i64_rem_u(1, 0), Err(DivisionByZero));
}

#[test]
fn counting_bits() {
    assert_eq!(
        [i32_clz(0), i32_clz(1), i32_clz(-1), i32_clz(MAX)],
        [32, 31, 0, 1]
    );
    assert_eq!(
        [i32_ctz(0), i32_ctz(1), i32_ctz(-1), i32_ctz(MIN)],
        [32, 0, 0, 31]
    );
    assert_eq!(
        [i32_popcnt(0), i32_popcnt(-1), i32_popcnt(0x5555_0001)],
        [0, 32, 9]
    );
    assert_eq!(
        [i64_clz(0), i64_clz(1), i64_clz(-1), i64_clz(LMAX)],
        [64, 63, 0, 1]
    );
    assert_eq!(
        [i64_ctz(0), i64_ctz(1), i64_ctz(-1), i64_ctz(LMIN)],
        [64, 0, 0, 63]
    );
    assert_eq!(
        [i64_popcnt(0), i64_popcnt(-1), i64_popcnt(LMIN)],
        [0, 64, 1]
    );
}

#[test]
fn i32_shifts_mask_their_count() {
    assert_eq!(
        [i32_shl(1, 31), i32_shl(1, 32), i32_shl(1, 33)],
        [MIN, 1, 2]
    );
    assert_eq!(i32_shl(1, -1), MIN);
    assert_eq!(
        [i32_shr_s(MIN, 31), i32_shr_s(MIN, 32), i32_shr_s(-8, 33)],
        [-1, MIN, -4]
    );
    assert_eq!(
        [i32_shr_u(MIN, 31), i32_shr_u(-1, 32), i32_shr_u(-1, -1)],
        [1, -1, 1]
    );
    assert_eq!(
        [i32_rotl(MIN, 1), i32_rotl(0x1234_5678, 8), i32_rotl(5, 32)],
        [1, 0x3456_7812, 5]
    );
    assert_eq!(i32_rotl(1, -1), MIN);
    assert_eq!(
        [i32_rotr(1, 1), i32_rotr(0x1234_5678, 8), i32_rotr(5, 32)],
        [MIN, 0x7812_3456, 5]
    );
    assert_eq!(i32_rotr(1, -1), 2);
}

#[test]
fn i64_shifts_mask_their_count() {
    assert_eq!(
        [i64_shl(1, 63), i64_shl(1, 64), i64_shl(1, 65)],
        [LMIN, 1, 2]
    );
    assert_eq!(i64_shl(1, 0x1_0000_0001), 2);
    assert_eq!(
        [i64_shr_s(LMIN, 63), i64_shr_s(LMIN, 64), i64_shr_s(-8, 65)],
        [-1, LMIN, -4]
    );
    assert_eq!(
        [i64_shr_u(LMIN, 63), i64_shr_u(-1, 64), i64_shr_u(-1, -1)],
        [1, -1, 1]
    );
    assert_eq!(
        [i64_rotl(LMIN, 1), i64_rotl(5, 64), i64_rotl(1, -1)],
        [1, 5, LMIN]
    );
    assert_eq!(i64_rotl(0x0123_4567_89ab_cdef, 8), 0x2345_6789_abcd_ef01);
    assert_eq!(
        [i64_rotr(1, 1), i64_rotr(5, 64), i64_rotr(1, -1)],
        [LMIN, 5, 2]
    );
    assert_eq!(
        i64_rotr(0x1123_4567_89ab_cdef, 4),
        0xf112_3456_789a_bcde_u64 as i64
    );
}

#[test]
fn unsigned_comparisons() {
    // (a, b) with a < b, unsigned.
    for (a, b) in [(0, 1), (0, -1), (1, MIN), (MAX, MIN), (MIN, -1)] {
        assert!(i32_lt_u(a, b) && i32_le_u(a, b) && !i32_gt_u(a, b) && !i32_ge_u(a, b));
        assert!(i32_gt_u(b, a) && i32_ge_u(b, a) && !i32_lt_u(b, a) && !i32_le_u(b, a));
        assert!(i32_le_u(a, a) && i32_ge_u(a, a) && !i32_lt_u(a, a) && !i32_gt_u(a, a));
    }
    for (a, b) in [(0, 1), (0, -1), (1, LMIN), (LMAX, LMIN), (LMIN, -1)] {
        assert!(i64_lt_u(a, b) && i64_le_u(a, b) && !i64_gt_u(a, b) && !i64_ge_u(a, b));
        assert!(i64_gt_u(b, a) && i64_ge_u(b, a) && !i64_lt_u(b, a) && !i64_le_u(b, a));
        assert!(i64_le_u(a, a) && i64_ge_u(a, a) && !i64_lt_u(a, a) && !i64_gt_u(a, a));
    }
}

#[test]
fn widths() {
    assert_eq!(i32_wrap_i64(0x1234_5678_8000_0001), -0x7fff_ffff);
    assert_eq!(i32_wrap_i64(LMIN), 0);
    assert_eq!(i64_extend_i32_u(-1), 0xffff_ffff);
    assert_eq!(i64_extend_i32_u(MIN), 0x8000_0000);
    assert_eq!(
        [i32_extend8_s(0x7f), i32_extend8_s(0x180), i32_extend8_s(-1)],
        [127, -128, -1]
    );
    assert_eq!(
        [i32_extend16_s(0x7fff), i32_extend16_s(0x1_8000)],
        [32767, -32768]
    );
    assert_eq!([i64_extend8_s(0x7f), i64_extend8_s(0x180)], [127, -128]);
    assert_eq!(
        [i64_extend16_s(0x7fff), i64_extend16_s(0x1_8000)],
        [32767, -32768]
    );
    assert_eq!(i64_extend32_s(0x7fff_ffff), 0x7fff_ffff);
    assert_eq!(i64_extend32_s(0x1_8000_0000), -0x8000_0000);
}

#[test]
fn select_takes_the_first_when_true() {
    assert_eq!(select(1, 2, true), 1);
    assert_eq!(select(1.5, 2.5, false), 2.5);
}
