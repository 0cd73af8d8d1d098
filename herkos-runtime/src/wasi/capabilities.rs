//! The capabilities: traits that a host implements, in groups that can be granted one without the
//! other.
//!
//! Methods speak Rust: slices, `&str` paths, results. Pointers into the module's memory never get
//! this far. Methods with a body answer that the function is not supported ([`Errno::Nosys`]), so
//! that a host writes only what it grants.

use super::*;
use crate::WasmTrap;

/// The command line (`args_get`, `args_sizes_get`).
#[diagnostic::on_unimplemented(
    message = "the module needs its arguments (WASI), and `{Self}` does not grant `wasi::Args`",
    label = "the trait `herkos_runtime::wasi::Args` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
pub trait Args {
    /// The argument of this number, from 0 without gaps; the first is the program's name. `None`
    /// from the end on. Arguments hold no NUL byte: the module sees them as C strings.
    fn arg(&mut self, index: usize) -> Option<&[u8]>;
}

/// The environment (`environ_get`, `environ_sizes_get`).
#[diagnostic::on_unimplemented(
    message = "the module needs environment variables (WASI), and `{Self}` does not grant `wasi::Environ`",
    label = "the trait `herkos_runtime::wasi::Environ` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
pub trait Environ {
    /// The variable of this number, from 0 without gaps, as `NAME=value`. `None` from the end on.
    /// Variables hold no NUL byte: the module sees them as C strings.
    fn variable(&mut self, index: usize) -> Option<&[u8]>;
}

/// Clocks (`clock_*`).
#[diagnostic::on_unimplemented(
    message = "the module needs clocks (WASI), and `{Self}` does not grant `wasi::Clocks`",
    label = "the trait `herkos_runtime::wasi::Clocks` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
pub trait Clocks {
    /// The clock's time. `precision` is how much it may be off.
    ///
    /// # Errors
    /// [`Errno::Inval`] for a clock that the host does not have.
    fn clock_time_get(&mut self, id: ClockId, precision: Timestamp) -> Result<Timestamp, Errno>;

    /// The span from one tick of the clock to the next.
    ///
    /// # Errors
    /// [`Errno::Inval`] for a clock that the host does not have.
    #[allow(unused_variables, reason = "the default refuses, whatever the clock")]
    fn clock_res_get(&mut self, id: ClockId) -> Result<Timestamp, Errno> {
        Err(Errno::Nosys)
    }
}

/// Random numbers (`random_get`).
#[diagnostic::on_unimplemented(
    message = "the module needs random numbers (WASI), and `{Self}` does not grant `wasi::Random`",
    label = "the trait `herkos_runtime::wasi::Random` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
pub trait Random {
    /// Fills the buffer with random bytes, of a quality fit for keys.
    ///
    /// # Errors
    /// Any: the source has none.
    fn random_get(&mut self, buf: &mut [u8]) -> Result<(), Errno>;
}

/// File descriptors (`fd_*`): standard streams, and what [`Paths`] opens.
///
/// All methods fail with [`Errno::Badf`] for a descriptor that is not open and with
/// [`Errno::Notcapable`] where its rights forbid the call.
#[diagnostic::on_unimplemented(
    message = "the module needs file descriptors (WASI), and `{Self}` does not grant `wasi::Fds`",
    label = "the trait `herkos_runtime::wasi::Fds` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
#[allow(
    unused_variables,
    reason = "the defaults refuse, whatever the arguments"
)]
#[allow(clippy::missing_errors_doc, reason = "said once, above")]
pub trait Fds {
    /// Says how a range of a file will be used. A `len` of 0 reaches to the end.
    fn fd_advise(&mut self, fd: Fd, offset: u64, len: u64, advice: Advice) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Makes sure that the file's storage reaches to `offset + len`.
    fn fd_allocate(&mut self, fd: Fd, offset: u64, len: u64) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Closes the descriptor.
    fn fd_close(&mut self, fd: Fd) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Waits until the file's data is stored.
    fn fd_datasync(&mut self, fd: Fd) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// What the descriptor is and may do.
    fn fd_fdstat_get(&mut self, fd: Fd) -> Result<FdStat, Errno> {
        Err(Errno::Nosys)
    }

