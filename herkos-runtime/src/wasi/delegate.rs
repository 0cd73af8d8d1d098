//! Passing capabilities on: from a reference to what it refers to, from a host to a part of it.

/// Grants WASI capabilities by passing them on to a field of the host, which has them.
///
/// ```
/// use herkos_runtime::{delegate_wasi, wasi};
///
/// /// Has all that the system has. Grants its clock and exit, no files.
/// struct Sandbox<S> {
///     system: S,
/// }
///
/// delegate_wasi!(impl[S: wasi::Clocks + wasi::Process] Clocks, Process for Sandbox<S> => system);
/// ```
///
/// Without type parameters: `delegate_wasi!(Clocks, Process for Sandbox => system);`.
#[macro_export]
macro_rules! delegate_wasi {
    (impl $generics:tt $($capability:ident),+ for $host:ty => $($field:ident).+) => {
        $crate::__delegate_wasi! { @all $($capability)+; $generics, $host, ($($field).+) }
    };
    ($($capability:ident),+ for $host:ty => $($field:ident).+) => {
        $crate::__delegate_wasi! { @all $($capability)+; [], $host, ($($field).+) }
    };
}

/// The methods of each capability, once: `__wasi_capability! { Capability, then, … }` calls
/// `then! { @impl Capability, …; methods }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __wasi_capability {
    (Args, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Args $($rest)*;
        fn arg(index: usize) -> Option<&[u8]>;
    } };
    (Environ, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Environ $($rest)*;
        fn variable(index: usize) -> Option<&[u8]>;
    } };
    (Clocks, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Clocks $($rest)*;
        fn clock_time_get(id: ClockId, precision: Timestamp) -> Result<Timestamp, Errno>;
        fn clock_res_get(id: ClockId) -> Result<Timestamp, Errno>;
    } };
    (Random, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Random $($rest)*;
        fn random_get(buf: &mut [u8]) -> Result<(), Errno>;
    } };
    (Fds, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Fds $($rest)*;
        fn fd_advise(fd: Fd, offset: u64, len: u64, advice: Advice) -> Result<(), Errno>;
        fn fd_allocate(fd: Fd, offset: u64, len: u64) -> Result<(), Errno>;
        fn fd_close(fd: Fd) -> Result<(), Errno>;
        fn fd_datasync(fd: Fd) -> Result<(), Errno>;
        fn fd_fdstat_get(fd: Fd) -> Result<FdStat, Errno>;
        fn fd_fdstat_set_flags(fd: Fd, flags: FdFlags) -> Result<(), Errno>;
        fn fd_fdstat_set_rights(fd: Fd, base: Rights, inheriting: Rights) -> Result<(), Errno>;
        fn fd_filestat_get(fd: Fd) -> Result<FileStat, Errno>;
        fn fd_filestat_set_size(fd: Fd, size: u64) -> Result<(), Errno>;
        fn fd_filestat_set_times(fd: Fd, atim: SetTime, mtim: SetTime) -> Result<(), Errno>;
        fn fd_pread(fd: Fd, buf: &mut [u8], offset: u64) -> Result<usize, Errno>;
        fn fd_prestat_dir_name(fd: Fd) -> Result<&str, Errno>;
        fn fd_pwrite(fd: Fd, buf: &[u8], offset: u64) -> Result<usize, Errno>;
        fn fd_read(fd: Fd, buf: &mut [u8]) -> Result<usize, Errno>;
        fn fd_readdir(fd: Fd, cookie: u64) -> Result<Option<Dirent<'_>>, Errno>;
        fn fd_renumber(fd: Fd, to: Fd) -> Result<(), Errno>;
        fn fd_seek(fd: Fd, offset: i64, whence: Whence) -> Result<u64, Errno>;
        fn fd_sync(fd: Fd) -> Result<(), Errno>;
        fn fd_tell(fd: Fd) -> Result<u64, Errno>;
        fn fd_write(fd: Fd, buf: &[u8]) -> Result<usize, Errno>;
    } };
    (Paths, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Paths $($rest)*;
        fn path_create_directory(fd: Fd, path: &str) -> Result<(), Errno>;
        fn path_filestat_get(fd: Fd, lookup: LookupFlags, path: &str) -> Result<FileStat, Errno>;
        fn path_filestat_set_times(
            fd: Fd, lookup: LookupFlags, path: &str, atim: SetTime, mtim: SetTime
        ) -> Result<(), Errno>;
        fn path_link(
            old_fd: Fd, old_lookup: LookupFlags, old_path: &str, new_fd: Fd, new_path: &str
        ) -> Result<(), Errno>;
        fn path_open(fd: Fd, path: &str, how: PathOpen) -> Result<Fd, Errno>;
        fn path_readlink(fd: Fd, path: &str) -> Result<&[u8], Errno>;
        fn path_remove_directory(fd: Fd, path: &str) -> Result<(), Errno>;
        fn path_rename(
            old_fd: Fd, old_path: &str, new_fd: Fd, new_path: &str
        ) -> Result<(), Errno>;
        fn path_symlink(old_path: &str, fd: Fd, new_path: &str) -> Result<(), Errno>;
        fn path_unlink_file(fd: Fd, path: &str) -> Result<(), Errno>;
    } };
    (Poll, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Poll $($rest)*;
        fn poll_oneoff(subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno>;
    } };
    (Process, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Process $($rest)*;
        fn proc_exit(status: u32) -> WasmTrap;
        fn proc_raise(signal: Signal) -> Result<(), Errno>;
        fn sched_yield() -> Result<(), Errno>;
    } };
    (Sockets, $then:ident $($rest:tt)*) => { $crate::$then! { @impl Sockets $($rest)*;
        fn sock_accept(fd: Fd, flags: FdFlags) -> Result<Fd, Errno>;
        fn sock_recv(fd: Fd, buf: &mut [u8], flags: RiFlags) -> Result<(usize, RoFlags), Errno>;
        fn sock_send(fd: Fd, buf: &[u8]) -> Result<usize, Errno>;
        fn sock_shutdown(fd: Fd, how: SdFlags) -> Result<(), Errno>;
    } };
}

