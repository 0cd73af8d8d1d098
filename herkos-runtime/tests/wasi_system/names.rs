//! Files by name.

use super::*;

const NO_FOLLOW: LookupFlags = LookupFlags::empty();
const FOLLOW: LookupFlags = LookupFlags::SYMLINK_FOLLOW;

#[test]
fn opening() {
    let mut fixture = Fixture::new();
    let none = OFlags::empty();
    assert_eq!(fixture.open("none", none), Err(Errno::Noent));
    assert_eq!(fixture.open("", none), Err(Errno::Noent));
    assert_eq!(fixture.open("file/", none), Err(Errno::Notdir));
    assert_eq!(fixture.open("file/x", none), Err(Errno::Notdir));
    assert_eq!(fixture.open("nul\0byte", none), Err(Errno::Inval));
    assert_eq!(fixture.open("sub", none), Err(Errno::Isdir));
    assert_eq!(fixture.open("file", OFlags::DIRECTORY), Err(Errno::Notdir));
    assert_eq!(
        fixture.open("file", OFlags::CREAT | OFlags::EXCL),
        Err(Errno::Exist)
    );
    let both = OFlags::CREAT | OFlags::DIRECTORY;
    assert_eq!(fixture.open("sub", both), Err(Errno::Inval));
    assert_eq!(
        fixture.open(&"x".repeat(300), none),
        Err(Errno::Nametoolong)
    );
    let fd = fixture.open("new", OFlags::CREAT | OFlags::EXCL).unwrap();
    fixture.host.fd_write(fd, b"new").unwrap();
    assert_eq!(fixture.read("new"), "new");
    fixture.open("new", OFlags::CREAT).unwrap();
    assert_eq!(fixture.read("new"), "new");
    fixture.open("new", OFlags::TRUNC).unwrap();
    assert_eq!(fixture.read("new"), "");
    fixture.open("sub/deep", OFlags::CREAT).unwrap();
    assert_eq!(fixture.read("sub/deep"), "");
}

/// To create and truncate needs no right to write, as in POSIX; the descriptor gets none by that.
#[test]
fn creating_without_the_right_to_write() {
    let mut fixture = Fixture::new();
    let oflags = OFlags::CREAT | OFlags::TRUNC;
    let how = PathOpen {
        oflags,
        ..reading()
    };
    let fd = fixture.host.path_open(DIR, "file", how).unwrap();
    assert_eq!(fixture.read("file"), "");
    assert_eq!(fixture.host.fd_write(fd, b"x"), Err(Errno::Notcapable));
}

/// Rights without a meaning for what was opened fall away, and only those.
#[test]
fn rights_of_what_is_opened() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let stat = fixture.host.fd_fdstat_get(fd).unwrap();
    assert_eq!(stat.filetype, FileType::RegularFile);
    assert_eq!(stat.rights_base, FILE_RIGHTS);
    assert_eq!(stat.rights_inheriting, Rights::empty());
    let all = PathOpen {
        rights_base: Rights::FD_READ | Rights::FD_READDIR | Rights::PATH_OPEN,
        rights_inheriting: Rights::FD_READ,
        ..reading()
    };
    for oflags in [OFlags::DIRECTORY, OFlags::empty()] {
        let fd = fixture
            .host
            .path_open(DIR, "sub", PathOpen { oflags, ..all });
        let stat = fixture.host.fd_fdstat_get(fd.unwrap()).unwrap();
        assert_eq!(stat.filetype, FileType::Directory);
        assert_eq!(stat.rights_base, Rights::FD_READDIR | Rights::PATH_OPEN);
        assert_eq!(stat.rights_inheriting, Rights::FD_READ);
    }
}

