//! No way out of a preopened directory, and no change through one that is read-only.

use super::*;

/// Every call with a path, on paths that lead out. Nothing outside is read or changed.
fn assert_closed(fixture: &mut Fixture, path: &str) {
    let follow = LookupFlags::SYMLINK_FOLLOW;
    let host = &mut fixture.host;
    let now = SetTime::Now;
    let opened = [
        OFlags::empty(),
        OFlags::CREAT,
        OFlags::TRUNC,
        OFlags::DIRECTORY,
    ]
    .map(|oflags| {
        host.path_open(DIR, path, how(oflags, FdFlags::empty()))
            .map(drop)
    });
    let read = host.path_open(DIR, path, reading()).map(drop);
    let calls = [
        read,
        host.path_filestat_get(DIR, follow, path).map(drop),
        host.path_filestat_set_times(DIR, follow, path, now, now),
        host.path_create_directory(DIR, &format!("{path}/new")),
        host.path_unlink_file(DIR, &format!("{path}/outside")),
    ];
    for result in calls.into_iter().chain(opened) {
        assert_eq!(result, Err(Errno::Perm), "{path}");
    }
}

/// The same for calls that never follow a link at the path's end.
fn assert_closed_unfollowed(fixture: &mut Fixture, path: &str) {
    let lookup = LookupFlags::empty();
    let host = &mut fixture.host;
    let calls = [
        host.path_filestat_get(DIR, lookup, path).map(drop),
        host.path_filestat_set_times(DIR, lookup, path, SetTime::Now, SetTime::Now),
        host.path_create_directory(DIR, path),
        host.path_remove_directory(DIR, path),
        host.path_unlink_file(DIR, path),
        host.path_readlink(DIR, path).map(drop),
        host.path_rename(DIR, path, DIR, "stolen"),
        host.path_rename(DIR, "file", DIR, path),
        host.path_link(DIR, lookup, path, DIR, "stolen"),
        host.path_link(DIR, lookup, "file", DIR, path),
        host.path_symlink("file", DIR, path),
    ];
    for (index, result) in calls.into_iter().enumerate() {
        assert_eq!(result, Err(Errno::Perm), "{path}: call {index}");
    }
}

fn assert_untouched(fixture: &Fixture) {
    let outside = fixture.folder.path().join("outside");
    assert_eq!(fs::read_to_string(outside).unwrap(), "secret");
    let mut names: Vec<_> = fs::read_dir(fixture.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["inside", "outside"]);
    assert!(!fixture.path("stolen").exists());
}

#[test]
fn dot_dot() {
    let mut fixture = Fixture::new();
    for path in [
        "../outside",
        "sub/../../outside",
        "../inside/../outside",
        "./../outside",
    ] {
        assert_closed_unfollowed(&mut fixture, path);
        let read = fixture.host.path_open(DIR, path, reading());
        assert_eq!(read, Err(Errno::Perm), "{path}");
        let stat = fixture
            .host
            .path_filestat_get(DIR, LookupFlags::SYMLINK_FOLLOW, path);
        assert_eq!(stat, Err(Errno::Perm), "{path}");
    }
    assert_closed(&mut fixture, "..");
    assert_closed(&mut fixture, "sub/../..");
    // Out and in again is out.
    assert_eq!(
        fixture.host.path_open(DIR, "../inside/file", reading()),
        Err(Errno::Perm)
    );
    assert!(fixture
        .host
        .path_open(DIR, "sub/../file", reading())
        .is_ok());
    assert_untouched(&fixture);
}

#[test]
fn absolute_paths() {
    let mut fixture = Fixture::new();
    let outside = fixture.folder.path().join("outside");
    for path in [
        outside.to_str().unwrap(),
        "/",
        "/etc/passwd",
        "//",
        "/data/file",
    ] {
        let read = fixture.host.path_open(DIR, path, reading());
        assert_eq!(read, Err(Errno::Perm), "{path}");
    }
    assert_closed_unfollowed(&mut fixture, outside.to_str().unwrap());
    assert_untouched(&fixture);
}

#[cfg(unix)]
#[test]
fn symbolic_links_of_the_module() {
    let mut fixture = Fixture::new();
    // One that leads out may be made, as long as it is relative; it can't be followed.
    assert_eq!(fixture.host.path_symlink("..", DIR, "up"), Ok(()));
    assert_closed(&mut fixture, "up");
    assert_eq!(fixture.host.path_symlink("../outside", DIR, "up2"), Ok(()));
    assert_eq!(
        fixture.host.path_open(DIR, "up2", reading()),
        Err(Errno::Perm)
    );
    assert_eq!(
        fixture.host.path_symlink("/etc", DIR, "etc"),
        Err(Errno::Perm)
    );
    // Moving a directory away from under `..` does not make it lead out.
    assert_eq!(
        fixture.host.path_symlink("../file", DIR, "sub/link"),
        Ok(())
    );
    assert_eq!(
        fixture.host.path_rename(DIR, "sub/link", DIR, "link"),
        Ok(())
    );
    assert_eq!(
        fixture.host.path_open(DIR, "link", reading()),
        Err(Errno::Perm)
    );
    assert_untouched(&fixture);
}

