//! Every call of WASI recorded and replayed; recordings that are wrong, cut off or of another run.

#![cfg(feature = "alloc")]

use herkos_runtime::replay::{Error, Recorder, Replayer, STOPPED};
use herkos_runtime::snapshot::{EndOfSlice, Sink};
use herkos_runtime::wasi::{self, *};
use herkos_runtime::WasmTrap;
use std::fmt::Write;

/// Has an answer of its own to everything, which depends on how often it was asked.
#[derive(Default)]
struct Host {
    calls: u64,
    text: Vec<u8>,
}

impl Host {
    fn count(&mut self) -> u64 {
        self.calls += 1;
        self.calls
    }

    /// Every seventh call fails.
    fn done(&mut self) -> Result<(), Errno> {
        if self.count() % 7 == 0 {
            return Err(Errno::Again);
        }
        Ok(())
    }

    fn fill(&mut self, buf: &mut [u8]) -> Result<usize, Errno> {
        let number = self.count();
        let used = buf.len() / 2;
        buf[..used].fill(u8::try_from(number % 251).unwrap());
        Ok(used)
    }

    fn stat(&mut self) -> FileStat {
        let number = self.count() << 33;
        FileStat {
            dev: number,
            ino: number + 1,
            filetype: FileType::SymbolicLink,
            nlink: number + 2,
            size: number + 3,
            atim: number + 4,
            mtim: number + 5,
            ctim: u64::MAX - number,
        }
    }
}

impl Args for Host {
    fn arg(&mut self, index: usize) -> Option<&[u8]> {
        [&b"program"[..], b"", b"\xff\xfe"].get(index).copied()
    }
}

impl Environ for Host {
    fn variable(&mut self, index: usize) -> Option<&[u8]> {
        [&b"A=1"[..]].get(index).copied()
    }
}

impl Clocks for Host {
    fn clock_time_get(&mut self, id: ClockId, precision: u64) -> Result<u64, Errno> {
        self.done()?;
        Ok(self.count() << 40 | u64::from(id.number()) | precision)
    }
}

impl Random for Host {
    fn random_get(&mut self, buf: &mut [u8]) -> Result<(), Errno> {
        buf.fill(u8::try_from(self.count() % 256).unwrap());
        Ok(())
    }
}

impl Fds for Host {
    fn fd_advise(&mut self, _: Fd, _: u64, _: u64, _: Advice) -> Result<(), Errno> {
        self.done()
    }
    fn fd_close(&mut self, _: Fd) -> Result<(), Errno> {
        self.done()
    }
    fn fd_fdstat_get(&mut self, _: Fd) -> Result<FdStat, Errno> {
        Ok(FdStat {
            filetype: FileType::RegularFile,
            flags: FdFlags::APPEND | FdFlags::SYNC,
            rights_base: Rights::FD_READ,
            rights_inheriting: Rights::ALL,
        })
    }
    fn fd_filestat_get(&mut self, _: Fd) -> Result<FileStat, Errno> {
        Ok(self.stat())
    }
    fn fd_pread(&mut self, _: Fd, buf: &mut [u8], _: u64) -> Result<usize, Errno> {
        self.fill(buf)
    }
    fn fd_prestat_dir_name(&mut self, fd: Fd) -> Result<&str, Errno> {
        match fd {
            Fd(3) => Ok("/dir"),
            _ => Err(Errno::Badf),
        }
    }
    fn fd_read(&mut self, _: Fd, buf: &mut [u8]) -> Result<usize, Errno> {
        self.fill(buf)
    }
    fn fd_readdir(&mut self, _: Fd, cookie: u64) -> Result<Option<Dirent<'_>>, Errno> {
        let number = self.count();
        self.text = format!("file {number}").into_bytes();
        Ok((cookie < 3).then_some(Dirent {
            next: cookie + 1,
            ino: number,
            filetype: FileType::Directory,
            name: &self.text,
        }))
    }
    fn fd_seek(&mut self, _: Fd, offset: i64, _: Whence) -> Result<u64, Errno> {
        u64::try_from(offset).map_err(|_| Errno::Inval)
    }
    fn fd_write(&mut self, _: Fd, buf: &[u8]) -> Result<usize, Errno> {
        self.done()?;
        Ok(buf.len())
    }
}

impl Paths for Host {
    fn path_filestat_get(&mut self, _: Fd, _: LookupFlags, _: &str) -> Result<FileStat, Errno> {
        Ok(self.stat())
    }
    fn path_open(&mut self, _: Fd, path: &str, _: PathOpen) -> Result<Fd, Errno> {
        match path {
            "missing" => Err(Errno::Noent),
            _ => Ok(Fd(u32::try_from(self.count()).unwrap() + 4)),
        }
    }
    fn path_readlink(&mut self, _: Fd, path: &str) -> Result<&[u8], Errno> {
        self.text = format!("to {path}").into_bytes();
        Ok(&self.text)
    }
}

