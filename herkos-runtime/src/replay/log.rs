//! The recording as a sequence of entries: written by a recorder, read by a replayer.
//!
//! Both stop at the first error: from then on nothing is written or read, and answers are failures.

use super::values::{Answer, Argument, Record, Stop};
use super::{memory, Error, Sink, Source};
use alloc::vec::Vec;
use core::convert::Infallible;

const MAGIC: [u8; 16] = *b"herkos recording";
pub(super) const VERSION: u16 = 1;

/// FNV-1a, 32 bits.
#[derive(Clone, Copy, Debug)]
pub struct Digest(u32);

impl Digest {
    const EMPTY: Self = Self(0x811c_9dc5);

    fn of(name: &str) -> Self {
        let mut digest = Self::EMPTY;
        let Ok(()) = digest.write(name.as_bytes());
        digest
    }
}

impl Sink for Digest {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        for &byte in bytes {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        Ok(())
    }
}

/// A call as it is compared: which, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    name: &'static str,
    arguments: Digest,
}

impl Call {
    /// The call of this name, without arguments yet.
    pub fn new(name: &'static str) -> Self {
        let arguments = Digest::EMPTY;
        Self { name, arguments }
    }

    /// With one argument more.
    pub fn with(mut self, argument: &impl Record) -> Self {
        let Ok(()) = argument.write(&mut self.arguments);
        self
    }

    fn head(&self) -> [[u8; 4]; 2] {
        [Digest::of(self.name), self.arguments].map(|digest| digest.0.to_le_bytes())
    }
}

/// How far a recording has come.
#[derive(Debug)]
struct Progress<E> {
    entries: u64,
    error: Option<Error<E>>,
}

impl<E> Progress<E> {
    const START: Self = Self {
        entries: 0,
        error: None,
    };

    /// Keeps the first error.
    fn note(&mut self, call: &Call, result: Result<(), Stop<E>>) {
        if let (Err(stop), None) = (result, &self.error) {
            self.error = Some(stop.at(self.entries, call.name));
        }
    }

    /// At the end of an entry: the answer, or a failure.
    fn end<'a, A: Answer<'a>>(&mut self, answer: A) -> A {
        if self.error.is_some() {
            return A::failure();
        }
        self.entries = self.entries.saturating_add(1);
        answer
    }
}

/// Writes entries.
#[derive(Debug)]
pub struct Writer<S, E> {
    sink: S,
    progress: Progress<E>,
    /// The memory before the call.
    before: Vec<u8>,
}

impl<S: Sink> Writer<S, S::Error> {
    pub(super) fn new(mut sink: S) -> Result<Self, S::Error> {
        sink.write(&MAGIC)?;
        sink.write(&VERSION.to_le_bytes())?;
        Ok(Self {
            sink,
            progress: Progress::START,
            before: Vec::new(),
        })
    }

    pub(super) fn error(&self) -> Option<&Error<S::Error>> {
        self.progress.error.as_ref()
    }

    pub(super) fn entries(&self) -> u64 {
        self.progress.entries
    }

    pub(super) fn sink_mut(&mut self) -> &mut S {
        &mut self.sink
    }

    pub(super) fn into_sink(self) -> S {
        self.sink
    }

    /// May the host be called?
    pub fn goes_on(&self) -> bool {
        self.progress.error.is_none()
    }

    /// Before a call that may change the memory. May the host be called?
    pub fn keep(&mut self, call: &Call, memory: &[u8]) -> bool {
        let kept = memory::keep(&mut self.before, memory);
        self.progress.note(call, kept.map_err(|_| Stop::NoRoom));
        self.goes_on()
    }

    fn attempt(
        &mut self,
        call: &Call,
        write: impl FnOnce(&mut Self) -> Result<(), Stop<S::Error>>,
    ) {
        if self.goes_on() {
            let result = write(self);
            self.progress.note(call, result);
        }
    }

    /// The head of an entry and the answer.
    pub fn answer<'a>(&mut self, call: &Call, answer: &impl Answer<'a>) {
        self.attempt(call, |this| {
            if !answer.fits() {
                return Err(Stop::NoRoom);
            }
            this.sink.write(call.head().as_flattened())?;
            answer.write(&mut this.sink)?;
            Ok(())
        });
    }

    /// What the host put into an argument.
    pub fn output(&mut self, call: &Call, argument: &impl Argument, filled: usize) {
        self.attempt(call, |this| Ok(argument.save(filled, &mut this.sink)?));
    }

    /// What the host changed in the memory.
    pub fn changes(&mut self, call: &Call, memory: &[u8]) {
        self.attempt(call, |this| {
            Ok(memory::save_changes(&this.before, memory, &mut this.sink)?)
        });
    }

    /// Ends the entry; what to return.
    pub fn end<'a, A: Answer<'a>>(&mut self, answer: A) -> A {
        self.progress.end(answer)
    }
}

/// Reads entries.
#[derive(Debug)]
pub struct Reader<S, E> {
    source: S,
    progress: Progress<E>,
}

impl<S: Source> Reader<S, S::Error> {
    pub(super) fn new(mut source: S) -> Result<Self, Error<S::Error>> {
        let (mut magic, mut version) = (MAGIC, [0; 2]);
        source.read(&mut magic).map_err(Error::Head)?;
        if magic != MAGIC {
            return Err(Error::NoRecording);
        }
        source.read(&mut version).map_err(Error::Head)?;
        match u16::from_le_bytes(version) {
            VERSION => Ok(Self {
                source,
                progress: Progress::START,
            }),
            other => Err(Error::Version(other)),
        }
    }

    pub(super) fn error(&self) -> Option<&Error<S::Error>> {
        self.progress.error.as_ref()
    }

    pub(super) fn entries(&self) -> u64 {
        self.progress.entries
    }

    pub(super) fn source_mut(&mut self) -> &mut S {
        &mut self.source
    }

    pub(super) fn into_source(self) -> S {
        self.source
    }

    /// The answer, if this is the call that comes next.
    pub fn answer<'a, A: Answer<'a>>(&mut self, call: &Call, text: &'a mut Vec<u8>) -> A {
        if self.progress.error.is_some() {
            return A::failure();
        }
        let result = self
            .head(call)
            .and_then(|()| A::read(&mut self.source, text));
        result.unwrap_or_else(|stop| {
            self.progress.note(call, Err(stop));
            A::failure()
        })
    }

    fn head(&mut self, call: &Call) -> Result<(), Stop<S::Error>> {
        let mut recorded = [[0; 4]; 2];
        self.source.read(recorded.as_flattened_mut())?;
        let ([name, arguments], [recorded_name, recorded_arguments]) = (call.head(), recorded);
        if recorded_name != name {
            return Err(Stop::OtherCall);
        }
        if recorded_arguments != arguments {
            return Err(Stop::OtherArguments);
        }
        Ok(())
    }

    /// Puts into an argument what the host had put there.
    pub fn output(&mut self, call: &Call, argument: impl Argument, filled: usize) {
        if self.progress.error.is_none() {
            let result = argument.load(filled, &mut self.source);
            self.progress.note(call, result);
        }
    }

    /// Changes the memory as the host had.
    pub fn changes(&mut self, call: &Call, memory: &mut [u8]) {
        if self.progress.error.is_none() {
            let result = memory::load_changes(memory, &mut self.source);
            self.progress.note(call, result);
        }
    }

    /// Ends the entry; what to return.
    pub fn end<'a, A: Answer<'a>>(&mut self, answer: A) -> A {
        self.progress.end(answer)
    }
}
