//! Sockets.

use super::vectors::{used, Vectors};
use super::{answer, attempt, descriptor, flags, guest, status, Status};
use crate::wasi::{FdFlags, RiFlags, SdFlags, Sockets};

/// See [`Sockets::sock_accept`].
pub fn sock_accept<H: Sockets>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    fdflags: i32,
    accepted: i32,
) -> Status {
    guest::place::<4>(memory, accepted)?;
    let fdflags = attempt!(FdFlags::decode(flags(fdflags)));
    let new = attempt!(host.sock_accept(descriptor(fd), fdflags));
    answer(memory, accepted, new.0.to_le_bytes())
}

/// See [`Sockets::sock_recv`]. Fills the first buffer that is not empty.
pub fn sock_recv<H: Sockets>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    ri_data: i32,
    ri_data_len: i32,
    ri_flags: i32,
    ro_datalen: i32,
    ro_flags: i32,
) -> Status {
    guest::place::<4>(memory, ro_datalen)?;
    guest::place::<2>(memory, ro_flags)?;
    let buffers = attempt!(Vectors::check(memory, ri_data, ri_data_len)?);
    let ri_flags = attempt!(RiFlags::decode(flags(ri_flags)));
    let buffer = buffers.first(memory)?;
    let (done, out) = attempt!(host.sock_recv(descriptor(fd), buffer, ri_flags));
    let done = used(buffer, done);
    answer(memory, ro_datalen, done)?;
    answer(memory, ro_flags, out.bits().to_le_bytes())
}

/// See [`Sockets::sock_send`].
pub fn sock_send<H: Sockets>(
    host: &mut H,
    memory: &mut [u8],
    fd: i32,
    si_data: i32,
    si_data_len: i32,
    si_flags: i32,
    so_datalen: i32,
) -> Status {
    guest::place::<4>(memory, so_datalen)?;
    let buffers = attempt!(Vectors::check(memory, si_data, si_data_len)?);
    if si_flags != 0 {
        return super::failure(crate::wasi::Errno::Inval); // there are none
    }
    let sent = buffers.each(memory, |bytes, _| host.sock_send(descriptor(fd), bytes))?;
    answer(memory, so_datalen, attempt!(sent).to_le_bytes())
}

/// See [`Sockets::sock_shutdown`].
pub fn sock_shutdown<H: Sockets>(host: &mut H, _memory: &mut [u8], fd: i32, how: i32) -> Status {
    let how = attempt!(SdFlags::decode(flags(how)));
    status(host.sock_shutdown(descriptor(fd), how))
}