impl Poll for Host {
    fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno> {
        // In another order, one with an error.
        for index in (0..subscriptions.len()).rev() {
            let subscription = subscriptions.get(index).unwrap();
            let result = [Ok(index.into()), Err(Errno::Badf)][index as usize % 2];
            let is_hangup = index == 1;
            subscriptions.report(Event {
                subscription,
                result,
                is_hangup,
            });
        }
        Ok(())
    }
}

impl Process for Host {
    fn proc_exit(&mut self, status: u32) -> WasmTrap {
        match status {
            0 => WasmTrap::Exit(-1),
            1 => WasmTrap::Host(7),
            _ => WasmTrap::Unreachable,
        }
    }
}

impl Sockets for Host {
    fn sock_recv(&mut self, _: Fd, b: &mut [u8], _: RiFlags) -> Result<(usize, RoFlags), Errno> {
        Ok((self.fill(b)?, RoFlags::DATA_TRUNCATED))
    }
}

const OPEN: PathOpen = PathOpen {
    lookup: LookupFlags::SYMLINK_FOLLOW,
    oflags: OFlags::CREAT,
    rights_base: Rights::FD_READ,
    rights_inheriting: Rights::empty(),
    fdflags: FdFlags::APPEND,
};

/// A run: every kind of call, and all that it saw.
fn drive<H>(host: &mut H) -> String
where
    H: Args + Environ + Clocks + Random + Paths + wasi::Poll + Process + Sockets,
{
    let mut seen = String::new();
    let mut buf = [0; 10];
    macro_rules! see {
        ($($call:expr;)+) => {
            $(
                writeln!(seen, "{}: {:?}", stringify!($call), $call).unwrap();
                writeln!(seen, "{buf:?}").unwrap();
            )+
        };
    }
    let (fd, follow) = (Fd(4), LookupFlags::SYMLINK_FOLLOW);
    see! {
        host.arg(0); host.arg(1); host.arg(2); host.arg(3);
        host.variable(0); host.variable(1);
        host.clock_time_get(ClockId::Realtime, 1); host.clock_time_get(ClockId::Monotonic, 2);
        host.clock_res_get(ClockId::Realtime);
        host.random_get(&mut buf); host.random_get(&mut buf[2..4]);
        host.fd_advise(fd, 1, 2, Advice::Random); host.fd_allocate(fd, 1, 2);
        host.fd_close(fd); host.fd_datasync(fd); host.fd_fdstat_get(fd);
        host.fd_fdstat_set_flags(fd, FdFlags::SYNC);
        host.fd_fdstat_set_rights(fd, Rights::ALL, Rights::ALL);
        host.fd_filestat_get(fd); host.fd_filestat_set_size(fd, 1 << 40);
        host.fd_filestat_set_times(fd, SetTime::Now, SetTime::At(9));
        host.fd_pread(fd, &mut buf, 77);
        host.fd_prestat_dir_name(Fd(3)); host.fd_prestat_dir_name(Fd(4));
        host.fd_pwrite(fd, b"some", 3);
        host.fd_read(fd, &mut buf); host.fd_read(fd, &mut []);
        host.fd_readdir(fd, 0); host.fd_readdir(fd, 3);
        host.fd_renumber(fd, fd); host.fd_seek(fd, 5, Whence::Cur); host.fd_seek(fd, -5, Whence::End);
        host.fd_sync(fd); host.fd_tell(fd);
        host.fd_write(fd, b"some text"); host.fd_write(fd, b"some text");
        host.path_create_directory(fd, "d"); host.path_filestat_get(fd, follow, "f");
        host.path_filestat_set_times(fd, follow, "f", SetTime::Keep, SetTime::Now);
        host.path_link(fd, follow, "a", fd, "b");
        host.path_open(fd, "a", OPEN); host.path_open(fd, "missing", OPEN);
        host.path_readlink(fd, "l"); host.path_remove_directory(fd, "d");
        host.path_rename(fd, "a", fd, "b"); host.path_symlink("a", fd, "b");
        host.path_unlink_file(fd, "a");
        host.proc_exit(0); host.proc_exit(1); host.proc_exit(2);
        host.proc_raise(Signal::Abrt); host.sched_yield();
        host.sock_accept(fd, FdFlags::NONBLOCK); host.sock_recv(fd, &mut buf, RiFlags::PEEK);
        host.sock_send(fd, b"text"); host.sock_shutdown(fd, SdFlags::RD);
    }
    seen
}

