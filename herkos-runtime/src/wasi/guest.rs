//! The module's memory as calls use it. Pointers and lengths are checked here and nowhere else; what
//! lies outside traps.

use crate::cast::{offset_of, u32_of};
use crate::range::{window, window_mut};
use crate::wasi::Errno;
use crate::WasmTrap;

/// `len` bytes at `ptr`.
pub fn bytes(memory: &[u8], ptr: i32, len: i32) -> Result<&[u8], WasmTrap> {
    window(memory, ptr, len).ok_or(WasmTrap::OutOfBounds)
}

/// `len` bytes at `ptr`, to write to.
pub fn bytes_mut(memory: &mut [u8], ptr: i32, len: i32) -> Result<&mut [u8], WasmTrap> {
    window_mut(memory, ptr, len).ok_or(WasmTrap::OutOfBounds)
}

/// A string, or [`Errno::Ilseq`] where it is no UTF-8.
pub fn string(memory: &[u8], ptr: i32, len: i32) -> Result<Result<&str, Errno>, WasmTrap> {
    let bytes = bytes(memory, ptr, len)?;
    Ok(core::str::from_utf8(bytes).map_err(|_| Errno::Ilseq))
}

/// The structure of `N` bytes at `ptr`.
pub fn load<const N: usize>(memory: &[u8], ptr: i32) -> Result<&[u8; N], WasmTrap> {
    memory
        .get(offset_of(u32_of(ptr))..)
        .and_then(|rest| rest.first_chunk())
        .ok_or(WasmTrap::OutOfBounds)
}

/// The place for a structure of `N` bytes at `ptr`. Taken before the host is called, so that a call
/// whose answer has no place does nothing.
pub fn place<const N: usize>(memory: &mut [u8], ptr: i32) -> Result<&mut [u8; N], WasmTrap> {
    memory
        .get_mut(offset_of(u32_of(ptr))..)
        .and_then(|rest| rest.first_chunk_mut())
        .ok_or(WasmTrap::OutOfBounds)
}

/// The address of item `index` of an array at `ptr`, as far as it fits 32 bits.
pub fn item(ptr: i32, index: u32, size: u32) -> Option<i32> {
    let address = u32_of(ptr).checked_add(index.checked_mul(size)?)?;
    Some(crate::cast::i32_of(address))
}

/// A length as the module sees it.
pub fn length(len: usize) -> Result<u32, Errno> {
    u32::try_from(len).map_err(|_| Errno::Overflow)
}

/// Copies as many of the bytes as there is room for; the room behind them.
pub fn put<'a>(room: &'a mut [u8], bytes: &[u8]) -> &'a mut [u8] {
    let fits = room.len().min(bytes.len());
    let Some((place, rest)) = room.split_at_mut_checked(fits) else {
        return &mut [];
    };
    // copy_from_slice would compare the lengths once more, and keep its panic at opt-level s.
    for (to, from) in place.iter_mut().zip(bytes) {
        *to = *from;
    }
    rest
}
