//! WASI preview 1: system calls of modules compiled with wasi-libc and its kin, as capabilities.
//!
//! A module that imports from `wasi_snapshot_preview1` demands of its host the traits of this page,
//! and of those only the ones that its imports belong to:
//!
//! | trait | grants |
//! |---|---|
//! | [`Args`], [`Environ`] | the command line, environment variables |
//! | [`Clocks`], [`Random`] | time, random numbers |
//! | [`Fds`] | standard streams and open files |
//! | [`Paths`] | files by name, in directories that the host opened |
//! | [`Poll`], [`Process`] | waiting and sleeping, exit |
//! | [`Sockets`] | sockets that the host opened |
//!
//! Hosts: [`Minimal`] passes output to a closure and needs no heap. `System` (feature `wasi`) grants
//! what it is told, one thing at a time: arguments, streams, clocks, directories. Your own implements
//! the traits, or passes them on with [`delegate_wasi!`](crate::delegate_wasi).
//!
//! The functions are what generated code calls for each import: they take the module's numbers
//! apart, check every pointer, and call the trait. A pointer to something outside of the memory
//! traps with [`WasmTrap::OutOfBounds`], as the specification of
//! preview 1 demands, before the host is called. All else that fails is an [`Errno`], which the
//! function returns as the module's number for it.

mod abi;
mod capabilities;
mod delegate;
mod errno;
mod flags;
mod guest;
mod minimal;
mod poll;
#[cfg(feature = "wasi")]
mod system;
mod types;

pub use abi::*;
pub use capabilities::*;
#[doc(hidden)]
pub use delegate::delegated;
pub use errno::Errno;
pub use minimal::Minimal;
pub use poll::Subscriptions;
#[cfg(feature = "wasi")]
pub use system::System;
pub use types::*;

use crate::WasmTrap;

/// The exit status of a program, from what its `_start` returned: 0 if it came to its end, else what
/// it passed to `proc_exit`.
///
/// ```
/// use herkos_runtime::{wasi, WasmTrap};
/// assert_eq!(wasi::exit_status(Ok(())), Ok(0));
/// assert_eq!(wasi::exit_status(Err(WasmTrap::Exit(3))), Ok(3));
/// assert_eq!(wasi::exit_status(Err(WasmTrap::Unreachable)), Err(WasmTrap::Unreachable));
/// ```
///
/// # Errors
/// Any other trap.
pub fn exit_status(result: Result<(), WasmTrap>) -> Result<i32, WasmTrap> {
    match result {
        Ok(()) => Ok(0),
        Err(WasmTrap::Exit(status)) => Ok(status),
        Err(trap) => Err(trap),
    }
}
