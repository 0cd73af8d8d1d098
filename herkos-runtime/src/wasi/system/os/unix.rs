//! Unix.

use crate::wasi::system::convert::nanoseconds;
use crate::wasi::{Advice, ClockId, Errno, FdFlags, SetTime, Timestamp};
use cap_std::fs::{DirEntry, File, FileExt, Metadata, MetadataExt, OpenOptions, OpenOptionsExt};
use rustix::fs::{Nsecs, OFlags, Secs, Timestamps, UTIME_NOW, UTIME_OMIT};
use rustix::time::{ClockId as Clock, Timespec};
use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::time::Duration;
use std::vec::Vec;

pub fn bytes(text: OsString) -> Vec<u8> {
    text.into_vec()
}

/// The errno of the same name; `None` for those that WASI lacks.
pub fn errno(number: i32) -> Option<Errno> {
    use rustix::io::Errno as E;
    let known = match E::from_raw_os_error(number) {
        E::TOOBIG => Errno::TooBig,
        E::ACCESS => Errno::Acces,
        E::AGAIN => Errno::Again,
        E::BADF => Errno::Badf,
        E::BUSY => Errno::Busy,
        E::DEADLK => Errno::Deadlk,
        E::DQUOT => Errno::Dquot,
        E::EXIST => Errno::Exist,
        E::FBIG => Errno::Fbig,
        E::ILSEQ => Errno::Ilseq,
        E::INTR => Errno::Intr,
        E::INVAL => Errno::Inval,
        E::IO => Errno::Io,
        E::ISDIR => Errno::Isdir,
        E::LOOP => Errno::Loop,
        E::MFILE => Errno::Mfile,
        E::MLINK => Errno::Mlink,
        E::NAMETOOLONG => Errno::Nametoolong,
        E::NFILE => Errno::Nfile,
        E::NODEV => Errno::Nodev,
        E::NOENT => Errno::Noent,
        E::NOLCK => Errno::Nolck,
        E::NOMEM => Errno::Nomem,
        E::NOSPC => Errno::Nospc,
        E::NOSYS => Errno::Nosys,
        E::NOTDIR => Errno::Notdir,
        E::NOTEMPTY => Errno::Notempty,
        E::NOTSUP => Errno::Notsup,
        E::NOTTY => Errno::Notty,
        E::NXIO => Errno::Nxio,
        E::OVERFLOW => Errno::Overflow,
        E::PERM => Errno::Perm,
        E::PIPE => Errno::Pipe,
        E::RANGE => Errno::Range,
        E::ROFS => Errno::Rofs,
        E::SPIPE => Errno::Spipe,
        E::STALE => Errno::Stale,
        E::TIMEDOUT => Errno::Timedout,
        E::TXTBSY => Errno::Txtbsy,
        E::XDEV => Errno::Xdev,
        _ => return None,
    };
    Some(known)
}

fn convert(error: rustix::io::Errno) -> Errno {
    errno(error.raw_os_error()).unwrap_or(Errno::Io)
}

/// The file's time of the last change of its status; 0 for times before 1970.
pub fn status_changed(metadata: &Metadata) -> Timestamp {
    span(metadata.ctime(), metadata.ctime_nsec()).map_or(0, nanoseconds)
}

fn span(seconds: i64, nanos: i64) -> Option<Duration> {
    let seconds = u64::try_from(seconds).ok()?;
    Some(Duration::new(seconds, u32::try_from(nanos).ok()?))
}

pub fn entry_ino(entry: &DirEntry) -> io::Result<u64> {
    Ok(std::os::unix::fs::DirEntryExt::ino(entry))
}

pub fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    FileExt::read_at(file, buf, offset)
}

