//! Open descriptors and their rights.

use super::super::{Errno, Fd, FdFlags, FileType, Rights};
use cap_std::fs::{Dir, File};
use std::string::String;
use std::vec::Vec;

/// All rights that have a meaning for a file.
pub const FILE: Rights = Rights::FD_DATASYNC
    .union(Rights::FD_READ)
    .union(Rights::FD_SEEK)
    .union(Rights::FD_FDSTAT_SET_FLAGS)
    .union(Rights::FD_SYNC)
    .union(Rights::FD_TELL)
    .union(Rights::FD_WRITE)
    .union(Rights::FD_ADVISE)
    .union(Rights::FD_ALLOCATE)
    .union(Rights::FD_FILESTAT_GET)
    .union(Rights::FD_FILESTAT_SET_SIZE)
    .union(Rights::FD_FILESTAT_SET_TIMES)
    .union(Rights::POLL_FD_READWRITE);

/// All rights that have a meaning for a directory.
pub const DIRECTORY: Rights = Rights::FD_DATASYNC
    .union(Rights::FD_FDSTAT_SET_FLAGS)
    .union(Rights::FD_SYNC)
    .union(Rights::PATH_CREATE_DIRECTORY)
    .union(Rights::PATH_CREATE_FILE)
    .union(Rights::PATH_LINK_SOURCE)
    .union(Rights::PATH_LINK_TARGET)
    .union(Rights::PATH_OPEN)
    .union(Rights::FD_READDIR)
    .union(Rights::PATH_READLINK)
    .union(Rights::PATH_RENAME_SOURCE)
    .union(Rights::PATH_RENAME_TARGET)
    .union(Rights::PATH_FILESTAT_GET)
    .union(Rights::PATH_FILESTAT_SET_SIZE)
    .union(Rights::PATH_FILESTAT_SET_TIMES)
    .union(Rights::FD_FILESTAT_GET)
    .union(Rights::FD_FILESTAT_SET_TIMES)
    .union(Rights::PATH_SYMLINK)
    .union(Rights::PATH_REMOVE_DIRECTORY)
    .union(Rights::PATH_UNLINK_FILE);

/// All rights that change something; a hard link would give a file a name in a directory where it
/// may be changed.
pub const CHANGES: Rights = Rights::FD_DATASYNC
    .union(Rights::FD_SYNC)
    .union(Rights::FD_WRITE)
    .union(Rights::FD_ALLOCATE)
    .union(Rights::FD_FILESTAT_SET_SIZE)
    .union(Rights::FD_FILESTAT_SET_TIMES)
    .union(Rights::PATH_CREATE_DIRECTORY)
    .union(Rights::PATH_CREATE_FILE)
    .union(Rights::PATH_LINK_SOURCE)
    .union(Rights::PATH_LINK_TARGET)
    .union(Rights::PATH_RENAME_SOURCE)
    .union(Rights::PATH_RENAME_TARGET)
    .union(Rights::PATH_FILESTAT_SET_SIZE)
    .union(Rights::PATH_FILESTAT_SET_TIMES)
    .union(Rights::PATH_SYMLINK)
    .union(Rights::PATH_REMOVE_DIRECTORY)
    .union(Rights::PATH_UNLINK_FILE);

#[derive(Debug)]
pub enum Object {
    Stdin,
    Stdout,
    Stderr,
    File(File),
    Dir(Directory),
}

#[derive(Debug)]
pub struct Directory {
    pub dir: Dir,
    /// What the module calls it, if it was open from the start.
    pub name: Option<String>,
    /// The entries, as `fd_readdir` last found them at cookie 0.
    pub listing: Vec<Entry>,
}

#[derive(Debug)]
pub struct Entry {
    pub ino: u64,
    pub filetype: FileType,
    pub name: Vec<u8>,
}

#[derive(Debug)]
pub struct Descriptor {
    pub object: Object,
    pub filetype: FileType,
    pub flags: FdFlags,
    pub base: Rights,
    pub inheriting: Rights,
}

