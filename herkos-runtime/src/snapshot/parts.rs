//! The parts of a state, as generated code names them one by one.

use super::{Error, Sink, Source};
use crate::{DroppedSegments, ExternRef, FuncRef, MemoryStorage, Reference, Table, V128};
use core::ops::RangeInclusive;

const MAGIC: &[u8; 6] = b"herkos";
pub(super) const VERSION: u16 = 1;
/// Digits of the module's hash, and of the layout's fingerprint behind them.
const MODULE: usize = 64;
const LAYOUT: usize = 8;

/// A size as it is saved, on every target.
fn saved_size(size: usize) -> [u8; 8] {
    // A usize has at most 64 bits on all targets that there are.
    u64::try_from(size).unwrap_or(u64::MAX).to_le_bytes()
}

/// A value of a fixed size: what a global may hold, or an entry of a table.
pub trait Value: Sized {
    /// An array.
    type Bytes: AsRef<[u8]> + AsMut<[u8]> + Default;

    /// Its bytes in a snapshot.
    fn to_saved(&self) -> Self::Bytes;

    /// The value of these bytes. All have one.
    fn from_saved(bytes: Self::Bytes) -> Self;
}

macro_rules! number_values {
    ($($type:ty: $bytes:literal)*) => {$(
        impl Value for $type {
            type Bytes = [u8; $bytes];

            fn to_saved(&self) -> Self::Bytes {
                self.to_le_bytes()
            }

            fn from_saved(bytes: Self::Bytes) -> Self {
                Self::from_le_bytes(bytes)
            }
        }
    )*};
}

number_values!(i32: 4 i64: 8 u64: 8 f32: 4 f64: 8);

impl Value for V128 {
    type Bytes = [u8; 16];

    fn to_saved(&self) -> [u8; 16] {
        self.to_bytes()
    }

    fn from_saved(bytes: [u8; 16]) -> Self {
        Self::from_bytes(bytes)
    }
}

/// Two numbers of 32 bits.
fn join(low: u32, high: u32) -> [u8; 8] {
    (u64::from(low) | u64::from(high) << 32).to_le_bytes()
}

fn split([a, b, c, d, e, f, g, h]: [u8; 8]) -> (u32, u32) {
    let (low, high) = ([a, b, c, d], [e, f, g, h]);
    (u32::from_le_bytes(low), u32::from_le_bytes(high))
}

impl Value for FuncRef {
    type Bytes = [u8; 8];

    fn to_saved(&self) -> [u8; 8] {
        match (self.ty(), self.func()) {
            (Some(ty), Some(func)) => join(ty.wrapping_add(1), func),
            _ => [0; 8],
        }
    }

    fn from_saved(bytes: [u8; 8]) -> Self {
        match split(bytes) {
            (0, _) => Self::NULL,
            (tag, func) => Self::new(tag.wrapping_sub(1), func),
        }
    }
}

impl Value for ExternRef {
    type Bytes = [u8; 8];

    fn to_saved(&self) -> [u8; 8] {
        self.get().map_or([0; 8], |number| join(1, number))
    }

    fn from_saved(bytes: [u8; 8]) -> Self {
        match split(bytes) {
            (0, _) => Self::NULL,
            (_, number) => Self::new(number),
        }
    }
}

/// Writes the parts of a state: what generated code calls, in the order of the format.
#[derive(Debug)]
pub struct Saver<'a, S> {
    sink: &'a mut S,
}

impl<'a, S: Sink> Saver<'a, S> {
    /// Writes the head. `state` says whose parts will follow and which: 64 digits and 8.
    ///
    /// # Errors
    /// The sink's; likewise below.
    pub fn new(sink: &'a mut S, state: &str) -> Result<Self, S::Error> {
        sink.write(MAGIC)?;
        sink.write(&VERSION.to_le_bytes())?;
        sink.write(state.as_bytes())?;
        Ok(Self { sink })
    }

    /// The size of a table; all of them come before all other parts, so that restoring can refuse
    /// them in time.
    #[allow(clippy::missing_errors_doc)]
    pub fn table_size<R: Reference, const N: usize>(
        &mut self,
        table: &Table<R, N>,
    ) -> Result<(), S::Error> {
        self.sink.write(&saved_size(table.entries().len()))
    }

    /// The active bytes of the memory.
    #[allow(clippy::missing_errors_doc)]
    pub fn memory(&mut self, bytes: &[u8]) -> Result<(), S::Error> {
        self.sink.write(&saved_size(bytes.len()))?;
        self.sink.write(bytes)
    }

    /// A global, or the fuel.
    #[allow(clippy::missing_errors_doc)]
    pub fn value<V: Value>(&mut self, value: &V) -> Result<(), S::Error> {
        self.sink.write(value.to_saved().as_ref())
    }