    /// Sets how the descriptor behaves.
    fn fd_fdstat_set_flags(&mut self, fd: Fd, flags: FdFlags) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Gives up all rights but these. Rights that it does not have cannot be taken:
    /// [`Errno::Notcapable`].
    fn fd_fdstat_set_rights(
        &mut self,
        fd: Fd,
        base: Rights,
        inheriting: Rights,
    ) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// The file's attributes.
    fn fd_filestat_get(&mut self, fd: Fd) -> Result<FileStat, Errno> {
        Err(Errno::Nosys)
    }

    /// Cuts the file to this size, or extends it with zeros.
    fn fd_filestat_set_size(&mut self, fd: Fd, size: u64) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Sets the file's times of access and of modification.
    fn fd_filestat_set_times(&mut self, fd: Fd, atim: SetTime, mtim: SetTime) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Reads at an offset, without using or moving the position. The number of bytes read: 0 at the
    /// file's end.
    fn fd_pread(&mut self, fd: Fd, buf: &mut [u8], offset: u64) -> Result<usize, Errno> {
        Err(Errno::Nosys)
    }

    /// The module's name for a directory that was open when it started. [`Errno::Badf`] if the
    /// descriptor is no such directory; modules ask for 3, 4 and so on, up to the first error.
    fn fd_prestat_dir_name(&mut self, fd: Fd) -> Result<&str, Errno> {
        Err(Errno::Badf)
    }

    /// Writes at an offset, without using or moving the position. The number of bytes written.
    fn fd_pwrite(&mut self, fd: Fd, buf: &[u8], offset: u64) -> Result<usize, Errno> {
        Err(Errno::Nosys)
    }

    /// Reads at the position and moves it. The number of bytes read: 0 at the end.
    fn fd_read(&mut self, fd: Fd, buf: &mut [u8]) -> Result<usize, Errno> {
        Err(Errno::Nosys)
    }

    /// The directory's entry at a cookie: 0 for the first, else `next` of the entry before. `None`
    /// behind the last. Entries include `.` and `..`. Cookie 0 reads the directory anew.
    fn fd_readdir(&mut self, fd: Fd, cookie: u64) -> Result<Option<Dirent<'_>>, Errno> {
        Err(Errno::Nosys)
    }

    /// Gives the descriptor the number `to`, which is open: that one is closed.
    fn fd_renumber(&mut self, fd: Fd, to: Fd) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Moves the position; the new one.
    fn fd_seek(&mut self, fd: Fd, offset: i64, whence: Whence) -> Result<u64, Errno> {
        Err(Errno::Nosys)
    }

    /// Waits until the file's data and metadata are stored.
    fn fd_sync(&mut self, fd: Fd) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// The position.
    fn fd_tell(&mut self, fd: Fd) -> Result<u64, Errno> {
        Err(Errno::Nosys)
    }

    /// Writes at the position and moves it. The number of bytes written.
    fn fd_write(&mut self, fd: Fd, buf: &[u8]) -> Result<usize, Errno> {
        Err(Errno::Nosys)
    }
}

/// Files by name (`path_*`), each relative to the descriptor of an open directory.
///
/// A path that leads out of that directory, by `..`, a symbolic link or a leading `/`, must fail:
/// [`Errno::Perm`].
#[diagnostic::on_unimplemented(
    message = "the module needs files by name (WASI), and `{Self}` does not grant `wasi::Paths`",
    label = "the trait `herkos_runtime::wasi::Paths` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
