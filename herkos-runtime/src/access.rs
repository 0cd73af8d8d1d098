//! Loads and stores (§4.4.7): one bounds check, then one access of the size named by the opcode.
//!
//! `memory` is the active pages; its length is the bound. The effective address is the sum of the
//! unsigned address and the static offset, without wrap-around: a 33-bit number (§4.4.7). Memory is
//! little-endian on every host (§4.3.1.3).

#[cfg(target_pointer_width = "64")]
use crate::cast::{index_of, offset_of};
use crate::OutOfBounds;
#[cfg(target_pointer_width = "64")]
use core::ops::Range;

/// The bytes accessed. Sums of three numbers below 2^32 fit: nothing to check here, so that the
/// slicing that follows is the one check.
#[cfg(target_pointer_width = "64")]
#[inline]
fn span(addr: i32, offset: u32, size: usize) -> Range<usize> {
    let start = index_of(addr).wrapping_add(offset_of(offset));
    start..start.wrapping_add(size)
}

#[cfg(target_pointer_width = "64")]
#[inline]
pub(crate) fn place(memory: &[u8], addr: i32, offset: u32, size: usize) -> Option<&[u8]> {
    memory.get(span(addr, offset, size))
}

#[cfg(target_pointer_width = "64")]
#[inline]
fn place_mut(memory: &mut [u8], addr: i32, offset: u32, size: usize) -> Option<&mut [u8]> {
    memory.get_mut(span(addr, offset, size))
}

#[cfg(not(target_pointer_width = "64"))]
pub(crate) use narrow::place;
#[cfg(not(target_pointer_width = "64"))]
use narrow::place_mut;

/// Where the sum may not fit, it isn't computed. The part of memory from the offset on has a last place
/// at which so large an access may start: the same for every address, and a constant where the
/// memory's length is one. So one compare with the address is left; the slicing after it is free.
#[cfg(any(test, not(target_pointer_width = "64")))]
mod narrow {
    use crate::cast::{index_of, offset_of};

    #[inline]
    pub fn place(memory: &[u8], addr: i32, offset: u32, size: usize) -> Option<&[u8]> {
        let memory = memory.get(offset_of(offset)..)?;
        let last = memory.len().checked_sub(size)?;
        if index_of(addr) > last {
            return None;
        }
        memory.get(index_of(addr)..)?.get(..size)
    }

    #[inline]
    pub fn place_mut(memory: &mut [u8], addr: i32, offset: u32, size: usize) -> Option<&mut [u8]> {
        let memory = memory.get_mut(offset_of(offset)..)?;
        let last = memory.len().checked_sub(size)?;
        if index_of(addr) > last {
            return None;
        }
        memory.get_mut(index_of(addr)..)?.get_mut(..size)
    }
}

/// The bytes there.
#[inline]
fn bytes_at<const N: usize>(
    memory: &[u8],
    addr: i32,
    offset: u32,
) -> Result<&[u8; N], OutOfBounds> {
    place(memory, addr, offset, N)
        .and_then(|place| place.first_chunk())
        .ok_or(OutOfBounds)
}

#[inline]
fn load<const N: usize>(memory: &[u8], addr: i32, offset: u32) -> Result<[u8; N], OutOfBounds> {
    bytes_at(memory, addr, offset).copied()
}

/// Puts the bytes there.
#[inline]
pub(crate) fn store<const N: usize>(
    memory: &mut [u8],
    addr: i32,
    offset: u32,
    value: [u8; N],
) -> Result<(), OutOfBounds> {
    let place: &mut [u8; N] = place_mut(memory, addr, offset, N)
        .and_then(|place| place.first_chunk_mut())
        .ok_or(OutOfBounds)?;
    *place = value;
    Ok(())
}

