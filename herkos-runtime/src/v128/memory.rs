//! Loads and stores of vectors (§4.4.7.2 to §4.4.7.5, §4.4.7.8, §4.4.7.9): as in `crate::access`, one bounds
//! check, then one access of the size named by the opcode. Memory is little-endian on every host.
//!
//! Loads fail with the trap itself, not with `OutOfBounds` as those of numbers do: rustc would inline them before LLVM sees
//! them, which then loses track of lanes that are put in one by one (the benchmark's luma took three times as long).

use super::{
    half, i16x8_extend_low_i8x16_s, i16x8_extend_low_i8x16_u, i16x8_extract_lane_u,
    i16x8_replace_lane, i16x8_splat, i32x4_extend_low_i16x8_s, i32x4_extend_low_i16x8_u,
    i32x4_extract_lane, i32x4_replace_lane, i32x4_splat, i64x2_extend_low_i32x4_s,
    i64x2_extend_low_i32x4_u, i64x2_extract_lane, i64x2_replace_lane, i64x2_splat,
    i8x16_extract_lane_u, i8x16_replace_lane, i8x16_splat, loaded, V128,
};
use crate::access::{i32_store, i32_store16, i32_store8, i64_store, place, store};
use crate::{OutOfBounds, WasmTrap};

/// The bytes there.
#[inline]
fn bytes_at<const N: usize>(memory: &[u8], addr: i32, offset: u32) -> Result<&[u8; N], WasmTrap> {
    place(memory, addr, offset, N)
        .and_then(|place| place.first_chunk())
        .ok_or(WasmTrap::OutOfBounds)
}

#[inline]
fn load<const N: usize>(memory: &[u8], addr: i32, offset: u32) -> Result<[u8; N], WasmTrap> {
    bytes_at(memory, addr, offset).copied()
}

/// Rows `name: type in memory -> type of the lane;`.
macro_rules! numbers {
    ($($name:ident: $raw:ty => $ty:ty;)+) => {$(
        #[inline]
        fn $name(memory: &[u8], addr: i32, offset: u32) -> Result<$ty, WasmTrap> {
            match load(memory, addr, offset) {
                Ok(bytes) => Ok(<$ty>::from(<$raw>::from_le_bytes(bytes))),
                Err(trap) => Err(trap),
            }
        }
    )+};
}

numbers! {
    load8: u8 => i32;
    load16: u16 => i32;
    load32: i32 => i32;
    load64: i64 => i64;
}

/// `v128.load`.
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when a byte of it lies outside `memory`.
#[inline]
pub fn v128_load(memory: &[u8], addr: i32, offset: u32) -> Result<V128, WasmTrap> {
    match bytes_at(memory, addr, offset) {
        Ok(bytes) => Ok(loaded(V128(*bytes))),
        Err(trap) => Err(trap),
    }
}

/// `v128.store`.
///
/// # Errors
/// [`OutOfBounds`] when a byte of it lies outside `memory`; nothing is written.
#[inline]
pub fn v128_store(
    memory: &mut [u8],
    addr: i32,
    offset: u32,
    value: V128,
) -> Result<(), OutOfBounds> {
    store(memory, addr, offset, value.0)
}

