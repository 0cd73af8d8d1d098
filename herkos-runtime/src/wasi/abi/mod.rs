//! The functions of preview 1, as generated code calls them: arguments are the module's numbers.
//!
//! Each checks all pointers, then calls the host, then writes the answer, and returns the number of
//! an [`Errno`] or 0. What a function does is said at the method of the same name.

#![allow(clippy::missing_errors_doc, reason = "said once, at the module wasi")]
#![allow(clippy::too_many_arguments, reason = "as many as preview 1 has")]

mod clocks;
mod fds;
mod paths;
mod poll;
mod process;
mod sockets;
mod strings;
mod vectors;

pub use clocks::*;
pub use fds::*;
pub use paths::*;
pub use poll::*;
pub use process::*;
pub use sockets::*;
pub use strings::*;

use super::{guest, Errno, Fd};
use crate::cast::u32_of;
use crate::WasmTrap;

/// The value, or the end of the call with the errno's number.
macro_rules! attempt {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(errno) => return $crate::wasi::abi::failure(errno),
        }
    };
}
use attempt;

/// What every function returns that does.
type Status = Result<i32, WasmTrap>;

const SUCCESS: Status = Ok(0);

fn failure(errno: Errno) -> Status {
    match errno {
        Errno::Trap => Err(Errno::TRAP),
        _ => Ok(i32::from(errno.number())),
    }
}

fn status(result: Result<(), Errno>) -> Status {
    match result {
        Ok(()) => SUCCESS,
        Err(errno) => failure(errno),
    }
}

fn descriptor(fd: i32) -> Fd {
    Fd(u32_of(fd))
}

/// Flags of up to 32 bits are passed in an `i32`.
fn flags(argument: i32) -> u64 {
    u64::from(u32_of(argument))
}

/// Ends the call with an answer of `N` bytes.
fn answer<const N: usize>(memory: &mut [u8], ptr: i32, bytes: [u8; N]) -> Status {
    *guest::place(memory, ptr)? = bytes;
    SUCCESS
}