#[allow(
    unused_variables,
    reason = "the defaults refuse, whatever the arguments"
)]
#[allow(clippy::missing_errors_doc, reason = "said once, at Fds")]
pub trait Paths: Fds {
    /// Creates a directory.
    fn path_create_directory(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// The attributes of what the path names.
    fn path_filestat_get(
        &mut self,
        fd: Fd,
        lookup: LookupFlags,
        path: &str,
    ) -> Result<FileStat, Errno> {
        Err(Errno::Nosys)
    }

    /// Sets the times of access and of modification.
    fn path_filestat_set_times(
        &mut self,
        fd: Fd,
        lookup: LookupFlags,
        path: &str,
        atim: SetTime,
        mtim: SetTime,
    ) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Creates a hard link.
    fn path_link(
        &mut self,
        old_fd: Fd,
        old_lookup: LookupFlags,
        old_path: &str,
        new_fd: Fd,
        new_path: &str,
    ) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Opens a file or directory. The new descriptor has the rights asked for, less those that have
    /// no meaning for its kind of file.
    fn path_open(&mut self, fd: Fd, path: &str, how: PathOpen) -> Result<Fd, Errno> {
        Err(Errno::Nosys)
    }

    /// The path in a symbolic link.
    fn path_readlink(&mut self, fd: Fd, path: &str) -> Result<&[u8], Errno> {
        Err(Errno::Nosys)
    }

    /// Removes a directory, which is empty.
    fn path_remove_directory(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Renames a file or directory.
    fn path_rename(
        &mut self,
        old_fd: Fd,
        old_path: &str,
        new_fd: Fd,
        new_path: &str,
    ) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Creates a symbolic link at `new_path` that holds `old_path`.
    fn path_symlink(&mut self, old_path: &str, fd: Fd, new_path: &str) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Removes a file that is no directory.
    fn path_unlink_file(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }
}

/// Waiting (`poll_oneoff`), which is also how modules sleep.
#[diagnostic::on_unimplemented(
    message = "the module needs to wait or sleep (WASI), and `{Self}` does not grant `wasi::Poll`",
    label = "the trait `herkos_runtime::wasi::Poll` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
pub trait Poll {
    /// Waits until at least one of the subscriptions has happened, and reports each that has with
    /// [`Subscriptions::report`].
    ///
    /// # Errors
    /// Any, if the host cannot wait at all. What is wrong with one subscription alone (its clock,
    /// its descriptor) is reported as that one's event.
    fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno>;
}

/// The program as a process (`proc_exit`, `proc_raise`, `sched_yield`).
#[diagnostic::on_unimplemented(
    message = "the module needs to exit (WASI), and `{Self}` does not grant `wasi::Process`",
    label = "the trait `herkos_runtime::wasi::Process` is not implemented for this host",
    note = "implement it (`impl Process for ... {{}}` has `proc_exit` end the call with `WasmTrap::Exit`), or \
            pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
pub trait Process {
    /// The module ends with this status. What is returned ends the call: a trap, since nothing of
    /// the module may run after this.
    fn proc_exit(&mut self, status: u32) -> WasmTrap {
        WasmTrap::Exit(crate::cast::i32_of(status))
    }

    /// The module sends itself a signal.
    ///
    /// # Errors
    /// [`Errno::Nosys`] unless the host knows signals.
    #[allow(unused_variables, reason = "the default refuses, whatever the signal")]
    fn proc_raise(&mut self, signal: Signal) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }

    /// Lets others run.
    ///
    /// # Errors
    /// Any.
    fn sched_yield(&mut self) -> Result<(), Errno> {
        Ok(())
    }
}

/// Sockets that are open already (`sock_*`).
#[diagnostic::on_unimplemented(
    message = "the module needs sockets (WASI), and `{Self}` does not grant `wasi::Sockets`",
    label = "the trait `herkos_runtime::wasi::Sockets` is not implemented for this host",
    note = "implement it, or pass it on from a host that has it with `herkos_runtime::delegate_wasi!`"
)]
#[allow(
    unused_variables,
    reason = "the defaults refuse, whatever the arguments"
)]
#[allow(clippy::missing_errors_doc, reason = "said once, at Fds")]
pub trait Sockets: Fds {
    /// Accepts a connection; its descriptor.
    fn sock_accept(&mut self, fd: Fd, flags: FdFlags) -> Result<Fd, Errno> {
        Err(Errno::Nosys)
    }

    /// Receives a message. The number of bytes, 0 at the end.
    fn sock_recv(
        &mut self,
        fd: Fd,
        buf: &mut [u8],
        flags: RiFlags,
    ) -> Result<(usize, RoFlags), Errno> {
        Err(Errno::Nosys)
    }

    /// Sends a message. The number of bytes sent.
    fn sock_send(&mut self, fd: Fd, buf: &[u8]) -> Result<usize, Errno> {
        Err(Errno::Nosys)
    }

    /// Shuts down one direction or both.
    fn sock_shutdown(&mut self, fd: Fd, how: SdFlags) -> Result<(), Errno> {
        Err(Errno::Nosys)
    }
}
