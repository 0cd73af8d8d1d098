//! The functions of preview 1 against a fake host: every good call, bad descriptor, denied right and
//! bad pointer; then what single functions have of their own.

mod cases;
mod decoding;
mod fake;
mod minimal;
mod vectors;

use cases::{call, cases, memory, END};
use fake::Fake;
use herkos_runtime::wasi::{self, Errno};
use herkos_runtime::WasmTrap;

fn fake() -> Fake {
    Fake {
        strings: vec![b"prog", b"x"],
        entries: vec![b"name"],
        ..Fake::default()
    }
}

#[test]
fn good_calls() {
    for case in cases() {
        let (mut host, mut memory) = (fake(), memory());
        let mut expected = memory.clone();
        for (at, bytes) in case.writes {
            expected[*at as usize..*at as usize + bytes.len()].copy_from_slice(bytes);
        }
        let status = call(case.name, &mut host, &mut memory, &case.args);
        assert_eq!(status, Ok(0), "{}", case.name);
        assert_eq!(host.calls, case.calls, "{}", case.name);
        assert!(memory == expected, "{}: the memory's contents", case.name);
    }
}

#[test]
fn bad_descriptors_and_denied_rights() {
    for case in cases() {
        for &fd in case.fds {
            for (number, errno) in [(99, Errno::Badf), (98, Errno::Notcapable)] {
                let (mut host, mut memory) = (fake(), memory());
                let mut args = case.args.clone();
                args[fd] = number;
                let status = call(case.name, &mut host, &mut memory, &args);
                assert_eq!(status, Ok(i32::from(errno.number())), "{}", case.name);
                assert!(!host.calls.is_empty(), "{}", case.name);
            }
        }
    }
}

/// A pointer that leaves the memory traps before the host hears of the call.
#[test]
fn bad_pointers() {
    for case in cases() {
        for &(pointer, size) in case.pointers {
            for value in [END - size + 1, END, END + 1, -1, i64::from(i32::MIN), -size] {
                let (mut host, mut memory) = (fake(), memory());
                let before = memory.clone();
                let mut args = case.args.clone();
                args[pointer] = value;
                let result = call(case.name, &mut host, &mut memory, &args);
                let what = format!("{}: argument {pointer}: {value}", case.name);
                assert_eq!(result, Err(WasmTrap::OutOfBounds), "{what}");
                assert!(host.calls.is_empty(), "{what}: {:?}", host.calls);
                assert!(memory == before, "{what}");
            }
        }
    }
}

/// Up to the memory's last byte a pointer is good.
#[test]
fn pointers_to_the_end() {
    for case in cases() {
        for &(pointer, size) in case.pointers {
            let (mut host, mut memory) = (fake(), memory());
            // What is read there is what the call reads where it was.
            let old = case.args[pointer] as usize;
            memory.copy_within(old..old + size as usize, (END - size) as usize);
            let mut args = case.args.clone();
            args[pointer] = END - size;
            let status = call(case.name, &mut host, &mut memory, &args);
            assert_eq!(status, Ok(0), "{}: argument {pointer}", case.name);
        }
    }
}

/// Without a memory every pointer is bad, and calls without pointers work.
#[test]
fn no_memory() {
    for case in cases() {
        let result = call(case.name, &mut fake(), &mut [], &case.args);
        if case.pointers.is_empty() {
            assert_eq!(result, Ok(0), "{}", case.name);
        } else {
            assert_eq!(result, Err(WasmTrap::OutOfBounds), "{}", case.name);
        }
    }
}

#[test]
fn process() {
    let mut host = fake();
    assert_eq!(
        wasi::proc_exit(&mut host, &mut [], -2),
        Err(WasmTrap::Exit(-2))
    );
    assert_eq!(host.calls, ["proc_exit 4294967294"]);
    let again = i32::from(Errno::Again.number());
    assert_eq!(wasi::sched_yield(&mut host, &mut []), Ok(again));
}
