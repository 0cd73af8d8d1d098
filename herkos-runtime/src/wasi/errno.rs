//! Error codes.

use super::flags::numbered;
use crate::WasmTrap;
use core::fmt;

numbered! {
    /// Why a call failed (`errno`): the module sees the number. Success, 0, is Rust's `Ok`.
    pub enum Errno: u16 {
        /// Argument list too long (`2big`).
        TooBig = 1,
        /// Permission denied.
        Acces = 2,
        /// Address in use.
        Addrinuse = 3,
        /// Address not available.
        Addrnotavail = 4,
        /// Address family not supported.
        Afnosupport = 5,
        /// Resource unavailable, or operation would block.
        Again = 6,
        /// Connection already in progress.
        Already = 7,
        /// Bad file descriptor.
        Badf = 8,
        /// Bad message.
        Badmsg = 9,
        /// Device or resource busy.
        Busy = 10,
        /// Operation canceled.
        Canceled = 11,
        /// No child processes.
        Child = 12,
        /// Connection aborted.
        Connaborted = 13,
        /// Connection refused.
        Connrefused = 14,
        /// Connection reset.
        Connreset = 15,
        /// Resource deadlock would occur.
        Deadlk = 16,
        /// Destination address required.
        Destaddrreq = 17,
        /// Mathematics argument out of the function's domain.
        Dom = 18,
        /// Disk quota exceeded.
        Dquot = 19,
        /// File exists.
        Exist = 20,
        /// Bad address.
        Fault = 21,
        /// File too large.
        Fbig = 22,
        /// Host is unreachable.
        Hostunreach = 23,
        /// Identifier removed.
        Idrm = 24,
        /// Illegal byte sequence.
        Ilseq = 25,
        /// Operation in progress.
        Inprogress = 26,
        /// Interrupted function.
        Intr = 27,
        /// Invalid argument.
        Inval = 28,
        /// Input or output error.
        Io = 29,
        /// Socket is connected.
        Isconn = 30,
        /// Is a directory.
        Isdir = 31,
        /// Too many levels of symbolic links.
        Loop = 32,
        /// File descriptor value too large.
        Mfile = 33,
        /// Too many links.
        Mlink = 34,
        /// Message too large.
        Msgsize = 35,
        /// Multihop attempted.
        Multihop = 36,
        /// File name too long.
        Nametoolong = 37,
        /// Network is down.
        Netdown = 38,
        /// Connection aborted by the network.
        Netreset = 39,
        /// Network unreachable.
        Netunreach = 40,
        /// Too many files open in the system.
        Nfile = 41,
        /// No buffer space available.
        Nobufs = 42,
        /// No such device.
        Nodev = 43,
        /// No such file or directory.
        Noent = 44,
        /// Executable file format error.
        Noexec = 45,
        /// No locks available.
        Nolck = 46,
        /// Link has been severed.
        Nolink = 47,
        /// Not enough space.
        Nomem = 48,
        /// No message of the desired type.
        Nomsg = 49,
        /// Protocol not available.
        Noprotoopt = 50,
        /// No space left on device.
        Nospc = 51,
        /// Function not supported.
        Nosys = 52,
        /// The socket is not connected.
        Notconn = 53,
        /// Not a directory, or a symbolic link to one.
        Notdir = 54,
        /// Directory not empty.
        Notempty = 55,
        /// State not recoverable.
        Notrecoverable = 56,
        /// Not a socket.
        Notsock = 57,
        /// Not supported, or operation not supported on socket.
        Notsup = 58,
        /// Inappropriate I/O control operation.
        Notty = 59,
        /// No such device or address.
        Nxio = 60,
        /// Value too large to be stored in the data type.
        Overflow = 61,
        /// Previous owner died.
        Ownerdead = 62,
        /// Operation not permitted.
        Perm = 63,
        /// Broken pipe.
        Pipe = 64,
        /// Protocol error.
        Proto = 65,
        /// Protocol not supported.
        Protonosupport = 66,
        /// Protocol wrong type for socket.
        Prototype = 67,
        /// Result too large.
        Range = 68,
        /// Read-only file system.
        Rofs = 69,
        /// Invalid seek.
        Spipe = 70,
        /// No such process.
        Srch = 71,
        /// Reserved.
        Stale = 72,
        /// Connection timed out.
        Timedout = 73,
        /// Text file busy.
        Txtbsy = 74,
        /// Cross-device link.
        Xdev = 75,
        /// The descriptor lacks the right for this.
        Notcapable = 76,
        /// None of WASI's: the host does not go on, and the module's call ends with
        /// [`Errno::TRAP`]. For a host that has failed itself, so that no error of the module's
        /// would be the truth.
        Trap = 0xffff,
    }
}

impl Errno {
    /// How a call ends when the host answers with [`Errno::Trap`].
    pub const TRAP: WasmTrap = WasmTrap::Host(0xffff);
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?} (WASI error {})", self.number())
    }
}

impl core::error::Error for Errno {}
