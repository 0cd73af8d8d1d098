//! Descriptors.

use super::super::{Advice, Dirent, Errno, Fd, FdFlags, FdStat, Fds, FileStat, FileType, Rights};
use super::super::{SetTime, Whence};
use super::convert::{errno, filestat, filetype};
use super::descriptor::{Directory, Entry, Object};
use super::{os, System};
use cap_fs_ext::{MetadataExt, OpenOptionsMaybeDirExt};
use cap_std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::vec::Vec;

/// Flags that can be changed while the file is open.
const CHANGEABLE: FdFlags = FdFlags::APPEND.union(FdFlags::NONBLOCK);

/// The result of a transfer, tried again where a signal interrupted it.
fn transfer(mut attempt: impl FnMut() -> io::Result<usize>) -> Result<usize, Errno> {
    loop {
        match attempt() {
            Err(error) if error.kind() == ErrorKind::Interrupted => (),
            result => return result.map_err(errno),
        }
    }
}

fn write_through(stream: &mut impl Write, buf: &[u8]) -> Result<usize, Errno> {
    let done = transfer(|| stream.write(buf))?;
    stream.flush().map_err(errno)?;
    Ok(done)
}

impl<I: Read, O: Write, E: Write> Fds for System<I, O, E> {
    fn fd_advise(&mut self, fd: Fd, offset: u64, len: u64, advice: Advice) -> Result<(), Errno> {
        let file = self.table.get(fd, Rights::FD_ADVISE)?.as_file()?;
        os::advise(file, offset, len, advice)
    }

    fn fd_allocate(&mut self, fd: Fd, offset: u64, len: u64) -> Result<(), Errno> {
        let file = self.table.get(fd, Rights::FD_ALLOCATE)?.as_file()?;
        if len == 0 {
            return Err(Errno::Inval);
        }
        let end = offset.checked_add(len).ok_or(Errno::Fbig)?;
        os::allocate(file, offset, len)?;
        // Where the system could not reserve storage, the size at least is as demanded.
        if file.metadata().map_err(errno)?.len() < end {
            file.set_len(end).map_err(errno)?;
        }
        Ok(())
    }

    fn fd_close(&mut self, fd: Fd) -> Result<(), Errno> {
        self.table.remove(fd).map(drop)
    }

    fn fd_datasync(&mut self, fd: Fd) -> Result<(), Errno> {
        match &self.table.get(fd, Rights::FD_DATASYNC)?.object {
            Object::File(file) => file.sync_data().map_err(errno),
            Object::Dir(directory) => reopen(directory)?.sync_all().map_err(errno),
            _ => Err(Errno::Inval),
        }
    }

    fn fd_fdstat_get(&mut self, fd: Fd) -> Result<FdStat, Errno> {
        let descriptor = self.table.get(fd, Rights::empty())?;
        Ok(FdStat {
            filetype: descriptor.filetype,
            flags: descriptor.flags,
            rights_base: descriptor.base,
            rights_inheriting: descriptor.inheriting,
        })
    }

    fn fd_fdstat_set_flags(&mut self, fd: Fd, flags: FdFlags) -> Result<(), Errno> {
        let descriptor = self.table.get_mut(fd, Rights::FD_FDSTAT_SET_FLAGS)?;
        if flags.difference(CHANGEABLE) != descriptor.flags.difference(CHANGEABLE) {
            return Err(Errno::Notsup);
        }
        match &descriptor.object {
            Object::File(file) => os::set_flags(file, flags)?,
            // Nothing makes a reader or writer return at once.
            _ if flags.contains(FdFlags::NONBLOCK) => return Err(Errno::Notsup),
            _ => (),
        }
        descriptor.flags = flags;
        Ok(())
    }

