//! The types that calls speak of, and how they lie in the module's memory: little-endian, at the
//! offsets that the specification gives.

use super::flags::{flags, numbered};
use super::Errno;

/// A file descriptor: a number that the host chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fd(pub u32);

impl Fd {
    /// Standard input.
    pub const STDIN: Self = Self(0);
    /// Standard output.
    pub const STDOUT: Self = Self(1);
    /// Standard error.
    pub const STDERR: Self = Self(2);
}

/// A point in time or a span of it, in nanoseconds. Realtime counts from 1970-01-01 00:00 UTC.
pub type Timestamp = u64;

numbered! {
    /// A clock (`clockid`).
    pub enum ClockId: u32 {
        /// Wall-clock time.
        Realtime = 0,
        /// Never set, never goes back; its zero means nothing.
        Monotonic = 1,
        /// Time that the process has spent on the processor.
        ProcessCputime = 2,
        /// Time that the thread has spent on the processor.
        ThreadCputime = 3,
    }
}

numbered! {
    /// What a descriptor or directory entry is (`filetype`).
    pub enum FileType: u8 {
        /// None of the others.
        Unknown = 0,
        /// Block device.
        BlockDevice = 1,
        /// Character device: a terminal, most often.
        CharacterDevice = 2,
        /// Directory.
        Directory = 3,
        /// Regular file.
        RegularFile = 4,
        /// Datagram socket.
        SocketDgram = 5,
        /// Stream socket.
        SocketStream = 6,
        /// Symbolic link.
        SymbolicLink = 7,
    }
}

numbered! {
    /// What an offset counts from (`whence`).
    pub enum Whence: u8 {
        /// The start of the file.
        Set = 0,
        /// The current position.
        Cur = 1,
        /// The end of the file.
        End = 2,
    }
}

numbered! {
    /// How a range of a file will be used (`advice`).
    pub enum Advice: u8 {
        /// Nothing special.
        Normal = 0,
        /// From lower to higher offsets.
        Sequential = 1,
        /// In random order.
        Random = 2,
        /// Soon.
        Willneed = 3,
        /// Not soon.
        Dontneed = 4,
        /// Once.
        Noreuse = 5,
    }
}

numbered! {
    /// A signal, named as in POSIX (`signal`).
    pub enum Signal: u8 {
        /// None: only whether the call is supported.
        None = 0,
        /// Hangup.
        Hup = 1,
        /// Terminal interrupt.
        Int = 2,
        /// Terminal quit.
        Quit = 3,
        /// Illegal instruction.
        Ill = 4,
        /// Trace or breakpoint.
        Trap = 5,
        /// Abort.
        Abrt = 6,
        /// Undefined memory.
        Bus = 7,
        /// Erroneous arithmetic.
        Fpe = 8,
        /// Kill.
        Kill = 9,
        /// User-defined.
        Usr1 = 10,
        /// Invalid memory reference.
        Segv = 11,
        /// User-defined.
        Usr2 = 12,
        /// Write to a broken pipe.
        Pipe = 13,
        /// Alarm.
        Alrm = 14,
        /// Termination.
        Term = 15,
        /// Child stopped or ended.
        Chld = 16,
        /// Continue.
        Cont = 17,
        /// Stop.
        Stop = 18,
        /// Terminal stop.
        Tstp = 19,
        /// Background read.
        Ttin = 20,
        /// Background write.
        Ttou = 21,
        /// Urgent data on a socket.
        Urg = 22,
        /// Processor time exceeded.
        Xcpu = 23,
        /// File size exceeded.
        Xfsz = 24,
        /// Virtual timer.
        Vtalrm = 25,
        /// Profiling timer.
        Prof = 26,
        /// Window size changed.
        Winch = 27,
        /// Input or output possible.
        Poll = 28,
        /// Power failure.
        Pwr = 29,
        /// Bad system call.
        Sys = 30,
    }
}

flags! {
    /// How a descriptor behaves (`fdflags`).
    pub struct FdFlags: u16 {
        /// Writes go to the end.
        APPEND = 0,
        /// Writes wait until the data is stored.
        DSYNC = 1,
        /// Nothing waits.
        NONBLOCK = 2,
        /// Reads wait as writes do.
        RSYNC = 3,
        /// Writes wait until data and metadata are stored.
        SYNC = 4,
    }
}

flags! {
    /// How a path is opened (`oflags`).
    pub struct OFlags: u16 {
        /// Create the file if it is missing.
        CREAT = 0,
        /// Fail unless it is a directory.
        DIRECTORY = 1,
        /// Fail if the file exists.
        EXCL = 2,
        /// Truncate it to nothing.
        TRUNC = 3,
    }
}

flags! {
    /// How a path is looked up (`lookupflags`).
    pub struct LookupFlags: u32 {
        /// A symbolic link at the path's end is followed.
        SYMLINK_FOLLOW = 0,
    }
}

