//! The host without an operating system, and hosts made of parts.

use crate::cases::{call, cases, memory};
use herkos_runtime::wasi::*;
use herkos_runtime::{delegate_wasi, WasmTrap};

fn silent() -> Minimal<'static, fn(Fd, &[u8])> {
    Minimal::new(|_, _| ())
}

#[test]
fn output() {
    let mut seen = Vec::new();
    let mut host = Minimal::new(|fd: Fd, bytes: &[u8]| seen.push((fd, bytes.to_vec())));
    assert_eq!(host.fd_write(Fd::STDOUT, b"out"), Ok(3));
    assert_eq!(host.fd_write(Fd::STDERR, b"err"), Ok(3));
    assert_eq!(host.fd_write(Fd::STDOUT, b""), Ok(0));
    assert_eq!(host.fd_write(Fd::STDIN, b"x"), Err(Errno::Notcapable));
    assert_eq!(host.fd_write(Fd(3), b"x"), Err(Errno::Badf));
    assert_eq!(host.fd_close(Fd::STDERR), Ok(()));
    assert_eq!(host.fd_write(Fd::STDERR, b"x"), Err(Errno::Badf));
    assert_eq!(host.fd_close(Fd::STDERR), Err(Errno::Badf));
    let expected = [(Fd::STDOUT, b"out".to_vec()), (Fd::STDERR, b"err".to_vec())];
    assert_eq!(seen, expected);
}

#[test]
fn input_and_descriptors() {
    let mut host = silent();
    assert_eq!(host.fd_read(Fd::STDIN, &mut [0; 4]), Ok(0));
    assert_eq!(
        host.fd_read(Fd::STDOUT, &mut [0; 4]),
        Err(Errno::Notcapable)
    );
    assert_eq!(host.fd_read(Fd(9), &mut [0; 4]), Err(Errno::Badf));
    assert_eq!(host.fd_seek(Fd::STDIN, 0, Whence::Cur), Err(Errno::Spipe));
    assert_eq!(host.fd_seek(Fd(9), 0, Whence::Cur), Err(Errno::Badf));
    // Modules look for directories until they hear this.
    assert_eq!(host.fd_prestat_dir_name(Fd(3)), Err(Errno::Badf));
    let stat = host.fd_fdstat_get(Fd::STDOUT).unwrap();
    assert_eq!(stat.rights_base, Rights::FD_WRITE);
    assert_eq!(host.fd_fdstat_get(Fd(3)), Err(Errno::Badf));
}

#[test]
fn arguments_and_variables() {
    let mut host = silent().with_args(&["a", "b"]).with_variables(&["K=v"]);
    assert_eq!(host.arg(1), Some(&b"b"[..]));
    assert_eq!(host.arg(2), None);
    assert_eq!(host.variable(0), Some(&b"K=v"[..]));
    assert_eq!(host.variable(1), None);
}

/// Every call ends with an errno or well, never with a trap, when its pointers are good.
#[test]
fn everything_else_is_an_errno() {
    let granted = [
        "args_get",
        "args_sizes_get",
        "environ_get",
        "environ_sizes_get",
        "poll_oneoff", // with the error in the event
        "fd_write",
    ];
    for case in cases() {
        let status = call(case.name, &mut silent(), &mut memory(), &case.args);
        let expected = if granted.contains(&case.name) {
            0
        } else if [
            "fd_close",
            "fd_fdstat_get",
            "fd_prestat_get",
            "fd_prestat_dir_name",
            "fd_read",
            "fd_seek",
        ]
        .contains(&case.name)
        {
            Errno::Badf.number() // of descriptors that are not open
        } else {
            Errno::Nosys.number()
        };
        assert_eq!(status, Ok(i32::from(expected)), "{}", case.name);
    }
}

/// A clock of one's own beside the output of `Minimal`; through a reference too.
struct Board<'a> {
    basic: Minimal<'a, fn(Fd, &[u8])>,
    now: u64,
}

delegate_wasi!(impl['a] Args, Environ, Fds, Process for Board<'a> => basic);

impl Clocks for Board<'_> {
    fn clock_time_get(&mut self, _: ClockId, _: Timestamp) -> Result<Timestamp, Errno> {
        self.now += 1;
        Ok(self.now)
    }
}

fn needs(mut host: impl Clocks + Args + Fds + Process) -> (u64, WasmTrap) {
    let mut memory = [0; 64];
    assert_eq!(args_sizes_get(&mut host, &mut memory, 0, 4), Ok(0));
    assert_eq!(memory[0], 1);
    assert_eq!(
        fd_close(&mut host, &mut memory, 9),
        Ok(i32::from(Errno::Badf.number()))
    );
    assert_eq!(clock_time_get(&mut host, &mut memory, 0, 1, 8), Ok(0));
    let trap = proc_exit(&mut host, &mut memory, 5).unwrap_err();
    (u64::from_le_bytes(memory[8..16].try_into().unwrap()), trap)
}

#[test]
fn parts() {
    let mut board = Board {
        basic: silent().with_args(&["a"]),
        now: 100,
    };
    assert_eq!(needs(&mut board), (101, WasmTrap::Exit(5)));
    assert_eq!(needs(board), (102, WasmTrap::Exit(5)));
}
