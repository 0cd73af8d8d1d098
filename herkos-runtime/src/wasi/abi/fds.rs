//! File descriptors.

use super::vectors::{used, Vectors};
use super::{answer, attempt, descriptor, flags, guest, status, Status};
use crate::cast::{u32_of, u64_of};
use crate::wasi::{Advice, Errno, FdFlags, FdStat, Fds, FileStat, Rights, SetTime, Whence};

/// See [`Fds::fd_advise`].
pub fn fd_advise<H: Fds>(
    host: &mut H,
    _memory: &mut [u8],
    fd: i32,
    offset: i64,
    len: i64,
    advice: i32,
) -> Status {
    let advice = u8::try_from(advice).ok().and_then(Advice::from_number);
    let advice = attempt!(advice.ok_or(Errno::Inval));
    status(host.fd_advise(descriptor(fd), u64_of(offset), u64_of(len), advice))
}

/// See [`Fds::fd_allocate`].
pub fn fd_allocate<H: Fds>(
    host: &mut H,
    _memory: &mut [u8],
    fd: i32,
    offset: i64,
    len: i64,
) -> Status {
    status(host.fd_allocate(descriptor(fd), u64_of(offset), u64_of(len)))
}

/// See [`Fds::fd_close`].
pub fn fd_close<H: Fds>(host: &mut H, _memory: &mut [u8], fd: i32) -> Status {
    status(host.fd_close(descriptor(fd)))
}

/// See [`Fds::fd_datasync`].
pub fn fd_datasync<H: Fds>(host: &mut H, _memory: &mut [u8], fd: i32) -> Status {
    status(host.fd_datasync(descriptor(fd)))
}

/// See [`Fds::fd_fdstat_get`].
pub fn fd_fdstat_get<H: Fds>(host: &mut H, memory: &mut [u8], fd: i32, stat: i32) -> Status {
    guest::place::<{ FdStat::SIZE }>(memory, stat)?;
    let answered = attempt!(host.fd_fdstat_get(descriptor(fd)));
    answer(memory, stat, answered.to_bytes())
}

/// See [`Fds::fd_fdstat_set_flags`].
pub fn fd_fdstat_set_flags<H: Fds>(
    host: &mut H,
    _memory: &mut [u8],
    fd: i32,
    fdflags: i32,
) -> Status {
    let fdflags = attempt!(FdFlags::decode(flags(fdflags)));
    status(host.fd_fdstat_set_flags(descriptor(fd), fdflags))
}

/// See [`Fds::fd_fdstat_set_rights`].
pub fn fd_fdstat_set_rights<H: Fds>(
    host: &mut H,
    _memory: &mut [u8],
    fd: i32,
    fs_rights_base: i64,
    fs_rights_inheriting: i64,
) -> Status {
    let base = attempt!(Rights::decode(u64_of(fs_rights_base)));
    let inheriting = attempt!(Rights::decode(u64_of(fs_rights_inheriting)));
    status(host.fd_fdstat_set_rights(descriptor(fd), base, inheriting))
}

/// See [`Fds::fd_filestat_get`].
pub fn fd_filestat_get<H: Fds>(host: &mut H, memory: &mut [u8], fd: i32, buf: i32) -> Status {
    guest::place::<{ FileStat::SIZE }>(memory, buf)?;
    let stat = attempt!(host.fd_filestat_get(descriptor(fd)));
    answer(memory, buf, stat.to_bytes())
}

/// See [`Fds::fd_filestat_set_size`].
pub fn fd_filestat_set_size<H: Fds>(
    host: &mut H,
    _memory: &mut [u8],
    fd: i32,
    size: i64,
) -> Status {
    status(host.fd_filestat_set_size(descriptor(fd), u64_of(size)))
}

/// See [`Fds::fd_filestat_set_times`].
pub fn fd_filestat_set_times<H: Fds>(
    host: &mut H,
    _memory: &mut [u8],
    fd: i32,
    atim: i64,
    mtim: i64,
    fst_flags: i32,
) -> Status {
    let times = SetTime::pair(u64_of(atim), u64_of(mtim), u32_of(fst_flags));
    let (atim, mtim) = attempt!(times);
    status(host.fd_filestat_set_times(descriptor(fd), atim, mtim))
}

/// See [`Fds::fd_pread`].
pub fn fd_pread<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    iovs: i32,
    iovs_len: i32,
    offset: i64,
    nread: i32,
) -> Status {
    guest::place::<4>(memory, nread)?;
    let buffers = attempt!(Vectors::check(memory, iovs, iovs_len)?);
    let read = buffers.each(memory, |bytes, before| {
        let at = u64_of(offset).checked_add(u64::from(before));
        host.fd_pread(descriptor(fd), bytes, at.ok_or(Errno::Inval)?)
    })?;
    answer(memory, nread, attempt!(read).to_le_bytes())
}

