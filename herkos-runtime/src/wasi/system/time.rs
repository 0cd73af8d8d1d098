//! Clocks, and waiting for them.

use super::super::{ClockId, Clocks, Errno, Event, Fd, Poll, Rights, Subscription, Subscriptions};
use super::super::{Timestamp, Topic};
use super::convert::{nanoseconds, timestamp};
use super::descriptor::Object;
use super::{os, System};
use std::io::Seek;
use std::time::{Duration, Instant, SystemTime};
use std::vec::Vec;

impl<I, O, E> Clocks for System<I, O, E> {
    fn clock_time_get(&mut self, id: ClockId, _: Timestamp) -> Result<Timestamp, Errno> {
        let start = self.start.ok_or(Errno::Notcapable)?;
        match id {
            ClockId::Realtime => Ok(timestamp(SystemTime::now())),
            ClockId::Monotonic => Ok(nanoseconds(start.elapsed())),
            ClockId::ProcessCputime => os::process_time(),
            ClockId::ThreadCputime => os::thread_time(),
        }
    }

    fn clock_res_get(&mut self, id: ClockId) -> Result<Timestamp, Errno> {
        self.start.ok_or(Errno::Notcapable)?;
        os::resolution(id)
    }
}

/// What became of a subscription at the start of the call.
enum State {
    Happened(Result<u64, Errno>),
    /// It happens when this much time has passed.
    After(Duration),
}

/// Streams and files count as ready always: reading from them may wait.
impl<I, O, E> Poll for System<I, O, E> {
    fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno> {
        let begin = Instant::now();
        let mut states: Vec<(Subscription, State)> = Vec::new();
        for index in 0..subscriptions.len() {
            if let Some(subscription) = subscriptions.get(index) {
                states.push((subscription, self.state(subscription.topic)));
            }
        }
        let wait = states.iter().map(|(_, state)| match state {
            State::Happened(_) => Duration::ZERO,
            State::After(time) => *time,
        });
        let wait = wait.min().unwrap_or(Duration::ZERO);
        if !wait.is_zero() {
            std::thread::sleep(wait);
        }
        let passed = begin.elapsed();
        for (subscription, state) in states {
            let result = match state {
                State::Happened(result) => result,
                State::After(time) if time <= passed => Ok(0),
                State::After(_) => continue,
            };
            subscriptions.report(Event {
                subscription,
                result,
                is_hangup: false,
            });
        }
        Ok(())
    }
}

impl<I, O, E> System<I, O, E> {
    fn state(&mut self, topic: Topic) -> State {
        let result = match topic {
            Topic::FdRead(fd) => self.ready(fd, Rights::FD_READ),
            Topic::FdWrite(fd) => self.ready(fd, Rights::FD_WRITE),
            Topic::Clock {
                id,
                timeout,
                is_absolute,
                ..
            } => match self.remaining(id, timeout, is_absolute) {
                Ok(Duration::ZERO) => Ok(0),
                Ok(time) => return State::After(time),
                Err(errno) => Err(errno),
            },
        };
        State::Happened(result)
    }

    fn remaining(
        &mut self,
        id: Result<ClockId, Errno>,
        timeout: Timestamp,
        is_absolute: bool,
    ) -> Result<Duration, Errno> {
        let id = id?;
        if matches!(id, ClockId::ProcessCputime | ClockId::ThreadCputime) {
            return Err(Errno::Notsup); // they stand still while we wait
        }
        let now = self.clock_time_get(id, 0)?;
        let begin = if is_absolute { now } else { 0 };
        Ok(Duration::from_nanos(timeout.saturating_sub(begin)))
    }

    /// How many bytes can be read or written at once, as far as that is known.
    fn ready(&self, fd: Fd, direction: Rights) -> Result<u64, Errno> {
        let rights = direction | Rights::POLL_FD_READWRITE;
        let descriptor = self.table.get(fd, rights)?;
        let Object::File(file) = &descriptor.object else {
            return Ok(1);
        };
        if direction == Rights::FD_WRITE {
            return Ok(1);
        }
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        let mut file: &cap_std::fs::File = file;
        let position = file.stream_position().unwrap_or(0);
        Ok(size.saturating_sub(position))
    }
}
