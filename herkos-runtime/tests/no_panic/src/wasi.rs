//! Every function of WASI, with a host of whose answers nothing is known.

use core::hint::black_box;
use herkos_runtime::wasi::*;

struct Opaque;

impl Args for Opaque {
    fn arg(&mut self, index: usize) -> Option<&[u8]> {
        black_box((index < 5).then_some(&[]))
    }
}

impl Environ for Opaque {
    fn variable(&mut self, index: usize) -> Option<&[u8]> {
        black_box((index < 5).then_some(&[]))
    }
}

impl Clocks for Opaque {
    fn clock_time_get(&mut self, _: ClockId, _: Timestamp) -> Result<Timestamp, Errno> {
        black_box(Ok(0))
    }
}

impl Random for Opaque {
    fn random_get(&mut self, buf: &mut [u8]) -> Result<(), Errno> {
        black_box(buf);
        black_box(Ok(()))
    }
}

impl Fds for Opaque {
    fn fd_fdstat_get(&mut self, _: Fd) -> Result<FdStat, Errno> {
        black_box(Err(Errno::Badf))
    }
    fn fd_filestat_get(&mut self, _: Fd) -> Result<FileStat, Errno> {
        black_box(Err(Errno::Badf))
    }
    fn fd_pread(&mut self, _: Fd, buf: &mut [u8], offset: u64) -> Result<usize, Errno> {
        black_box((buf, offset));
        black_box(Ok(0))
    }
    fn fd_prestat_dir_name(&mut self, _: Fd) -> Result<&str, Errno> {
        black_box(Ok("name"))
    }
    fn fd_pwrite(&mut self, _: Fd, buf: &[u8], offset: u64) -> Result<usize, Errno> {
        black_box((buf, offset));
        black_box(Ok(0))
    }
    fn fd_read(&mut self, _: Fd, buf: &mut [u8]) -> Result<usize, Errno> {
        black_box(buf);
        black_box(Ok(0))
    }
    fn fd_readdir(&mut self, _: Fd, _: u64) -> Result<Option<Dirent<'_>>, Errno> {
        black_box(Ok(None))
    }
    fn fd_seek(&mut self, _: Fd, _: i64, _: Whence) -> Result<u64, Errno> {
        black_box(Ok(0))
    }
    fn fd_write(&mut self, _: Fd, buf: &[u8]) -> Result<usize, Errno> {
        black_box(buf);
        black_box(Ok(0))
    }
}

impl Paths for Opaque {
    fn path_filestat_get(&mut self, _: Fd, _: LookupFlags, path: &str) -> Result<FileStat, Errno> {
        black_box(path);
        black_box(Err(Errno::Badf))
    }
    fn path_open(&mut self, _: Fd, path: &str, how: PathOpen) -> Result<Fd, Errno> {
        black_box((path, how));
        black_box(Err(Errno::Badf))
    }
    fn path_readlink(&mut self, _: Fd, path: &str) -> Result<&[u8], Errno> {
        black_box(path);
        black_box(Ok(b"link"))
    }
    fn path_rename(&mut self, _: Fd, old: &str, _: Fd, new: &str) -> Result<(), Errno> {
        black_box((old, new));
        black_box(Ok(()))
    }
}

impl Poll for Opaque {
    fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno> {
        for index in 0..subscriptions.len() {
            if let Some(subscription) = subscriptions.get(index) {
                subscriptions.report(Event {
                    subscription,
                    result: black_box(Ok(0)),
                    is_hangup: false,
                });
            }
        }
        black_box(Ok(()))
    }
}

impl Process for Opaque {}

impl Sockets for Opaque {
    fn sock_recv(
        &mut self,
        _: Fd,
        buf: &mut [u8],
        flags: RiFlags,
    ) -> Result<(usize, RoFlags), Errno> {
        black_box((buf, flags));
        black_box(Ok((0, RoFlags::empty())))
    }
    fn sock_send(&mut self, _: Fd, buf: &[u8]) -> Result<usize, Errno> {
        black_box(buf);
        black_box(Ok(0))
    }
}

macro_rules! keep {
    ($host:expr, $memory:expr; $($name:ident $args:tt)+) => {
        $(let _ = black_box(keep!(@ $name $host, $memory, $args));)+
    };
    (@ $name:ident $host:expr, $memory:expr, ($($arg:ident)*)) => {
        $name($host, $memory $(, keep!(@@ $arg))*)
    };
    (@@ i) => { black_box(0_i32) };
    (@@ l) => { black_box(0_i64) };
}

pub fn keep_all(memory: &mut [u8]) {
    let mut minimal = Minimal::new(|fd: Fd, bytes: &[u8]| {
        black_box((fd, bytes));
    });
    keep_with(&mut minimal, memory);
    keep_with(&mut Opaque, memory);
}

fn keep_with<H>(host: &mut H, memory: &mut [u8])
where
    H: Args + Environ + Clocks + Random + Paths + Poll + Process + Sockets,
{
    keep!(host, memory; args_get (i i) args_sizes_get (i i) environ_get (i i)
        environ_sizes_get (i i) clock_res_get (i i) clock_time_get (i l i) random_get (i i)
        fd_advise (i l l i) fd_allocate (i l l) fd_close (i) fd_datasync (i) fd_fdstat_get (i i)
        fd_fdstat_set_flags (i i) fd_fdstat_set_rights (i l l) fd_filestat_get (i i)
        fd_filestat_set_size (i l) fd_filestat_set_times (i l l i) fd_pread (i i i l i)
        fd_prestat_get (i i) fd_prestat_dir_name (i i i) fd_pwrite (i i i l i) fd_read (i i i i)
        fd_readdir (i i i l i) fd_renumber (i i) fd_seek (i l i i) fd_sync (i) fd_tell (i i)
        fd_write (i i i i) path_create_directory (i i i) path_filestat_get (i i i i i)
        path_filestat_set_times (i i i i l l i) path_link (i i i i i i i)
        path_open (i i i i i l l i i) path_readlink (i i i i i i) path_remove_directory (i i i)
        path_rename (i i i i i i) path_symlink (i i i i i) path_unlink_file (i i i)
        poll_oneoff (i i i i) proc_exit (i) proc_raise (i) sched_yield () sock_accept (i i i)
        sock_recv (i i i i i i) sock_send (i i i i i) sock_shutdown (i i));
}