/// Rows `name: type in memory -> type on the stack;`. The widening keeps the value, so the type in
/// memory alone decides between zero- and sign-extension.
macro_rules! loads {
    ($($(#[$doc:meta])* $name:ident: $raw:ty => $ty:ty;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// [`OutOfBounds`] when a byte of it lies outside `memory`.
        #[inline]
        pub fn $name(memory: &[u8], addr: i32, offset: u32) -> Result<$ty, OutOfBounds> {
            match load(memory, addr, offset) {
                Ok(bytes) => Ok(<$ty>::from(<$raw>::from_le_bytes(bytes))),
                Err(trap) => Err(trap),
            }
        }
    )+};
}

/// Rows `name: type on the stack -> type in memory;`. The cast keeps the low bits.
macro_rules! stores {
    ($($(#[$doc:meta])* $name:ident: $ty:ty => $raw:ty;)+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// [`OutOfBounds`] when a byte of it lies outside `memory`; nothing is written.
        #[inline]
        #[allow(clippy::cast_possible_truncation, reason = "narrow stores wrap (§4.4.7)")]
        pub fn $name(
            memory: &mut [u8],
            addr: i32,
            offset: u32,
            value: $ty,
        ) -> Result<(), OutOfBounds> {
            store(memory, addr, offset, (value as $raw).to_le_bytes())
        }
    )+};
}

loads! {
    /// `i32.load`.
    i32_load: i32 => i32;
    /// `i64.load`.
    i64_load: i64 => i64;
    /// `f32.load`: the bits unchanged, NaNs included.
    f32_load: f32 => f32;
    /// `f64.load`: the bits unchanged, NaNs included.
    f64_load: f64 => f64;
    /// `i32.load8_s`: one byte, sign-extended.
    i32_load8_s: i8 => i32;
    /// `i32.load8_u`: one byte, zero-extended.
    i32_load8_u: u8 => i32;
    /// `i32.load16_s`: two bytes, sign-extended.
    i32_load16_s: i16 => i32;
    /// `i32.load16_u`: two bytes, zero-extended.
    i32_load16_u: u16 => i32;
    /// `i64.load8_s`: one byte, sign-extended.
    i64_load8_s: i8 => i64;
    /// `i64.load8_u`: one byte, zero-extended.
    i64_load8_u: u8 => i64;
    /// `i64.load16_s`: two bytes, sign-extended.
    i64_load16_s: i16 => i64;
    /// `i64.load16_u`: two bytes, zero-extended.
    i64_load16_u: u16 => i64;
    /// `i64.load32_s`: four bytes, sign-extended.
    i64_load32_s: i32 => i64;
    /// `i64.load32_u`: four bytes, zero-extended.
    i64_load32_u: u32 => i64;
}

stores! {
    /// `i32.store`.
    i32_store: i32 => i32;
    /// `i64.store`.
    i64_store: i64 => i64;
    /// `f32.store`: the bits unchanged, NaNs included.
    f32_store: f32 => f32;
    /// `f64.store`: the bits unchanged, NaNs included.
    f64_store: f64 => f64;
    /// `i32.store8`: the low byte.
    i32_store8: i32 => i8;
    /// `i32.store16`: the low two bytes.
    i32_store16: i32 => i16;
    /// `i64.store8`: the low byte.
    i64_store8: i64 => i8;
    /// `i64.store16`: the low two bytes.
    i64_store16: i64 => i16;
    /// `i64.store32`: the low four bytes.
    i64_store32: i64 => i32;
}

/// What an access gives, or else the function at hand returns [`WasmTrap::OutOfBounds`](crate::WasmTrap).
///
/// That is what `?` does. But `?` calls two functions, and rustc takes an eighth more memory for a large module that has it at
/// each access (`docs/performance.md`).
///
/// ```
/// use herkos_runtime::prelude::*;
/// fn first(memory: &[u8]) -> Result<i32, WasmTrap> {
///     Ok(tri!(i32_load(memory, 0, 0)))
/// }
/// assert_eq!(first(&[1, 0, 0, 0]), Ok(1));
/// assert_eq!(first(&[1, 0, 0]), Err(WasmTrap::OutOfBounds));
/// ```
#[macro_export]
macro_rules! tri {
    ($access:expr) => {
        match $access {
            Ok(value) => value,
            Err(_) => return Err($crate::WasmTrap::OutOfBounds),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::narrow::{place, place_mut};
    use std::ops::Range;
    use std::vec::Vec;

    /// The specification's words: the effective address and what follows lie inside.
    fn expected(len: usize, addr: i32, offset: u32, size: usize) -> Option<Range<usize>> {
        let start = u64::from(addr as u32) + u64::from(offset);
        let range = start as usize..start as usize + size;
        (start + size as u64 <= len as u64).then_some(range)
    }

    #[test]
    fn narrow_places_are_those_of_the_specification() {
        let near = |place: u32| (0..20_u32).map(move |i| place.wrapping_sub(10).wrapping_add(i));
        // Around nothing, the memory's end, the sign bit and the end of the index space.
        let numbers: Vec<u32> = [0, 16, 1 << 31].into_iter().flat_map(near).collect();
        let mut inside = 0;
        for len in [0_usize, 1, 3, 7, 8, 16, 17] {
            let mut memory: Vec<u8> = (0..len).map(|i| i as u8).collect();
            for (&addr, &offset) in numbers
                .iter()
                .flat_map(|a| numbers.iter().map(move |o| (a, o)))
            {
                for size in [1, 2, 4, 8] {
                    let what = (len, addr, offset, size);
                    let addr = addr as i32;
                    let range = expected(len, addr, offset, size);
                    let bytes: Option<Vec<u8>> = range.map(|range| memory[range].to_vec());
                    inside += u32::from(bytes.is_some());
                    assert_eq!(
                        place(&memory, addr, offset, size),
                        bytes.as_deref(),
                        "{what:?}"
                    );
                    let found = place_mut(&mut memory, addr, offset, size);
                    assert_eq!(found.as_deref(), bytes.as_deref(), "{what:?}");
                }
            }
        }
        assert!(inside > 1000, "{inside}");
    }
}