/// Passes each method on: `__delegate_wasi! { @all Capability…; [generics], Host, field }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __delegate_wasi {
    (@all $($capability:ident)+; $generics:tt, $host:ty, $place:tt) => {
        $($crate::__wasi_capability! { $capability, __delegate_wasi, $generics, $host, $place })+
    };
    (@impl $capability:ident, [$($generics:tt)*], $host:ty, $place:tt;
        $(fn $method:ident($($arg:ident: $ty:ty),*) -> $result:ty;)+) => {
        const _: () = {
            #[allow(unused_imports, reason = "not every capability needs all types")]
            use $crate::wasi::delegated::*;

            impl<$($generics)*> $crate::wasi::$capability for $host {
                $(
                    #[inline]
                    fn $method(&mut self $(, $arg: $ty)*) -> $result {
                        let part = $crate::__delegate_wasi!(@place self $place);
                        $crate::wasi::$capability::$method(part $(, $arg)*)
                    }
                )+
            }
        };
    };
    (@place $this:ident *) => { &mut **$this };
    (@place $this:ident ($($field:ident).+)) => { &mut $this.$($field).+ };
}

/// What the signatures above name, whatever those names mean where the macro is used.
#[doc(hidden)]
pub mod delegated {
    pub use super::super::types::*;
    pub use super::super::{Errno, Subscriptions};
    pub use crate::WasmTrap;
    pub use core::option::Option;
    pub use core::result::Result;
}

/// A reference to a host grants what the host grants.
mod references {
    use crate::wasi::*;

    crate::__wasi_capability! { Args, __delegate_wasi, [H: Args + ?Sized], &mut H, * }
    crate::__wasi_capability! { Environ, __delegate_wasi, [H: Environ + ?Sized], &mut H, * }
    crate::__wasi_capability! { Clocks, __delegate_wasi, [H: Clocks + ?Sized], &mut H, * }
    crate::__wasi_capability! { Random, __delegate_wasi, [H: Random + ?Sized], &mut H, * }
    crate::__wasi_capability! { Fds, __delegate_wasi, [H: Fds + ?Sized], &mut H, * }
    crate::__wasi_capability! { Paths, __delegate_wasi, [H: Paths + ?Sized], &mut H, * }
    crate::__wasi_capability! { Poll, __delegate_wasi, [H: Poll + ?Sized], &mut H, * }
    crate::__wasi_capability! { Process, __delegate_wasi, [H: Process + ?Sized], &mut H, * }
    crate::__wasi_capability! { Sockets, __delegate_wasi, [H: Sockets + ?Sized], &mut H, * }
}
