//! Every call on a descriptor: fails on one that is not open, and on one without the right for it;
//! and goes through with that right alone.

use super::*;

type Call = fn(&mut System<Empty, Vec<u8>, Sink>, Fd) -> Result<(), Errno>;

const NOW: SetTime = SetTime::Now;
const LOOKUP: LookupFlags = LookupFlags::empty();

/// Calls on a file, each with the rights that it needs.
const FILE_CALLS: &[(&str, Rights, Call)] = &[
    ("fd_advise", Rights::FD_ADVISE, |host, fd| {
        host.fd_advise(fd, 0, 1, Advice::Normal)
    }),
    ("fd_allocate", Rights::FD_ALLOCATE, |host, fd| {
        host.fd_allocate(fd, 0, 20)
    }),
    ("fd_datasync", Rights::FD_DATASYNC, |host, fd| {
        host.fd_datasync(fd)
    }),
    (
        "fd_fdstat_set_flags",
        Rights::FD_FDSTAT_SET_FLAGS,
        |host, fd| host.fd_fdstat_set_flags(fd, FdFlags::APPEND),
    ),
    ("fd_filestat_get", Rights::FD_FILESTAT_GET, |host, fd| {
        host.fd_filestat_get(fd).map(drop)
    }),
    (
        "fd_filestat_set_size",
        Rights::FD_FILESTAT_SET_SIZE,
        |host, fd| host.fd_filestat_set_size(fd, 2),
    ),
    (
        "fd_filestat_set_times",
        Rights::FD_FILESTAT_SET_TIMES,
        |host, fd| host.fd_filestat_set_times(fd, NOW, NOW),
    ),
    (
        "fd_pread",
        Rights::FD_READ.union(Rights::FD_SEEK),
        |host, fd| host.fd_pread(fd, &mut [0], 0).map(drop),
    ),
    (
        "fd_pwrite",
        Rights::FD_WRITE.union(Rights::FD_SEEK),
        |host, fd| host.fd_pwrite(fd, b"x", 0).map(drop),
    ),
    ("fd_read", Rights::FD_READ, |host, fd| {
        host.fd_read(fd, &mut [0]).map(drop)
    }),
    ("fd_seek", Rights::FD_SEEK, |host, fd| {
        host.fd_seek(fd, 1, Whence::Cur).map(drop)
    }),
    ("fd_seek by 0", Rights::FD_TELL, |host, fd| {
        host.fd_seek(fd, 0, Whence::Cur).map(drop)
    }),
    ("fd_sync", Rights::FD_SYNC, |host, fd| host.fd_sync(fd)),
    ("fd_tell", Rights::FD_TELL, |host, fd| {
        host.fd_tell(fd).map(drop)
    }),
    ("fd_write", Rights::FD_WRITE, |host, fd| {
        host.fd_write(fd, b"x").map(drop)
    }),
];

/// Calls on a directory.
const DIRECTORY_CALLS: &[(&str, Rights, Call)] = &[
    ("fd_datasync", Rights::FD_DATASYNC, |host, fd| {
        host.fd_datasync(fd)
    }),
    (
        "fd_fdstat_set_flags",
        Rights::FD_FDSTAT_SET_FLAGS,
        |host, fd| host.fd_fdstat_set_flags(fd, FdFlags::APPEND),
    ),
    ("fd_filestat_get", Rights::FD_FILESTAT_GET, |host, fd| {
        host.fd_filestat_get(fd).map(drop)
    }),
    (
        "fd_filestat_set_times",
        Rights::FD_FILESTAT_SET_TIMES,
        |host, fd| host.fd_filestat_set_times(fd, NOW, NOW),
    ),
    ("fd_readdir", Rights::FD_READDIR, |host, fd| {
        host.fd_readdir(fd, 0).map(drop)
    }),
    ("fd_sync", Rights::FD_SYNC, |host, fd| host.fd_sync(fd)),
    (
        "path_create_directory",
        Rights::PATH_CREATE_DIRECTORY,
        |host, fd| host.path_create_directory(fd, "new"),
    ),
    (
        "path_filestat_get",
        Rights::PATH_FILESTAT_GET,
        |host, fd| host.path_filestat_get(fd, LOOKUP, "file").map(drop),
    ),
    (
        "path_filestat_set_times",
        Rights::PATH_FILESTAT_SET_TIMES,
        |host, fd| host.path_filestat_set_times(fd, LOOKUP, "file", NOW, NOW),
    ),
    ("path_link", Rights::PATH_LINK_SOURCE, |host, fd| {
        host.path_link(fd, LOOKUP, "file", DIR, "new")
    }),
    ("path_link to", Rights::PATH_LINK_TARGET, |host, fd| {
        host.path_link(DIR, LOOKUP, "file", fd, "new")
    }),
    ("path_open", Rights::PATH_OPEN, |host, fd| {
        let how = PathOpen {
            rights_base: Rights::FD_READ,
            ..reading()
        };
        host.path_open(fd, "file", how).map(drop)
    }),
    ("path_readlink", Rights::PATH_READLINK, |host, fd| {
        host.path_readlink(fd, "link").map(drop)
    }),
    (
        "path_remove_directory",
        Rights::PATH_REMOVE_DIRECTORY,
        |host, fd| host.path_remove_directory(fd, "sub"),
    ),
    ("path_rename", Rights::PATH_RENAME_SOURCE, |host, fd| {
        host.path_rename(fd, "file", DIR, "new")
    }),
    ("path_rename to", Rights::PATH_RENAME_TARGET, |host, fd| {
        host.path_rename(DIR, "file", fd, "new")
    }),
    ("path_symlink", Rights::PATH_SYMLINK, |host, fd| {
        host.path_symlink("file", fd, "new")
    }),
    ("path_unlink_file", Rights::PATH_UNLINK_FILE, |host, fd| {
        host.path_unlink_file(fd, "file")
    }),
];

