//! Why a snapshot could not be restored, or is not the state.

use core::fmt;

/// Why an instance was not restored; `E` is the source's error.
///
/// Only [`Incomplete`](Self::Incomplete) leaves a changed instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error<E> {
    /// The source does not begin with a snapshot.
    NoSnapshot,
    /// The snapshot has another version of the format than this crate reads.
    Version(u16),
    /// The snapshot is of another module.
    OtherModule,
    /// The snapshot is of the same module, but of other parts of its state.
    OtherLayout,
    /// This instance's memory cannot have so many bytes.
    MemorySize(u64),
    /// This instance's table cannot have so many entries.
    TableSize(u64),
    /// The source failed before anything was changed.
    Source(E),
    /// The source failed after the restoring had begun: a part of the state is the snapshot's, a part
    /// is still the old one or zero.
    Incomplete(E),
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSnapshot => f.write_str("not a snapshot of a herkos module"),
            Self::Version(version) => write!(
                f,
                "snapshot of format {version}, where {} is supported: restore it with the version \
                 of herkos that saved it",
                super::parts::VERSION
            ),
            Self::OtherModule => f.write_str(
                "snapshot of another module: restore it into one built from the same .wasm",
            ),
            Self::OtherLayout => f.write_str(
                "snapshot of the same module built in another way: use the same `fuel` and the \
                 version of herkos that saved it",
            ),
            Self::MemorySize(bytes) => write!(
                f,
                "snapshot of a memory of {bytes} bytes, which this instance's cannot have: see \
                 `max-pages` and `max-memory`"
            ),
            Self::TableSize(entries) => write!(
                f,
                "snapshot of a table of {entries} entries, which this instance's cannot have"
            ),
            Self::Source(error) => write!(f, "reading the snapshot: {error}"),
            Self::Incomplete(error) => write!(
                f,
                "reading the snapshot: {error}; the instance is partly restored: restore again, or \
                 drop it"
            ),
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Source(error) | Self::Incomplete(error) => Some(error),
            _ => None,
        }
    }
}

/// Why a state is not the saved one; `E` is the source's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompareError<E> {
    /// The snapshot differs from the state.
    Different {
        /// Where in the snapshot: the first byte that differs.
        at: usize,
    },
    /// The source failed, or ended; up to there state and snapshot are the same.
    Source(E),
}

impl<E: fmt::Display> fmt::Display for CompareError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Different { at } => {
                write!(f, "the state differs from the snapshot's byte {at} on")
            }
            Self::Source(error) => write!(f, "reading the snapshot: {error}"),
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for CompareError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Different { .. } => None,
        }
    }
}

/// A slice was too short: to save into, or to restore from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndOfSlice;

impl fmt::Display for EndOfSlice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the slice is too short for the snapshot")
    }
}

impl core::error::Error for EndOfSlice {}