/// Rows `name: scalar load, the vector made of what it loads;`.
macro_rules! loads {
    ($($(#[$attr:meta])* $name:ident: $load:ident, |$x:ident| $vector:expr;)+) => {$(
        $(#[$attr])*
        ///
        /// # Errors
        /// [`WasmTrap::OutOfBounds`] when a byte of it lies outside `memory`.
        #[inline]
        pub fn $name(memory: &[u8], addr: i32, offset: u32) -> Result<V128, WasmTrap> {
            match $load(memory, addr, offset) {
                Ok($x) => Ok($vector),
                Err(trap) => Err(trap),
            }
        }
    )+};
}

loads! {
    /// `v128.load8x8_s`: eight bytes, each sign-extended.
    v128_load8x8_s: bytes_at, |x| i16x8_extend_low_i8x16_s(half(x));
    /// `v128.load8x8_u`: eight bytes, each zero-extended.
    v128_load8x8_u: bytes_at, |x| i16x8_extend_low_i8x16_u(half(x));
    /// `v128.load16x4_s`: four times two bytes, each sign-extended.
    v128_load16x4_s: bytes_at, |x| i32x4_extend_low_i16x8_s(half(x));
    /// `v128.load16x4_u`: four times two bytes, each zero-extended.
    v128_load16x4_u: bytes_at, |x| i32x4_extend_low_i16x8_u(half(x));
    /// `v128.load32x2_s`: two times four bytes, each sign-extended.
    v128_load32x2_s: bytes_at, |x| i64x2_extend_low_i32x4_s(half(x));
    /// `v128.load32x2_u`: two times four bytes, each zero-extended.
    v128_load32x2_u: bytes_at, |x| i64x2_extend_low_i32x4_u(half(x));
    /// `v128.load8_splat`: one byte into every lane.
    v128_load8_splat: load8, |x| i8x16_splat(x);
    /// `v128.load16_splat`: two bytes into every lane.
    v128_load16_splat: load16, |x| i16x8_splat(x);
    /// `v128.load32_splat`: four bytes into every lane.
    v128_load32_splat: load32, |x| i32x4_splat(x);
    /// `v128.load64_splat`: eight bytes into every lane.
    v128_load64_splat: load64, |x| i64x2_splat(x);
    /// `v128.load32_zero`: four bytes; the others are 0.
    v128_load32_zero: load32, |x| V128::from_i32x4([x, 0, 0, 0]);
    /// `v128.load64_zero`: eight bytes; the others are 0.
    v128_load64_zero: bytes_at, |x| half(x);
}

/// Rows `load, store: scalar load, scalar store, replace, extract;`.
macro_rules! lanes {
    ($($(#[$load_doc:meta])* $load_lane:ident, $(#[$store_doc:meta])* $store_lane:ident:
        $load:ident, $store:ident, $replace:ident, $extract:ident;)+) => {$(
        $(#[$load_doc])*
        ///
        /// # Errors
        /// [`WasmTrap::OutOfBounds`] when a byte of it lies outside `memory`.
        #[inline]
        pub fn $load_lane(
            memory: &[u8],
            addr: i32,
            offset: u32,
            value: V128,
            lane: u8,
        ) -> Result<V128, WasmTrap> {
            match $load(memory, addr, offset) {
                Ok(x) => Ok($replace(value, x, lane)),
                Err(trap) => Err(trap),
            }
        }

        $(#[$store_doc])*
        ///
        /// # Errors
        /// [`OutOfBounds`] when a byte of it lies outside `memory`; nothing is written.
        #[inline]
        pub fn $store_lane(
            memory: &mut [u8],
            addr: i32,
            offset: u32,
            value: V128,
            lane: u8,
        ) -> Result<(), OutOfBounds> {
            $store(memory, addr, offset, $extract(value, lane))
        }
    )+};
}

lanes! {
    /// `v128.load8_lane`: `value` with one byte from memory.
    v128_load8_lane,
    /// `v128.store8_lane`: one byte of `value`.
    v128_store8_lane: load8, i32_store8, i8x16_replace_lane, i8x16_extract_lane_u;
    /// `v128.load16_lane`: `value` with one lane of two bytes from memory.
    v128_load16_lane,
    /// `v128.store16_lane`: one lane of two bytes of `value`.
    v128_store16_lane: load16, i32_store16, i16x8_replace_lane, i16x8_extract_lane_u;
    /// `v128.load32_lane`: `value` with one lane of four bytes from memory.
    v128_load32_lane,
    /// `v128.store32_lane`: one lane of four bytes of `value`.
    v128_store32_lane: load32, i32_store, i32x4_replace_lane, i32x4_extract_lane;
    /// `v128.load64_lane`: `value` with one lane of eight bytes from memory.
    v128_load64_lane,
    /// `v128.store64_lane`: one lane of eight bytes of `value`.
    v128_store64_lane: load64, i64_store, i64x2_replace_lane, i64x2_extract_lane;
}