fn check(calls: &[(&str, Rights, Call)], open: fn(&mut Fixture) -> Fd) {
    for (name, rights, call) in calls {
        let mut fixture = Fixture::new();
        let fd = open(&mut fixture);
        let stat = fixture.host.fd_fdstat_get(fd).unwrap();
        let host = &mut fixture.host;
        assert_eq!(call(host, Fd(77)), Err(Errno::Badf), "{name}");
        // Each of the rights in turn is lacking.
        let bits = (0..64).map(|bit| 1 << bit).filter_map(Rights::from_bits);
        for right in bits.filter(|&right| rights.contains(right)) {
            let mut fixture = Fixture::new();
            let fd = open(&mut fixture);
            // The right to seek includes the right to tell.
            let tell = right == Rights::FD_TELL;
            let lacking = if tell { right | Rights::FD_SEEK } else { right };
            let left = stat.rights_base.difference(lacking);
            let host = &mut fixture.host;
            host.fd_fdstat_set_rights(fd, left, stat.rights_inheriting)
                .unwrap();
            assert_eq!(call(host, fd), Err(Errno::Notcapable), "{name}");
            // Given up is given up.
            let again = host.fd_fdstat_set_rights(fd, stat.rights_base, Rights::empty());
            assert_eq!(again, Err(Errno::Notcapable), "{name}");
            assert_eq!(host.fd_fdstat_get(fd).unwrap().rights_base, left);
            assert_eq!(fixture.read("file"), "contents", "{name}");
        }
        let host = &mut fixture.host;
        host.fd_fdstat_set_rights(fd, *rights, stat.rights_inheriting)
            .unwrap();
        assert_eq!(call(host, fd), Ok(()), "{name}");
    }
}

#[test]
fn calls_on_a_file() {
    check(FILE_CALLS, Fixture::file);
}

#[test]
fn calls_on_a_directory() {
    check(DIRECTORY_CALLS, |fixture| {
        fixture.host.path_symlink("file", DIR, "link").unwrap();
        let inside = fixture.folder.path().join("inside");
        let host = std::mem::replace(&mut fixture.host, System::new().with_stdout(Vec::new()));
        fixture.host = host.with_dir(inside, "/again").unwrap();
        Fd(4)
    });
}

/// Calls for files on a directory, and the other way round.
#[test]
fn the_wrong_kind() {
    let mut fixture = Fixture::new();
    let file = fixture.file();
    let host = &mut fixture.host;
    assert_eq!(host.fd_readdir(file, 0), Err(Errno::Notcapable));
    assert_eq!(host.path_create_directory(file, "x"), Err(Errno::Notdir));
    assert_eq!(host.path_open(file, "x", reading()), Err(Errno::Notdir));
    for (name, _, call) in FILE_CALLS {
        let refused = call(host, DIR);
        if DIRECTORY_CALLS.iter().any(|(other, ..)| other == name) {
            assert_eq!(refused, Ok(()), "{name}");
        } else {
            assert!(refused.is_err(), "{name}");
        }
    }
}

#[test]
fn calls_without_rights() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    assert_eq!(host.fd_fdstat_get(Fd(77)), Err(Errno::Badf));
    assert_eq!(host.fd_close(Fd(77)), Err(Errno::Badf));
    assert_eq!(host.fd_close(Fd(u32::MAX)), Err(Errno::Badf));
    assert_eq!(host.fd_prestat_dir_name(fd), Err(Errno::Badf));
    assert_eq!(
        host.fd_fdstat_set_rights(Fd(77), Rights::empty(), Rights::empty()),
        Err(Errno::Badf)
    );
    host.fd_fdstat_set_rights(fd, Rights::empty(), Rights::empty())
        .unwrap();
    assert!(host.fd_fdstat_get(fd).is_ok());
    assert_eq!(host.fd_close(fd), Ok(()));
    assert_eq!(host.fd_close(fd), Err(Errno::Badf));
}