    /// The entries of a table.
    #[allow(clippy::missing_errors_doc)]
    pub fn table<R: Reference + Value, const N: usize>(
        &mut self,
        table: &Table<R, N>,
    ) -> Result<(), S::Error> {
        table
            .entries()
            .iter()
            .try_for_each(|entry| self.value(entry))
    }

    /// Which segments were dropped.
    #[allow(clippy::missing_errors_doc)]
    pub fn dropped<const N: usize>(
        &mut self,
        segments: &DroppedSegments<N>,
    ) -> Result<(), S::Error> {
        let mut flags = segments.flags().iter();
        flags.try_for_each(|&flag| self.sink.write(&[u8::from(flag)]))
    }
}

/// Reads the parts back, in the same order.
#[derive(Debug)]
pub struct Restorer<'a, S> {
    source: &'a mut S,
}

impl<'a, S: Source> Restorer<'a, S> {
    /// Reads and checks the head.
    ///
    /// # Errors
    /// [`Error::NoSnapshot`], [`Error::Version`], [`Error::OtherModule`], [`Error::OtherLayout`], or
    /// the source's, as [`Error::Source`].
    pub fn new(source: &'a mut S, state: &str) -> Result<Self, Error<S::Error>> {
        let (mut magic, mut version) = (*MAGIC, [0; 2]);
        let (mut module, mut layout) = ([0; MODULE], [0; LAYOUT]);
        source.read(&mut magic).map_err(Error::Source)?;
        if magic != *MAGIC {
            return Err(Error::NoSnapshot);
        }
        source.read(&mut version).map_err(Error::Source)?;
        match u16::from_le_bytes(version) {
            VERSION => {}
            other => return Err(Error::Version(other)),
        }
        source.read(&mut module).map_err(Error::Source)?;
        source.read(&mut layout).map_err(Error::Source)?;
        match state.as_bytes().strip_prefix(&module) {
            None => Err(Error::OtherModule),
            Some(rest) if rest != layout => Err(Error::OtherLayout),
            Some(_) => Ok(Self { source }),
        }
    }

    fn size(&mut self) -> Result<u64, Error<S::Error>> {
        let mut bytes = [0; 8];
        self.source.read(&mut bytes).map_err(Error::Source)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// The size that the table will get; `least` is its initial one. Nothing is changed yet.
    ///
    /// # Errors
    /// [`Error::TableSize`] below `least` or above the capacity; [`Error::Source`].
    pub fn table_size<R: Reference, const N: usize>(
        &mut self,
        _: &Table<R, N>,
        least: usize,
    ) -> Result<usize, Error<S::Error>> {
        let size = self.size()?;
        match usize::try_from(size) {
            Ok(entries) if (least..=N).contains(&entries) => Ok(entries),
            _ => Err(Error::TableSize(size)),
        }
    }

    /// The memory; `sizes` are those that it can have, in bytes: from its initial one to its maximum.
    ///
    /// # Errors
    /// [`Error::MemorySize`] for other sizes, and beyond the storage; [`Error::Source`];
    /// [`Error::Incomplete`].
    pub fn memory<M: MemoryStorage>(
        &mut self,
        memory: &mut M,
        sizes: RangeInclusive<usize>,
    ) -> Result<(), Error<S::Error>> {
        let size = self.size()?;
        let fits = match usize::try_from(size) {
            Ok(bytes) if sizes.contains(&bytes) => memory.reset(bytes).is_ok(),
            _ => false,
        };
        if !fits {
            return Err(Error::MemorySize(size));
        }
        let bytes = memory.bytes_mut();
        self.source.read(bytes).map_err(Error::Incomplete)
    }

    /// A global, or the fuel.
    ///
    /// # Errors
    /// [`Error::Incomplete`]; likewise below.
    pub fn value<V: Value>(&mut self, value: &mut V) -> Result<(), Error<S::Error>> {
        *value = self.next()?;
        Ok(())
    }

    fn next<V: Value>(&mut self) -> Result<V, Error<S::Error>> {
        let mut bytes = V::Bytes::default();
        let read = self.source.read(bytes.as_mut());
        read.map_err(Error::Incomplete)?;
        Ok(V::from_saved(bytes))
    }

    /// The entries of a table, of which there are `size` now.
    #[allow(clippy::missing_errors_doc)]
    pub fn table<R: Reference + Value, const N: usize>(
        &mut self,
        table: &mut Table<R, N>,
        size: usize,
    ) -> Result<(), Error<S::Error>> {
        for entry in table.reset(size) {
            *entry = self.next()?;
        }
        Ok(())
    }

    /// Which segments were dropped.
    #[allow(clippy::missing_errors_doc)]
    pub fn dropped<const N: usize>(
        &mut self,
        segments: &mut DroppedSegments<N>,
    ) -> Result<(), Error<S::Error>> {
        for flag in segments.flags_mut() {
            let mut byte = [0];
            self.source.read(&mut byte).map_err(Error::Incomplete)?;
            *flag = byte != [0];
        }
        Ok(())
    }
}