/// Three subscriptions at 0, events at 256, their number at 512.
fn poll(host: &mut impl wasi::Poll) -> (Result<i32, WasmTrap>, Vec<u8>) {
    let mut memory = vec![0; 1024];
    for (index, kind) in [(0, 0), (1, 1), (2, 2)] {
        memory[48 * index] = 0xa0 + kind;
        memory[48 * index + 8] = kind;
    }
    let result = wasi::poll_oneoff(host, &mut memory, 0, 256, 3, 512);
    (result, memory)
}

fn recording() -> (Vec<u8>, String) {
    let mut bytes = Vec::new();
    let Ok(mut recorder) = Recorder::new(Host::default(), &mut bytes);
    let seen = drive(&mut recorder);
    let polled = poll(&mut recorder);
    assert_eq!(recorder.error(), None);
    // No answer that is not the host's.
    let mut host = Host::default();
    assert_eq!(seen, drive(&mut host));
    assert_eq!(polled, poll(&mut host));
    assert_eq!(polled.1[512], 3);
    (bytes, seen)
}

#[test]
fn every_call_of_wasi() {
    let (bytes, seen) = recording();
    let mut replayer = Replayer::new(bytes.as_slice()).unwrap();
    assert_eq!(drive(&mut replayer), seen);
    assert_eq!(poll(&mut replayer), poll(&mut Host::default()));
    assert_eq!(replayer.error(), None);
    assert_eq!(replayer.entries(), seen.lines().count() as u64 / 2 + 1);
    assert_eq!(replayer.into_source(), b"");
}

/// The same on every target and by every version of this format.
#[test]
fn format() {
    let mut bytes = Vec::new();
    let Ok(mut recorder) = Recorder::new(Host::default(), &mut bytes);
    let mut buf = [0; 4];
    assert_eq!(recorder.fd_read(Fd(5), &mut buf), Ok(2));
    assert_eq!(recorder.fd_prestat_dir_name(Fd(3)), Ok("/dir"));
    assert_eq!(recorder.fd_tell(Fd(5)), Err(Errno::Nosys));
    let fnv = |bytes: &[u8]| {
        let mut hash = 0x811c_9dc5_u32;
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
        hash.to_le_bytes()
    };
    let expected = [
        &b"herkos recording\x01\0"[..],
        &fnv(b"Fds::fd_read"),
        &fnv(b"\x05\0\0\0\x04\0\0\0\0\0\0\0"),
        b"\0\x02\0\0\0\0\0\0\0\x01\x01",
        &fnv(b"Fds::fd_prestat_dir_name"),
        &fnv(b"\x03\0\0\0"),
        b"\0\x04\0\0\0\0\0\0\0/dir",
        &fnv(b"Fds::fd_tell"),
        &fnv(b"\x05\0\0\0"),
        b"\x01\x34\0",
    ];
    assert_eq!(bytes, expected.concat());
    assert_eq!(fnv(b"a"), 0xe40c_292c_u32.to_le_bytes());
}

#[test]
fn another_call_or_other_arguments() {
    let mut bytes = Vec::new();
    let Ok(mut recorder) = Recorder::new(Host::default(), &mut bytes);
    recorder.fd_tell(Fd(5)).unwrap_err();
    recorder.fd_write(Fd(1), b"one").unwrap();

    let mut replayer = Replayer::new(bytes.as_slice()).unwrap();
    assert_eq!(replayer.fd_sync(Fd(5)), Err(Errno::Trap));
    let call = "Fds::fd_sync";
    assert_eq!(replayer.error(), Some(&Error::OtherCall { entry: 0, call }));
    // The first error stays, and nothing is answered any more.
    assert_eq!(replayer.fd_tell(Fd(5)), Err(Errno::Trap));
    assert_eq!(replayer.arg(0), None);
    assert_eq!(replayer.proc_exit(0), STOPPED);
    assert_eq!(replayer.error(), Some(&Error::OtherCall { entry: 0, call }));
    assert_eq!(replayer.entries(), 0);

    let mut replayer = Replayer::new(bytes.as_slice()).unwrap();
    assert_eq!(replayer.fd_tell(Fd(5)), Err(Errno::Nosys));
    assert_eq!(replayer.fd_write(Fd(1), b"two"), Err(Errno::Trap));
    let error = Error::OtherArguments {
        entry: 1,
        call: "Fds::fd_write",
    };
    assert_eq!(replayer.error(), Some(&error));
    assert_eq!(
        error.to_string(),
        "entry 1 of the recording, Fds::fd_write: the module makes this call with other arguments \
         than recorded: replay the same module, from the same state"
    );
}