flags! {
    /// How to receive (`riflags`).
    pub struct RiFlags: u16 {
        /// Leave the data in the socket.
        PEEK = 0,
        /// Wait until the buffer is full.
        WAITALL = 1,
    }
}

flags! {
    /// What became of received data (`roflags`).
    pub struct RoFlags: u16 {
        /// The message was longer than the buffer.
        DATA_TRUNCATED = 0,
    }
}

flags! {
    /// Which direction of a socket to shut down (`sdflags`).
    pub struct SdFlags: u8 {
        /// Receiving.
        RD = 0,
        /// Sending.
        WR = 1,
    }
}

flags! {
    /// What may be done with a descriptor (`rights`).
    pub struct Rights: u64 {
        /// `fd_datasync`; with `PATH_OPEN`, opening with [`FdFlags::DSYNC`].
        FD_DATASYNC = 0,
        /// `fd_read`; with `FD_SEEK`, `fd_pread`.
        FD_READ = 1,
        /// `fd_seek`; includes `FD_TELL`.
        FD_SEEK = 2,
        /// `fd_fdstat_set_flags`.
        FD_FDSTAT_SET_FLAGS = 3,
        /// `fd_sync`; with `PATH_OPEN`, opening with [`FdFlags::SYNC`] or [`FdFlags::RSYNC`].
        FD_SYNC = 4,
        /// `fd_tell`, and `fd_seek` that stays where it is.
        FD_TELL = 5,
        /// `fd_write`; with `FD_SEEK`, `fd_pwrite`.
        FD_WRITE = 6,
        /// `fd_advise`.
        FD_ADVISE = 7,
        /// `fd_allocate`.
        FD_ALLOCATE = 8,
        /// `path_create_directory`.
        PATH_CREATE_DIRECTORY = 9,
        /// With `PATH_OPEN`, opening with [`OFlags::CREAT`].
        PATH_CREATE_FILE = 10,
        /// `path_link` from this directory.
        PATH_LINK_SOURCE = 11,
        /// `path_link` into this directory.
        PATH_LINK_TARGET = 12,
        /// `path_open`.
        PATH_OPEN = 13,
        /// `fd_readdir`.
        FD_READDIR = 14,
        /// `path_readlink`.
        PATH_READLINK = 15,
        /// `path_rename` from this directory.
        PATH_RENAME_SOURCE = 16,
        /// `path_rename` into this directory.
        PATH_RENAME_TARGET = 17,
        /// `path_filestat_get`.
        PATH_FILESTAT_GET = 18,
        /// With `PATH_OPEN`, opening with [`OFlags::TRUNC`].
        PATH_FILESTAT_SET_SIZE = 19,
        /// `path_filestat_set_times`.
        PATH_FILESTAT_SET_TIMES = 20,
        /// `fd_filestat_get`.
        FD_FILESTAT_GET = 21,
        /// `fd_filestat_set_size`.
        FD_FILESTAT_SET_SIZE = 22,
        /// `fd_filestat_set_times`.
        FD_FILESTAT_SET_TIMES = 23,
        /// `path_symlink`.
        PATH_SYMLINK = 24,
        /// `path_remove_directory`.
        PATH_REMOVE_DIRECTORY = 25,
        /// `path_unlink_file`.
        PATH_UNLINK_FILE = 26,
        /// With `FD_READ` or `FD_WRITE`, `poll_oneoff` on that.
        POLL_FD_READWRITE = 27,
        /// `sock_shutdown`.
        SOCK_SHUTDOWN = 28,
        /// `sock_accept`.
        SOCK_ACCEPT = 29,
    }
}

/// A new time for a file, as `fd_filestat_set_times` is told (`fstflags`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetTime {
    /// It stays as it is.
    Keep,
    /// The current time.
    Now,
    /// This time.
    At(Timestamp),
}

impl SetTime {
    /// The times of access and of modification.
    pub(super) fn pair(atim: u64, mtim: u64, flags: u32) -> Result<(Self, Self), Errno> {
        let one = |flags, time| match flags {
            0 => Ok(Self::Keep),
            1 => Ok(Self::At(time)),
            2 => Ok(Self::Now),
            _ => Err(Errno::Inval),
        };
        // Bits: atim, atim_now, mtim, mtim_now. Bits beyond make the second number too large.
        Ok((one(flags & 3, atim)?, one(flags >> 2, mtim)?))
    }
}

/// What a descriptor is and may do (`fdstat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FdStat {
    /// What it refers to.
    pub filetype: FileType,
    /// How it behaves.
    pub flags: FdFlags,
    /// What may be done with it.
    pub rights_base: Rights,
    /// What may be done, at most, with descriptors opened through it.
    pub rights_inheriting: Rights,
}