/// See [`Fds::fd_prestat_dir_name`].
pub fn fd_prestat_dir_name<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    path: i32,
    path_len: i32,
) -> Status {
    let place = guest::bytes_mut(memory, path, path_len)?;
    let name = attempt!(host.fd_prestat_dir_name(descriptor(fd)));
    if name.len() > place.len() {
        return super::failure(Errno::Nametoolong);
    }
    guest::put(place, name.as_bytes());
    super::SUCCESS
}

/// The kind of a descriptor that was open when the module started, and the length of its name: see
/// [`Fds::fd_prestat_dir_name`].
pub fn fd_prestat_get<H: Fds>(host: &mut H, memory: &mut [u8], fd: i32, buf: i32) -> Status {
    guest::place::<8>(memory, buf)?;
    let name = attempt!(host.fd_prestat_dir_name(descriptor(fd)));
    let [a, b, c, d] = attempt!(guest::length(name.len())).to_le_bytes();
    answer(memory, buf, [0, 0, 0, 0, a, b, c, d]) // kind 0: a directory, the only one there is
}

/// See [`Fds::fd_pwrite`].
pub fn fd_pwrite<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    iovs: i32,
    iovs_len: i32,
    offset: i64,
    nwritten: i32,
) -> Status {
    guest::place::<4>(memory, nwritten)?;
    let buffers = attempt!(Vectors::check(memory, iovs, iovs_len)?);
    let written = buffers.each(memory, |bytes, before| {
        let at = u64_of(offset).checked_add(u64::from(before));
        host.fd_pwrite(descriptor(fd), bytes, at.ok_or(Errno::Inval)?)
    })?;
    answer(memory, nwritten, attempt!(written).to_le_bytes())
}

/// See [`Fds::fd_read`]. Fills the first buffer that is not empty.
pub fn fd_read<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    iovs: i32,
    iovs_len: i32,
    nread: i32,
) -> Status {
    guest::place::<4>(memory, nread)?;
    let buffers = attempt!(Vectors::check(memory, iovs, iovs_len)?);
    let buffer = buffers.first(memory)?;
    let done = attempt!(host.fd_read(descriptor(fd), buffer));
    let done = used(buffer, done);
    answer(memory, nread, done)
}

/// See [`Fds::fd_readdir`]. As many entries as there is room for, the last one cut off if it does
/// not fit; fewer bytes than there is room for mean that the directory ends.
pub fn fd_readdir<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    buf: i32,
    buf_len: i32,
    cookie: i64,
    bufused: i32,
) -> Status {
    guest::place::<4>(memory, bufused)?;
    let mut rest = guest::bytes_mut(memory, buf, buf_len)?;
    let room = rest.len();
    let mut cookie = u64_of(cookie);
    while let Some(entry) = attempt!(host.fd_readdir(descriptor(fd), cookie)) {
        let head = attempt!(entry.head());
        rest = guest::put(guest::put(rest, &head), entry.name);
        if rest.is_empty() {
            break;
        }
        cookie = entry.next;
    }
    let done = attempt!(guest::length(room.saturating_sub(rest.len())));
    answer(memory, bufused, done.to_le_bytes())
}

/// See [`Fds::fd_renumber`].
pub fn fd_renumber<H: Fds>(host: &mut H, _memory: &mut [u8], fd: i32, to: i32) -> Status {
    status(host.fd_renumber(descriptor(fd), descriptor(to)))
}

/// See [`Fds::fd_seek`].
pub fn fd_seek<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    offset: i64,
    whence: i32,
    newoffset: i32,
) -> Status {
    guest::place::<8>(memory, newoffset)?;
    let whence = u8::try_from(whence).ok().and_then(Whence::from_number);
    let whence = attempt!(whence.ok_or(Errno::Inval));
    let position = attempt!(host.fd_seek(descriptor(fd), offset, whence));
    answer(memory, newoffset, position.to_le_bytes())
}

/// See [`Fds::fd_sync`].
pub fn fd_sync<H: Fds>(host: &mut H, _memory: &mut [u8], fd: i32) -> Status {
    status(host.fd_sync(descriptor(fd)))
}

/// See [`Fds::fd_tell`].
pub fn fd_tell<H: Fds>(host: &mut H, memory: &mut [u8], fd: i32, offset: i32) -> Status {
    guest::place::<8>(memory, offset)?;
    let position = attempt!(host.fd_tell(descriptor(fd)));
    answer(memory, offset, position.to_le_bytes())
}

/// See [`Fds::fd_write`].
pub fn fd_write<H: Fds>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    iovs: i32,
    iovs_len: i32,
    nwritten: i32,
) -> Status {
    guest::place::<4>(memory, nwritten)?;
    let buffers = attempt!(Vectors::check(memory, iovs, iovs_len)?);
    let written = buffers.each(memory, |bytes, _| host.fd_write(descriptor(fd), bytes))?;
    answer(memory, nwritten, attempt!(written).to_le_bytes())
}
