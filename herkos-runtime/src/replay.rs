//! Recording what a host answers, and replaying it without the host.
//!
//! A module's run depends on nothing but its state at the start, the arguments of the calls, and what
//! its host answers. A [`Recorder`] is a host that passes each call on to another host and writes the
//! answer down; a [`Replayer`] is a host that gives the same answers again: on another machine, under
//! a debugger, without the files, clocks and devices of the first run. The replayed run does the same
//! bit for bit, which [`Snapshot::hash_state`](crate::Snapshot::hash_state) shows. (NaNs that the
//! processor makes are the same everywhere only with the module's option `nan = "canonical"`.)
//!
//! ```
//! use herkos_runtime::replay::{Error, Recorder, Replayer};
//! use herkos_runtime::wasi::{ClockId, Clocks, Errno};
//!
//! struct Clock(u64);
//!
//! impl Clocks for Clock {
//!     fn clock_time_get(&mut self, _: ClockId, _: u64) -> Result<u64, Errno> {
//!         self.0 += 7;
//!         Ok(self.0)
//!     }
//! }
//!
//! let mut recording = Vec::new();
//! let mut recorder = Recorder::new(Clock(0), &mut recording)?;
//! assert_eq!(recorder.clock_time_get(ClockId::Monotonic, 1), Ok(7));
//! assert_eq!(recorder.clock_time_get(ClockId::Monotonic, 1), Ok(14));
//! assert_eq!(recorder.error(), None);
//!
//! let mut replayer = Replayer::new(recording.as_slice())?;
//! assert_eq!(replayer.clock_time_get(ClockId::Monotonic, 1), Ok(7));
//! // Another clock than was asked for at that time: this is not the run that was recorded.
//! assert_eq!(replayer.clock_time_get(ClockId::Realtime, 1), Err(Errno::Trap));
//! let call = "Clocks::clock_time_get";
//! assert_eq!(replayer.error(), Some(&Error::OtherArguments { entry: 1, call }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Both implement all traits of [`wasi`](crate::wasi), the recorder those that its host has. For the
//! import traits of a module, the generated file has the implementations, if the feature `alloc` is
//! on; but not if the module imports tables, which a host could change.
//!
//! A recording may go to any [`Sink`], and come from any [`Source`]. One that begins in the middle of
//! a run replays from a snapshot of that time.
//!
//! # What is recorded
//! The answers, the bytes that calls of WASI read into buffers, and all that other calls change in
//! the memory. To find that out, the recorder copies the module's memory before each call of an import
//! trait and compares after it: that costs as long as copying the memory takes, and as many bytes of
//! heap. Replaying costs neither.
//!
//! What the program itself does with the instance between calls, such as writing to its memory,
//! is not recorded: do the same when replaying.
//!
//! # When something goes wrong
//! The module's call ends with the trap [`STOPPED`], and so does every later call of the host:
//! `error()` then says what happened and where. Only what cannot fail gives a value: a global is 0,
//! there are no arguments and variables. A recorder stops when its sink fails, since a run that is not
//! recorded could not be replayed.
//!
//! Each call is compared with the recorded one before it is answered: its name, and a hash of its
//! arguments (of 32 bits: made against mistakes, not against attackers), which include the bytes that
//! the module writes to files and sockets. A recording need not be trusted: whatever it holds, a
//! replayer neither panics nor does more than answer the module.
//!
//! # Format
//! Version 1; integers are little-endian. The same run is the same bytes on every target.
//!
//! | bytes | what |
//! |---|---|
//! | 16, 2 | `herkos recording`, version of the format |
//! | | then for each call: |
//! | 4 | FNV-1a of its name, which is that of the trait, `::` and that of the method |
//! | 4 | FNV-1a of its arguments |
//! | varies | the answer; `Result` and `Option` begin with a byte: 0 for `Ok` and `Some` |
//! | varies | bytes that were read; of an import trait, runs of changed bytes: 4 length, 4 address and the bytes; a length of 0 ends them |

mod error;
mod log;
mod macros;
mod memory;
mod values;
mod wasi;

pub use crate::snapshot::{Sink, Source};
pub use error::Error;
#[doc(hidden)]
pub use log::{Call, Reader, Writer};
#[doc(hidden)]
pub use values::{Answer, Argument, Record};

use crate::WasmTrap;
use alloc::vec::Vec;

/// How a module's call ends when recording or replaying does not go on.
pub const STOPPED: WasmTrap = crate::wasi::Errno::TRAP;

/// A host that passes calls on to another host, and records what that one answers.
#[derive(Debug)]
pub struct Recorder<H, S: Sink> {
    host: H,
    writer: Writer<S, S::Error>,
}

impl<H, S: Sink> Recorder<H, S> {
    /// A recorder of this host's answers. Writes the head of the recording.
    ///
    /// # Errors
    /// The sink's.
    pub fn new(host: H, sink: S) -> Result<Self, S::Error> {
        let writer = Writer::new(sink)?;
        Ok(Self { host, writer })
    }

    /// Why recording has ended: the sink failed.
    pub fn error(&self) -> Option<&Error<S::Error>> {
        self.writer.error()
    }

    /// How many calls are recorded.
    pub fn entries(&self) -> u64 {
        self.writer.entries()
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// The host, to be changed. What is asked of it here is not recorded.
    pub fn host_mut(&mut self) -> &mut H {
        &mut self.host
    }

    /// The sink, to be flushed, say.
    pub fn sink_mut(&mut self) -> &mut S {
        self.writer.sink_mut()
    }

    /// The host and the sink.
    pub fn into_parts(self) -> (H, S) {
        (self.host, self.writer.into_sink())
    }

    #[doc(hidden)]
    pub fn parts(&mut self) -> (&mut H, &mut Writer<S, S::Error>) {
        (&mut self.host, &mut self.writer)
    }
}

/// A host that answers as recorded.
#[derive(Debug)]
pub struct Replayer<S: Source> {
    reader: Reader<S, S::Error>,
    /// What the last answer refers to.
    text: Vec<u8>,
}

impl<S: Source> Replayer<S> {
    /// A host that answers from this recording. Reads its head.
    ///
    /// # Errors
    /// [`Error::NoRecording`], [`Error::Version`], [`Error::Head`].
    pub fn new(source: S) -> Result<Self, Error<S::Error>> {
        let (reader, text) = (Reader::new(source)?, Vec::new());
        Ok(Self { reader, text })
    }

    /// Why replaying has ended: this is not the run that was recorded, or the recording is over.
    pub fn error(&self) -> Option<&Error<S::Error>> {
        self.reader.error()
    }

    /// How many calls were answered.
    pub fn entries(&self) -> u64 {
        self.reader.entries()
    }

    /// The source, which is at its end when all of the recording was replayed.
    pub fn source_mut(&mut self) -> &mut S {
        self.reader.source_mut()
    }

    /// The source.
    pub fn into_source(self) -> S {
        self.reader.into_source()
    }

    #[doc(hidden)]
    pub fn parts(&mut self) -> (&mut Reader<S, S::Error>, &mut Vec<u8>) {
        (&mut self.reader, &mut self.text)
    }
}
