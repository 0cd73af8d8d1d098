//! A host that writes down how it is called and gives fixed answers: descriptor 99 is not open, 98
//! lacks every right.

use herkos_runtime::wasi::*;
use herkos_runtime::WasmTrap;

#[derive(Default)]
pub struct Fake {
    pub calls: Vec<String>,
    /// What `fd_write` and the like answer, one after the other; then the buffer's length.
    pub answers: Vec<Result<usize, Errno>>,
    pub strings: Vec<&'static [u8]>,
    pub entries: Vec<&'static [u8]>,
}

impl Fake {
    fn note(&mut self, call: String) {
        self.calls.push(call);
    }

    fn on(&mut self, fd: Fd, call: String) -> Result<(), Errno> {
        self.note(call);
        match fd.0 {
            99 => Err(Errno::Badf),
            98 => Err(Errno::Notcapable),
            _ => Ok(()),
        }
    }

    fn transfer(&mut self, fd: Fd, call: String, len: usize) -> Result<usize, Errno> {
        self.on(fd, call)?;
        if self.answers.is_empty() {
            Ok(len)
        } else {
            self.answers.remove(0)
        }
    }
}

pub const STAT: FileStat = FileStat {
    dev: 1,
    ino: 2,
    filetype: FileType::RegularFile,
    nlink: 3,
    size: 0x0102_0304_0506_0708,
    atim: 5,
    mtim: 6,
    ctim: 7,
};

impl Args for Fake {
    fn arg(&mut self, index: usize) -> Option<&[u8]> {
        self.strings.get(index).copied()
    }
}

impl Environ for Fake {
    fn variable(&mut self, index: usize) -> Option<&[u8]> {
        self.strings.get(index).copied()
    }
}

impl Clocks for Fake {
    fn clock_time_get(&mut self, id: ClockId, precision: Timestamp) -> Result<Timestamp, Errno> {
        self.note(format!("clock_time_get {id:?} {precision}"));
        Ok(0x1122_3344_5566_7788)
    }

    fn clock_res_get(&mut self, id: ClockId) -> Result<Timestamp, Errno> {
        self.note(format!("clock_res_get {id:?}"));
        Ok(1000)
    }
}

impl Random for Fake {
    fn random_get(&mut self, buf: &mut [u8]) -> Result<(), Errno> {
        self.note(format!("random_get {}", buf.len()));
        buf.fill(0x5a);
        Ok(())
    }
}

impl Fds for Fake {
    fn fd_advise(&mut self, fd: Fd, offset: u64, len: u64, advice: Advice) -> Result<(), Errno> {
        self.on(fd, format!("fd_advise {} {offset} {len} {advice:?}", fd.0))
    }

    fn fd_allocate(&mut self, fd: Fd, offset: u64, len: u64) -> Result<(), Errno> {
        self.on(fd, format!("fd_allocate {} {offset} {len}", fd.0))
    }

    fn fd_close(&mut self, fd: Fd) -> Result<(), Errno> {
        self.on(fd, format!("fd_close {}", fd.0))
    }

    fn fd_datasync(&mut self, fd: Fd) -> Result<(), Errno> {
        self.on(fd, format!("fd_datasync {}", fd.0))
    }

    fn fd_fdstat_get(&mut self, fd: Fd) -> Result<FdStat, Errno> {
        self.on(fd, format!("fd_fdstat_get {}", fd.0))?;
        Ok(FdStat {
            filetype: FileType::CharacterDevice,
            flags: FdFlags::APPEND | FdFlags::SYNC,
            rights_base: Rights::FD_WRITE,
            rights_inheriting: Rights::SOCK_ACCEPT,
        })
    }

    fn fd_fdstat_set_flags(&mut self, fd: Fd, flags: FdFlags) -> Result<(), Errno> {
        self.on(fd, format!("fd_fdstat_set_flags {} {flags:?}", fd.0))
    }

    fn fd_fdstat_set_rights(
        &mut self,
        fd: Fd,
        base: Rights,
        inheriting: Rights,
    ) -> Result<(), Errno> {
        let rights = format!("{} {}", base.bits(), inheriting.bits());
        self.on(fd, format!("fd_fdstat_set_rights {} {rights}", fd.0))
    }

