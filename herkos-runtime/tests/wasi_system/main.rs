//! The host `System` against a real file system.

mod denied;
mod files;
mod names;
mod sandbox;
mod time;

use herkos_runtime::wasi::*;
use std::fs;
use std::io::{Empty, Sink};
use std::path::PathBuf;
use tempfile::TempDir;

/// The preopened directory.
const DIR: Fd = Fd(3);

/// A folder with `inside/file` ("contents") and `inside/sub/`, and `outside` ("secret") beside it;
/// the host has `inside`.
struct Fixture {
    folder: TempDir,
    host: System<Empty, Vec<u8>, Sink>,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        fs::create_dir_all(inside.join("sub")).unwrap();
        fs::write(inside.join("file"), "contents").unwrap();
        fs::write(folder.path().join("outside"), "secret").unwrap();
        let host = System::new().with_stdout(Vec::new());
        let host = host.with_dir(inside, "/data").unwrap();
        Self { folder, host }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("inside").join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Opens with all rights that the directory passes on.
    fn open(&mut self, name: &str, oflags: OFlags) -> Result<Fd, Errno> {
        let how = how(oflags, FdFlags::empty());
        self.host.path_open(DIR, name, how)
    }

    fn file(&mut self) -> Fd {
        self.open("file", OFlags::empty()).unwrap()
    }
}

const FILE_RIGHTS: Rights = Rights::FD_READ
    .union(Rights::FD_WRITE)
    .union(Rights::FD_SEEK)
    .union(Rights::FD_TELL)
    .union(Rights::FD_ADVISE)
    .union(Rights::FD_ALLOCATE)
    .union(Rights::FD_SYNC)
    .union(Rights::FD_DATASYNC)
    .union(Rights::FD_FILESTAT_GET)
    .union(Rights::FD_FILESTAT_SET_SIZE)
    .union(Rights::FD_FILESTAT_SET_TIMES)
    .union(Rights::FD_FDSTAT_SET_FLAGS)
    .union(Rights::POLL_FD_READWRITE);

fn how(oflags: OFlags, fdflags: FdFlags) -> PathOpen {
    PathOpen {
        lookup: LookupFlags::SYMLINK_FOLLOW,
        oflags,
        rights_base: if oflags.contains(OFlags::DIRECTORY) {
            Rights::FD_READDIR | Rights::PATH_OPEN | Rights::FD_FILESTAT_GET
        } else {
            FILE_RIGHTS
        },
        rights_inheriting: Rights::FD_READ,
        fdflags,
    }
}

fn reading() -> PathOpen {
    PathOpen {
        rights_base: Rights::FD_READ | Rights::FD_SEEK | Rights::FD_TELL,
        rights_inheriting: Rights::empty(),
        ..how(OFlags::empty(), FdFlags::empty())
    }
}

#[test]
fn nothing_is_granted_unless_told() {
    let mut host = System::new();
    assert_eq!(host.arg(0), None);
    assert_eq!(host.variable(0), None);
    assert_eq!(
        host.clock_time_get(ClockId::Realtime, 1),
        Err(Errno::Notcapable)
    );
    assert_eq!(
        host.clock_res_get(ClockId::Monotonic),
        Err(Errno::Notcapable)
    );
    assert_eq!(host.random_get(&mut [0; 4]), Err(Errno::Notcapable));
    assert_eq!(host.fd_prestat_dir_name(DIR), Err(Errno::Badf));
    assert_eq!(host.fd_read(Fd::STDIN, &mut [0; 4]), Ok(0));
    assert_eq!(host.fd_write(Fd::STDOUT, b"text"), Ok(4));
    assert_eq!(
        host.sock_shutdown(Fd::STDIN, SdFlags::RD),
        Err(Errno::Notsock)
    );
    assert_eq!(host.sock_shutdown(Fd(9), SdFlags::RD), Err(Errno::Badf));
    assert_eq!(host.proc_raise(Signal::Abrt), Err(Errno::Nosys));
    assert_eq!(host.sched_yield(), Ok(()));
}

#[test]
fn arguments_and_variables() {
    let mut host = System::new()
        .with_args(["prog", "-v"])
        .with_args(["more"])
        .with_variable("HOME", "/")
        .with_variable("EMPTY", "");
    let args: Vec<_> = (0..4).map(|i| host.arg(i).map(<[u8]>::to_vec)).collect();
    assert_eq!(args[0].as_deref(), Some(&b"prog"[..]));
    assert_eq!(args[2].as_deref(), Some(&b"more"[..]));
    assert_eq!(args[3], None);
    assert_eq!(host.variable(0), Some(&b"HOME=/"[..]));
    assert_eq!(host.variable(1), Some(&b"EMPTY="[..]));
    assert_eq!(host.variable(2), None);
}

#[test]
fn random_numbers() {
    let mut host = System::new().with_random();
    let (mut one, mut two) = ([0; 32], [0; 32]);
    host.random_get(&mut one).unwrap();
    host.random_get(&mut two).unwrap();
    assert_ne!(one, two);
    assert_eq!(host.random_get(&mut []), Ok(()));
}

