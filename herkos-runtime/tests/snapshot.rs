//! Snapshots: the format byte by byte, and every way in which restoring can fail.

use herkos_runtime::snapshot::{CompareError, EndOfSlice, Error, Restorer, Saver, Sink, Source};
use herkos_runtime::{prelude::*, Memory, Snapshot};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hasher};

const STATE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567";
const HEAD: usize = 8 + 72;

/// One of each part, saved as generated code does.
#[derive(Clone)]
struct Parts {
    state: &'static str,
    memory: Vec<u8>,
    active: usize,
    ints: (i32, i64),
    floats: (f32, f64),
    refs: (FuncRef, ExternRef),
    funcs: Table<FuncRef, 4>,
    externs: Table<ExternRef, 2>,
    dropped: DroppedSegments<3>,
    fuel: u64,
}

/// The most bytes that the memory can have; its storage has one more.
const MOST: usize = 6;

/// Storage over the fields, since `Memory` is not `Clone`.
struct Storage<'a>(&'a mut Vec<u8>, &'a mut usize);

impl MemoryStorage for Storage<'_> {
    fn bytes(&self) -> &[u8] {
        &self.0[..*self.1]
    }
    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.0[..*self.1]
    }
    fn growable(&mut self) -> GrowableMemory<'_> {
        GrowableMemory::new(self.0, self.1)
    }
    fn reset(&mut self, initial_bytes: usize) -> Result<(), WasmTrap> {
        if initial_bytes > self.0.len() {
            return Err(WasmTrap::OutOfBounds);
        }
        self.0.fill(0);
        *self.1 = initial_bytes;
        Ok(())
    }
}

impl Snapshot for Parts {
    fn save_state<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        let mut to = Saver::new(sink, self.state)?;
        to.table_size(&self.funcs)?;
        to.table_size(&self.externs)?;
        to.memory(&self.memory[..self.active])?;
        to.value(&self.ints.0)?;
        to.value(&self.ints.1)?;
        to.value(&self.floats.0)?;
        to.value(&self.floats.1)?;
        to.value(&self.refs.0)?;
        to.value(&self.refs.1)?;
        to.table(&self.funcs)?;
        to.table(&self.externs)?;
        to.dropped(&self.dropped)?;
        to.value(&self.fuel)
    }

    fn restore_state<S: Source>(&mut self, source: &mut S) -> Result<(), Error<S::Error>> {
        let mut from = Restorer::new(source, self.state)?;
        let funcs = from.table_size(&self.funcs, 1)?;
        let externs = from.table_size(&self.externs, 0)?;
        from.memory(&mut Storage(&mut self.memory, &mut self.active), 2..=MOST)?;
        from.value(&mut self.ints.0)?;
        from.value(&mut self.ints.1)?;
        from.value(&mut self.floats.0)?;
        from.value(&mut self.floats.1)?;
        from.value(&mut self.refs.0)?;
        from.value(&mut self.refs.1)?;
        from.table(&mut self.funcs, funcs)?;
        from.table(&mut self.externs, externs)?;
        from.dropped(&mut self.dropped)?;
        from.value(&mut self.fuel)
    }
}

/// As after instantiation.
fn fresh() -> Parts {
    Parts {
        state: STATE,
        memory: vec![0; MOST + 1],
        active: 2,
        ints: (0, 0),
        floats: (0.0, 0.0),
        refs: (FuncRef::NULL, ExternRef::NULL),
        funcs: Table::new(1),
        externs: Table::new(0),
        dropped: DroppedSegments::new(),
        fuel: u64::MAX,
    }
}

