//! Between what the standard library says and what WASI says.

use super::super::{Errno, FileStat, FileType, SetTime, Timestamp};
use super::os;
use cap_fs_ext::{FileTypeExt, MetadataExt, SystemTimeSpec};
use cap_std::fs::Metadata;
use cap_std::time::SystemTime;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// The errno for an error of the operating system, or of cap-std.
pub fn errno(error: io::Error) -> Errno {
    if let Some(errno) = error.raw_os_error().and_then(os::errno) {
        return errno;
    }
    match error.kind() {
        ErrorKind::NotFound => Errno::Noent,
        // Without a number of the system's: cap-std found that the path leads out.
        ErrorKind::PermissionDenied if error.raw_os_error().is_none() => Errno::Perm,
        ErrorKind::PermissionDenied => Errno::Acces,
        ErrorKind::AlreadyExists => Errno::Exist,
        ErrorKind::WouldBlock => Errno::Again,
        ErrorKind::NotADirectory => Errno::Notdir,
        ErrorKind::IsADirectory => Errno::Isdir,
        ErrorKind::DirectoryNotEmpty => Errno::Notempty,
        ErrorKind::ReadOnlyFilesystem => Errno::Rofs,
        ErrorKind::InvalidInput | ErrorKind::InvalidData => Errno::Inval,
        ErrorKind::TimedOut => Errno::Timedout,
        ErrorKind::StorageFull => Errno::Nospc,
        ErrorKind::NotSeekable => Errno::Spipe,
        ErrorKind::FileTooLarge => Errno::Fbig,
        ErrorKind::ResourceBusy => Errno::Busy,
        ErrorKind::CrossesDevices => Errno::Xdev,
        ErrorKind::TooManyLinks => Errno::Mlink,
        ErrorKind::Interrupted => Errno::Intr,
        ErrorKind::Unsupported => Errno::Notsup,
        ErrorKind::OutOfMemory => Errno::Nomem,
        ErrorKind::BrokenPipe => Errno::Pipe,
        _ => Errno::Io,
    }
}

pub fn filetype(of: cap_std::fs::FileType) -> FileType {
    if of.is_file() {
        FileType::RegularFile
    } else if of.is_dir() {
        FileType::Directory
    } else if of.is_symlink() {
        FileType::SymbolicLink
    } else if of.is_char_device() {
        FileType::CharacterDevice
    } else if of.is_block_device() {
        FileType::BlockDevice
    } else if of.is_socket() {
        FileType::SocketStream
    } else {
        FileType::Unknown // pipes have no type of their own
    }
}

pub fn filestat(metadata: &Metadata) -> FileStat {
    let time = |time: io::Result<SystemTime>| time.map_or(0, |time| timestamp(time.into_std()));
    FileStat {
        dev: metadata.dev(),
        ino: metadata.ino(),
        filetype: filetype(metadata.file_type()),
        nlink: metadata.nlink(),
        size: metadata.len(),
        atim: time(metadata.accessed()),
        mtim: time(metadata.modified()),
        ctim: os::status_changed(metadata),
    }
}

/// Nanoseconds since 1970; 0 for times before.
pub fn timestamp(time: std::time::SystemTime) -> Timestamp {
    let since = time.duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, nanoseconds)
}

pub fn nanoseconds(duration: Duration) -> Timestamp {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// What cap-std sets a file's time to.
pub fn time_spec(time: SetTime) -> Result<Option<SystemTimeSpec>, Errno> {
    Ok(match time {
        SetTime::Keep => None,
        SetTime::Now => Some(SystemTimeSpec::SymbolicNow),
        SetTime::At(nanoseconds) => {
            let since = Duration::from_nanos(nanoseconds);
            let time = std::time::UNIX_EPOCH.checked_add(since);
            let time = SystemTime::from_std(time.ok_or(Errno::Overflow)?);
            Some(SystemTimeSpec::Absolute(time))
        }
    })
}