impl FdStat {
    pub(super) const SIZE: usize = 24;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut words = [[0; 8]; 3];
        let [head, base, inheriting] = &mut words;
        let [lo, hi] = self.flags.bits().to_le_bytes();
        *head = [self.filetype.number(), 0, lo, hi, 0, 0, 0, 0];
        *base = self.rights_base.bits().to_le_bytes();
        *inheriting = self.rights_inheriting.bits().to_le_bytes();
        flat(words)
    }
}

/// A file's attributes (`filestat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStat {
    /// The device that holds it.
    pub dev: u64,
    /// Its serial number on the device.
    pub ino: u64,
    /// What it is.
    pub filetype: FileType,
    /// Number of hard links to it.
    pub nlink: u64,
    /// Size in bytes; of a symbolic link, of the path in it.
    pub size: u64,
    /// When its data was last read.
    pub atim: Timestamp,
    /// When its data was last changed.
    pub mtim: Timestamp,
    /// When its status was last changed.
    pub ctim: Timestamp,
}

impl FileStat {
    pub(super) const SIZE: usize = 64;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        flat([
            self.dev.to_le_bytes(),
            self.ino.to_le_bytes(),
            [self.filetype.number(), 0, 0, 0, 0, 0, 0, 0],
            self.nlink.to_le_bytes(),
            self.size.to_le_bytes(),
            self.atim.to_le_bytes(),
            self.mtim.to_le_bytes(),
            self.ctim.to_le_bytes(),
        ])
    }
}

/// An entry of a directory (`dirent`), its name included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dirent<'a> {
    /// The cookie with which reading goes on behind this entry.
    pub next: u64,
    /// The serial number of the file.
    pub ino: u64,
    /// What the file is.
    pub filetype: FileType,
    /// Its name, one component of a path.
    pub name: &'a [u8],
}

impl Dirent<'_> {
    pub(super) fn head(&self) -> Result<[u8; 24], Errno> {
        let length = u32::try_from(self.name.len()).map_err(|_| Errno::Nametoolong)?;
        let [a, b, c, d] = length.to_le_bytes();
        Ok(flat([
            self.next.to_le_bytes(),
            self.ino.to_le_bytes(),
            [a, b, c, d, self.filetype.number(), 0, 0, 0],
        ]))
    }
}

/// How `path_open` opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathOpen {
    /// Is a symbolic link at the path's end followed?
    pub lookup: LookupFlags,
    /// Create, truncate, and so on.
    pub oflags: OFlags,
    /// The rights asked for the new descriptor.
    pub rights_base: Rights,
    /// The rights asked for descriptors opened through it.
    pub rights_inheriting: Rights,
    /// How the new descriptor behaves.
    pub fdflags: FdFlags,
}

/// What `poll_oneoff` waits for (`subscription_u`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The time when a clock has reached a point or run for a span.
    Clock {
        /// The clock, or the number that is none.
        id: Result<ClockId, Errno>,
        /// The point or the span.
        timeout: Timestamp,
        /// How much later is soon enough.
        precision: Timestamp,
        /// Is `timeout` a point in time? Else a span from now.
        is_absolute: bool,
    },
    /// Data can be read.
    FdRead(Fd),
    /// Data can be written.
    FdWrite(Fd),
}

/// A topic with a label of the module's choice (`subscription`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Comes back in the event.
    pub userdata: u64,
    /// What is waited for.
    pub topic: Topic,
}

/// Something that `poll_oneoff` waited for happened (`event`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The subscription that this answers.
    pub subscription: Subscription,
    /// `Err` if waiting for it failed. Bytes that can be read or written without waiting; 0 for a
    /// clock.
    pub result: Result<u64, Errno>,
    /// Has the other side of the descriptor hung up?
    pub is_hangup: bool,
}

impl Event {
    pub(crate) const SIZE: usize = 32;

    pub(super) fn to_bytes(self) -> [u8; Self::SIZE] {
        let kind = match self.subscription.topic {
            Topic::Clock { .. } => 0,
            Topic::FdRead(_) => 1,
            Topic::FdWrite(_) => 2,
        };
        let [lo, hi] = self.result.map_or_else(Errno::number, |_| 0).to_le_bytes();
        flat([
            self.subscription.userdata.to_le_bytes(),
            [lo, hi, kind, 0, 0, 0, 0, 0],
            self.result.unwrap_or(0).to_le_bytes(),
            [u8::from(self.is_hangup), 0, 0, 0, 0, 0, 0, 0],
        ])
    }
}

/// Structures are made of words of 8 bytes.
fn flat<const WORDS: usize, const BYTES: usize>(words: [[u8; 8]; WORDS]) -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    for (place, byte) in bytes.iter_mut().zip(words.as_flattened()) {
        *place = *byte;
    }
    bytes
}
