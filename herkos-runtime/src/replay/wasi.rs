//! WASI: each capability, and what its calls take and answer.

use super::values::{bytes, Answer, Argument, Plain, Record, Stop};
use super::{Sink, Source};
use crate::wasi::*;
use crate::WasmTrap;
use alloc::vec::Vec;

crate::__wasi_capability! { Args, __replay }
crate::__wasi_capability! { Environ, __replay }
crate::__wasi_capability! { Clocks, __replay }
crate::__wasi_capability! { Random, __replay }
crate::__wasi_capability! { Fds, __replay }
crate::__wasi_capability! { Paths, __replay }
crate::__wasi_capability! { Poll, __replay }
crate::__wasi_capability! { Process, __replay }
crate::__wasi_capability! { Sockets, __replay }

// ---- enumerations and sets of flags ----

macro_rules! arguments {
    ($($type:ident: $number:ident,)+) => {$(
        impl Record for $type {
            fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
                sink.write(&self.$number().to_le_bytes())
            }
        }

        impl Argument for $type {}
    )+};
}

arguments! {
    Advice: number,
    ClockId: number,
    Errno: number,
    FdFlags: bits,
    FileType: number,
    LookupFlags: bits,
    OFlags: bits,
    RiFlags: bits,
    Rights: bits,
    RoFlags: bits,
    SdFlags: bits,
    Signal: number,
    Whence: number,
}

macro_rules! answers {
    ($($type:ident($raw:ident): $from:ident, $none:expr;)+) => {$(
        impl Plain for $type {
            const NONE: Self = $none;

            fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>> {
                Self::$from($raw::from_le_bytes(bytes(source)?)).ok_or(Stop::Damaged)
            }
        }
    )+};
}

answers! {
    Errno(u16): from_number, Self::Trap;
    FdFlags(u16): from_bits, Self::empty();
    FileType(u8): from_number, Self::Unknown;
    Rights(u64): from_bits, Self::empty();
    RoFlags(u16): from_bits, Self::empty();
}

// ---- structures: their fields in order ----

macro_rules! fields {
    ($($type:ident { $($field:ident),+ })+) => {$(
        impl Record for $type {
            fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
                $(self.$field.write(sink)?;)+
                Ok(())
            }
        }
    )+};
}

macro_rules! structures {
    ($($type:ident { $($field:ident),+ })+) => {$(
        impl Plain for $type {
            const NONE: Self = Self { $($field: Plain::NONE),+ };

            fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>> {
                Ok(Self { $($field: Plain::get(source)?),+ })
            }
        }

        fields! { $type { $($field),+ } }
    )+};
}

structures! {
    FdStat { filetype, flags, rights_base, rights_inheriting }
    FileStat { dev, ino, filetype, nlink, size, atim, mtim, ctim }
}

fields! {
    PathOpen { lookup, oflags, rights_base, rights_inheriting, fdflags }
    Subscription { userdata, topic }
}

impl Argument for PathOpen {}

impl Record for Fd {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        self.0.write(sink)
    }
}

impl Argument for Fd {}

impl Plain for Fd {
    const NONE: Self = Self(0);

    fn get<S: Source>(source: &mut S) -> Result<Self, Stop<S::Error>> {
        Ok(Self(u32::from_le_bytes(bytes(source)?)))
    }
}

impl Record for SetTime {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        match self {
            Self::Keep => sink.write(&[0]),
            Self::Now => sink.write(&[1]),
            Self::At(time) => {
                sink.write(&[2])?;
                time.write(sink)
            }
        }
    }
}

impl Argument for SetTime {}

impl Record for Dirent<'_> {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        (self.next, self.ino, self.filetype).write(sink)?;
        self.name.write(sink)
    }
}

impl<'a> Answer<'a> for Dirent<'a> {
    fn read<S: Source>(source: &mut S, text: &'a mut Vec<u8>) -> Result<Self, Stop<S::Error>> {
        let (next, ino, filetype) = Plain::get(source)?;
        let name = Answer::read(source, text)?;
        Ok(Self {
            next,
            ino,
            filetype,
            name,
        })
    }

    fn failure() -> Self {
        let (next, ino, filetype) = Plain::NONE;
        let name = Answer::failure();
        Self {
            next,
            ino,
            filetype,
            name,
        }
    }

    fn fits(&self) -> bool {
        self.name.fits()
    }
}

// ---- waiting ----

impl Record for Topic {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        match *self {
            Self::Clock {
                id,
                timeout,
                precision,
                is_absolute,
            } => {
                sink.write(&[0, u8::from(is_absolute)])?;
                (id, timeout, precision).write(sink)
            }
            Self::FdRead(fd) => {
                sink.write(&[1])?;
                fd.write(sink)
            }
            Self::FdWrite(fd) => {
                sink.write(&[2])?;
                fd.write(sink)
            }
        }
    }
}

/// As an argument: what is waited for. As an output: the events, as they lie in the memory.
impl Record for &mut Subscriptions<'_> {
    fn write<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        (0..self.len()).try_for_each(|index| self.get(index).write(sink))
    }
}

impl Argument for &mut Subscriptions<'_> {
    fn save<S: Sink>(&self, _: usize, sink: &mut S) -> Result<(), S::Error> {
        self.reported().write(sink)?;
        (0..self.reported()).try_for_each(|index| sink.write(&self.event(index)))
    }

    fn load<S: Source>(self, _: usize, source: &mut S) -> Result<(), Stop<S::Error>> {
        let reported = u32::from_le_bytes(bytes(source)?);
        if reported > self.len() {
            return Err(Stop::Damaged);
        }
        for _ in 0..reported {
            self.report_bytes(bytes(source)?);
        }
        Ok(())
    }
}