impl Descriptor {
    pub fn stream(object: Object, filetype: FileType, direction: Rights) -> Self {
        let rights = Rights::FD_FILESTAT_GET | Rights::POLL_FD_READWRITE;
        Self {
            object,
            filetype,
            flags: FdFlags::empty(),
            base: direction | rights | Rights::FD_FDSTAT_SET_FLAGS,
            inheriting: Rights::empty(),
        }
    }

    /// Rights that have no meaning for a directory fall away.
    pub fn directory(dir: Dir, base: Rights, inheriting: Rights) -> Self {
        Self {
            object: Object::Dir(Directory {
                dir,
                name: None,
                listing: Vec::new(),
            }),
            filetype: FileType::Directory,
            flags: FdFlags::empty(),
            base: base & DIRECTORY,
            inheriting,
        }
    }

    /// Rights that have no meaning for a file fall away.
    pub fn file(file: File, filetype: FileType, base: Rights, flags: FdFlags) -> Self {
        Self {
            object: Object::File(file),
            filetype,
            flags,
            base: base & FILE,
            inheriting: Rights::empty(),
        }
    }

    pub fn as_file(&self) -> Result<&File, Errno> {
        match &self.object {
            Object::File(file) => Ok(file),
            Object::Dir(_) => Err(Errno::Isdir),
            Object::Stdin | Object::Stdout | Object::Stderr => Err(Errno::Spipe),
        }
    }

    pub fn as_directory(&self) -> Result<&Directory, Errno> {
        match &self.object {
            Object::Dir(directory) => Ok(directory),
            _ => Err(Errno::Notdir),
        }
    }

    pub fn is_stream(&self) -> bool {
        matches!(self.object, Object::Stdin | Object::Stdout | Object::Stderr)
    }
}

/// The open descriptors, by number.
#[derive(Debug)]
pub struct Table {
    places: Vec<Option<Descriptor>>,
    pub limit: usize,
}

impl Table {
    pub fn new(streams: [Descriptor; 3]) -> Self {
        Self {
            places: streams.into_iter().map(Some).collect(),
            limit: 1024,
        }
    }

    /// The descriptor, if it has all of these rights.
    pub fn get(&self, fd: Fd, rights: Rights) -> Result<&Descriptor, Errno> {
        let place = usize::try_from(fd.0).map_err(|_| Errno::Badf)?;
        let descriptor = self.places.get(place).and_then(Option::as_ref);
        let descriptor = descriptor.ok_or(Errno::Badf)?;
        if descriptor.base.contains(rights) {
            Ok(descriptor)
        } else {
            Err(Errno::Notcapable)
        }
    }

    /// The descriptor, to be changed, if it has all of these rights.
    pub fn get_mut(&mut self, fd: Fd, rights: Rights) -> Result<&mut Descriptor, Errno> {
        self.get(fd, rights)?;
        let place = usize::try_from(fd.0).map_err(|_| Errno::Badf)?;
        let descriptor = self.places.get_mut(place).and_then(Option::as_mut);
        descriptor.ok_or(Errno::Badf)
    }

    pub fn has_room(&self) -> Result<(), Errno> {
        let open = self.places.iter().flatten().count();
        if open < self.limit {
            Ok(())
        } else {
            Err(Errno::Mfile)
        }
    }

    /// Gives it the lowest number that is free.
    pub fn insert(&mut self, descriptor: Descriptor) -> Result<Fd, Errno> {
        self.has_room()?;
        let free = self.places.iter().position(Option::is_none);
        let number = free.unwrap_or(self.places.len());
        match self.places.get_mut(number) {
            Some(place) => *place = Some(descriptor),
            None => self.places.push(Some(descriptor)),
        }
        u32::try_from(number).map(Fd).map_err(|_| Errno::Mfile)
    }

    pub fn remove(&mut self, fd: Fd) -> Result<Descriptor, Errno> {
        let place = usize::try_from(fd.0).map_err(|_| Errno::Badf)?;
        let place = self.places.get_mut(place).ok_or(Errno::Badf)?;
        place.take().ok_or(Errno::Badf)
    }
}
