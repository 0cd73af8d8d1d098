//! The host for programs on an operating system: grants what it is told to.

mod convert;
mod descriptor;
mod fds;
mod os;
mod paths;
mod time;

use self::descriptor::{Descriptor, Object, Table};
use super::{Args, Environ, Errno, Fd, FdFlags, Process, Random, RiFlags, Rights, RoFlags};
use super::{FileType, SdFlags, Sockets};
use std::ffi::OsString;
use std::io::{self, Empty, IsTerminal, Sink};
use std::path::Path;
use std::string::String;
use std::time::Instant;
use std::vec::Vec;

/// Grants arguments, streams, clocks, random numbers and directories, each only if told to.
///
/// A new one grants nothing but exit: no arguments, no variables, an empty standard input, output
/// that is thrown away, and errors for all else. It implements every capability, so that any module
/// runs on it; to have the compiler refuse modules that ask for more, pass on single capabilities
/// with [`delegate_wasi!`](crate::delegate_wasi).
///
/// ```
/// use herkos_runtime::wasi::{Args, Errno, Fd, Fds, Random, System};
///
/// let mut host = System::new()
///     .with_args(["program", "--verbose"])
///     .with_stdin(&b"input"[..])
///     .with_stdout(Vec::new());
/// assert_eq!(host.arg(1), Some(&b"--verbose"[..]));
/// assert_eq!(host.fd_read(Fd::STDIN, &mut [0; 3]), Ok(3));
/// assert_eq!(host.fd_write(Fd::STDOUT, b"output"), Ok(6));
/// assert_eq!(host.stdout(), b"output");
/// assert_eq!(host.random_get(&mut [0; 8]), Err(Errno::Notcapable)); // not told to
/// ```
///
/// Directories are opened here, under the name that the module knows them by. The module reaches
/// what is in them, and nothing else: not by `..`, not by a symbolic link, not by an absolute path.
///
/// ```no_run
/// # use herkos_runtime::wasi::System;
/// let host = System::new()
///     .with_stdio()
///     .with_clocks()
///     .with_dir("/srv/data", "/data")?
///     .with_read_only_dir("/etc/app", "/config")?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct System<I = Empty, O = Sink, E = Sink> {
    args: Vec<Vec<u8>>,
    variables: Vec<Vec<u8>>,
    streams: Streams<I, O, E>,
    table: Table,
    /// When the host was made: the monotonic clock's zero. `None`: no clocks.
    start: Option<Instant>,
    has_random: bool,
    /// The answer of `path_readlink`.
    link: Vec<u8>,
}

struct Streams<I, O, E> {
    stdin: I,
    stdout: O,
    stderr: E,
}

impl System {
    /// A host that grants nothing.
    #[must_use]
    pub fn new() -> Self {
        let stream = |object, rights| Descriptor::stream(object, FileType::Unknown, rights);
        Self {
            args: Vec::new(),
            variables: Vec::new(),
            streams: Streams {
                stdin: io::empty(),
                stdout: io::sink(),
                stderr: io::sink(),
            },
            table: Table::new([
                stream(Object::Stdin, Rights::FD_READ),
                stream(Object::Stdout, Rights::FD_WRITE),
                stream(Object::Stderr, Rights::FD_WRITE),
            ]),
            start: None,
            has_random: false,
            link: Vec::new(),
        }
    }
}

impl Default for System {
    fn default() -> Self {
        Self::new()
    }
}

