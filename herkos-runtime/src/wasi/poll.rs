//! What `poll_oneoff` waits for, read from and written to the module's memory one at a time.

use super::guest;
use super::{ClockId, Errno, Event, Fd, Subscription, Topic};
use crate::cast::{i64_of, low32_of};
use crate::WasmTrap;

/// Size of a subscription.
const SUBSCRIPTION: u32 = 48;

/// The subscriptions of one call of `poll_oneoff`, and the events that answer them.
///
/// ```
/// use herkos_runtime::wasi::{Errno, Event, Poll, Subscriptions, Topic};
///
/// /// A host for which it is always later.
/// struct Impatient;
///
/// impl Poll for Impatient {
///     fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno> {
///         for index in 0..subscriptions.len() {
///             let Some(subscription) = subscriptions.get(index) else { continue };
///             let result = match subscription.topic {
///                 Topic::Clock { id, .. } => id.map(|_| 0),
///                 _ => Err(Errno::Badf),
///             };
///             subscriptions.report(Event { subscription, result, is_hangup: false });
///         }
///         Ok(())
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Subscriptions<'a> {
    memory: &'a mut [u8],
    subscriptions: i32,
    events: i32,
    count: u32,
    reported: u32,
}

impl<'a> Subscriptions<'a> {
    /// `count` subscriptions at an address of the memory, with as many places for events at
    /// another. Traps if one of either is outside; [`Errno::Inval`] if there are none or one is not
    /// understood.
    pub(super) fn new(
        memory: &'a mut [u8],
        subscriptions: i32,
        events: i32,
        count: u32,
    ) -> Result<Result<Self, Errno>, WasmTrap> {
        let Some(last) = count.checked_sub(1) else {
            return Ok(Err(Errno::Inval));
        };
        let end = guest::item(subscriptions, last, SUBSCRIPTION).ok_or(WasmTrap::OutOfBounds)?;
        guest::load::<48>(memory, end)?;
        let end = guest::item(events, last, 32).ok_or(WasmTrap::OutOfBounds)?;
        guest::load::<{ Event::SIZE }>(memory, end)?;
        let this = Self {
            memory,
            subscriptions,
            events,
            count,
            reported: 0,
        };
        if (0..count).any(|index| this.decode(index).is_none()) {
            return Ok(Err(Errno::Inval));
        }
        Ok(Ok(this))
    }

    /// How many there are: at least one.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// The subscription of this number, from 0. `None` beyond the last, or when the module had it
    /// overwritten by an event.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<Subscription> {
        if index < self.count {
            self.decode(index)
        } else {
            None
        }
    }

    /// Reports that a subscription's topic happened, or failed. At most as many events as there are
    /// subscriptions: those beyond are lost.
    pub fn report(&mut self, event: Event) {
        self.report_bytes(event.to_bytes());
    }

    /// Reports an event as it lies in the memory.
    pub(crate) fn report_bytes(&mut self, event: [u8; Event::SIZE]) {
        if self.reported >= self.count {
            return;
        }
        let place = guest::item(self.events, self.reported, 32)
            .and_then(|ptr| guest::place(self.memory, ptr).ok());
        if let Some(place) = place {
            *place = event;
            self.reported = self.reported.saturating_add(1);
        }
    }

    /// How many events were reported.
    #[must_use]
    pub fn reported(&self) -> u32 {
        self.reported
    }

    /// An event that was reported, as it lies in the memory.
    #[cfg(feature = "alloc")]
    pub(crate) fn event(&self, index: u32) -> [u8; Event::SIZE] {
        let ptr = guest::item(self.events, index, 32);
        let bytes = ptr.and_then(|ptr| guest::load(self.memory, ptr).ok());
        bytes.copied().unwrap_or([0; Event::SIZE])
    }

    fn decode(&self, index: u32) -> Option<Subscription> {
        let ptr = guest::item(self.subscriptions, index, SUBSCRIPTION)?;
        let bytes: &[u8; 48] = guest::load(self.memory, ptr).ok()?;
        let [userdata, tag, clock, timeout, precision, flags] = words(bytes);
        let fd = Fd(low32_of(i64_of(clock)));
        let topic = match tag & 0xff {
            0 => Topic::Clock {
                id: ClockId::from_number(fd.0).ok_or(Errno::Inval),
                timeout,
                precision,
                is_absolute: match flags & 0xffff {
                    0 => false,
                    1 => true,
                    _ => return None,
                },
            },
            1 => Topic::FdRead(fd),
            2 => Topic::FdWrite(fd),
            _ => return None,
        };
        Some(Subscription { userdata, topic })
    }
}

/// Structures are made of words of 8 bytes.
fn words<const WORDS: usize>(bytes: &[u8]) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = chunk.try_into().map_or(0, u64::from_le_bytes);
    }
    words
}