#[test]
fn streams() {
    let mut host = System::new()
        .with_stdin(&b"input"[..])
        .with_stdout(Vec::new())
        .with_stderr(Vec::new());
    let mut buf = [0; 3];
    assert_eq!(host.fd_read(Fd::STDIN, &mut buf), Ok(3));
    assert_eq!(&buf, b"inp");
    assert_eq!(*host.stdin(), b"ut");
    assert_eq!(host.fd_read(Fd::STDIN, &mut buf), Ok(2));
    assert_eq!(host.fd_read(Fd::STDIN, &mut buf), Ok(0));
    assert_eq!(host.fd_write(Fd::STDOUT, b"out"), Ok(3));
    assert_eq!(host.fd_write(Fd::STDERR, b"err"), Ok(3));
    assert_eq!(
        (&host.stdout()[..], &host.stderr()[..]),
        (&b"out"[..], &b"err"[..])
    );
    // Each in its direction only, and without positions.
    assert_eq!(host.fd_write(Fd::STDIN, b"x"), Err(Errno::Notcapable));
    assert_eq!(host.fd_read(Fd::STDOUT, &mut buf), Err(Errno::Notcapable));
    assert_eq!(host.fd_seek(Fd::STDIN, 1, Whence::Set), Err(Errno::Spipe));
    assert_eq!(host.fd_tell(Fd::STDOUT), Err(Errno::Spipe));
    assert_eq!(host.fd_pread(Fd::STDIN, &mut buf, 0), Err(Errno::Spipe));
    assert_eq!(host.fd_pwrite(Fd::STDERR, b"x", 0), Err(Errno::Spipe));
    assert_eq!(
        host.fd_filestat_get(Fd::STDIN).unwrap().filetype,
        FileType::Unknown
    );
    assert_eq!(host.fd_readdir(Fd::STDIN, 0), Err(Errno::Notcapable));
    assert_eq!(host.path_unlink_file(Fd::STDIN, "x"), Err(Errno::Notdir));
    // Closed, they are gone, and their numbers free.
    assert_eq!(host.fd_close(Fd::STDOUT), Ok(()));
    assert_eq!(host.fd_write(Fd::STDOUT, b"x"), Err(Errno::Badf));
    assert_eq!(host.fd_close(Fd::STDOUT), Err(Errno::Badf));
}

/// A stream's own error reaches the module.
#[test]
fn stream_errors() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::TimedOut.into())
        }
    }
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut host = System::new().with_stdin(Broken).with_stdout(Broken);
    assert_eq!(host.fd_read(Fd::STDIN, &mut [0]), Err(Errno::Timedout));
    assert_eq!(host.fd_write(Fd::STDOUT, b"x"), Err(Errno::Pipe));
}

#[test]
fn preopened_directories() {
    let folder = tempfile::tempdir().unwrap();
    let mut host = System::new()
        .with_dir(folder.path(), "/one")
        .unwrap()
        .with_read_only_dir(folder.path(), "two")
        .unwrap();
    assert_eq!(host.fd_prestat_dir_name(Fd(3)), Ok("/one"));
    assert_eq!(host.fd_prestat_dir_name(Fd(4)), Ok("two"));
    assert_eq!(host.fd_prestat_dir_name(Fd(5)), Err(Errno::Badf));
    assert_eq!(host.fd_prestat_dir_name(Fd::STDIN), Err(Errno::Badf));
    assert!(System::new()
        .with_dir(folder.path().join("none"), "x")
        .is_err());
}

#[test]
fn a_limit_of_descriptors() {
    let mut fixture = Fixture::new();
    fixture.host = fixture.host.with_max_descriptors(5);
    let fd = fixture.file();
    assert_eq!(fixture.open("new", OFlags::CREAT), Err(Errno::Mfile));
    assert!(!fixture.path("new").exists(), "created all the same");
    fixture.host.fd_close(fd).unwrap();
    assert_eq!(fixture.open("new", OFlags::CREAT), Ok(fd));
}

/// A pointer out of range traps, and leaves the file system as it is.
#[test]
fn bad_pointers_have_no_effect() {
    use herkos_runtime::{wasi, WasmTrap};
    let mut fixture = Fixture::new();
    let fd = fixture.file().0 as i32;
    let mut memory = [0; 64];
    memory[..4].copy_from_slice(b"file");
    memory[8..16].copy_from_slice(&[0, 0, 0, 0, 4, 0, 0, 0]);
    let (host, memory) = (&mut fixture.host, &mut memory[..]);
    let rights = FILE_RIGHTS.bits() as i64;
    let creat = OFlags::CREAT.bits() as i32;
    let results = [
        wasi::path_open(host, memory, 3, 0, 0, 3, creat, rights, 0, 0, 61),
        wasi::path_unlink_file(host, memory, 3, 61, 4),
        wasi::path_create_directory(host, memory, 3, -1, 3),
        wasi::path_rename(host, memory, 3, 0, 4, 3, 62, 3),
        wasi::fd_write(host, memory, fd, 8, 1, 61),
        wasi::fd_write(host, memory, fd, 8, 8, 60),
        wasi::fd_read(host, memory, fd, 8, 1, 61),
        wasi::fd_seek(host, memory, fd, 3, 0, 57),
    ];
    assert_eq!(results, [Err(WasmTrap::OutOfBounds); 8]);
    assert_eq!(fixture.host.fd_tell(Fd(fd as u32)), Ok(0));
    assert_eq!(fixture.read("file"), "contents");
    assert!(!fixture.path("fil").exists());
}