fn used() -> Parts {
    let mut parts = fresh();
    parts.memory = vec![1, 2, 3, 0, 0, 0, 0];
    parts.active = 3;
    parts.ints = (-2, i64::MIN);
    // A signalling NaN with a payload, and -0.
    parts.floats = (f32::from_bits(0xffa0_1234), -0.0);
    parts.refs = (FuncRef::new(0x0102_0304, 5), ExternRef::new(0));
    parts.funcs.grow(1, FuncRef::new(0, u32::MAX));
    parts.externs.grow(2, ExternRef::new(u32::MAX));
    parts.externs.set(0, ExternRef::NULL).unwrap();
    parts.dropped.drop(1);
    parts.fuel = 9;
    parts
}

fn bytes(parts: &Parts) -> Vec<u8> {
    let mut bytes = vec![0; parts.state_size()];
    let mut rest = bytes.as_mut_slice();
    parts.save_state(&mut rest).unwrap();
    assert_eq!(rest.len(), 0);
    bytes
}

fn restored(from: &[u8]) -> (Parts, Result<(), Error<EndOfSlice>>) {
    let mut parts = fresh();
    let result = parts.restore_state(&mut &*from);
    (parts, result)
}

#[test]
fn the_format() {
    let saved = bytes(&used());
    let (head, body) = saved.split_at(HEAD);
    assert_eq!(head, ["herkos\x01\0", STATE].concat().as_bytes());
    let expected: [&[u8]; 13] = [
        &[2, 0, 0, 0, 0, 0, 0, 0],          // entries of the tables
        &[2, 0, 0, 0, 0, 0, 0, 0],          //
        &[3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3], // memory
        &[0xfe, 0xff, 0xff, 0xff],          // globals
        &[0, 0, 0, 0, 0, 0, 0, 0x80],       //
        &[0x34, 0x12, 0xa0, 0xff],          //
        &[0, 0, 0, 0, 0, 0, 0, 0x80],       //
        &[5, 3, 2, 1, 5, 0, 0, 0],          //
        &[1, 0, 0, 0, 0, 0, 0, 0],          //
        &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], // tables
        &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], //
        &[0, 1, 0],                         // segments
        &[9, 0, 0, 0, 0, 0, 0, 0],          // fuel
    ];
    assert_eq!(body, expected.concat());
}

#[test]
fn restoring_gives_the_state_back() {
    for parts in [fresh(), used()] {
        let saved = bytes(&parts);
        for mut other in [fresh(), used()] {
            other.restore_state(&mut saved.as_slice()).unwrap();
            assert_eq!(bytes(&other), saved);
            assert_eq!(other.memory, parts.memory, "beyond the active bytes too");
            assert_eq!(other.funcs, parts.funcs);
            assert_eq!(other.externs, parts.externs);
        }
    }
    let (back, _) = restored(&bytes(&used()));
    assert_eq!(back.floats.0.to_bits(), 0xffa0_1234);
    assert!(back.refs.1 == ExternRef::new(0) && back.externs.entries()[0] == ExternRef::NULL);
}

#[test]
fn a_table_that_shrinks_has_nulls_beyond() {
    let mut parts = used();
    parts
        .restore_state(&mut bytes(&fresh()).as_slice())
        .unwrap();
    assert_eq!((parts.funcs.size(), parts.externs.size()), (1, 0));
    assert_eq!(parts.funcs.lookup(1, 0), Err(WasmTrap::TableOutOfBounds));
    parts.externs.grow(1, ExternRef::NULL);
    assert_eq!(parts.externs.get(0), Ok(ExternRef::NULL));
}

#[test]
fn several_behind_each_other() {
    let both = [bytes(&used()), bytes(&fresh())].concat();
    let source = &mut both.as_slice();
    let mut parts = fresh();
    assert_eq!(used().compare_state(source), Ok(()));
    parts.restore_state(source).unwrap();
    assert!(source.is_empty());
    assert_eq!(bytes(&parts), bytes(&fresh()));
}