#[cfg(unix)]
#[test]
fn symbolic_links_of_others() {
    use std::os::unix::fs::symlink;
    let mut fixture = Fixture::new();
    symlink(fixture.folder.path(), fixture.path("absolute")).unwrap();
    symlink("absolute", fixture.path("chain")).unwrap();
    symlink("..", fixture.path("sub/up")).unwrap();
    for path in ["absolute", "chain", "sub/up/.."] {
        assert_closed(&mut fixture, path);
    }
    // What an absolute link says is not the module's business either.
    assert_eq!(
        fixture.host.path_readlink(DIR, "absolute"),
        Err(Errno::Perm)
    );
    assert_eq!(
        fixture
            .host
            .path_open(DIR, "absolute/inside/file", reading()),
        Err(Errno::Perm)
    );
    assert!(fixture
        .host
        .path_open(DIR, "sub/up/file", reading())
        .is_ok());
    assert_untouched(&fixture);
}

/// A directory opened in the sandbox and moved elsewhere is still no way up.
#[test]
fn directories_opened_inside() {
    let mut fixture = Fixture::new();
    let how = PathOpen {
        rights_base: Rights::PATH_OPEN | Rights::FD_READDIR,
        rights_inheriting: Rights::FD_READ,
        ..how(OFlags::DIRECTORY, FdFlags::empty())
    };
    let sub = fixture.host.path_open(DIR, "sub", how).unwrap();
    let up = PathOpen {
        rights_base: Rights::FD_READ,
        ..reading()
    };
    assert_eq!(fixture.host.path_open(sub, "../file", up), Err(Errno::Perm));
    fs::rename(fixture.path("sub"), fixture.folder.path().join("moved")).unwrap();
    assert_eq!(
        fixture.host.path_open(sub, "../outside", up),
        Err(Errno::Perm)
    );
    assert_eq!(fixture.host.path_open(sub, "..", up), Err(Errno::Perm));
}

#[test]
fn read_only() {
    let mut fixture = Fixture::new();
    let inside = fixture.folder.path().join("inside");
    fixture.host = fixture
        .host
        .with_read_only_dir(inside, "/read-only")
        .unwrap();
    let fd = Fd(4);
    let lookup = LookupFlags::empty();
    let now = SetTime::Now;
    let host = &mut fixture.host;
    let read = host.path_open(fd, "file", reading()).unwrap();
    assert_eq!(host.fd_read(read, &mut [0; 20]), Ok(8));
    assert!(host.path_filestat_get(fd, lookup, "file").is_ok());
    assert!(host.fd_readdir(fd, 0).unwrap().is_some());
    let with = |rights_base| PathOpen {
        rights_base,
        ..reading()
    };
    let created = PathOpen {
        oflags: OFlags::CREAT,
        ..reading()
    };
    let truncated = PathOpen {
        oflags: OFlags::TRUNC,
        ..reading()
    };
    let refused = [
        host.path_open(fd, "file", with(Rights::FD_WRITE)).map(drop),
        host.path_open(fd, "file", with(Rights::FD_ALLOCATE))
            .map(drop),
        host.path_open(fd, "file", with(Rights::FD_FILESTAT_SET_SIZE))
            .map(drop),
        host.path_open(fd, "file", with(Rights::FD_FILESTAT_SET_TIMES))
            .map(drop),
        host.path_open(fd, "new", created).map(drop),
        host.path_open(fd, "file", truncated).map(drop),
        host.path_create_directory(fd, "new"),
        host.path_remove_directory(fd, "sub"),
        host.path_unlink_file(fd, "file"),
        host.path_rename(fd, "file", fd, "new"),
        host.path_rename(fd, "file", DIR, "new"),
        host.path_rename(DIR, "file", fd, "new"),
        host.path_link(fd, lookup, "file", DIR, "new"),
        host.path_link(DIR, lookup, "file", fd, "new"),
        host.path_symlink("file", fd, "new"),
        host.path_filestat_set_times(fd, lookup, "file", now, now),
        host.fd_filestat_set_times(fd, now, now),
        host.fd_fdstat_set_rights(fd, Rights::PATH_CREATE_FILE, Rights::empty()),
        host.fd_fdstat_set_rights(fd, Rights::PATH_OPEN, Rights::FD_WRITE),
        host.fd_write(read, b"x").map(drop),
    ];
    for (index, result) in refused.into_iter().enumerate() {
        assert_eq!(result, Err(Errno::Notcapable), "call {index}");
    }
    assert_eq!(fixture.read("file"), "contents");
    assert!(!fixture.path("new").exists());
}
