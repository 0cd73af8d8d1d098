//! Waiting.

use super::{answer, attempt, guest, Status};
use crate::cast::u32_of;
use crate::wasi::{Poll, Subscriptions};

/// See [`Poll::poll_oneoff`].
pub fn poll_oneoff<H: Poll>(
    host: &mut H,
    memory: &mut [u8],
    subscriptions: i32,
    events: i32,
    count: i32,
    reported: i32,
) -> Status {
    guest::place::<4>(memory, reported)?;
    let list = Subscriptions::new(memory, subscriptions, events, u32_of(count))?;
    let mut list = attempt!(list);
    attempt!(host.poll_oneoff(&mut list));
    let number = list.reported();
    answer(memory, reported, number.to_le_bytes())
}
