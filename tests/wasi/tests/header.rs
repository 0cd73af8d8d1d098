//! Numbers and layouts as wasi-libc's header has them.

use herkos_runtime::wasi::*;
use std::collections::BTreeMap;

/// The constants of `wasi/api.h`, by name: `ERRNO_BADF` and so on.
fn header() -> BTreeMap<String, u64> {
    let path = "/usr/include/wasm32-wasi/wasi/api.h";
    let text = std::fs::read_to_string(path).expect("wasi-libc is installed");
    let definitions = text.lines().filter_map(|line| line.strip_prefix("#define __WASI_"));
    definitions
        .filter_map(|line| {
            let (name, value) = line.split_once(' ')?;
            let number = match value.split_once("<< ") {
                Some((_, bit)) => 1 << bit.trim_end_matches(')').parse::<u32>().ok()?,
                None => value
                    .split_once('(')?
                    .1
                    .split_once("_C(")?
                    .1
                    .trim_end_matches(')')
                    .parse()
                    .ok()?,
            };
            Some((name.to_owned(), number))
        })
        .collect()
}

/// `Errno::Notcapable` is `ERRNO_NOTCAPABLE`; words are put together with underscores.
fn check(header: &BTreeMap<String, u64>, prefix: &str, values: &[(String, u64)]) {
    let plain = |name: &str| name.replace('_', "").to_uppercase();
    let theirs: BTreeMap<String, u64> = header
        .iter()
        .filter_map(|(name, value)| Some((plain(name.strip_prefix(prefix)?), *value)))
        .collect();
    let ours: BTreeMap<String, u64> =
        values.iter().map(|(name, value)| (plain(name), *value)).collect();
    assert_eq!(ours, theirs, "{prefix}");
}

#[test]
fn enumerations() {
    let header = header();
    let all =
        |from: fn(u8) -> Option<(String, u64)>| (0..=255).filter_map(from).collect::<Vec<_>>();
    macro_rules! variants {
        ($ty:ident) => {
            all(|n| $ty::from_number(n.into()).map(|v| (format!("{v:?}"), v.number().into())))
        };
    }
    let mut errnos = variants!(Errno);
    errnos.push(("SUCCESS".into(), 0));
    let big = errnos.iter().position(|(name, _)| name == "TooBig").expect("2BIG");
    errnos[big].0 = "2BIG".into();
    check(&header, "ERRNO_", &errnos);
    let mut clocks = variants!(ClockId);
    for (name, _) in &mut clocks {
        if name.ends_with("time") && name != "Realtime" {
            name.push_str("Id");
        }
    }
    check(&header, "CLOCKID_", &clocks);
    check(&header, "FILETYPE_", &variants!(FileType));
    check(&header, "WHENCE_", &variants!(Whence));
    check(&header, "ADVICE_", &variants!(Advice));
}

#[test]
fn flags() {
    let header = header();
    macro_rules! flags {
        ($ty:ident, $prefix:literal: $($flag:ident)+) => {{
            let values = [$((stringify!($flag).to_owned(), u64::from($ty::$flag.bits()))),+];
            check(&header, $prefix, &values);
            let all = values.iter().fold(0, |all, (_, bits)| all | bits);
            assert_eq!(u64::from($ty::ALL.bits()), all);
        }};
    }
    flags!(FdFlags, "FDFLAGS_": APPEND DSYNC NONBLOCK RSYNC SYNC);
    flags!(OFlags, "OFLAGS_": CREAT DIRECTORY EXCL TRUNC);
    flags!(LookupFlags, "LOOKUPFLAGS_": SYMLINK_FOLLOW);
    flags!(RiFlags, "RIFLAGS_RECV_": PEEK WAITALL);
    flags!(RoFlags, "ROFLAGS_RECV_": DATA_TRUNCATED);
    flags!(SdFlags, "SDFLAGS_": RD WR);
    flags!(Rights, "RIGHTS_": FD_DATASYNC FD_READ FD_SEEK FD_FDSTAT_SET_FLAGS FD_SYNC FD_TELL
        FD_WRITE FD_ADVISE FD_ALLOCATE PATH_CREATE_DIRECTORY PATH_CREATE_FILE PATH_LINK_SOURCE
        PATH_LINK_TARGET PATH_OPEN FD_READDIR PATH_READLINK PATH_RENAME_SOURCE PATH_RENAME_TARGET
        PATH_FILESTAT_GET PATH_FILESTAT_SET_SIZE PATH_FILESTAT_SET_TIMES FD_FILESTAT_GET
        FD_FILESTAT_SET_SIZE FD_FILESTAT_SET_TIMES PATH_SYMLINK PATH_REMOVE_DIRECTORY
        PATH_UNLINK_FILE POLL_FD_READWRITE SOCK_SHUTDOWN SOCK_ACCEPT);
}