    fn fd_fdstat_set_rights(
        &mut self,
        fd: Fd,
        base: Rights,
        inheriting: Rights,
    ) -> Result<(), Errno> {
        let descriptor = self.table.get_mut(fd, base)?;
        if !descriptor.inheriting.contains(inheriting) {
            return Err(Errno::Notcapable);
        }
        descriptor.base = base;
        descriptor.inheriting = inheriting;
        Ok(())
    }

    fn fd_filestat_get(&mut self, fd: Fd) -> Result<FileStat, Errno> {
        let descriptor = self.table.get(fd, Rights::FD_FILESTAT_GET)?;
        let metadata = match &descriptor.object {
            Object::File(file) => file.metadata(),
            Object::Dir(directory) => directory.dir.dir_metadata(),
            _ => {
                return Ok(FileStat {
                    dev: 0,
                    ino: 0,
                    filetype: descriptor.filetype,
                    nlink: 0,
                    size: 0,
                    atim: 0,
                    mtim: 0,
                    ctim: 0,
                })
            }
        };
        Ok(filestat(&metadata.map_err(errno)?))
    }

    fn fd_filestat_set_size(&mut self, fd: Fd, size: u64) -> Result<(), Errno> {
        let descriptor = self.table.get(fd, Rights::FD_FILESTAT_SET_SIZE)?;
        descriptor.as_file()?.set_len(size).map_err(errno)
    }

    fn fd_filestat_set_times(&mut self, fd: Fd, atim: SetTime, mtim: SetTime) -> Result<(), Errno> {
        match &self.table.get(fd, Rights::FD_FILESTAT_SET_TIMES)?.object {
            Object::File(file) => os::set_times(file, atim, mtim),
            Object::Dir(directory) => os::set_times(&reopen(directory)?, atim, mtim),
            _ => Err(Errno::Inval),
        }
    }

    fn fd_pread(&mut self, fd: Fd, buf: &mut [u8], offset: u64) -> Result<usize, Errno> {
        self.no_directory(fd)?;
        let file = self.positioned(fd, Rights::FD_READ)?;
        transfer(|| os::read_at(file, buf, offset))
    }

    fn fd_prestat_dir_name(&mut self, fd: Fd) -> Result<&str, Errno> {
        match &self.table.get(fd, Rights::empty())?.object {
            Object::Dir(directory) => directory.name.as_deref().ok_or(Errno::Badf),
            _ => Err(Errno::Badf),
        }
    }

    fn fd_pwrite(&mut self, fd: Fd, buf: &[u8], offset: u64) -> Result<usize, Errno> {
        let file = self.positioned(fd, Rights::FD_WRITE)?;
        transfer(|| os::write_at(file, buf, offset))
    }

    fn fd_read(&mut self, fd: Fd, buf: &mut [u8]) -> Result<usize, Errno> {
        self.no_directory(fd)?;
        match &self.table.get(fd, Rights::FD_READ)?.object {
            Object::Stdin => transfer(|| self.streams.stdin.read(buf)),
            Object::File(file) => transfer(|| (&*file).read(buf)),
            _ => Err(Errno::Isdir),
        }
    }

