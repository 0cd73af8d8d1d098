//! Vectors as arrays of lanes (§2.3.2, §4.3.1.4) and back, and what the instructions' tables are made of.

use super::V128;

/// Rows `from, to: lane type, number of lanes, bytes of a lane;`.
macro_rules! shapes {
    ($($from:ident, $to:ident: $lane:ident, $lanes:literal, $size:literal;)+) => {
        impl V128 {$(
            #[doc = concat!("The vector of these lanes (`", stringify!($lane), "`), lane 0 first.")]
            #[inline]
            #[must_use]
            pub fn $from(lanes: [$lane; $lanes]) -> Self {
                let mut bytes = [0; 16];
                for (place, lane) in bytes.chunks_exact_mut($size).zip(lanes) {
                    if let Some(place) = place.first_chunk_mut() {
                        *place = lane.to_le_bytes();
                    }
                }
                Self(bytes)
            }

            #[doc = concat!("The lanes (`", stringify!($lane), "`), lane 0 first.")]
            #[inline]
            #[must_use]
            pub fn $to(self) -> [$lane; $lanes] {
                let mut lanes = [$lane::default(); $lanes];
                for (lane, place) in lanes.iter_mut().zip(self.0.chunks_exact($size)) {
                    if let Some(place) = place.first_chunk() {
                        *lane = $lane::from_le_bytes(*place);
                    }
                }
                lanes
            }
        )+}
    };
}

shapes! {
    from_i8x16, to_i8x16: i8, 16, 1;
    from_u8x16, to_u8x16: u8, 16, 1;
    from_i16x8, to_i16x8: i16, 8, 2;
    from_u16x8, to_u16x8: u16, 8, 2;
    from_i32x4, to_i32x4: i32, 4, 4;
    from_u32x4, to_u32x4: u32, 4, 4;
    from_i64x2, to_i64x2: i64, 2, 8;
    from_u64x2, to_u64x2: u64, 2, 8;
    from_f32x4, to_f32x4: f32, 4, 4;
    from_f64x2, to_f64x2: f64, 2, 8;
}

/// The function of each lane.
#[inline(always)]
pub(super) fn map<T: Copy, U: Copy + Default, const N: usize>(
    a: [T; N],
    f: impl Fn(T) -> U,
) -> [U; N] {
    let mut result = [U::default(); N];
    for (result, a) in result.iter_mut().zip(a) {
        *result = f(a);
    }
    result
}

/// The function of each two lanes.
#[inline(always)]
pub(super) fn zip<T: Copy, U: Copy + Default, const N: usize>(
    a: [T; N],
    b: [T; N],
    f: impl Fn(T, T) -> U,
) -> [U; N] {
    let mut result = [U::default(); N];
    for ((result, a), b) in result.iter_mut().zip(a).zip(b) {
        *result = f(a, b);
    }
    result
}

/// The first `M` lanes, which are not more than there are.
#[inline(always)]
pub(super) fn low<T: Copy + Default, const N: usize, const M: usize>(a: [T; N]) -> [T; M] {
    a.first_chunk().copied().unwrap_or([T::default(); M])
}

/// The last `M` lanes, which are not more than there are.
#[inline(always)]
pub(super) fn high<T: Copy + Default, const N: usize, const M: usize>(a: [T; N]) -> [T; M] {
    a.last_chunk().copied().unwrap_or([T::default(); M])
}

/// The lanes of both; `M` is twice `N`.
#[inline(always)]
pub(super) fn concat<T: Copy + Default, const N: usize, const M: usize>(
    a: [T; N],
    b: [T; N],
) -> [T; M] {
    low_of([a, b].as_flattened())
}

#[inline(always)]
fn low_of<T: Copy + Default, const M: usize>(a: &[T]) -> [T; M] {
    a.first_chunk().copied().unwrap_or([T::default(); M])
}

/// Rows `name(to, from, a) = value of a lane;`.
macro_rules! unary {
    ($($(#[$attr:meta])* $name:ident($to:ident, $from:ident, $a:ident) = $value:expr;)+) => {$(
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name(a: V128) -> V128 {
            V128::$from($crate::v128::shape::map(a.$to(), |$a| $value))
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
            V128::$from($crate::v128::shape::zip(a.$to(), b.$to(), |$a, $b| $value))
        }
    )+};
}

pub(super) use {binary, unary};