/// What is opened through a directory has at most the rights that the directory passes on.
#[test]
fn rights_are_passed_on_downwards_only() {
    let mut fixture = Fixture::new();
    let dir = PathOpen {
        oflags: OFlags::DIRECTORY,
        rights_base: Rights::PATH_OPEN | Rights::FD_READDIR,
        rights_inheriting: Rights::FD_READ | Rights::PATH_OPEN,
        ..reading()
    };
    fs::write(fixture.path("sub/deep"), "deep").unwrap();
    let host = &mut fixture.host;
    let sub = host.path_open(DIR, "sub", dir).unwrap();
    let only = |rights_base| PathOpen {
        rights_base,
        ..reading()
    };
    let fd = host.path_open(sub, "deep", only(Rights::FD_READ)).unwrap();
    assert_eq!(host.fd_write(fd, b"x"), Err(Errno::Notcapable));
    for rights in [
        Rights::FD_WRITE,
        Rights::FD_SEEK,
        Rights::FD_READ | Rights::FD_WRITE,
    ] {
        assert_eq!(
            host.path_open(sub, "deep", only(rights)),
            Err(Errno::Notcapable)
        );
    }
    let inheriting = PathOpen {
        rights_inheriting: Rights::FD_WRITE,
        ..reading()
    };
    assert_eq!(
        host.path_open(sub, "deep", inheriting),
        Err(Errno::Notcapable)
    );
    let create = PathOpen {
        oflags: OFlags::CREAT,
        ..only(Rights::FD_READ)
    };
    assert_eq!(host.path_open(sub, "new", create), Err(Errno::Notcapable));
    let truncate = PathOpen {
        oflags: OFlags::TRUNC,
        ..only(Rights::FD_READ)
    };
    assert_eq!(
        host.path_open(sub, "deep", truncate),
        Err(Errno::Notcapable)
    );
    for fdflags in [FdFlags::SYNC, FdFlags::RSYNC, FdFlags::DSYNC] {
        let synced = PathOpen {
            fdflags,
            ..only(Rights::FD_READ)
        };
        assert_eq!(host.path_open(sub, "deep", synced), Err(Errno::Notcapable));
    }
    assert_eq!(fixture.read("sub/deep"), "deep");
}

#[test]
fn directories() {
    let mut fixture = Fixture::new();
    let host = &mut fixture.host;
    assert_eq!(host.path_create_directory(DIR, "sub"), Err(Errno::Exist));
    assert_eq!(host.path_create_directory(DIR, "a/b"), Err(Errno::Noent));
    assert_eq!(host.path_create_directory(DIR, "a"), Ok(()));
    assert_eq!(host.path_create_directory(DIR, "a/b"), Ok(()));
    assert_eq!(host.path_remove_directory(DIR, "a"), Err(Errno::Notempty));
    assert_eq!(host.path_remove_directory(DIR, "a/b"), Ok(()));
    assert_eq!(host.path_remove_directory(DIR, "a"), Ok(()));
    assert_eq!(host.path_remove_directory(DIR, "a"), Err(Errno::Noent));
    assert_eq!(host.path_remove_directory(DIR, "file"), Err(Errno::Notdir));
    assert!(!fixture.path("a").exists());
}

#[test]
fn unlinking() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    assert_eq!(host.path_unlink_file(DIR, "file"), Ok(()));
    assert_eq!(host.path_unlink_file(DIR, "file"), Err(Errno::Noent));
    let directory = host.path_unlink_file(DIR, "sub");
    assert!(
        matches!(directory, Err(Errno::Isdir | Errno::Perm)),
        "{directory:?}"
    );
    assert_eq!(host.fd_read(fd, &mut [0; 8]), Ok(8), "open files live on");
    assert!(!fixture.path("file").exists());
}

