//! Integer operations (§4.3.2) that Rust's operators don't give directly, under their opcodes' names.
//!
//! Not here, because generated code uses Rust's own: `wrapping_add`, `wrapping_sub`, `wrapping_mul`,
//! the bitwise operators, `==`, the signed comparisons and `i64::from`.

use crate::cast::{i32_of, i64_of, low32_of, u32_of, u64_of};
use crate::ops::{ops, trapping_ops};
use crate::WasmTrap;

trapping_ops! {
    /// `i32.div_s`: truncates towards zero; traps on zero and on `MIN / -1`.
    i32_div_s(a: i32, b: i32) -> i32 = match a.checked_div(b) {
        Some(quotient) => Ok(quotient),
        None if b == 0 => Err(WasmTrap::DivisionByZero),
        None => Err(WasmTrap::IntegerOverflow),
    };
    /// `i32.div_u`: traps on zero.
    i32_div_u(a: i32, b: i32) -> i32 =
        u32_of(a).checked_div(u32_of(b)).map(i32_of).ok_or(WasmTrap::DivisionByZero);
    /// `i32.rem_s`: the sign of the dividend; traps on zero; `MIN % -1` is 0.
    i32_rem_s(a: i32, b: i32) -> i32 = match a.checked_rem(b) {
        Some(remainder) => Ok(remainder),
        None if b == 0 => Err(WasmTrap::DivisionByZero),
        None => Ok(0),
    };
    /// `i32.rem_u`: traps on zero.
    i32_rem_u(a: i32, b: i32) -> i32 =
        u32_of(a).checked_rem(u32_of(b)).map(i32_of).ok_or(WasmTrap::DivisionByZero);
    /// `i64.div_s`: truncates towards zero; traps on zero and on `MIN / -1`.
    i64_div_s(a: i64, b: i64) -> i64 = match a.checked_div(b) {
        Some(quotient) => Ok(quotient),
        None if b == 0 => Err(WasmTrap::DivisionByZero),
        None => Err(WasmTrap::IntegerOverflow),
    };
    /// `i64.div_u`: traps on zero.
    i64_div_u(a: i64, b: i64) -> i64 =
        u64_of(a).checked_div(u64_of(b)).map(i64_of).ok_or(WasmTrap::DivisionByZero);
    /// `i64.rem_s`: the sign of the dividend; traps on zero; `MIN % -1` is 0.
    i64_rem_s(a: i64, b: i64) -> i64 = match a.checked_rem(b) {
        Some(remainder) => Ok(remainder),
        None if b == 0 => Err(WasmTrap::DivisionByZero),
        None => Ok(0),
    };
    /// `i64.rem_u`: traps on zero.
    i64_rem_u(a: i64, b: i64) -> i64 =
        u64_of(a).checked_rem(u64_of(b)).map(i64_of).ok_or(WasmTrap::DivisionByZero);
}

ops! {
    /// `i32.clz`: leading zero bits; 32 for zero.
    i32_clz(a: i32) -> i32 = i32_of(a.leading_zeros());
    /// `i32.ctz`: trailing zero bits; 32 for zero.
    i32_ctz(a: i32) -> i32 = i32_of(a.trailing_zeros());
    /// `i32.popcnt`: one bits.
    i32_popcnt(a: i32) -> i32 = i32_of(a.count_ones());
    /// `i64.clz`: leading zero bits; 64 for zero.
    i64_clz(a: i64) -> i64 = i64::from(a.leading_zeros());
    /// `i64.ctz`: trailing zero bits; 64 for zero.
    i64_ctz(a: i64) -> i64 = i64::from(a.trailing_zeros());
    /// `i64.popcnt`: one bits.
    i64_popcnt(a: i64) -> i64 = i64::from(a.count_ones());
}