/// A module's call ends there, whatever the module does about errors.
#[test]
fn a_stopped_host_ends_the_call() {
    let mut memory = [0; 64];
    let mut nothing = Replayer::new(&b"herkos recording\x01\0"[..]).unwrap();
    let result = wasi::fd_tell(&mut nothing, &mut memory, 1, 0);
    assert_eq!(result, Err(STOPPED));

    // Even if the first of two buffers was written.
    let mut bytes = Vec::new();
    let Ok(mut recorder) = Recorder::new(Host::default(), &mut bytes);
    recorder.fd_write(Fd(1), &[0; 4]).unwrap();
    let mut replayer = Replayer::new(bytes.as_slice()).unwrap();
    memory[16 + 4] = 4;
    memory[24 + 4] = 4;
    let result = wasi::fd_write(&mut replayer, &mut memory, 1, 16, 2, 0);
    assert_eq!(result, Err(STOPPED));
    let call = "Fds::fd_write";
    let error = EndOfSlice;
    let expected = Error::Stream {
        entry: 1,
        call,
        error,
    };
    assert_eq!(replayer.error(), Some(&expected));
}

#[test]
fn a_sink_that_fails() {
    let (whole, _) = recording();
    for room in 0..whole.len() {
        let mut buffer = vec![0; room];
        let Ok(mut recorder) = Recorder::new(Host::default(), buffer.as_mut_slice()) else {
            assert!(room < 18);
            continue;
        };
        drive(&mut recorder);
        let (result, _) = poll(&mut recorder);
        assert_eq!(result, Err(STOPPED), "{room}");
        let stopped = recorder.host().calls;
        assert!(matches!(
            recorder.error(),
            Some(Error::Stream { entry, error: EndOfSlice, .. }) if *entry == recorder.entries()
        ));
        // The host is not called any more.
        recorder.fd_close(Fd(5)).unwrap_err();
        assert_eq!(recorder.host().calls, stopped);
    }
}

#[test]
fn recordings_that_end_early() {
    let (whole, _) = recording();
    for length in 0..whole.len() {
        let Ok(mut replayer) = Replayer::new(&whole[..length]) else {
            assert!(length < 18);
            continue;
        };
        drive(&mut replayer);
        assert_eq!(poll(&mut replayer).0, Err(STOPPED));
        let ended = matches!(replayer.error(), Some(Error::Stream { .. }));
        assert!(ended, "{length}: {:?}", replayer.error());
    }
}

/// Every byte in turn is wrong: no panic, and heads are checked.
#[test]
fn recordings_that_are_wrong() {
    let (whole, seen) = recording();
    let polled = poll(&mut Host::default());
    let mut unnoticed = 0;
    for at in 0..whole.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut wrong = whole.clone();
            wrong[at] ^= change;
            let Ok(mut replayer) = Replayer::new(wrong.as_slice()) else {
                assert!(at < 18);
                continue;
            };
            let same = drive(&mut replayer) == seen && poll(&mut replayer) == polled;
            unnoticed += u32::from(same && replayer.error().is_none());
        }
    }
    // `Unreachable` has no number, but the room for one.
    assert_eq!(unnoticed, 3 * 4);
}

#[test]
fn not_a_recording() {
    let error = Replayer::new(&b"herkos\x01\0 and more bytes"[..]).err();
    assert_eq!(error, Some(Error::NoRecording));
    let error = Replayer::new(&b"herkos recording\x02\x01"[..]).err();
    assert_eq!(error, Some(Error::Version(0x102)));
    assert_eq!(
        Replayer::new(&b"herkos"[..]).err(),
        Some(Error::Head(EndOfSlice))
    );
}

/// A length that no text has is refused before anything is allocated for it.
#[test]
fn texts_have_a_limit() {
    let mut bytes = Vec::new();
    let Ok(mut recorder) = Recorder::new(Host::default(), &mut bytes);
    recorder
        .path_readlink(Fd(3), &"x".repeat(1 << 20))
        .unwrap_err();
    let call = "Paths::path_readlink";
    assert_eq!(recorder.error(), Some(&Error::NoRoom { entry: 0, call }));

    bytes.clear();
    let Ok(mut recorder) = Recorder::new(Host::default(), &mut bytes);
    recorder.arg(0).unwrap();
    bytes[18 + 8 + 1 + 7] = 0x10;
    let mut replayer = Replayer::new(bytes.as_slice()).unwrap();
    assert_eq!(replayer.arg(0), None);
    let call = "Args::arg";
    assert_eq!(replayer.error(), Some(&Error::Damaged { entry: 0, call }));
}

/// A sink of one's own may fail in its own way.
#[test]
fn the_sinks_error_is_told() {
    struct Full;
    impl Sink for Full {
        type Error = &'static str;
        fn write(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
            if bytes.len() == 8 {
                return Err("flash is full");
            }
            Ok(())
        }
    }
    let mut recorder = Recorder::new(Host::default(), Full).unwrap();
    assert_eq!(recorder.fd_close(Fd(1)), Err(Errno::Trap));
    let error = recorder.error().unwrap().to_string();
    assert_eq!(
        error,
        "entry 0 of the recording, Fds::fd_close: flash is full"
    );
}
