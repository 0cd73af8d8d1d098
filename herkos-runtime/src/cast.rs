//! The integer reinterpretations that WebAssembly's own semantics consists of: an integer value has
//! no sign (§2.2.2), operations choose one. Kept here so that no other file needs such a cast.

/// The unsigned interpretation of an `i32`.
#[inline]
#[allow(clippy::cast_sign_loss, reason = "same bits, other interpretation")]
pub(crate) const fn u32_of(value: i32) -> u32 {
    value as u32
}

/// The signed interpretation of a `u32`.
#[inline]
#[allow(clippy::cast_possible_wrap, reason = "same bits, other interpretation")]
pub(crate) const fn i32_of(value: u32) -> i32 {
    value as i32
}

/// The unsigned interpretation of an `i64`.
#[inline]
#[allow(clippy::cast_sign_loss, reason = "same bits, other interpretation")]
pub(crate) const fn u64_of(value: i64) -> u64 {
    value as u64
}

/// The signed interpretation of a `u64`.
#[inline]
#[allow(clippy::cast_possible_wrap, reason = "same bits, other interpretation")]
pub(crate) const fn i64_of(value: u64) -> i64 {
    value as i64
}

/// The low 32 bits of an `i64`, unsigned.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "modulo 2^32"
)]
pub(crate) const fn low32_of(value: i64) -> u32 {
    value as u32
}

/// An address, index, offset or length: unsigned, and never wider than `usize` (see `lib.rs`).
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    reason = "usize has at least 32 bits"
)]
pub(crate) const fn index_of(value: i32) -> usize {
    u32_of(value) as usize
}

/// A static offset as an index.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    reason = "usize has at least 32 bits"
)]
pub(crate) const fn offset_of(value: u32) -> usize {
    value as usize
}

/// A count as the instructions return it; counts beyond 2^32 - 1 do not occur.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "same bits, other interpretation; callers keep counts below 2^32"
)]
pub(crate) const fn count_of(value: usize) -> i32 {
    value as u32 as i32
}
