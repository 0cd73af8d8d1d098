//! Why recording or replaying ended.

use core::fmt;

/// Why recording or replaying ended; `E` is the sink's or source's error. `entry` is the number of
/// the call in the recording, from 0; `call` is the call that was made, as `Trait::method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error<E> {
    /// The source does not begin with a recording.
    NoRecording,
    /// The recording has another version of the format than this crate reads.
    Version(u16),
    /// The source failed before the first call.
    Head(E),
    /// The module made another call than the recorded one.
    #[allow(missing_docs, reason = "said above; likewise below")]
    OtherCall { entry: u64, call: &'static str },
    /// The module made the recorded call with other arguments.
    #[allow(missing_docs)]
    OtherArguments { entry: u64, call: &'static str },
    /// The recording holds something that is no answer to this call.
    #[allow(missing_docs)]
    Damaged { entry: u64, call: &'static str },
    /// A name is longer than a recording can hold (1 MiB), or there is too little heap for it or for
    /// a copy of the memory.
    #[allow(missing_docs)]
    NoRoom { entry: u64, call: &'static str },
    /// The sink or source failed. A source that ended: the module made more calls than are recorded.
    #[allow(missing_docs)]
    Stream {
        entry: u64,
        call: &'static str,
        error: E,
    },
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entry, call, what) = match self {
            Self::NoRecording => return f.write_str("not a recording of a herkos module's host"),
            Self::Version(version) => {
                return write!(
                    f,
                    "recording of format {version}, where {} is supported: replay it with the \
                     version of herkos that recorded it",
                    super::log::VERSION
                )
            }
            Self::Head(error) => return write!(f, "reading the recording's head: {error}"),
            Self::Stream { entry, call, error } => {
                return write!(f, "entry {entry} of the recording, {call}: {error}")
            }
            Self::OtherCall { entry, call } => (
                entry,
                call,
                "the module makes this call where another is recorded: replay the same module, \
                 from the same state",
            ),
            Self::OtherArguments { entry, call } => (
                entry,
                call,
                "the module makes this call with other arguments than recorded: replay the same \
                 module, from the same state",
            ),
            Self::Damaged { entry, call } => (entry, call, "no answer to this call is recorded"),
            Self::NoRoom { entry, call } => (
                entry,
                call,
                "too long for a recording, or too little heap to record it",
            ),
        };
        write!(f, "entry {entry} of the recording, {call}: {what}")
    }
}

impl<E: core::error::Error + 'static> core::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Head(error) | Self::Stream { error, .. } => Some(error),
            _ => None,
        }
    }
}
