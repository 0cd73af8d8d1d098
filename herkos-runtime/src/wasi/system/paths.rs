//! Files by name. cap-std resolves each path below its directory, and refuses what leads out.

use super::super::{Errno, Fd, FdFlags, FileStat, LookupFlags, OFlags, PathOpen, Paths};
use super::super::{Rights, SetTime};
use super::convert::{errno, filestat, filetype, time_spec};
use super::descriptor::Descriptor;
use super::{os, System};
use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsMaybeDirExt};
use cap_std::fs::{Dir, OpenOptions};
use std::io::{Read, Write};

/// Rights that a file must be opened for writing to have.
const WRITING: Rights = Rights::FD_DATASYNC
    .union(Rights::FD_WRITE)
    .union(Rights::FD_ALLOCATE)
    .union(Rights::FD_FILESTAT_SET_SIZE);

fn follows(lookup: LookupFlags) -> bool {
    lookup.contains(LookupFlags::SYMLINK_FOLLOW)
}

impl<I: Read, O: Write, E: Write> Paths for System<I, O, E> {
    fn path_create_directory(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        let dir = self.dir(fd, Rights::PATH_CREATE_DIRECTORY)?;
        dir.create_dir(path).map_err(errno)
    }

    fn path_filestat_get(
        &mut self,
        fd: Fd,
        lookup: LookupFlags,
        path: &str,
    ) -> Result<FileStat, Errno> {
        let dir = self.dir(fd, Rights::PATH_FILESTAT_GET)?;
        let metadata = if follows(lookup) {
            dir.metadata(path)
        } else {
            dir.symlink_metadata(path)
        };
        Ok(filestat(&metadata.map_err(errno)?))
    }

    fn path_filestat_set_times(
        &mut self,
        fd: Fd,
        lookup: LookupFlags,
        path: &str,
        atim: SetTime,
        mtim: SetTime,
    ) -> Result<(), Errno> {
        let dir = self.dir(fd, Rights::PATH_FILESTAT_SET_TIMES)?;
        let (atim, mtim) = (time_spec(atim)?, time_spec(mtim)?);
        if follows(lookup) {
            DirExt::set_times(dir, path, atim, mtim).map_err(errno)
        } else {
            dir.set_symlink_times(path, atim, mtim).map_err(errno)
        }
    }

    fn path_link(
        &mut self,
        old_fd: Fd,
        old_lookup: LookupFlags,
        old_path: &str,
        new_fd: Fd,
        new_path: &str,
    ) -> Result<(), Errno> {
        let old = self.dir(old_fd, Rights::PATH_LINK_SOURCE)?;
        let new = self.dir(new_fd, Rights::PATH_LINK_TARGET)?;
        if follows(old_lookup) {
            return Err(Errno::Inval); // cap-std links to what the path itself names
        }
        old.hard_link(old_path, new, new_path).map_err(errno)
    }

    fn path_open(&mut self, fd: Fd, path: &str, how: PathOpen) -> Result<Fd, Errno> {
        let dir = self.dir(fd, opening_rights(&how))?;
        let inheriting = self.table.get(fd, Rights::empty())?.inheriting;
        if !inheriting.contains(how.rights_base | how.rights_inheriting) {
            return Err(Errno::Notcapable);
        }
        self.table.has_room()?;
        let descriptor = if how.oflags.contains(OFlags::DIRECTORY) {
            open_directory(dir, path, &how)?
        } else {
            open_any(dir, path, &how)?
        };
        self.table.insert(descriptor)
    }

    fn path_readlink(&mut self, fd: Fd, path: &str) -> Result<&[u8], Errno> {
        let target = self.dir(fd, Rights::PATH_READLINK)?.read_link(path);
        self.link = os::bytes(target.map_err(errno)?.into_os_string());
        Ok(&self.link)
    }

    fn path_remove_directory(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        let dir = self.dir(fd, Rights::PATH_REMOVE_DIRECTORY)?;
        dir.remove_dir(path).map_err(errno)
    }

