//! What arguments and answers are in a recording.

use super::{Error, Sink, Source, STOPPED};
use crate::cast::u32_of;
use crate::snapshot::Value;
use crate::{ExternRef, FuncRef, WasmTrap, V128};
use alloc::collections::TryReserveError;
use alloc::vec::Vec;

/// Why an entry ended; see [`Error`].
#[derive(Debug)]
pub enum Stop<E> {
    OtherCall,
    OtherArguments,
    Damaged,
    NoRoom,
    Stream(E),
}

impl<E> From<E> for Stop<E> {
    fn from(error: E) -> Self {
        Self::Stream(error)
    }
}

impl<E> Stop<E> {
    pub(super) fn at(self, entry: u64, call: &'static str) -> Error<E> {
        match self {
            Self::OtherCall => Error::OtherCall { entry, call },
            Self::OtherArguments => Error::OtherArguments { entry, call },
            Self::Damaged => Error::Damaged { entry, call },
            Self::NoRoom => Error::NoRoom { entry, call },
            Self::Stream(error) => Error::Stream { entry, call, error },
        }
    }
}

/// What has bytes in a recording, or in the hash of a call.
pub trait Record {
    /// Writes them.
    #[allow(clippy::missing_errors_doc, reason = "the sink's, here and below")]
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error>;
}

/// What a host may put something into.
pub trait Argument: Record + Sized {
    /// Writes what the host put there: so many bytes.
    #[allow(clippy::missing_errors_doc)]
    fn save<S: Sink>(&self, _filled: usize, _sink: &mut S) -> Result<(), S::Error> {
        Ok(())
    }

    /// Puts it there again.
    #[allow(clippy::missing_errors_doc)]
    fn load<S: Source>(self, _filled: usize, _source: &mut S) -> Result<(), Stop<S::Error>> {
        Ok(())
    }
}

/// What a host may return. Texts are read to a buffer, which the answer refers to.
pub trait Answer<'a>: Record + Sized {
    /// Reads it.
    #[allow(clippy::missing_errors_doc)]
    fn read<S: Source>(source: &mut S, text: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>>;

    /// What is returned when there is no answer.
    fn failure() -> Self;

    /// Is it short enough to be recorded?
    fn fits(&self) -> bool {
        true
    }

    /// How many bytes the host put into a buffer, by what it returned.
    fn filled(&self) -> usize {
        0
    }
}

/// The next `N` bytes.
pub(super) fn bytes<const N: usize, S: Source>(source: &mut S) -> Result<[u8; N], S::Error> {
    let mut bytes = [0; N];
    source.read(&mut bytes)?;
    Ok(bytes)
}

// ---- numbers and references ----

/// An answer of a fixed size.
pub trait Plain: Record + Sized {
    /// What is returned when there is no answer.
    const NONE: Self;

    /// Reads it.
    #[allow(clippy::missing_errors_doc)]
    fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>>;

    /// See [`Answer::filled`].
    fn filled(&self) -> usize {
        0
    }
}

impl<'a, T: Plain> Answer<'a> for T {
    fn read<S: Source>(source: &mut S, _: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>> {
        Self::get(source)
    }

    fn failure() -> Self {
        Self::NONE
    }

    fn filled(&self) -> usize {
        Plain::filled(self)
    }
}

/// As in a snapshot.
macro_rules! values {
    ($($type:ty: $none:expr,)+) => {$(
        impl Record for $type {
            fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
                sink.write(self.to_saved().as_ref())
            }
        }

        impl Argument for $type {}

        impl Plain for $type {
            const NONE: Self = $none;

            fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>> {
                let mut saved = <$type as Value>::Bytes::default();
                source.read(saved.as_mut())?;
                Ok(Self::from_saved(saved))
            }
        }
    )+};
}

values! {
    i32: 0,
    i64: 0,
    u64: 0,
    f32: 0.0,
    f64: 0.0,
    V128: Self::ZERO,
    FuncRef: Self::NULL,
    ExternRef: Self::NULL,
}

impl Record for u32 {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        sink.write(&self.to_le_bytes())
    }
}

impl Argument for u32 {}

/// A count of bytes, or a number: of 64 bits on every target.
impl Record for usize {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        u64::try_from(*self).unwrap_or(u64::MAX).write(sink)
    }
}

impl Argument for usize {}

impl Plain for usize {
    const NONE: Self = 0;

    fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>> {
        Ok(Self::try_from(u64::get(source)?).unwrap_or(Self::MAX))
    }

    fn filled(&self) -> usize {
        *self
    }
}