    fn fd_filestat_get(&mut self, fd: Fd) -> Result<FileStat, Errno> {
        self.on(fd, format!("fd_filestat_get {}", fd.0))?;
        Ok(STAT)
    }

    fn fd_filestat_set_size(&mut self, fd: Fd, size: u64) -> Result<(), Errno> {
        self.on(fd, format!("fd_filestat_set_size {} {size}", fd.0))
    }

    fn fd_filestat_set_times(&mut self, fd: Fd, atim: SetTime, mtim: SetTime) -> Result<(), Errno> {
        self.on(
            fd,
            format!("fd_filestat_set_times {} {atim:?} {mtim:?}", fd.0),
        )
    }

    fn fd_pread(&mut self, fd: Fd, buf: &mut [u8], offset: u64) -> Result<usize, Errno> {
        buf.fill(b'p');
        self.transfer(
            fd,
            format!("fd_pread {} {} {offset}", fd.0, buf.len()),
            buf.len(),
        )
    }

    fn fd_prestat_dir_name(&mut self, fd: Fd) -> Result<&str, Errno> {
        self.on(fd, format!("fd_prestat_dir_name {}", fd.0))?;
        Ok("/data")
    }

    fn fd_pwrite(&mut self, fd: Fd, buf: &[u8], offset: u64) -> Result<usize, Errno> {
        let text = String::from_utf8_lossy(buf).into_owned();
        self.transfer(fd, format!("fd_pwrite {} {text} {offset}", fd.0), buf.len())
    }

    fn fd_read(&mut self, fd: Fd, buf: &mut [u8]) -> Result<usize, Errno> {
        buf.fill(b'r');
        self.transfer(fd, format!("fd_read {} {}", fd.0, buf.len()), buf.len())
    }

    fn fd_readdir(&mut self, fd: Fd, cookie: u64) -> Result<Option<Dirent<'_>>, Errno> {
        self.on(fd, format!("fd_readdir {} {cookie}", fd.0))?;
        let name = self.entries.get(cookie as usize);
        Ok(name.map(|name| Dirent {
            next: cookie + 1,
            ino: 0x1234,
            filetype: FileType::Directory,
            name,
        }))
    }

    fn fd_renumber(&mut self, fd: Fd, to: Fd) -> Result<(), Errno> {
        self.on(fd, format!("fd_renumber {} {}", fd.0, to.0))
    }

    fn fd_seek(&mut self, fd: Fd, offset: i64, whence: Whence) -> Result<u64, Errno> {
        self.on(fd, format!("fd_seek {} {offset} {whence:?}", fd.0))?;
        Ok(0x0807_0605_0403_0201)
    }

    fn fd_sync(&mut self, fd: Fd) -> Result<(), Errno> {
        self.on(fd, format!("fd_sync {}", fd.0))
    }

    fn fd_tell(&mut self, fd: Fd) -> Result<u64, Errno> {
        self.on(fd, format!("fd_tell {}", fd.0))?;
        Ok(77)
    }

    fn fd_write(&mut self, fd: Fd, buf: &[u8]) -> Result<usize, Errno> {
        let text = String::from_utf8_lossy(buf).into_owned();
        self.transfer(fd, format!("fd_write {} {text}", fd.0), buf.len())
    }
}

impl Paths for Fake {
    fn path_create_directory(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        self.on(fd, format!("path_create_directory {} {path}", fd.0))
    }

    fn path_filestat_get(
        &mut self,
        fd: Fd,
        lookup: LookupFlags,
        path: &str,
    ) -> Result<FileStat, Errno> {
        let lookup = lookup.bits();
        self.on(fd, format!("path_filestat_get {} {lookup} {path}", fd.0))?;
        Ok(STAT)
    }

    fn path_filestat_set_times(
        &mut self,
        fd: Fd,
        lookup: LookupFlags,
        path: &str,
        atim: SetTime,
        mtim: SetTime,
    ) -> Result<(), Errno> {
        let what = format!("{} {path} {atim:?} {mtim:?}", lookup.bits());
        self.on(fd, format!("path_filestat_set_times {} {what}", fd.0))
    }

    fn path_link(
        &mut self,
        old_fd: Fd,
        old_lookup: LookupFlags,
        old_path: &str,
        new_fd: Fd,
        new_path: &str,
    ) -> Result<(), Errno> {
        let old = format!("{} {} {old_path}", old_fd.0, old_lookup.bits());
        self.on(old_fd, format!("path_link {old} {} {new_path}", new_fd.0))?;
        self.on(new_fd, "new".into())
    }