#[test]
fn what_is_refused_changes_nothing() {
    let good = bytes(&used());
    let at = |at: usize, value: u8| {
        let mut bad = good.clone();
        bad[at] = value;
        bad
    };
    let cases = [
        (at(0, b'H'), Error::NoSnapshot),
        (vec![b'x'; 200], Error::NoSnapshot),
        (at(6, 2), Error::Version(2)),
        (at(7, 1), Error::Version(257)),
        (at(8, b'1'), Error::OtherModule),
        (at(HEAD - 9, b'1'), Error::OtherModule),
        (at(HEAD - 8, b'1'), Error::OtherLayout),
        (at(HEAD - 1, b'1'), Error::OtherLayout),
        (at(HEAD, 0), Error::TableSize(0)),
        (at(HEAD, 5), Error::TableSize(5)),
        (at(HEAD + 8, 3), Error::TableSize(3)),
        (at(HEAD + 15, 0x80), Error::TableSize(1 << 63 | 2)),
        (at(HEAD + 16, 1), Error::MemorySize(1)),
        (at(HEAD + 16, 7), Error::MemorySize(7)),
        (at(HEAD + 20, 1), Error::MemorySize(1 << 32 | 3)),
    ];
    for (bad, error) in cases {
        let (parts, result) = restored(&bad);
        assert_eq!(result, Err(error));
        assert_eq!(bytes(&parts), bytes(&fresh()), "{error}");
    }
    // What is wrong is said even if the source ends there.
    assert_eq!(restored(b"herkos\x02\0").1, Err(Error::Version(2)));
}

#[test]
fn a_source_that_ends_early() {
    let saved = bytes(&used());
    for length in 0..saved.len() {
        let (mut parts, result) = restored(&saved[..length]);
        if length < HEAD + 24 {
            assert_eq!(result, Err(Error::Source(EndOfSlice)), "{length}");
            assert_eq!(bytes(&parts), bytes(&fresh()), "{length}");
        } else {
            assert_eq!(result, Err(Error::Incomplete(EndOfSlice)), "{length}");
        }
        parts.restore_state(&mut saved.as_slice()).unwrap();
        assert_eq!(bytes(&parts), saved, "{length}");
    }
}

#[test]
fn a_sink_that_is_full() {
    let parts = used();
    let mut buffer = [0; 300];
    for length in 0..parts.state_size() {
        assert_eq!(
            parts.save_state(&mut &mut buffer[..length]),
            Err(EndOfSlice),
            "{length}"
        );
    }
    let mut rest = &mut buffer[..];
    parts.save_state(&mut rest).unwrap();
    assert_eq!(rest.len(), 300 - parts.state_size());
}

#[test]
fn references_without_meaning_are_kept_or_null() {
    let saved = bytes(&used());
    let at = saved.len() - 8 - 3 - 32; // funcs[0]
    let mut odd = saved.clone();
    odd[at + 4] = 7; // null, with a number
    odd[at + 16] = 0xee; // an ExternRef of another tag
    let (parts, result) = restored(&odd);
    assert_eq!(result, Ok(()));
    assert_eq!(parts.funcs.entries()[0], FuncRef::NULL);
    assert!(ref_is_null(parts.funcs.entries()[0]));
    assert_eq!(parts.externs.entries()[0], ExternRef::new(0));
}

#[test]
fn comparing_says_where() {
    let parts = used();
    let saved = bytes(&parts);
    assert_eq!(parts.compare_state(&mut saved.as_slice()), Ok(()));
    for at in 0..saved.len() {
        let mut other = saved.clone();
        other[at] ^= 0x10;
        let different = Err(CompareError::Different { at });
        assert_eq!(parts.compare_state(&mut other.as_slice()), different);
        let ended = Err(CompareError::Source(EndOfSlice));
        assert_eq!(parts.compare_state(&mut &saved[..at]), ended);
    }
}

/// Memories are compared in pieces.
#[test]
fn comparing_a_long_memory() {
    let mut parts = used();
    parts.memory = vec![7; 1000];
    parts.active = 1000;
    let saved = bytes(&parts);
    assert_eq!(parts.compare_state(&mut saved.as_slice()), Ok(()));
    for at in [0, 255, 256, 257, 511, 512, 999] {
        parts.memory[at] = 8;
        let different = CompareError::Different { at: HEAD + 24 + at };
        assert_eq!(parts.compare_state(&mut saved.as_slice()), Err(different));
        parts.memory[at] = 7;
    }
}

