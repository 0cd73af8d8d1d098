//! Lists of buffers, which the module may have got wrong in many ways.

use crate::cases::{memory, BUFFER, LIST, OUT};
use crate::fake::Fake;
use herkos_runtime::wasi::{self, Errno};
use herkos_runtime::WasmTrap;

const LIST_32: i32 = LIST as i32;
const OUT_32: i32 = OUT as i32;

fn put(memory: &mut [u8], at: i64, words: &[u32]) {
    for (index, word) in words.iter().enumerate() {
        let at = at as usize + 4 * index;
        memory[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
}

fn out(memory: &[u8]) -> u32 {
    u32::from_le_bytes(memory[OUT as usize..OUT as usize + 4].try_into().unwrap())
}

fn errno(errno: Errno) -> Result<i32, WasmTrap> {
    Ok(i32::from(errno.number()))
}

fn write(host: &mut Fake, memory: &mut [u8], count: i32) -> Result<i32, WasmTrap> {
    wasi::fd_write(host, memory, 1, LIST_32, count, OUT_32)
}

#[test]
fn a_buffer_outside_traps_before_any_is_written() {
    for (ptr, len) in [
        (1024, 1),
        (1020, 5),
        (u32::MAX, 1),
        (1025, 0),
        (0, u32::MAX),
    ] {
        let (mut host, mut memory) = (Fake::default(), memory());
        put(&mut memory, LIST + 16, &[ptr, len]);
        assert_eq!(
            write(&mut host, &mut memory, 3),
            Err(WasmTrap::OutOfBounds),
            "{ptr} {len}"
        );
        let read = wasi::fd_read(&mut host, &mut memory, 0, LIST_32, 3, OUT_32);
        assert_eq!(read, Err(WasmTrap::OutOfBounds), "{ptr} {len}");
        assert!(host.calls.is_empty());
    }
}

#[test]
fn a_count_beyond_the_memory_traps() {
    for count in [-1, i32::MAX, i32::MIN, 0x2000_0000] {
        let (mut host, mut memory) = (Fake::default(), memory());
        // All zeros: empty buffers, as far as the memory reaches.
        memory.fill(0);
        let result = write(&mut host, &mut memory, count);
        assert_eq!(result, Err(WasmTrap::OutOfBounds), "{count}");
        assert!(host.calls.is_empty());
    }
}

#[test]
fn more_bytes_than_can_be_counted() {
    let mut host = Fake::default();
    let mut memory = vec![0; 1 << 20];
    for index in 0..4096 {
        put(&mut memory, 8 * index, &[0, 1 << 20]);
    }
    // 4,096 times 1 MiB are 2^32 bytes: one more than the module can count.
    let status = wasi::fd_write(&mut host, &mut memory, 1, 0, 4096, 0x8000);
    assert_eq!(status, errno(Errno::Inval));
    assert!(host.calls.is_empty());
    put(&mut memory, 0, &[0, (1 << 20) - 1]);
    host.answers = vec![Ok(1)];
    let status = wasi::fd_write(&mut host, &mut memory, 1, 0, 4096, 0x8000);
    assert_eq!(status, Ok(0));
}

#[test]
fn a_short_write_ends_the_call() {
    let (mut host, mut memory) = (Fake::default(), memory());
    host.answers = vec![Ok(3)];
    assert_eq!(write(&mut host, &mut memory, 3), Ok(0));
    assert_eq!(host.calls, ["fd_write 1 abcd"]);
    assert_eq!(out(&memory), 3);
}

#[test]
fn an_error_after_some_bytes_is_a_short_write() {
    let (mut host, mut memory) = (Fake::default(), memory());
    host.answers = vec![Ok(4), Err(Errno::Nospc)];
    assert_eq!(write(&mut host, &mut memory, 3), Ok(0));
    assert_eq!(out(&memory), 4);
    host.answers = vec![Err(Errno::Nospc)];
    assert_eq!(write(&mut host, &mut memory, 3), errno(Errno::Nospc));
}

/// A host that claims more than the buffer has does not lead the module out of it.
#[test]
fn a_host_that_claims_too_much() {
    let (mut host, mut memory) = (Fake::default(), memory());
    host.answers = vec![Ok(usize::MAX); 3];
    assert_eq!(write(&mut host, &mut memory, 3), Ok(0));
    assert_eq!(out(&memory), 10);
    let status = wasi::fd_read(&mut host, &mut memory, 0, LIST_32, 3, OUT_32);
    assert_eq!((status, out(&memory)), (Ok(0), 4));
}

#[test]
fn nothing_to_write_still_asks_the_host() {
    let (mut host, mut memory) = (Fake::default(), memory());
    assert_eq!(write(&mut host, &mut memory, 0), Ok(0));
    assert_eq!(host.calls, ["fd_write 1 "]);
    assert_eq!(out(&memory), 0);
    let status = wasi::fd_write(&mut host, &mut memory, 99, LIST_32 + 8, 1, OUT_32);
    assert_eq!(status, errno(Errno::Badf));
    let status = wasi::fd_read(&mut host, &mut memory, 99, LIST_32 + 8, 1, OUT_32);
    assert_eq!(status, errno(Errno::Badf));
}

/// Reading fills the first buffer that is not empty: to wait for the next one could be for ever.
#[test]
fn reading_skips_empty_buffers() {
    let (mut host, mut memory) = (Fake::default(), memory());
    let status = wasi::fd_read(&mut host, &mut memory, 0, LIST_32 + 8, 2, OUT_32);
    assert_eq!(status, Ok(0));
    assert_eq!(host.calls, ["fd_read 0 6"]);
    assert_eq!(out(&memory), 6);
}

/// A buffer that overlaps the list, the next buffer and the answer.
#[test]
fn buffers_overlap() {
    let (mut host, mut memory) = (Fake::default(), memory());
    let list = LIST as u32;
    put(
        &mut memory,
        LIST,
        &[list, 24, BUFFER as u32, 4, BUFFER as u32, 4],
    );
    let status = wasi::fd_read(&mut host, &mut memory, 0, LIST_32, 3, LIST_32 + 4);
    assert_eq!(status, Ok(0));
    // `fd_pread` reads the list's second pair after the first has become "pppppppp".
    put(
        &mut memory,
        LIST,
        &[list, 24, BUFFER as u32, 4, BUFFER as u32, 4],
    );
    let status = wasi::fd_pread(&mut host, &mut memory, 0, LIST_32, 3, 0, OUT_32);
    assert_eq!(status, Err(WasmTrap::OutOfBounds));
}

#[test]
fn an_offset_that_wraps() {
    let (mut host, mut memory) = (Fake::default(), memory());
    let status = wasi::fd_pread(&mut host, &mut memory, 5, LIST_32, 3, -1, OUT_32);
    assert_eq!((status, out(&memory)), (Ok(0), 4));
    assert_eq!(host.calls, ["fd_pread 5 4 18446744073709551615"]);
}
