//! Lists of buffers (`iovec_array`): pairs of an address and a length, in the module's memory.
//!
//! They are read one at a time, since there is no heap to hold them, and the host is called with
//! each. Buffers may overlap, also with the list: the host sees one slice at a time.

use super::{guest, Errno};
use crate::cast::{i32_of, offset_of, u32_of};
use crate::WasmTrap;

/// Size of a pair.
const PAIR: u32 = 8;

#[derive(Clone, Copy)]
struct Buffer {
    ptr: i32,
    len: i32,
}

#[derive(Clone, Copy)]
pub struct Vectors {
    list: i32,
    count: u32,
}

type Transferred = Result<Result<u32, Errno>, WasmTrap>;

impl Vectors {
    /// The list, once all of it and all of its buffers are found to lie in the memory.
    /// [`Errno::Inval`] if it has more bytes than the module can count.
    pub fn check(memory: &[u8], list: i32, count: i32) -> Result<Result<Self, Errno>, WasmTrap> {
        let vectors = Self {
            list,
            count: u32_of(count),
        };
        let mut total = Some(0_u32);
        for index in 0..vectors.count {
            let buffer = vectors.buffer(memory, index)?;
            guest::bytes(memory, buffer.ptr, buffer.len)?;
            total = total.and_then(|total| total.checked_add(u32_of(buffer.len)));
        }
        Ok(total.map(|_| vectors).ok_or(Errno::Inval))
    }

    fn buffer(self, memory: &[u8], index: u32) -> Result<Buffer, WasmTrap> {
        let ptr = guest::item(self.list, index, PAIR).ok_or(WasmTrap::OutOfBounds)?;
        let &[a, b, c, d, e, f, g, h] = guest::load(memory, ptr)?;
        Ok(Buffer {
            ptr: i32::from_le_bytes([a, b, c, d]),
            len: i32::from_le_bytes([e, f, g, h]),
        })
    }

    /// The first buffer that is not empty, or an empty one. Reading stops there: a stream that had
    /// just enough to fill it may make the next read wait.
    pub fn first(self, memory: &mut [u8]) -> Result<&mut [u8], WasmTrap> {
        for index in 0..self.count {
            let Buffer { ptr, len } = self.buffer(memory, index)?;
            if len != 0 {
                return guest::bytes_mut(memory, ptr, len);
            }
        }
        Ok(&mut [])
    }

    /// Calls `transfer` with each buffer that is not empty and the number of bytes transferred so
    /// far, up to the first that is not transferred whole. With an empty one if there is no other,
    /// so that a bad descriptor is noticed. An error counts only if nothing was transferred.
    pub fn each(
        self,
        memory: &mut [u8],
        mut transfer: impl FnMut(&mut [u8], u32) -> Result<usize, Errno>,
    ) -> Transferred {
        let mut total = 0_u32;
        for index in 0..self.count {
            let Buffer { ptr, len } = self.buffer(memory, index)?;
            if len == 0 {
                continue;
            }
            match transfer(guest::bytes_mut(memory, ptr, len)?, total) {
                Ok(done) if done >= offset_of(u32_of(len)) => {
                    total = total.saturating_add(u32_of(len));
                }
                Ok(done) => {
                    let done = guest::length(done).unwrap_or(0);
                    return Ok(Ok(total.saturating_add(done)));
                }
                Err(errno) if total == 0 || errno == Errno::Trap => return Ok(Err(errno)),
                Err(_) => return Ok(Ok(total)),
            }
        }
        if total == 0 {
            return Ok(transfer(&mut [], 0).map(|_| 0));
        }
        Ok(Ok(total))
    }
}

/// The number of bytes in `buffer` that the host says it used, as the module sees it.
pub fn used(buffer: &[u8], done: usize) -> [u8; 4] {
    i32_of(guest::length(done.min(buffer.len())).unwrap_or(0)).to_le_bytes()
}