/// Nothing but success: a buffer, if there is one, is full.
impl Record for () {
    fn write<S: Sink>(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl Plain for () {
    const NONE: Self = ();

    fn get<S: Source>(_: &mut S) -> Result<Self, Stop<S::Error>> {
        Ok(())
    }

    fn filled(&self) -> usize {
        usize::MAX
    }
}

/// Several results.
macro_rules! tuples {
    ($($($name:ident)+;)+) => {$(
        #[allow(non_snake_case, reason = "values are named as their types")]
        impl<$($name: Record),+> Record for ($($name),+) {
            fn write<Target: Sink>(&self, sink: &mut Target) -> Result<(), Target::Error> {
                let ($($name),+) = self;
                $($name.write(sink)?;)+
                Ok(())
            }
        }

        impl<$($name: Plain),+> Plain for ($($name),+) {
            const NONE: Self = ($($name::NONE),+);

            fn get<Origin: Source>(source: &mut Origin) -> Result<Self, Stop<Origin::Error>> {
                Ok(($($name::get(source)?),+))
            }

            fn filled(&self) -> usize {
                self.0.filled()
            }
        }
    )+};
}

// As many as herkos-c makes use of: MAX_RECORDED in emit_traits.c.
tuples! {
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

// ---- texts and buffers ----

/// Longest text in a recording, so that a wrong length cannot take all of the heap.
const MAX_TEXT: usize = 1 << 20;

impl Record for &[u8] {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        self.len().write(sink)?;
        sink.write(self)
    }
}

impl Argument for &[u8] {}

impl<'a> Answer<'a> for &'a [u8] {
    fn read<S: Source>(source: &mut S, text: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>> {
        let length = u64::from_le_bytes(bytes(source)?);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > MAX_TEXT {
            return Err(Stop::Damaged);
        }
        text.clear();
        let room: Result<(), TryReserveError> = text.try_reserve(length);
        room.map_err(|_| Stop::NoRoom)?;
        text.resize(length, 0);
        source.read(text)?;
        Ok(text)
    }

    fn failure() -> Self {
        &[]
    }

    fn fits(&self) -> bool {
        self.len() <= MAX_TEXT
    }
}

impl Record for &str {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        self.as_bytes().write(sink)
    }
}

impl Argument for &str {}

impl<'a> Answer<'a> for &'a str {
    fn read<S: Source>(source: &mut S, text: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>> {
        let bytes: &[u8] = Answer::read(source, text)?;
        core::str::from_utf8(bytes).map_err(|_| Stop::Damaged)
    }

    fn failure() -> Self {
        ""
    }

    fn fits(&self) -> bool {
        self.as_bytes().fits()
    }
}

/// A buffer to be filled: as an argument it is its size.
impl Record for &mut [u8] {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        self.len().write(sink)
    }
}

impl Argument for &mut [u8] {
    fn save<S: Sink>(&self, filled: usize, sink: &mut S) -> Result<(), S::Error> {
        sink.write(self.get(..filled).unwrap_or(self))
    }

    fn load<S: Source>(self, filled: usize, source: &mut S) -> Result<(), Stop<S::Error>> {
        let filled = filled.min(self.len());
        Ok(source.read(self.get_mut(..filled).unwrap_or_default())?)
    }
}

// ---- what answers are made of ----

impl Record for WasmTrap {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        let (kind, [a, b, c, d]) = match *self {
            Self::OutOfBounds => (0, [0; 4]),
            Self::DivisionByZero => (1, [0; 4]),
            Self::IntegerOverflow => (2, [0; 4]),
            Self::Unreachable => (3, [0; 4]),
            Self::IndirectCallTypeMismatch => (4, [0; 4]),
            Self::TableOutOfBounds => (5, [0; 4]),
            Self::UndefinedElement => (6, [0; 4]),
            Self::StackExhausted => (7, [0; 4]),
            Self::FuelExhausted => (8, [0; 4]),
            Self::Exit(status) => (9, u32_of(status).to_le_bytes()),
            Self::Host(code) => (10, code.to_le_bytes()),
        };
        sink.write(&[kind, a, b, c, d])
    }
}

impl Plain for WasmTrap {
    const NONE: Self = STOPPED;

    fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>> {
        let [kind, a, b, c, d] = bytes(source)?;
        let number = [a, b, c, d];
        Ok(match kind {
            0 => Self::OutOfBounds,
            1 => Self::DivisionByZero,
            2 => Self::IntegerOverflow,
            3 => Self::Unreachable,
            4 => Self::IndirectCallTypeMismatch,
            5 => Self::TableOutOfBounds,
            6 => Self::UndefinedElement,
            7 => Self::StackExhausted,
            8 => Self::FuelExhausted,
            9 => Self::Exit(i32::from_le_bytes(number)),
            10 => Self::Host(u32::from_le_bytes(number)),
            _ => return Err(Stop::Damaged),
        })
    }
}

impl<T: Record, E: Record> Record for Result<T, E> {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        sink.write(&[u8::from(self.is_err())])?;
        match self {
            Ok(value) => value.write(sink),
            Err(error) => error.write(sink),
        }
    }
}

impl<'a, T: Answer<'a>, E: Answer<'a>> Answer<'a> for Result<T, E> {
    fn read<S: Source>(source: &mut S, text: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>> {
        match bytes(source)? {
            [0] => Ok(Ok(T::read(source, text)?)),
            [1] => Ok(Err(E::read(source, text)?)),
            _ => Err(Stop::Damaged),
        }
    }

    fn failure() -> Self {
        Err(E::failure())
    }

    fn fits(&self) -> bool {
        self.as_ref().map_or(true, T::fits)
    }

    fn filled(&self) -> usize {
        self.as_ref().map_or(0, T::filled)
    }
}

impl<T: Record> Record for Option<T> {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        sink.write(&[u8::from(self.is_none())])?;
        self.as_ref().map_or(Ok(()), |value| value.write(sink))
    }
}

impl<'a, T: Answer<'a>> Answer<'a> for Option<T> {
    fn read<S: Source>(source: &mut S, text: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>> {
        match bytes(source)? {
            [0] => Ok(Some(T::read(source, text)?)),
            [1] => Ok(None),
            _ => Err(Stop::Damaged),
        }
    }

    fn failure() -> Self {
        None
    }

    fn fits(&self) -> bool {
        self.as_ref().is_none_or(T::fits)
    }
}
