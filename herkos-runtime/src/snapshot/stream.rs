//! Where a state goes and where it comes from.

use super::{CompareError, EndOfSlice};
use crate::range::copy;
use core::convert::Infallible;
use core::hash::Hasher;

/// Takes a state. For a type that computes a digest, say:
///
/// ```
/// use herkos_runtime::snapshot::Sink;
/// struct Fletcher(u16, u16);
///
/// impl Sink for Fletcher {
///     type Error = core::convert::Infallible;
///
///     fn write(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
///         for &byte in bytes {
///             self.0 = (self.0 + u16::from(byte)) % 255;
///             self.1 = (self.1 + self.0) % 255;
///         }
///         Ok(())
///     }
/// }
/// ```
pub trait Sink {
    /// Why bytes could not be taken.
    type Error;

    /// Takes all of the bytes. They come in pieces of 4 to 16 bytes, but the memory in one.
    ///
    /// # Errors
    /// When it cannot; saving then ends with this error.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;
}

/// Gives a state back.
pub trait Source {
    /// Why bytes could not be given.
    type Error;

    /// Fills all of `bytes` with the next ones, which were not written in the same pieces.
    ///
    /// # Errors
    /// When it cannot, or ends before; restoring then ends with this error.
    fn read(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error>;
}

impl<S: Sink + ?Sized> Sink for &mut S {
    type Error = S::Error;

    fn write(&mut self, bytes: &[u8]) -> Result<(), S::Error> {
        (**self).write(bytes)
    }
}

impl<S: Source + ?Sized> Source for &mut S {
    type Error = S::Error;

    fn read(&mut self, bytes: &mut [u8]) -> Result<(), S::Error> {
        (**self).read(bytes)
    }
}

/// Fills the slice, and becomes what is left of it.
///
/// ```
/// use herkos_runtime::snapshot::Sink;
/// let mut buffer = [0; 8];
/// let mut rest = &mut buffer[..];
/// rest.write(b"abc")?;
/// assert_eq!(rest.len(), 5);
/// # Ok::<(), herkos_runtime::snapshot::EndOfSlice>(())
/// ```
impl Sink for &mut [u8] {
    type Error = EndOfSlice;

    fn write(&mut self, bytes: &[u8]) -> Result<(), EndOfSlice> {
        match core::mem::take(self).split_at_mut_checked(bytes.len()) {
            Some((to, rest)) => {
                copy(to, bytes);
                *self = rest;
                Ok(())
            }
            None => Err(EndOfSlice),
        }
    }
}

/// Reads from the slice, which becomes what is left of it.
impl Source for &[u8] {
    type Error = EndOfSlice;

    fn read(&mut self, bytes: &mut [u8]) -> Result<(), EndOfSlice> {
        let (from, rest) = self.split_at_checked(bytes.len()).ok_or(EndOfSlice)?;
        copy(bytes, from);
        *self = rest;
        Ok(())
    }
}

/// Appends.
#[cfg(feature = "alloc")]
impl Sink for alloc::vec::Vec<u8> {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// Any [`Hasher`] as a sink. [`Snapshot::hash_state`](super::Snapshot::hash_state) uses it.
#[derive(Clone, Debug, Default)]
pub struct HashSink<H>(pub H);

impl<H: Hasher> Sink for HashSink<H> {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.0.write(bytes);
        Ok(())
    }
}

/// Any [`std::io::Write`] as a sink. Most writes are small: a file wants a `BufWriter` between.
///
/// ```
/// # use herkos_runtime::snapshot::{IoSink, Snapshot};
/// # fn save(module: &impl Snapshot) -> std::io::Result<()> {
/// use std::io::Write;
/// let file = std::fs::File::create("module.state")?;
/// let mut sink = IoSink(std::io::BufWriter::new(file));
/// module.save_state(&mut sink)?;
/// sink.0.flush()
/// # }
/// ```
#[cfg(feature = "std")]
#[derive(Clone, Debug, Default)]
pub struct IoSink<W>(pub W);

#[cfg(feature = "std")]
impl<W: std::io::Write> Sink for IoSink<W> {
    type Error = std::io::Error;

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.0.write_all(bytes)
    }
}

/// Any [`std::io::Read`] as a source. Most reads are small: a file wants a `BufReader` between.
#[cfg(feature = "std")]
#[derive(Clone, Debug, Default)]
pub struct IoSource<R>(pub R);

#[cfg(feature = "std")]
impl<R: std::io::Read> Source for IoSource<R> {
    type Error = std::io::Error;

    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<()> {
        self.0.read_exact(bytes)
    }
}

/// Counts the bytes.
pub(super) struct CountSink(pub(super) usize);

impl Sink for CountSink {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(())
    }
}

/// Compares what is written with what a source gives.
pub(super) struct CompareSink<'a, S> {
    saved: &'a mut S,
    at: usize,
}

impl<'a, S: Source> CompareSink<'a, S> {
    pub(super) fn new(saved: &'a mut S) -> Self {
        Self { saved, at: 0 }
    }
}

impl<S: Source> Sink for CompareSink<'_, S> {
    type Error = CompareError<S::Error>;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        let mut buffer = [0; 256];
        let mut rest = bytes;
        // core's `chunks` may panic in what optimisers for size leave of it.
        while !rest.is_empty() {
            let (state, later) = rest.split_at_checked(buffer.len()).unwrap_or((rest, &[]));
            rest = later;
            let saved = buffer.get_mut(..state.len()).unwrap_or_default();
            self.saved.read(saved).map_err(CompareError::Source)?;
            let same = state
                .iter()
                .zip(&*saved)
                .take_while(|(a, b)| a == b)
                .count();
            self.at = self.at.saturating_add(same);
            if same < state.len() {
                return Err(CompareError::Different { at: self.at });
            }
        }
        Ok(())
    }
}
