//! Flags, enumerations, strings and structures.

use crate::cases::{call, memory, subscription, BUFFER, OUT, OUT_2, PATH, SUBSCRIPTION};
use crate::fake as host;
use crate::fake::Fake;
use herkos_runtime::wasi::{self, Errno};
use herkos_runtime::WasmTrap;

fn errno(errno: Errno) -> Result<i32, WasmTrap> {
    Ok(i32::from(errno.number()))
}

/// Numbers without meaning, in each argument that has a fixed set of them.
#[test]
fn numbers_without_meaning() {
    let bad: [(&str, usize, &[i64]); 19] = [
        ("clock_res_get", 0, &[4, -1]),
        ("clock_time_get", 0, &[4, -1]),
        ("fd_advise", 3, &[6, 256, -1]),
        ("fd_fdstat_set_flags", 1, &[0x20, 0x1_0000, -1]),
        ("fd_fdstat_set_rights", 1, &[1 << 30, -1]),
        ("fd_fdstat_set_rights", 2, &[1 << 30, -1]),
        ("fd_filestat_set_times", 3, &[3, 12, 16, -1]),
        ("fd_seek", 2, &[3, 256, -1]),
        ("path_filestat_get", 1, &[2, -1]),
        ("path_filestat_set_times", 1, &[2, -1]),
        ("path_filestat_set_times", 6, &[3, 12, 16, -1]),
        ("path_link", 1, &[2, -1]),
        ("path_open", 1, &[2, -1]),
        ("path_open", 4, &[16, 0x1_0000, -1]),
        ("path_open", 5, &[1 << 30, -1]),
        ("path_open", 6, &[1 << 30, -1]),
        ("path_open", 7, &[0x20, 0x1_0000, -1]),
        ("proc_raise", 0, &[31, 256, -1]),
        ("poll_oneoff", 2, &[0]),
    ];
    let sockets: [(&str, usize, &[i64]); 4] = [
        ("sock_accept", 1, &[0x20, 0x1_0000, -1]),
        ("sock_recv", 3, &[4, 0x1_0000, -1]),
        ("sock_send", 3, &[1, -1]),
        ("sock_shutdown", 1, &[4, 256, -1]),
    ];
    for (name, argument, values) in bad.into_iter().chain(sockets) {
        let case = crate::cases().into_iter().find(|case| case.name == name);
        let case = case.unwrap_or_else(|| panic!("{name}"));
        for &value in values {
            let mut host = crate::fake();
            let mut args = case.args.clone();
            args[argument] = value;
            let status = call(name, &mut host, &mut memory(), &args);
            assert_eq!(
                status,
                errno(Errno::Inval),
                "{name}: argument {argument}: {value}"
            );
            assert!(host.calls.is_empty(), "{name}");
        }
    }
}

#[test]
fn paths_are_utf8() {
    for case in crate::cases()
        .into_iter()
        .filter(|case| case.name.starts_with("path_"))
    {
        for &(pointer, size) in case.pointers.iter().filter(|(_, size)| *size == 8) {
            let (mut host, mut memory) = (crate::fake(), memory());
            let at = case.args[pointer] as usize;
            memory[at..at + size as usize].copy_from_slice(b"fil\xc3\x28ename"[..8].as_ref());
            let status = call(case.name, &mut host, &mut memory, &case.args);
            assert_eq!(status, errno(Errno::Ilseq), "{}", case.name);
            assert!(host.calls.is_empty(), "{}", case.name);
        }
    }
}

#[test]
fn no_strings() {
    let (mut host, mut memory) = (Fake::default(), memory());
    let before = memory.clone();
    assert_eq!(wasi::args_get(&mut host, &mut memory, 1024, 1024), Ok(0));
    assert!(memory == before);
    let (count, size) = (OUT as i32, OUT_2 as i32);
    assert_eq!(
        wasi::args_sizes_get(&mut host, &mut memory, count, size),
        Ok(0)
    );
    assert_eq!(memory[OUT as usize..][..4], [0; 4]);
    assert_eq!(memory[OUT_2 as usize..][..4], [0; 4]);
}

#[test]
fn a_name_that_does_not_fit() {
    let (mut host, mut memory) = (Fake::default(), memory());
    let status = wasi::fd_prestat_dir_name(&mut host, &mut memory, 3, OUT as i32, 4);
    assert_eq!(status, errno(Errno::Nametoolong));
}

#[test]
fn a_link_that_does_not_fit_is_cut() {
    let (mut host, mut memory) = (Fake::default(), memory());
    let (path, buffer, out) = (PATH as i32, BUFFER as i32, OUT as i32);
    let status = wasi::path_readlink(&mut host, &mut memory, 3, path, 8, buffer, 3, out);
    assert_eq!(status, Ok(0));
    assert_eq!(&memory[BUFFER as usize..][..4], b"tard");
    assert_eq!(memory[OUT as usize], 3);
}