    fn path_rename(
        &mut self,
        old_fd: Fd,
        old_path: &str,
        new_fd: Fd,
        new_path: &str,
    ) -> Result<(), Errno> {
        let old = self.dir(old_fd, Rights::PATH_RENAME_SOURCE)?;
        let new = self.dir(new_fd, Rights::PATH_RENAME_TARGET)?;
        old.rename(old_path, new, new_path).map_err(errno)
    }

    fn path_symlink(&mut self, old_path: &str, fd: Fd, new_path: &str) -> Result<(), Errno> {
        let dir = self.dir(fd, Rights::PATH_SYMLINK)?;
        DirExt::symlink(dir, old_path, new_path).map_err(errno)
    }

    fn path_unlink_file(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        let dir = self.dir(fd, Rights::PATH_UNLINK_FILE)?;
        dir.remove_file_or_symlink(path).map_err(errno)
    }
}

impl<I, O, E> System<I, O, E> {
    /// The directory that a path begins at. What is no directory is told so, whatever its rights.
    fn dir(&self, fd: Fd, rights: Rights) -> Result<&Dir, Errno> {
        self.table.get(fd, Rights::empty())?.as_directory()?;
        Ok(&self.table.get(fd, rights)?.as_directory()?.dir)
    }
}

/// What the directory must allow for a file in it to be opened like this.
fn opening_rights(how: &PathOpen) -> Rights {
    let mut rights = Rights::PATH_OPEN;
    if how.oflags.contains(OFlags::CREAT) {
        rights = rights | Rights::PATH_CREATE_FILE;
    }
    if how.oflags.contains(OFlags::TRUNC) {
        rights = rights | Rights::PATH_FILESTAT_SET_SIZE;
    }
    if how.fdflags.contains(FdFlags::DSYNC) {
        rights = rights | Rights::FD_DATASYNC;
    }
    if how.fdflags.intersects(FdFlags::SYNC | FdFlags::RSYNC) {
        rights = rights | Rights::FD_SYNC;
    }
    rights
}

fn open_directory(dir: &Dir, path: &str, how: &PathOpen) -> Result<Descriptor, Errno> {
    if how.oflags != OFlags::DIRECTORY {
        return Err(Errno::Inval); // directories are not created, truncated, or new
    }
    let opened = if follows(how.lookup) {
        dir.open_dir(path)
    } else {
        dir.open_dir_nofollow(path)
    };
    let opened = opened.map_err(errno)?;
    Ok(Descriptor::directory(
        opened,
        how.rights_base,
        how.rights_inheriting,
    ))
}

/// A file, or a directory where only reading is asked for.
fn open_any(dir: &Dir, path: &str, how: &PathOpen) -> Result<Descriptor, Errno> {
    let file = dir.open_with(path, &options(how)).map_err(errno)?;
    let kind = file.metadata().map_err(errno)?.file_type();
    if kind.is_dir() {
        let opened = Dir::from_std_file(file.into_std());
        return Ok(Descriptor::directory(
            opened,
            how.rights_base,
            how.rights_inheriting,
        ));
    }
    Ok(Descriptor::file(
        file,
        filetype(kind),
        how.rights_base,
        how.fdflags,
    ))
}

fn options(how: &PathOpen) -> OpenOptions {
    let changes = how.oflags.intersects(OFlags::CREAT | OFlags::TRUNC);
    let write = changes || how.rights_base.intersects(WRITING);
    let read = how.rights_base.contains(Rights::FD_READ) || !write;
    let mut options = OpenOptions::new();
    options
        .read(read)
        .write(write)
        .truncate(how.oflags.contains(OFlags::TRUNC))
        .follow(if follows(how.lookup) {
            FollowSymlinks::Yes
        } else {
            FollowSymlinks::No
        })
        .maybe_dir(true);
    if how.oflags.contains(OFlags::CREAT | OFlags::EXCL) {
        options.create_new(true);
    } else if how.oflags.contains(OFlags::CREAT) {
        options.create(true);
    }
    if write && how.fdflags.contains(FdFlags::APPEND) {
        options.append(true);
    }
    os::open_flags(&mut options, how.fdflags);
    options
}