pub fn write_at(file: &File, buf: &[u8], offset: u64) -> io::Result<usize> {
    FileExt::write_at(file, buf, offset)
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub fn advise(file: &File, offset: u64, len: u64, advice: Advice) -> Result<(), Errno> {
    use rustix::fs::Advice as A;
    let advice = match advice {
        Advice::Normal => A::Normal,
        Advice::Sequential => A::Sequential,
        Advice::Random => A::Random,
        Advice::Willneed => A::WillNeed,
        Advice::Dontneed => A::DontNeed,
        Advice::Noreuse => A::NoReuse,
    };
    rustix::fs::fadvise(file, offset, core::num::NonZeroU64::new(len), advice).map_err(convert)
}

/// Advice is only that.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
pub fn advise(_: &File, _: u64, _: u64, _: Advice) -> Result<(), Errno> {
    Ok(())
}

/// Reserves storage, where the system and its file system can.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
pub fn allocate(file: &File, offset: u64, len: u64) -> Result<(), Errno> {
    let flags = rustix::fs::FallocateFlags::empty();
    match rustix::fs::fallocate(file, flags, offset, len) {
        Ok(()) | Err(rustix::io::Errno::OPNOTSUPP) => Ok(()),
        Err(error) => Err(convert(error)),
    }
}

/// Storage is taken when it is written to.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
pub fn allocate(_: &File, _: u64, _: u64) -> Result<(), Errno> {
    Ok(())
}

fn status_flags(flags: FdFlags) -> OFlags {
    let mut system = OFlags::empty();
    system.set(OFlags::APPEND, flags.contains(FdFlags::APPEND));
    system.set(OFlags::NONBLOCK, flags.contains(FdFlags::NONBLOCK));
    system.set(OFlags::DSYNC, flags.contains(FdFlags::DSYNC));
    system.set(
        OFlags::SYNC,
        flags.intersects(FdFlags::SYNC | FdFlags::RSYNC),
    );
    system
}

/// Flags for opening; `APPEND` is said otherwise.
pub fn open_flags(options: &mut OpenOptions, flags: FdFlags) {
    let flags = status_flags(flags).difference(OFlags::APPEND);
    options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
}

/// Changes the flags of an open file.
pub fn set_flags(file: &File, flags: FdFlags) -> Result<(), Errno> {
    rustix::fs::fcntl_setfl(file, status_flags(flags)).map_err(convert)
}

pub fn set_times(file: &File, atim: SetTime, mtim: SetTime) -> Result<(), Errno> {
    let times = Timestamps {
        last_access: time_spec(atim)?,
        last_modification: time_spec(mtim)?,
    };
    rustix::fs::futimens(file, &times).map_err(convert)
}

fn time_spec(time: SetTime) -> Result<Timespec, Errno> {
    let (tv_sec, tv_nsec): (Secs, Nsecs) = match time {
        SetTime::Keep => (0, UTIME_OMIT),
        SetTime::Now => (0, UTIME_NOW),
        SetTime::At(time) => {
            let time = Duration::from_nanos(time);
            let seconds = Secs::try_from(time.as_secs()).map_err(|_| Errno::Overflow)?;
            (seconds, Nsecs::from(time.subsec_nanos()))
        }
    };
    Ok(Timespec { tv_sec, tv_nsec })
}

fn since_zero(time: Timespec) -> Result<Timestamp, Errno> {
    let time = span(time.tv_sec, time.tv_nsec);
    time.map(nanoseconds).ok_or(Errno::Overflow)
}

pub fn process_time() -> Result<Timestamp, Errno> {
    since_zero(rustix::time::clock_gettime(Clock::ProcessCPUTime))
}

pub fn thread_time() -> Result<Timestamp, Errno> {
    since_zero(rustix::time::clock_gettime(Clock::ThreadCPUTime))
}

pub fn resolution(id: ClockId) -> Result<Timestamp, Errno> {
    since_zero(rustix::time::clock_getres(match id {
        ClockId::Realtime => Clock::Realtime,
        ClockId::Monotonic => Clock::Monotonic,
        ClockId::ProcessCputime => Clock::ProcessCPUTime,
        ClockId::ThreadCputime => Clock::ThreadCPUTime,
    }))
}
