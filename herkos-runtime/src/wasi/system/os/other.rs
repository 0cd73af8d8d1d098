//! Any system that the standard library runs on: without what it does not offer.

use crate::wasi::system::convert::{self, timestamp};
use crate::wasi::{Advice, ClockId, Errno, FdFlags, SetTime, Timestamp};
use cap_std::fs::{DirEntry, File, Metadata, OpenOptions};
use std::ffi::OsString;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::{Duration, SystemTime};
use std::vec::Vec;

pub fn bytes(text: OsString) -> Vec<u8> {
    text.to_string_lossy().into_owned().into_bytes()
}

/// The standard library's kinds of errors say enough.
pub fn errno(_: i32) -> Option<Errno> {
    None
}

/// Not told here: the time of the last change of the data comes closest.
pub fn status_changed(metadata: &Metadata) -> Timestamp {
    let time = metadata.modified();
    time.map_or(0, |time| timestamp(time.into_std()))
}

pub fn entry_ino(entry: &DirEntry) -> io::Result<u64> {
    use cap_fs_ext::{DirEntryExt, MetadataExt};
    Ok(entry.full_metadata()?.ino())
}

/// Runs `transfer` at the offset and goes back to where the file was.
fn at<T>(
    mut file: &File,
    offset: u64,
    transfer: impl FnOnce(&mut &File) -> io::Result<T>,
) -> io::Result<T> {
    let before = file.stream_position()?;
    file.seek(SeekFrom::Start(offset))?;
    let result = transfer(&mut file);
    file.seek(SeekFrom::Start(before))?;
    result
}

pub fn read_at(file: &File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    at(file, offset, |file| file.read(buf))
}

pub fn write_at(file: &File, buf: &[u8], offset: u64) -> io::Result<usize> {
    at(file, offset, |file| file.write(buf))
}

/// Advice is only that.
pub fn advise(_: &File, _: u64, _: u64, _: Advice) -> Result<(), Errno> {
    Ok(())
}

/// Storage is taken when it is written to.
pub fn allocate(_: &File, _: u64, _: u64) -> Result<(), Errno> {
    Ok(())
}

/// What is not offered is left out: files never make wait, and `fd_sync` is there for the rest.
pub fn open_flags(_: &mut OpenOptions, _: FdFlags) {}

pub fn set_flags(_: &File, _: FdFlags) -> Result<(), Errno> {
    Err(Errno::Notsup)
}

pub fn set_times(file: &File, atim: SetTime, mtim: SetTime) -> Result<(), Errno> {
    let time = |time| match time {
        SetTime::Keep => Ok(None),
        SetTime::Now => Ok(Some(SystemTime::now())),
        SetTime::At(time) => {
            let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_nanos(time));
            time.map(Some).ok_or(Errno::Overflow)
        }
    };
    let mut times = std::fs::FileTimes::new();
    if let Some(time) = time(atim)? {
        times = times.set_accessed(time);
    }
    if let Some(time) = time(mtim)? {
        times = times.set_modified(time);
    }
    let file = file.try_clone().map(File::into_std);
    file.and_then(|file| file.set_times(times))
        .map_err(convert::errno)
}

pub fn process_time() -> Result<Timestamp, Errno> {
    Err(Errno::Notsup)
}

pub fn thread_time() -> Result<Timestamp, Errno> {
    Err(Errno::Notsup)
}

/// What the clocks of Windows tick in.
pub fn resolution(id: ClockId) -> Result<Timestamp, Errno> {
    match id {
        ClockId::Realtime | ClockId::Monotonic => Ok(100),
        ClockId::ProcessCputime | ClockId::ThreadCputime => Err(Errno::Notsup),
    }
}
