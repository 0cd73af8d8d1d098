//! Files by name.

use super::{answer, attempt, descriptor, flags, guest, status, Status};
use crate::cast::{u32_of, u64_of};
use crate::wasi::{FdFlags, FileStat, LookupFlags, OFlags, PathOpen, Paths, Rights, SetTime};

/// See [`Paths::path_create_directory`].
pub fn path_create_directory<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    path: i32,
    path_len: i32,
) -> Status {
    let path = attempt!(guest::string(memory, path, path_len)?);
    status(host.path_create_directory(descriptor(fd), path))
}

/// See [`Paths::path_filestat_get`].
pub fn path_filestat_get<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    lookup: i32,
    path: i32,
    path_len: i32,
    buf: i32,
) -> Status {
    guest::place::<{ FileStat::SIZE }>(memory, buf)?;
    let path = attempt!(guest::string(memory, path, path_len)?);
    let lookup = attempt!(LookupFlags::decode(flags(lookup)));
    let stat = attempt!(host.path_filestat_get(descriptor(fd), lookup, path));
    answer(memory, buf, stat.to_bytes())
}

/// See [`Paths::path_filestat_set_times`].
pub fn path_filestat_set_times<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    lookup: i32,
    path: i32,
    path_len: i32,
    atim: i64,
    mtim: i64,
    fst_flags: i32,
) -> Status {
    let path = attempt!(guest::string(memory, path, path_len)?);
    let lookup = attempt!(LookupFlags::decode(flags(lookup)));
    let times = SetTime::pair(u64_of(atim), u64_of(mtim), u32_of(fst_flags));
    let (atim, mtim) = attempt!(times);
    status(host.path_filestat_set_times(descriptor(fd), lookup, path, atim, mtim))
}

/// See [`Paths::path_link`].
pub fn path_link<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    old_fd: i32,
    old_lookup: i32,
    old_path: i32,
    old_path_len: i32,
    new_fd: i32,
    new_path: i32,
    new_path_len: i32,
) -> Status {
    let old_path = guest::string(memory, old_path, old_path_len)?;
    let new_path = guest::string(memory, new_path, new_path_len)?;
    let (old_path, new_path) = (attempt!(old_path), attempt!(new_path));
    let old_lookup = attempt!(LookupFlags::decode(flags(old_lookup)));
    let (old_fd, new_fd) = (descriptor(old_fd), descriptor(new_fd));
    status(host.path_link(old_fd, old_lookup, old_path, new_fd, new_path))
}

/// See [`Paths::path_open`].
pub fn path_open<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    dirflags: i32,
    path: i32,
    path_len: i32,
    oflags: i32,
    fs_rights_base: i64,
    fs_rights_inheriting: i64,
    fdflags: i32,
    opened_fd: i32,
) -> Status {
    guest::place::<4>(memory, opened_fd)?;
    let path = attempt!(guest::string(memory, path, path_len)?);
    let how = PathOpen {
        lookup: attempt!(LookupFlags::decode(flags(dirflags))),
        oflags: attempt!(OFlags::decode(flags(oflags))),
        rights_base: attempt!(Rights::decode(u64_of(fs_rights_base))),
        rights_inheriting: attempt!(Rights::decode(u64_of(fs_rights_inheriting))),
        fdflags: attempt!(FdFlags::decode(flags(fdflags))),
    };
    let opened = attempt!(host.path_open(descriptor(fd), path, how));
    answer(memory, opened_fd, opened.0.to_le_bytes())
}

/// See [`Paths::path_readlink`]. Cut off where `buf` ends.
pub fn path_readlink<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    path: i32,
    path_len: i32,
    buf: i32,
    buf_len: i32,
    bufused: i32,
) -> Status {
    guest::place::<4>(memory, bufused)?;
    guest::bytes(memory, buf, buf_len)?;
    let path = attempt!(guest::string(memory, path, path_len)?);
    let target = attempt!(host.path_readlink(descriptor(fd), path));
    let place = guest::bytes_mut(memory, buf, buf_len)?;
    let done = super::vectors::used(place, target.len());
    guest::put(place, target);
    answer(memory, bufused, done)
}

/// See [`Paths::path_remove_directory`].
pub fn path_remove_directory<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    path: i32,
    path_len: i32,
) -> Status {
    let path = attempt!(guest::string(memory, path, path_len)?);
    status(host.path_remove_directory(descriptor(fd), path))
}

/// See [`Paths::path_rename`].
pub fn path_rename<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    old_path: i32,
    old_path_len: i32,
    new_fd: i32,
    new_path: i32,
    new_path_len: i32,
) -> Status {
    let old_path = guest::string(memory, old_path, old_path_len)?;
    let new_path = guest::string(memory, new_path, new_path_len)?;
    let (old_path, new_path) = (attempt!(old_path), attempt!(new_path));
    status(host.path_rename(descriptor(fd), old_path, descriptor(new_fd), new_path))
}

/// See [`Paths::path_symlink`].
pub fn path_symlink<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    old_path: i32,
    old_path_len: i32,
    fd: i32,
    new_path: i32,
    new_path_len: i32,
) -> Status {
    let old_path = guest::string(memory, old_path, old_path_len)?;
    let new_path = guest::string(memory, new_path, new_path_len)?;
    let (old_path, new_path) = (attempt!(old_path), attempt!(new_path));
    status(host.path_symlink(old_path, descriptor(fd), new_path))
}

/// See [`Paths::path_unlink_file`].
pub fn path_unlink_file<H: Paths>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    path: i32,
    path_len: i32,
) -> Status {
    let path = attempt!(guest::string(memory, path, path_len)?);
    status(host.path_unlink_file(descriptor(fd), path))
}
