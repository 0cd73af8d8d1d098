//! Comparisons (§4.4.3.11, on the operators of §4.3.2 and §4.3.3): a lane of the result has all bits set
//! where the relation holds, none where it doesn't.

use super::shape::Lanes;
use crate::v128::V128;

/// Rows `name(to, from): lane of the result, operator;`.
macro_rules! relations {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident): $lane:ident $operator:tt;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128, b: V128) -> V128 {
            let all_bits = |holds| $lane::from(holds).wrapping_neg();
            V128::$from(a.$to().both(b.$to(), |a, b| all_bits(a $operator b)))
        }
    )+};
}

relations! {
    /// `i8x16.eq`.
    i8x16_eq(to_i8x16, from_i8x16): i8 ==;
    /// `i8x16.ne`.
    i8x16_ne(to_i8x16, from_i8x16): i8 !=;
    /// `i8x16.lt_s`.
    i8x16_lt_s(to_i8x16, from_i8x16): i8 <;
    /// `i8x16.lt_u`.
    i8x16_lt_u(to_u8x16, from_i8x16): i8 <;
    /// `i8x16.gt_s`.
    i8x16_gt_s(to_i8x16, from_i8x16): i8 >;
    /// `i8x16.gt_u`.
    i8x16_gt_u(to_u8x16, from_i8x16): i8 >;
    /// `i8x16.le_s`.
    i8x16_le_s(to_i8x16, from_i8x16): i8 <=;
    /// `i8x16.le_u`.
    i8x16_le_u(to_u8x16, from_i8x16): i8 <=;
    /// `i8x16.ge_s`.
    i8x16_ge_s(to_i8x16, from_i8x16): i8 >=;
    /// `i8x16.ge_u`.
    i8x16_ge_u(to_u8x16, from_i8x16): i8 >=;
}

relations! {
    /// `i16x8.eq`.
    i16x8_eq(to_i16x8, from_i16x8): i16 ==;
    /// `i16x8.ne`.
    i16x8_ne(to_i16x8, from_i16x8): i16 !=;
    /// `i16x8.lt_s`.
    i16x8_lt_s(to_i16x8, from_i16x8): i16 <;
    /// `i16x8.lt_u`.
    i16x8_lt_u(to_u16x8, from_i16x8): i16 <;
    /// `i16x8.gt_s`.
    i16x8_gt_s(to_i16x8, from_i16x8): i16 >;
    /// `i16x8.gt_u`.
    i16x8_gt_u(to_u16x8, from_i16x8): i16 >;
    /// `i16x8.le_s`.
    i16x8_le_s(to_i16x8, from_i16x8): i16 <=;
    /// `i16x8.le_u`.
    i16x8_le_u(to_u16x8, from_i16x8): i16 <=;
    /// `i16x8.ge_s`.
    i16x8_ge_s(to_i16x8, from_i16x8): i16 >=;
    /// `i16x8.ge_u`.
    i16x8_ge_u(to_u16x8, from_i16x8): i16 >=;
}

relations! {
    /// `i32x4.eq`.
    i32x4_eq(to_i32x4, from_i32x4): i32 ==;
    /// `i32x4.ne`.
    i32x4_ne(to_i32x4, from_i32x4): i32 !=;
    /// `i32x4.lt_s`.
    i32x4_lt_s(to_i32x4, from_i32x4): i32 <;
    /// `i32x4.lt_u`.
    i32x4_lt_u(to_u32x4, from_i32x4): i32 <;
    /// `i32x4.gt_s`.
    i32x4_gt_s(to_i32x4, from_i32x4): i32 >;
    /// `i32x4.gt_u`.
    i32x4_gt_u(to_u32x4, from_i32x4): i32 >;
    /// `i32x4.le_s`.
    i32x4_le_s(to_i32x4, from_i32x4): i32 <=;
    /// `i32x4.le_u`.
    i32x4_le_u(to_u32x4, from_i32x4): i32 <=;
    /// `i32x4.ge_s`.
    i32x4_ge_s(to_i32x4, from_i32x4): i32 >=;
    /// `i32x4.ge_u`.
    i32x4_ge_u(to_u32x4, from_i32x4): i32 >=;
}

relations! {
    /// `i64x2.eq`.
    i64x2_eq(to_i64x2, from_i64x2): i64 ==;
    /// `i64x2.ne`.
    i64x2_ne(to_i64x2, from_i64x2): i64 !=;
    /// `i64x2.lt_s`.
    i64x2_lt_s(to_i64x2, from_i64x2): i64 <;
    /// `i64x2.gt_s`.
    i64x2_gt_s(to_i64x2, from_i64x2): i64 >;
    /// `i64x2.le_s`.
    i64x2_le_s(to_i64x2, from_i64x2): i64 <=;
    /// `i64x2.ge_s`.
    i64x2_ge_s(to_i64x2, from_i64x2): i64 >=;
}

// False where a lane of either operand is NaN, but for `ne`.
relations! {
    /// `f32x4.eq`.
    f32x4_eq(to_f32x4, from_i32x4): i32 ==;
    /// `f32x4.ne`.
    f32x4_ne(to_f32x4, from_i32x4): i32 !=;
    /// `f32x4.lt`.
    f32x4_lt(to_f32x4, from_i32x4): i32 <;
    /// `f32x4.gt`.
    f32x4_gt(to_f32x4, from_i32x4): i32 >;
    /// `f32x4.le`.
    f32x4_le(to_f32x4, from_i32x4): i32 <=;
    /// `f32x4.ge`.
    f32x4_ge(to_f32x4, from_i32x4): i32 >=;
}

relations! {
    /// `f64x2.eq`.
    f64x2_eq(to_f64x2, from_i64x2): i64 ==;
    /// `f64x2.ne`.
    f64x2_ne(to_f64x2, from_i64x2): i64 !=;
    /// `f64x2.lt`.
    f64x2_lt(to_f64x2, from_i64x2): i64 <;
    /// `f64x2.gt`.
    f64x2_gt(to_f64x2, from_i64x2): i64 >;
    /// `f64x2.le`.
    f64x2_le(to_f64x2, from_i64x2): i64 <=;
    /// `f64x2.ge`.
    f64x2_ge(to_f64x2, from_i64x2): i64 >=;
}
