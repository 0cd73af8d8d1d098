//! The program as a process.

use super::{attempt, status, Status};
use crate::cast::u32_of;
use crate::wasi::{Errno, Process, Signal};
use crate::WasmTrap;

/// See [`Process::proc_exit`]: never `Ok`.
pub fn proc_exit<H: Process>(host: &mut H, _memory: &mut [u8], rval: i32) -> Result<(), WasmTrap> {
    Err(host.proc_exit(u32_of(rval)))
}

/// See [`Process::proc_raise`].
pub fn proc_raise<H: Process>(host: &mut H, _memory: &mut [u8], sig: i32) -> Status {
    let signal = u8::try_from(sig).ok().and_then(Signal::from_number);
    status(host.proc_raise(attempt!(signal.ok_or(Errno::Inval))))
}

/// See [`Process::sched_yield`].
pub fn sched_yield<H: Process>(host: &mut H, _memory: &mut [u8]) -> Status {
    status(host.sched_yield())
}