fn hash(parts: &Parts) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash_state(&mut hasher);
    hasher.finish()
}

#[test]
fn hashes_are_of_the_state() {
    let (parts, mut same) = (used(), fresh());
    assert_ne!(hash(&parts), hash(&same));
    same.restore_state(&mut bytes(&parts).as_slice()).unwrap();
    assert_eq!(hash(&parts), hash(&same));
    same.dropped.drop(2);
    assert_ne!(hash(&parts), hash(&same));
}

/// A sink of one's own, behind a reference to who knows what.
#[test]
fn a_sink_as_a_trait_object() {
    struct Log(Vec<usize>);
    impl Sink for Log {
        type Error = Infallible;
        fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
            self.0.push(bytes.len());
            Ok(())
        }
    }
    let mut log = Log(Vec::new());
    let mut sink: &mut dyn Sink<Error = Infallible> = &mut log;
    let Ok(()) = used().save_state(&mut sink);
    assert_eq!(log.0.iter().sum::<usize>(), used().state_size());
    assert!(log.0.contains(&3), "the memory comes in one piece");
}

#[test]
fn a_memory_of_the_runtime() {
    let mut memory = Memory::<16>::new();
    memory.reset(4).unwrap();
    memory.growable().grow_bytes(8);
    memory.bytes_mut()[11] = 1;
    let mut saved = vec![0; HEAD + 20];
    let mut sink = saved.as_mut_slice();
    Saver::new(&mut sink, STATE)
        .unwrap()
        .memory(memory.bytes())
        .unwrap();
    memory.reset(4).unwrap();
    let source = &mut saved.as_slice();
    Restorer::new(source, STATE)
        .unwrap()
        .memory(&mut &mut memory, 4..=16)
        .unwrap();
    assert_eq!(memory.bytes(), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
}

#[cfg(feature = "std")]
#[test]
fn files_and_vectors() {
    use herkos_runtime::snapshot::{IoSink, IoSource};
    use std::io;
    let parts = used();
    let mut vector = Vec::new();
    let Ok(()) = parts.save_state(&mut vector);
    assert_eq!(vector, bytes(&parts));
    let mut sink = IoSink(io::Cursor::new(Vec::new()));
    parts.save_state(&mut sink).unwrap();
    let written = sink.0.into_inner();
    assert_eq!(written, vector);
    let mut back = fresh();
    back.restore_state(&mut IoSource(written.as_slice()))
        .unwrap();
    assert_eq!(
        back.compare_state(&mut IoSource(written.as_slice())).ok(),
        Some(())
    );
    let short = back.restore_state(&mut IoSource(&written[..written.len() - 1]));
    match short {
        Err(Error::Incomplete(error)) => assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof),
        other => panic!("{other:?}"),
    }
    let mut buffer = [0; 10];
    let mut full = IoSink(buffer.as_mut_slice());
    assert_eq!(
        parts.save_state(&mut full).unwrap_err().kind(),
        io::ErrorKind::WriteZero
    );
}

#[test]
fn errors_say_what_to_do() {
    use std::error::Error as _;
    let error = Error::<EndOfSlice>::Version(2);
    assert!(error.to_string().contains("format 2, where 1"));
    let error = Error::Incomplete(EndOfSlice);
    assert!(error.to_string().ends_with("restore again, or drop it"));
    assert_eq!(error.source().unwrap().to_string(), EndOfSlice.to_string());
    assert!(Error::<EndOfSlice>::OtherModule.source().is_none());
    let error = CompareError::<EndOfSlice>::Different { at: 17 };
    assert!(error.to_string().contains("byte 17"));
}