impl<I, O, E> System<I, O, E> {
    /// Adds arguments; the first of all is the program's name. For the module a NUL byte ends an
    /// argument.
    #[must_use]
    pub fn with_args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        let args = args.into_iter().map(|arg| os::bytes(arg.into()));
        self.args.extend(args);
        self
    }

    /// Adds a variable to the environment. For the module a NUL byte ends its value.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        let mut text = os::bytes(name.into());
        text.push(b'=');
        text.extend(os::bytes(value.into()));
        self.variables.push(text);
        self
    }

    /// Standard input: any reader. Reading may wait for as long as the reader does.
    #[must_use]
    pub fn with_stdin<R: io::Read>(self, stdin: R) -> System<R, O, E> {
        self.change_streams(|old| Streams {
            stdin,
            stdout: old.stdout,
            stderr: old.stderr,
        })
    }

    /// Standard output: any writer. It is flushed after each write.
    #[must_use]
    pub fn with_stdout<W: io::Write>(self, stdout: W) -> System<I, W, E> {
        self.change_streams(|old| Streams {
            stdin: old.stdin,
            stdout,
            stderr: old.stderr,
        })
    }

    /// Standard error: any writer. It is flushed after each write.
    #[must_use]
    pub fn with_stderr<W: io::Write>(self, stderr: W) -> System<I, O, W> {
        self.change_streams(|old| Streams {
            stdin: old.stdin,
            stdout: old.stdout,
            stderr,
        })
    }

    fn change_streams<R, W, V>(
        self,
        change: impl FnOnce(Streams<I, O, E>) -> Streams<R, W, V>,
    ) -> System<R, W, V> {
        System {
            streams: change(self.streams),
            args: self.args,
            variables: self.variables,
            table: self.table,
            start: self.start,
            has_random: self.has_random,
            link: self.link,
        }
    }

    /// The three standard streams of this process.
    #[must_use]
    pub fn with_stdio(self) -> System<io::Stdin, io::Stdout, io::Stderr> {
        let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
        let terminals = [
            (Fd::STDIN, stdin.is_terminal()),
            (Fd::STDOUT, stdout.is_terminal()),
            (Fd::STDERR, stderr.is_terminal()),
        ];
        let mut host = self
            .with_stdin(stdin)
            .with_stdout(stdout)
            .with_stderr(stderr);
        for (fd, is_terminal) in terminals {
            if let (true, Ok(stream)) = (is_terminal, host.table.get_mut(fd, Rights::empty())) {
                stream.filetype = FileType::CharacterDevice;
            }
        }
        host
    }

    /// Grants the clocks: wall-clock time, a monotonic clock that starts at zero now, and the
    /// processor time of this process and thread; and to sleep.
    #[must_use]
    pub fn with_clocks(mut self) -> Self {
        self.start = Some(Instant::now());
        self
    }

    /// Grants random numbers, of the operating system's source.
    #[must_use]
    pub fn with_random(mut self) -> Self {
        self.has_random = true;
        self
    }

    /// Grants a directory and all below it, to read and to change. `name` is what the module calls
    /// it: an absolute path as a rule, or `.` for the directory that relative paths begin at.
    ///
    /// # Errors
    /// The directory can't be opened, or too many are.
    pub fn with_dir(self, dir: impl AsRef<Path>, name: impl Into<String>) -> io::Result<Self> {
        let inheriting = descriptor::DIRECTORY.union(descriptor::FILE);
        self.with_dir_rights(dir, name, descriptor::DIRECTORY, inheriting)
    }

    /// Grants a directory and all below it, to read only.
    ///
    /// # Errors
    /// The directory can't be opened, or too many are.
    pub fn with_read_only_dir(
        self,
        dir: impl AsRef<Path>,
        name: impl Into<String>,
    ) -> io::Result<Self> {
        let base = descriptor::DIRECTORY.difference(descriptor::CHANGES);
        let inheriting = base.union(descriptor::FILE.difference(descriptor::CHANGES));
        self.with_dir_rights(dir, name, base, inheriting)
    }

    /// Grants a directory with the rights `base` for itself, `inheriting` for what is opened in it.
    ///
    /// # Errors
    /// The directory can't be opened, or too many are.
    pub fn with_dir_rights(
        mut self,
        dir: impl AsRef<Path>,
        name: impl Into<String>,
        base: Rights,
        inheriting: Rights,
    ) -> io::Result<Self> {
        let dir = cap_std::fs::Dir::open_ambient_dir(dir, cap_std::ambient_authority())?;
        let mut descriptor = Descriptor::directory(dir, base, inheriting);
        if let Object::Dir(directory) = &mut descriptor.object {
            directory.name = Some(name.into());
        }
        let inserted = self.table.insert(descriptor);
        inserted.map_err(|_| io::Error::other("too many open descriptors"))?;
        Ok(self)
    }

    /// Limits how many descriptors may be open at once, standard streams and directories included.
    /// Without this, 1,024: they take up those of the process.
    #[must_use]
    pub fn with_max_descriptors(mut self, limit: usize) -> Self {
        self.table.limit = limit;
        self
    }

    /// Standard input, as far as it was read.
    pub fn stdin(&self) -> &I {
        &self.streams.stdin
    }

    /// Standard output, with what was written.
    pub fn stdout(&self) -> &O {
        &self.streams.stdout
    }

    /// Standard error, with what was written.
    pub fn stderr(&self) -> &E {
        &self.streams.stderr
    }
}

impl<I, O, E> core::fmt::Debug for System<I, O, E> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("System")
            .field("args", &self.args.len())
            .field("variables", &self.variables.len())
            .field("table", &self.table)
            .field("has_clocks", &self.start.is_some())
            .field("has_random", &self.has_random)
            .finish_non_exhaustive()
    }
}

impl<I, O, E> Args for System<I, O, E> {
    fn arg(&mut self, index: usize) -> Option<&[u8]> {
        self.args.get(index).map(Vec::as_slice)
    }
}

impl<I, O, E> Environ for System<I, O, E> {
    fn variable(&mut self, index: usize) -> Option<&[u8]> {
        self.variables.get(index).map(Vec::as_slice)
    }
}

impl<I, O, E> Random for System<I, O, E> {
    fn random_get(&mut self, buf: &mut [u8]) -> Result<(), Errno> {
        if !self.has_random {
            return Err(Errno::Notcapable);
        }
        getrandom::fill(buf).map_err(|_| Errno::Io)
    }
}

impl<I, O, E> Process for System<I, O, E> {
    fn sched_yield(&mut self) -> Result<(), Errno> {
        std::thread::yield_now();
        Ok(())
    }
}

/// There are no sockets among the descriptors.
impl<I: io::Read, O: io::Write, E: io::Write> Sockets for System<I, O, E> {
    fn sock_accept(&mut self, fd: Fd, _: FdFlags) -> Result<Fd, Errno> {
        self.no_socket(fd)
    }

    fn sock_recv(&mut self, fd: Fd, _: &mut [u8], _: RiFlags) -> Result<(usize, RoFlags), Errno> {
        self.no_socket(fd)
    }

    fn sock_send(&mut self, fd: Fd, _: &[u8]) -> Result<usize, Errno> {
        self.no_socket(fd)
    }

    fn sock_shutdown(&mut self, fd: Fd, _: SdFlags) -> Result<(), Errno> {
        self.no_socket(fd)
    }
}

impl<I, O, E> System<I, O, E> {
    fn no_socket<T>(&self, fd: Fd) -> Result<T, Errno> {
        self.table.get(fd, Rights::empty())?;
        Err(Errno::Notsock)
    }
}
