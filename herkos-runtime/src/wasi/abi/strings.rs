//! The command line and the environment: lists of C strings.

use super::{answer, attempt, guest, Status, SUCCESS};
use crate::cast::i32_of;
use crate::wasi::{Args, Environ, Errno};
use crate::WasmTrap;

/// What arguments and variables have in common.
trait Strings {
    fn string(&mut self, index: usize) -> Option<&[u8]>;

    /// How many there are, and the bytes that they take with a NUL behind each.
    fn sizes(&mut self) -> Result<(u32, u32), Errno> {
        let (mut count, mut bytes) = (0_usize, 0_usize);
        while let Some(string) = self.string(count) {
            let size = string.len().checked_add(1).ok_or(Errno::Overflow)?;
            bytes = bytes.checked_add(size).ok_or(Errno::Overflow)?;
            count = count.checked_add(1).ok_or(Errno::Overflow)?;
        }
        Ok((guest::length(count)?, guest::length(bytes)?))
    }
}

struct Arguments<'a, H>(&'a mut H);

impl<H: Args> Strings for Arguments<'_, H> {
    fn string(&mut self, index: usize) -> Option<&[u8]> {
        self.0.arg(index)
    }
}

struct Variables<'a, H>(&'a mut H);

impl<H: Environ> Strings for Variables<'_, H> {
    fn string(&mut self, index: usize) -> Option<&[u8]> {
        self.0.variable(index)
    }
}

fn sizes_get(mut strings: impl Strings, memory: &mut [u8], count: i32, size: i32) -> Status {
    guest::place::<4>(memory, count)?;
    guest::place::<4>(memory, size)?;
    let (strings, bytes) = attempt!(strings.sizes());
    answer(memory, count, strings.to_le_bytes())?;
    answer(memory, size, bytes.to_le_bytes())
}

/// Writes the strings to `buf` and their addresses to `list`.
fn get(mut strings: impl Strings, memory: &mut [u8], list: i32, buf: i32) -> Status {
    let (count, bytes) = attempt!(strings.sizes());
    let pointers = count.checked_mul(4).ok_or(WasmTrap::OutOfBounds)?;
    guest::bytes(memory, list, i32_of(pointers))?;
    guest::bytes(memory, buf, i32_of(bytes))?;
    let mut at = buf;
    for index in 0..count {
        let number = usize::try_from(index).unwrap_or(usize::MAX);
        let Some(string) = strings.string(number) else {
            break;
        };
        let len = i32_of(attempt!(guest::length(string.len())));
        let ptr = guest::item(list, index, 4).ok_or(WasmTrap::OutOfBounds)?;
        answer(memory, ptr, at.to_le_bytes())?;
        guest::put(guest::bytes_mut(memory, at, len)?, string);
        answer(memory, at.wrapping_add(len), [0])?;
        at = at.wrapping_add(len).wrapping_add(1);
    }
    SUCCESS
}

/// `args_get`: the arguments ([`Args`]) and their addresses.
pub fn args_get<H: Args>(host: &mut H, memory: &mut [u8], argv: i32, argv_buf: i32) -> Status {
    get(Arguments(host), memory, argv, argv_buf)
}

/// `args_sizes_get`: how many arguments ([`Args`]), and of how many bytes.
pub fn args_sizes_get<H: Args>(
    host: &mut H,
    memory: &mut [u8],
    argc: i32,
    argv_buf_size: i32,
) -> Status {
    sizes_get(Arguments(host), memory, argc, argv_buf_size)
}

/// `environ_get`: the variables ([`Environ`]) and their addresses.
pub fn environ_get<H: Environ>(
    host: &mut H,
    memory: &mut [u8],
    environ: i32,
    environ_buf: i32,
) -> Status {
    get(Variables(host), memory, environ, environ_buf)
}

/// `environ_sizes_get`: how many variables ([`Environ`]), and of how many bytes.
pub fn environ_sizes_get<H: Environ>(
    host: &mut H,
    memory: &mut [u8],
    count: i32,
    environ_buf_size: i32,
) -> Status {
    sizes_get(Variables(host), memory, count, environ_buf_size)
}
