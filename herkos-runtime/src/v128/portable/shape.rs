//! Vectors as arrays of lanes (§2.3.2, §4.3.1.4) and back, and what the instructions' tables are made of.
//!
//! Lanes are written out rather than looped over: what a loop over an array leaves to be simplified in
//! each place where an instruction is inlined is much, and hides from LLVM what it could vectorise.

use crate::v128::V128;

/// Rows `from, to: lane type, number of lanes, bytes of a lane, their places;`.
macro_rules! shapes {
    ($($from:ident, $to:ident: $lane:ident, $lanes:literal, $($at:literal)+;)+) => {
        impl V128 {$(
            #[doc = concat!("The vector of these lanes (`", stringify!($lane), "`), lane 0 first.")]
            #[inline]
            #[must_use]
            pub fn $from(lanes: [$lane; $lanes]) -> Self {
                let bytes = lanes.each($lane::to_le_bytes);
                Self(bytes.as_flattened().first_chunk().copied().unwrap_or_default())
            }

            #[doc = concat!("The lanes (`", stringify!($lane), "`), lane 0 first.")]
            #[inline]
            #[must_use]
            pub fn $to(self) -> [$lane; $lanes] {
                [$($lane::from_le_bytes(part(&self.0, $at))),+]
            }
        )+}
    };
}

shapes! {
    from_i8x16, to_i8x16: i8, 16, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15;
    from_u8x16, to_u8x16: u8, 16, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15;
    from_i16x8, to_i16x8: i16, 8, 0 2 4 6 8 10 12 14;
    from_u16x8, to_u16x8: u16, 8, 0 2 4 6 8 10 12 14;
    from_i32x4, to_i32x4: i32, 4, 0 4 8 12;
    from_u32x4, to_u32x4: u32, 4, 0 4 8 12;
    from_i64x2, to_i64x2: i64, 2, 0 8;
    from_u64x2, to_u64x2: u64, 2, 0 8;
    from_f32x4, to_f32x4: f32, 4, 0 4 8 12;
    from_f64x2, to_f64x2: f64, 2, 0 8;
}

/// The bytes from that place on.
#[inline(always)]
fn part<const N: usize>(bytes: &[u8; 16], at: usize) -> [u8; N] {
    match bytes.get(at..) {
        Some(rest) => match rest.first_chunk() {
            Some(part) => *part,
            None => [0; N],
        },
        None => [0; N],
    }
}

/// What is done with all lanes of an array.
pub(super) trait Lanes<T> {
    /// As many lanes of another type.
    type Same<U>;
    /// Half as many.
    type Half<U>;
    /// Twice as many.
    type Double<U>;

    /// The function of each lane.
    fn each<U>(self, f: impl Fn(T) -> U) -> Self::Same<U>;
    /// The function of each two lanes.
    fn both<U>(self, other: Self, f: impl Fn(T, T) -> U) -> Self::Same<U>;
    /// The function of each of the first half of the lanes.
    fn low<U>(self, f: impl Fn(T) -> U) -> Self::Half<U>;
    /// The function of each of the last half of the lanes.
    fn high<U>(self, f: impl Fn(T) -> U) -> Self::Half<U>;
    /// The function of each two lanes next to each other.
    fn pairs<U>(self, f: impl Fn(T, T) -> U) -> Self::Half<U>;
    /// The function of each lane of this array, then of the other.
    fn join<U>(self, other: Self, f: impl Fn(T) -> U) -> Self::Double<U>;
    /// All lanes' functions, combined.
    fn fold<U>(self, f: impl Fn(T) -> U, combine: impl Fn(U, U) -> U) -> U;
}

/// Rows `number of lanes: names for the first half, for the last one, for another operand's;`.
macro_rules! lanes {
    ($($n:literal: [$first:ident $($low:ident)*] [$($high:ident)+] [$($other:ident)+] [$($even:ident $odd:ident),+];)+) => {$(
        impl<T> Lanes<T> for [T; $n] {
            type Same<U> = [U; $n];
            type Half<U> = [U; $n / 2];
            type Double<U> = [U; $n * 2];

            #[inline(always)]
            fn each<U>(self, f: impl Fn(T) -> U) -> [U; $n] {
                let [$first, $($low,)* $($high),+] = self;
                [f($first), $(f($low),)* $(f($high)),+]
            }

            #[inline(always)]
            fn both<U>(self, other: Self, f: impl Fn(T, T) -> U) -> [U; $n] {
                let [$first, $($low,)* $($high),+] = self;
                let [$($other),+] = other;
                lanes!(@ f [$first $($low)* $($high)+] [$($other)+])
            }

            #[inline(always)]
            fn low<U>(self, f: impl Fn(T) -> U) -> [U; $n / 2] {
                let [$first, $($low,)* ..] = self;
                [f($first), $(f($low)),*]
            }

            #[inline(always)]
            fn high<U>(self, f: impl Fn(T) -> U) -> [U; $n / 2] {
                let [.., $($high),+] = self;
                [$(f($high)),+]
            }

            #[inline(always)]
            fn pairs<U>(self, f: impl Fn(T, T) -> U) -> [U; $n / 2] {
                let [$($even, $odd),+] = self;
                [$(f($even, $odd)),+]
            }

            #[inline(always)]
            fn join<U>(self, other: Self, f: impl Fn(T) -> U) -> [U; $n * 2] {
                let [$first, $($low,)* $($high),+] = self;
                let [$($other),+] = other;
                [f($first), $(f($low),)* $(f($high),)+ $(f($other)),+]
            }

            #[inline(always)]
            fn fold<U>(self, f: impl Fn(T) -> U, combine: impl Fn(U, U) -> U) -> U {
                let [$first, $($low,)* $($high),+] = self;
                let all = f($first);
                $(let all = combine(all, f($low));)*
                $(let all = combine(all, f($high));)+
                all
            }
        }
    )+};
    (@ $f:ident [$($a:ident)+] [$($b:ident)+]) => {
        [$($f($a, $b)),+]
    };
}

lanes! {
    2: [a0] [a1]
        [b0 b1]
        [a0 a1];
    4: [a0 a1] [a2 a3]
        [b0 b1 b2 b3]
        [a0 a1, a2 a3];
    8: [a0 a1 a2 a3] [a4 a5 a6 a7]
        [b0 b1 b2 b3 b4 b5 b6 b7]
        [a0 a1, a2 a3, a4 a5, a6 a7];
    16: [a0 a1 a2 a3 a4 a5 a6 a7] [a8 a9 a10 a11 a12 a13 a14 a15]
        [b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15]
        [a0 a1, a2 a3, a4 a5, a6 a7, a8 a9, a10 a11, a12 a13, a14 a15];
}

/// Rows `name(to, from, a) = value of a lane;`.
macro_rules! unary {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident, $a:ident) = $value:expr;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128) -> V128 {
            V128::$from($crate::v128::portable::shape::Lanes::each(a.$to(), |$a| $value))
        }
    )+};
}

/// Rows `name(to, from, a, b) = value of a lane;`.
macro_rules! binary {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident, $a:ident, $b:ident) = $value:expr;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128, b: V128) -> V128 {
            V128::$from($crate::v128::portable::shape::Lanes::both(a.$to(), b.$to(), |$a, $b| $value))
        }
    )+};
}

pub(super) use {binary, unary};