#[test]
fn renaming() {
    let mut fixture = Fixture::new();
    let sub = PathOpen {
        rights_base: Rights::PATH_RENAME_TARGET,
        rights_inheriting: Rights::empty(),
        ..how(OFlags::DIRECTORY, FdFlags::empty())
    };
    let host = &mut fixture.host;
    // A right that the directory has but does not pass on can't be had.
    let sub_fd = host.path_open(DIR, "sub", sub);
    let sub_fd = sub_fd.expect("the directory passes on what it has");
    assert_eq!(host.path_rename(DIR, "file", sub_fd, "moved"), Ok(()));
    assert_eq!(host.path_rename(DIR, "file", DIR, "x"), Err(Errno::Noent));
    assert_eq!(
        host.path_rename(sub_fd, "moved", DIR, "x"),
        Err(Errno::Notcapable)
    );
    assert_eq!(
        host.path_rename(DIR, "sub", DIR, "sub/inner"),
        Err(Errno::Inval)
    );
    assert_eq!(fixture.read("sub/moved"), "contents");
}

#[test]
fn hard_links() {
    let mut fixture = Fixture::new();
    let host = &mut fixture.host;
    assert_eq!(
        host.path_link(DIR, NO_FOLLOW, "file", DIR, "sub/link"),
        Ok(())
    );
    assert_eq!(
        host.path_link(DIR, NO_FOLLOW, "file", DIR, "sub/link"),
        Err(Errno::Exist)
    );
    assert_eq!(
        host.path_link(DIR, NO_FOLLOW, "none", DIR, "x"),
        Err(Errno::Noent)
    );
    assert_eq!(
        host.path_link(DIR, NO_FOLLOW, "sub", DIR, "x"),
        Err(Errno::Perm)
    );
    assert_eq!(
        host.path_link(DIR, FOLLOW, "file", DIR, "x"),
        Err(Errno::Inval)
    );
    assert_eq!(fixture.read("sub/link"), "contents");
}

#[cfg(unix)]
#[test]
fn symbolic_links() {
    let mut fixture = Fixture::new();
    let host = &mut fixture.host;
    assert_eq!(host.path_symlink("../file", DIR, "sub/link"), Ok(()));
    assert_eq!(host.path_symlink("x", DIR, "sub/link"), Err(Errno::Exist));
    assert_eq!(host.path_readlink(DIR, "sub/link"), Ok(&b"../file"[..]));
    assert_eq!(host.path_readlink(DIR, "file"), Err(Errno::Inval));
    assert_eq!(host.path_readlink(DIR, "none"), Err(Errno::Noent));
    let followed = host.path_filestat_get(DIR, FOLLOW, "sub/link").unwrap();
    assert_eq!(
        (followed.filetype, followed.size),
        (FileType::RegularFile, 8)
    );
    let itself = host.path_filestat_get(DIR, NO_FOLLOW, "sub/link").unwrap();
    assert_eq!((itself.filetype, itself.size), (FileType::SymbolicLink, 7));
    let unfollowed = PathOpen {
        lookup: NO_FOLLOW,
        ..reading()
    };
    assert_eq!(
        host.path_open(DIR, "sub/link", unfollowed),
        Err(Errno::Loop)
    );
    let fd = host.path_open(DIR, "sub/link", reading()).unwrap();
    assert_eq!(host.fd_read(fd, &mut [0; 8]), Ok(8));
    // Times of the link itself.
    let time = SetTime::At(5_000_000_000);
    assert_eq!(
        host.path_filestat_set_times(DIR, NO_FOLLOW, "sub/link", time, time),
        Ok(())
    );
    let itself = host.path_filestat_get(DIR, NO_FOLLOW, "sub/link").unwrap();
    assert_eq!(itself.mtim, 5_000_000_000);
    assert_ne!(
        host.path_filestat_get(DIR, FOLLOW, "sub/link")
            .unwrap()
            .mtim,
        itself.mtim
    );
    // In circles.
    assert_eq!(host.path_symlink("loop", DIR, "loop"), Ok(()));
    assert_eq!(
        host.path_filestat_get(DIR, FOLLOW, "loop"),
        Err(Errno::Loop)
    );
    assert_eq!(host.path_unlink_file(DIR, "loop"), Ok(()));
    assert_eq!(host.path_unlink_file(DIR, "sub/link"), Ok(()));
    assert_eq!(fixture.read("file"), "contents");
}
