//! Clocks and random numbers.

use super::{answer, attempt, guest, status, Status};
use crate::cast::{u32_of, u64_of};
use crate::wasi::{ClockId, Clocks, Errno, Random};

/// See [`Clocks::clock_res_get`].
pub fn clock_res_get<H: Clocks>(
    host: &mut H,
    memory: &mut [u8],
    id: i32,
    resolution: i32,
) -> Status {
    guest::place::<8>(memory, resolution)?;
    let id = attempt!(ClockId::from_number(u32_of(id)).ok_or(Errno::Inval));
    let span = attempt!(host.clock_res_get(id));
    answer(memory, resolution, span.to_le_bytes())
}

/// See [`Clocks::clock_time_get`].
pub fn clock_time_get<H: Clocks>(
    host: &mut H,
    memory: &mut [u8],
    id: i32,
    precision: i64,
    time: i32,
) -> Status {
    guest::place::<8>(memory, time)?;
    let id = attempt!(ClockId::from_number(u32_of(id)).ok_or(Errno::Inval));
    let now = attempt!(host.clock_time_get(id, u64_of(precision)));
    answer(memory, time, now.to_le_bytes())
}

/// See [`Random::random_get`].
pub fn random_get<H: Random>(host: &mut H, memory: &mut [u8], buf: i32, buf_len: i32) -> Status {
    status(host.random_get(guest::bytes_mut(memory, buf, buf_len)?))
}
