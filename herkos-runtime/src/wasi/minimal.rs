//! The host for programs that only compute and print.

use super::{Args, Clocks, Environ, Errno, Event, Fd, FdFlags, FdStat, Fds, FileType, Paths};
use super::{ClockId, Poll, Process, Random, Rights, Sockets, Subscriptions, Timestamp, Topic};

/// Grants output and exit, arguments and variables if there are any; nothing else, and without a heap.
///
/// It implements every capability, so that any module runs on it; what it does not grant fails with
/// the errno that says so. Standard input is empty, there are no directories, no clock, no random
/// numbers. To add one, put it in a struct with your own and pass on the rest, with
/// [`delegate_wasi!`](crate::delegate_wasi).
///
/// ```
/// use herkos_runtime::wasi::{Fd, Fds, Minimal};
/// let mut text = String::new();
/// let mut host = Minimal::new(|_fd: Fd, bytes: &[u8]| text.push_str(&String::from_utf8_lossy(bytes)))
///     .with_args(&["program", "-v"]);
/// host.fd_write(Fd::STDOUT, b"Hello")?;
/// assert_eq!(text, "Hello");
/// # Ok::<(), herkos_runtime::wasi::Errno>(())
/// ```
pub struct Minimal<'a, F> {
    output: F,
    args: &'a [&'a str],
    variables: &'a [&'a str],
    open: [bool; 3],
}

impl<'a, F: FnMut(Fd, &[u8])> Minimal<'a, F> {
    /// What is written to [`Fd::STDOUT`] and [`Fd::STDERR`] goes to `output`.
    pub const fn new(output: F) -> Self {
        Self {
            output,
            args: &[],
            variables: &[],
            open: [true; 3],
        }
    }

    /// With arguments, the program's name first.
    #[must_use]
    pub const fn with_args(mut self, args: &'a [&'a str]) -> Self {
        self.args = args;
        self
    }

    /// With environment variables, each as `NAME=value`.
    #[must_use]
    pub const fn with_variables(mut self, variables: &'a [&'a str]) -> Self {
        self.variables = variables;
        self
    }

    /// [`Errno::Badf`] unless the descriptor is open and one of those.
    fn expect(&self, fd: Fd, among: &[Fd]) -> Result<(), Errno> {
        let place = usize::try_from(fd.0).map_err(|_| Errno::Badf)?;
        match self.open.get(place) {
            Some(true) if among.contains(&fd) => Ok(()),
            Some(true) => Err(Errno::Notcapable),
            _ => Err(Errno::Badf),
        }
    }
}

const ALL: [Fd; 3] = [Fd::STDIN, Fd::STDOUT, Fd::STDERR];

impl<F> core::fmt::Debug for Minimal<'_, F> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Minimal")
            .field("args", &self.args)
            .field("variables", &self.variables)
            .field("open", &self.open)
            .finish_non_exhaustive()
    }
}

impl<F> Args for Minimal<'_, F> {
    fn arg(&mut self, index: usize) -> Option<&[u8]> {
        self.args.get(index).map(|arg| arg.as_bytes())
    }
}

impl<F> Environ for Minimal<'_, F> {
    fn variable(&mut self, index: usize) -> Option<&[u8]> {
        self.variables
            .get(index)
            .map(|variable| variable.as_bytes())
    }
}

impl<F: FnMut(Fd, &[u8])> Fds for Minimal<'_, F> {
    fn fd_close(&mut self, fd: Fd) -> Result<(), Errno> {
        self.expect(fd, &ALL)?;
        for (open, number) in self.open.iter_mut().zip(ALL) {
            *open &= number != fd;
        }
        Ok(())
    }

    fn fd_fdstat_get(&mut self, fd: Fd) -> Result<FdStat, Errno> {
        self.expect(fd, &ALL)?;
        Ok(FdStat {
            filetype: FileType::Unknown,
            flags: FdFlags::empty(),
            rights_base: if fd == Fd::STDIN {
                Rights::FD_READ
            } else {
                Rights::FD_WRITE
            },
            rights_inheriting: Rights::empty(),
        })
    }

    fn fd_read(&mut self, fd: Fd, _buf: &mut [u8]) -> Result<usize, Errno> {
        self.expect(fd, &[Fd::STDIN])?;
        Ok(0)
    }

    fn fd_seek(&mut self, fd: Fd, _offset: i64, _whence: super::Whence) -> Result<u64, Errno> {
        self.expect(fd, &ALL)?;
        Err(Errno::Spipe)
    }

    fn fd_write(&mut self, fd: Fd, buf: &[u8]) -> Result<usize, Errno> {
        self.expect(fd, &[Fd::STDOUT, Fd::STDERR])?;
        if !buf.is_empty() {
            (self.output)(fd, buf);
        }
        Ok(buf.len())
    }
}

impl<F> Process for Minimal<'_, F> {}
impl<F: FnMut(Fd, &[u8])> Paths for Minimal<'_, F> {}
impl<F: FnMut(Fd, &[u8])> Sockets for Minimal<'_, F> {}

impl<F> Clocks for Minimal<'_, F> {
    fn clock_time_get(&mut self, _: ClockId, _: Timestamp) -> Result<Timestamp, Errno> {
        Err(Errno::Nosys)
    }
}

impl<F> Random for Minimal<'_, F> {
    fn random_get(&mut self, _: &mut [u8]) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }
}

/// Descriptors never make wait; without a clock there is no sleep.
impl<F: FnMut(Fd, &[u8])> Poll for Minimal<'_, F> {
    fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno> {
        for index in 0..subscriptions.len() {
            let Some(subscription) = subscriptions.get(index) else {
                continue;
            };
            let result = match subscription.topic {
                Topic::Clock { .. } => Err(Errno::Nosys),
                Topic::FdRead(fd) => self.expect(fd, &[Fd::STDIN]).map(|()| 0),
                Topic::FdWrite(fd) => self.expect(fd, &[Fd::STDOUT, Fd::STDERR]).map(|()| 1),
            };
            subscriptions.report(Event {
                subscription,
                result,
                is_hangup: false,
            });
        }
        Ok(())
    }
}