    fn fd_readdir(&mut self, fd: Fd, cookie: u64) -> Result<Option<Dirent<'_>>, Errno> {
        let descriptor = self.table.get_mut(fd, Rights::FD_READDIR)?;
        let Object::Dir(directory) = &mut descriptor.object else {
            return Err(Errno::Notdir);
        };
        if cookie == 0 || directory.listing.is_empty() {
            directory.listing = list(directory).map_err(errno)?;
        }
        let index = usize::try_from(cookie).map_err(|_| Errno::Inval)?;
        Ok(directory.listing.get(index).map(|entry| Dirent {
            next: cookie.saturating_add(1),
            ino: entry.ino,
            filetype: entry.filetype,
            name: &entry.name,
        }))
    }

    fn fd_renumber(&mut self, fd: Fd, to: Fd) -> Result<(), Errno> {
        for number in [fd, to] {
            let descriptor = self.table.get(number, Rights::empty())?;
            // The module's libc knows these by their numbers.
            if matches!(&descriptor.object, Object::Dir(directory) if directory.name.is_some()) {
                return Err(Errno::Notsup);
            }
        }
        if fd != to {
            let descriptor = self.table.remove(fd)?;
            *self.table.get_mut(to, Rights::empty())? = descriptor;
        }
        Ok(())
    }

    fn fd_seek(&mut self, fd: Fd, offset: i64, whence: Whence) -> Result<u64, Errno> {
        let from = match whence {
            Whence::Set => SeekFrom::Start(u64::try_from(offset).map_err(|_| Errno::Inval)?),
            Whence::Cur if offset == 0 => return self.fd_tell(fd),
            Whence::Cur => SeekFrom::Current(offset),
            Whence::End => SeekFrom::End(offset),
        };
        let mut file = self.positioned(fd, Rights::empty())?;
        file.seek(from).map_err(errno)
    }

    fn fd_sync(&mut self, fd: Fd) -> Result<(), Errno> {
        match &self.table.get(fd, Rights::FD_SYNC)?.object {
            Object::File(file) => file.sync_all().map_err(errno),
            Object::Dir(directory) => reopen(directory)?.sync_all().map_err(errno),
            _ => Err(Errno::Inval),
        }
    }

    fn fd_tell(&mut self, fd: Fd) -> Result<u64, Errno> {
        let descriptor = self.table.get(fd, Rights::empty())?;
        let mut file = match descriptor.as_file() {
            Err(errno) if descriptor.is_stream() => return Err(errno),
            file => {
                // The right to seek includes the right to tell.
                if !descriptor
                    .base
                    .intersects(Rights::FD_SEEK | Rights::FD_TELL)
                {
                    return Err(Errno::Notcapable);
                }
                file?
            }
        };
        file.stream_position().map_err(errno)
    }

    fn fd_write(&mut self, fd: Fd, buf: &[u8]) -> Result<usize, Errno> {
        match &self.table.get(fd, Rights::FD_WRITE)?.object {
            Object::Stdout => write_through(&mut self.streams.stdout, buf),
            Object::Stderr => write_through(&mut self.streams.stderr, buf),
            Object::File(file) => transfer(|| (&*file).write(buf)),
            _ => Err(Errno::Isdir),
        }
    }
}

impl<I, O, E> System<I, O, E> {
    /// Whoever reads a directory is told that it is one, whatever its rights.
    fn no_directory(&self, fd: Fd) -> Result<(), Errno> {
        match self.table.get(fd, Rights::empty())?.object {
            Object::Dir(_) => Err(Errno::Isdir),
            _ => Ok(()),
        }
    }

    /// A file in which one may seek. A stream is told so, whatever its rights.
    fn positioned(&self, fd: Fd, rights: Rights) -> Result<&File, Errno> {
        if self.table.get(fd, Rights::empty())?.is_stream() {
            return Err(Errno::Spipe);
        }
        self.table.get(fd, rights | Rights::FD_SEEK)?.as_file()
    }
}

/// The directory itself, opened anew: cap-std's own handle may do no more than begin paths.
fn reopen(directory: &Directory) -> Result<File, Errno> {
    let mut options = OpenOptions::new();
    options.read(true).maybe_dir(true);
    directory.dir.open_with(".", &options).map_err(errno)
}

/// `.` and `..`, which to the module is the same, then all others.
fn list(directory: &Directory) -> io::Result<Vec<Entry>> {
    let ino = directory.dir.dir_metadata()?.ino();
    let own = |name: &[u8]| Entry {
        ino,
        filetype: FileType::Directory,
        name: name.into(),
    };
    let mut listing = Vec::from([own(b"."), own(b"..")]);
    for entry in directory.dir.entries()? {
        let entry = entry?;
        listing.push(Entry {
            ino: os::entry_ino(&entry)?,
            filetype: filetype(entry.file_type()?),
            name: os::bytes(entry.file_name()),
        });
    }
    Ok(listing)
}