// The counts of shifts and rotations are taken modulo the width (§4.3.2).
ops! {
    /// `i32.shl`: the count modulo 32.
    i32_shl(a: i32, b: i32) -> i32 = a.wrapping_shl(u32_of(b));
    /// `i32.shr_s`: copies of the sign bit come in; the count modulo 32.
    i32_shr_s(a: i32, b: i32) -> i32 = a.wrapping_shr(u32_of(b));
    /// `i32.shr_u`: zeros come in; the count modulo 32.
    i32_shr_u(a: i32, b: i32) -> i32 = i32_of(u32_of(a).wrapping_shr(u32_of(b)));
    /// `i32.rotl`: the count modulo 32.
    i32_rotl(a: i32, b: i32) -> i32 = a.rotate_left(u32_of(b) & 31);
    /// `i32.rotr`: the count modulo 32.
    i32_rotr(a: i32, b: i32) -> i32 = a.rotate_right(u32_of(b) & 31);
    /// `i64.shl`: the count modulo 64.
    i64_shl(a: i64, b: i64) -> i64 = a.wrapping_shl(low32_of(b));
    /// `i64.shr_s`: copies of the sign bit come in; the count modulo 64.
    i64_shr_s(a: i64, b: i64) -> i64 = a.wrapping_shr(low32_of(b));
    /// `i64.shr_u`: zeros come in; the count modulo 64.
    i64_shr_u(a: i64, b: i64) -> i64 = i64_of(u64_of(a).wrapping_shr(low32_of(b)));
    /// `i64.rotl`: the count modulo 64.
    i64_rotl(a: i64, b: i64) -> i64 = a.rotate_left(low32_of(b) & 63);
    /// `i64.rotr`: the count modulo 64.
    i64_rotr(a: i64, b: i64) -> i64 = a.rotate_right(low32_of(b) & 63);
}

ops! {
    /// `i32.lt_u`.
    i32_lt_u(a: i32, b: i32) -> bool = u32_of(a) < u32_of(b);
    /// `i32.gt_u`.
    i32_gt_u(a: i32, b: i32) -> bool = u32_of(a) > u32_of(b);
    /// `i32.le_u`.
    i32_le_u(a: i32, b: i32) -> bool = u32_of(a) <= u32_of(b);
    /// `i32.ge_u`.
    i32_ge_u(a: i32, b: i32) -> bool = u32_of(a) >= u32_of(b);
    /// `i64.lt_u`.
    i64_lt_u(a: i64, b: i64) -> bool = u64_of(a) < u64_of(b);
    /// `i64.gt_u`.
    i64_gt_u(a: i64, b: i64) -> bool = u64_of(a) > u64_of(b);
    /// `i64.le_u`.
    i64_le_u(a: i64, b: i64) -> bool = u64_of(a) <= u64_of(b);
    /// `i64.ge_u`.
    i64_ge_u(a: i64, b: i64) -> bool = u64_of(a) >= u64_of(b);
}

ops! {
    /// `i32.wrap_i64`: the low 32 bits.
    i32_wrap_i64(a: i64) -> i32 = i32_of(low32_of(a));
    /// `i64.extend_i32_u`: zero-extends.
    i64_extend_i32_u(a: i32) -> i64 = i64::from(u32_of(a));
    /// `i32.extend8_s`: sign-extends the low 8 bits.
    #[allow(clippy::cast_possible_truncation, reason = "the low 8 bits")]
    i32_extend8_s(a: i32) -> i32 = i32::from(a as i8);
    /// `i32.extend16_s`: sign-extends the low 16 bits.
    #[allow(clippy::cast_possible_truncation, reason = "the low 16 bits")]
    i32_extend16_s(a: i32) -> i32 = i32::from(a as i16);
    /// `i64.extend8_s`: sign-extends the low 8 bits.
    #[allow(clippy::cast_possible_truncation, reason = "the low 8 bits")]
    i64_extend8_s(a: i64) -> i64 = i64::from(a as i8);
    /// `i64.extend16_s`: sign-extends the low 16 bits.
    #[allow(clippy::cast_possible_truncation, reason = "the low 16 bits")]
    i64_extend16_s(a: i64) -> i64 = i64::from(a as i16);
    /// `i64.extend32_s`: sign-extends the low 32 bits.
    i64_extend32_s(a: i64) -> i64 = i64::from(i32_wrap_i64(a));
}

/// `select` (§4.4.4): the first operand when the condition holds. Both are already evaluated.
#[inline]
#[must_use]
pub fn select<T: Copy>(a: T, b: T, c: bool) -> T {
    if c {
        a
    } else {
        b
    }
}