    fn path_open(&mut self, fd: Fd, path: &str, how: PathOpen) -> Result<Fd, Errno> {
        let flags = [
            how.lookup.bits() as u64,
            how.oflags.bits() as u64,
            how.rights_base.bits(),
            how.rights_inheriting.bits(),
            how.fdflags.bits() as u64,
        ];
        self.on(fd, format!("path_open {} {path} {flags:?}", fd.0))?;
        Ok(Fd(42))
    }

    fn path_readlink(&mut self, fd: Fd, path: &str) -> Result<&[u8], Errno> {
        self.on(fd, format!("path_readlink {} {path}", fd.0))?;
        Ok(b"target")
    }

    fn path_remove_directory(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        self.on(fd, format!("path_remove_directory {} {path}", fd.0))
    }

    fn path_rename(
        &mut self,
        old_fd: Fd,
        old_path: &str,
        new_fd: Fd,
        new_path: &str,
    ) -> Result<(), Errno> {
        let paths = format!("{} {old_path} {} {new_path}", old_fd.0, new_fd.0);
        self.on(old_fd, format!("path_rename {paths}"))?;
        self.on(new_fd, "new".into())
    }

    fn path_symlink(&mut self, old_path: &str, fd: Fd, new_path: &str) -> Result<(), Errno> {
        self.on(fd, format!("path_symlink {old_path} {} {new_path}", fd.0))
    }

    fn path_unlink_file(&mut self, fd: Fd, path: &str) -> Result<(), Errno> {
        self.on(fd, format!("path_unlink_file {} {path}", fd.0))
    }
}

/// Reports every subscription, in order.
impl Poll for Fake {
    fn poll_oneoff(&mut self, subscriptions: &mut Subscriptions<'_>) -> Result<(), Errno> {
        for index in 0..subscriptions.len() {
            let Some(subscription) = subscriptions.get(index) else {
                self.note("poll_oneoff: unreadable".into());
                continue;
            };
            self.note(format!("poll_oneoff {subscription:?}"));
            let result = match subscription.topic {
                Topic::Clock { id, .. } => id.map(|_| 0),
                Topic::FdRead(fd) | Topic::FdWrite(fd) if fd.0 == 99 => Err(Errno::Badf),
                Topic::FdRead(_) => Ok(10),
                Topic::FdWrite(_) => Ok(20),
            };
            subscriptions.report(Event {
                subscription,
                result,
                is_hangup: matches!(subscription.topic, Topic::FdRead(_)),
            });
        }
        Ok(())
    }
}

impl Process for Fake {
    fn proc_raise(&mut self, signal: Signal) -> Result<(), Errno> {
        self.note(format!("proc_raise {signal:?}"));
        Ok(())
    }

    fn proc_exit(&mut self, status: u32) -> WasmTrap {
        self.note(format!("proc_exit {status}"));
        WasmTrap::Exit(status as i32)
    }

    fn sched_yield(&mut self) -> Result<(), Errno> {
        self.note("sched_yield".into());
        Err(Errno::Again)
    }
}

impl Sockets for Fake {
    fn sock_accept(&mut self, fd: Fd, flags: FdFlags) -> Result<Fd, Errno> {
        self.on(fd, format!("sock_accept {} {flags:?}", fd.0))?;
        Ok(Fd(43))
    }

    fn sock_recv(
        &mut self,
        fd: Fd,
        buf: &mut [u8],
        flags: RiFlags,
    ) -> Result<(usize, RoFlags), Errno> {
        buf.fill(b's');
        let call = format!("sock_recv {} {} {flags:?}", fd.0, buf.len());
        Ok((self.transfer(fd, call, buf.len())?, RoFlags::DATA_TRUNCATED))
    }

    fn sock_send(&mut self, fd: Fd, buf: &[u8]) -> Result<usize, Errno> {
        let text = String::from_utf8_lossy(buf).into_owned();
        self.transfer(fd, format!("sock_send {} {text}", fd.0), buf.len())
    }

    fn sock_shutdown(&mut self, fd: Fd, how: SdFlags) -> Result<(), Errno> {
        self.on(fd, format!("sock_shutdown {} {how:?}", fd.0))
    }
}