/// The directory's entries one behind the other; the last is cut off where the room ends, in its
/// head or in its name.
#[test]
fn directory_entries_are_cut() {
    let whole = {
        let mut host = Fake {
            entries: vec![b"a", b"bcd"],
            ..Fake::default()
        };
        let mut memory = memory();
        wasi::fd_readdir(&mut host, &mut memory, 3, 0x100, 200, 0, OUT as i32).unwrap();
        assert_eq!(memory[OUT as usize], 52);
        memory[0x100..0x100 + 52].to_vec()
    };
    assert_eq!(&whole[24..25], b"a");
    assert_eq!(whole[25], 2, "the second entry's cookie");
    assert_eq!(&whole[49..], b"bcd");
    for room in 0..52 {
        let mut host = Fake {
            entries: vec![b"a", b"bcd"],
            ..Fake::default()
        };
        let mut memory = memory();
        wasi::fd_readdir(&mut host, &mut memory, 3, 0x100, room, 0, OUT as i32).unwrap();
        assert_eq!(i32::from(memory[OUT as usize]), room);
        let room = room as usize;
        assert_eq!(memory[0x100..0x100 + room], whole[..room]);
        assert_eq!(memory[0x100 + room], crate::cases::memory()[0x100 + room]);
    }
    let mut host = Fake {
        entries: vec![b"a", b"bcd"],
        ..Fake::default()
    };
    wasi::fd_readdir(&mut host, &mut memory(), 3, 0x100, 200, 1, OUT as i32).unwrap();
    assert_eq!(host.calls, ["fd_readdir 3 1", "fd_readdir 3 2"]);
}

fn poll(subscriptions: &[[u8; 48]]) -> (Result<i32, WasmTrap>, Fake, Vec<u8>) {
    let (mut host, mut memory) = (Fake::default(), memory());
    let at = SUBSCRIPTION as usize;
    memory[at..at + 48 * subscriptions.len()].copy_from_slice(&subscriptions.concat());
    let count = subscriptions.len() as i32;
    let status = wasi::poll_oneoff(&mut host, &mut memory, at as i32, 0, count, OUT as i32);
    (status, host, memory)
}

#[test]
fn polling_several() {
    let (status, host, memory) = poll(&[
        subscription(1, 1, [5, 0, 0, 0]),
        subscription(2, 2, [99, 0, 0, 0]),
        subscription(3, 0, [7, 500, 10, 0]),
        subscription(4, 2, [6, 0, 0, 0]),
    ]);
    assert_eq!(
        (status, host.calls.len(), memory[OUT as usize]),
        (Ok(0), 4, 4)
    );
    // userdata, errno, type, number of bytes, flags
    let event = |index: usize| {
        let event = &memory[32 * index..32 * index + 32];
        [event[0], event[8], event[10], event[16], event[24]]
    };
    let badf = Errno::Badf.number() as u8;
    let inval = Errno::Inval.number() as u8;
    assert_eq!(event(0), [1, 0, 1, 10, 1]);
    assert_eq!(event(1), [2, badf, 2, 0, 0]);
    assert_eq!(event(2), [3, inval, 0, 0, 0]);
    assert_eq!(event(3), [4, 0, 2, 20, 0]);
}

#[test]
fn subscriptions_without_meaning() {
    for bad in [
        subscription(1, 3, [5, 0, 0, 0]),
        subscription(1, 255, [5, 0, 0, 0]),
        subscription(1, 0, [0, 0, 0, 2]),
    ] {
        let (status, host, _) = poll(&[subscription(1, 1, [5, 0, 0, 0]), bad]);
        assert_eq!(status, errno(Errno::Inval));
        assert!(host.calls.is_empty());
    }
}

/// Events that overwrite the subscriptions: the host sees what is left of them, and nothing worse.
#[test]
fn events_over_subscriptions() {
    let (mut host, mut memory) = (host::Fake::default(), memory());
    let at = SUBSCRIPTION as usize;
    for index in 0..4 {
        let bytes = subscription(0xff00_0000_0000_0000, 2, [u64::MAX; 4]);
        memory[at + 48 * index..at + 48 * index + 48].copy_from_slice(&bytes);
    }
    let status = wasi::poll_oneoff(
        &mut host,
        &mut memory,
        at as i32,
        at as i32 + 40,
        4,
        OUT as i32,
    );
    assert_eq!(status, Ok(0));
    assert!(
        host.calls.contains(&"poll_oneoff: unreadable".to_owned()),
        "{:?}",
        host.calls
    );
}

#[test]
fn a_count_of_subscriptions_that_wraps() {
    for count in [-1, 0x0555_5556, i32::MAX, i32::MIN] {
        let (mut host, mut memory) = (Fake::default(), memory());
        let status = wasi::poll_oneoff(&mut host, &mut memory, 0, 0, count, OUT as i32);
        assert_eq!(status, Err(WasmTrap::OutOfBounds), "{count}");
        assert!(host.calls.is_empty());
    }
}
