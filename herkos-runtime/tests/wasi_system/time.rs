//! Clocks, and waiting.

use super::*;
use herkos_runtime::wasi;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

#[test]
fn clocks() {
    let mut host = System::new().with_clocks();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let realtime = host.clock_time_get(ClockId::Realtime, 0).unwrap();
    assert!(realtime.abs_diff(now.as_nanos() as u64) < 60_000_000_000);
    for id in [
        ClockId::Monotonic,
        ClockId::ProcessCputime,
        ClockId::ThreadCputime,
    ] {
        let one = host.clock_time_get(id, 0).unwrap();
        let two = host.clock_time_get(id, 0).unwrap();
        assert!(one <= two && two < 3_600_000_000_000, "{id:?}");
        let span = host.clock_res_get(id).unwrap();
        assert!((1..=1_000_000_000).contains(&span), "{id:?}");
    }
}

/// Userdata, tag, and four words: the clock or descriptor, timeout, precision, flags.
fn subscription(userdata: u64, tag: u64, rest: [u64; 4]) -> Vec<u8> {
    let words = [userdata, tag, rest[0], rest[1], rest[2], rest[3]];
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Userdata, errno and number of bytes of each event.
fn poll<I, O, E>(host: &mut System<I, O, E>, subscriptions: &[Vec<u8>]) -> Vec<(u64, u16, u64)> {
    let mut memory = subscriptions.concat();
    let (events, count) = (memory.len(), subscriptions.len());
    memory.resize(events + 32 * count + 4, 0);
    let out = (events + 32 * count) as i32;
    let status = wasi::poll_oneoff(host, &mut memory, 0, events as i32, count as i32, out);
    assert_eq!(status, Ok(0));
    let word = |at: usize| u64::from_le_bytes(memory[at..at + 8].try_into().unwrap());
    let reported = memory[out as usize] as usize;
    let event = |index: usize| events + 32 * index;
    (0..reported)
        .map(|index| {
            (
                word(event(index)),
                word(event(index) + 8) as u16,
                word(event(index) + 16),
            )
        })
        .collect()
}

const MILLISECOND: u64 = 1_000_000;
const ERRNO_OK: u16 = 0;

#[test]
fn sleeping() {
    let mut host = System::new().with_clocks();
    let begin = Instant::now();
    let late = subscription(2, 0, [1, 3_600_000 * MILLISECOND, 0, 0]);
    let soon = subscription(1, 0, [1, 30 * MILLISECOND, 0, 0]);
    assert_eq!(poll(&mut host, &[late, soon]), [(1, ERRNO_OK, 0)]);
    let passed = begin.elapsed();
    assert!(
        passed >= Duration::from_millis(30) && passed < Duration::from_secs(60),
        "{passed:?}"
    );
    // Until a point in time, by both clocks; and one that has passed.
    for id in [0, 1] {
        let clock = ClockId::from_number(id).unwrap();
        let until = host.clock_time_get(clock, 0).unwrap() + 20 * MILLISECOND;
        let begin = Instant::now();
        let event = poll(&mut host, &[subscription(7, 0, [id.into(), until, 0, 1])]);
        assert_eq!(event, [(7, ERRNO_OK, 0)]);
        assert!(begin.elapsed() >= Duration::from_millis(15));
        let event = poll(&mut host, &[subscription(8, 0, [id.into(), 1, 0, 1])]);
        assert_eq!(event, [(8, ERRNO_OK, 0)]);
    }
}

#[test]
fn descriptors_are_ready_before_clocks() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    fixture.host = fixture.host.with_clocks();
    fixture.host.fd_seek(fd, 3, Whence::Set).unwrap();
    let begin = Instant::now();
    let events = poll(
        &mut fixture.host,
        &[
            subscription(1, 0, [1, 3_600_000 * MILLISECOND, 0, 0]),
            subscription(2, 1, [fd.0.into(), 0, 0, 0]),
            subscription(3, 2, [fd.0.into(), 0, 0, 0]),
            subscription(4, 2, [1, 0, 0, 0]),
            subscription(5, 1, [0, 0, 0, 0]),
            subscription(6, 0, [0, 0, 0, 0]),
        ],
    );
    let expected = [
        (2, ERRNO_OK, 5),
        (3, ERRNO_OK, 1),
        (4, ERRNO_OK, 1),
        (5, 0, 1),
        (6, 0, 0),
    ];
    assert_eq!(events, expected);
    assert!(begin.elapsed() < Duration::from_secs(60));
}

#[test]
fn what_is_wrong_with_one_subscription() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let rights = FILE_RIGHTS.difference(Rights::POLL_FD_READWRITE);
    fixture
        .host
        .fd_fdstat_set_rights(fd, rights, Rights::empty())
        .unwrap();
    let far = 3_600_000 * MILLISECOND;
    let subscriptions = [
        subscription(1, 1, [77, 0, 0, 0]),
        subscription(2, 1, [1, 0, 0, 0]),
        subscription(3, 2, [fd.0.into(), 0, 0, 0]),
        subscription(4, 0, [9, far, 0, 0]),
        subscription(5, 0, [2, far, 0, 0]),
        subscription(6, 0, [1, far, 0, 0]),
    ];
    let mut expected = vec![
        (1, Errno::Badf.number(), 0),
        (2, Errno::Notcapable.number(), 0),
        (3, Errno::Notcapable.number(), 0),
        (4, Errno::Inval.number(), 0),
        (5, Errno::Notsup.number(), 0),
        (6, Errno::Notcapable.number(), 0), // no clocks
    ];
    assert_eq!(poll(&mut fixture.host, &subscriptions), expected);
    fixture.host = fixture.host.with_clocks();
    expected.pop();
    assert_eq!(poll(&mut fixture.host, &subscriptions), expected);
}
