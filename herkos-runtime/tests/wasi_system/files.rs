//! Open files and directories.

use super::*;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[test]
fn reading_and_writing() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    let mut buf = [0; 16];
    assert_eq!(host.fd_read(fd, &mut buf[..3]), Ok(3));
    assert_eq!(&buf[..3], b"con");
    assert_eq!(host.fd_tell(fd), Ok(3));
    assert_eq!(host.fd_write(fd, b"TEN"), Ok(3));
    assert_eq!(host.fd_read(fd, &mut buf), Ok(2));
    assert_eq!(host.fd_read(fd, &mut buf), Ok(0));
    // At an offset, without moving the position.
    assert_eq!(host.fd_pread(fd, &mut buf, 1), Ok(7));
    assert_eq!(&buf[..7], b"onTENts");
    assert_eq!(host.fd_pwrite(fd, b"!!", 10), Ok(2));
    assert_eq!(host.fd_pread(fd, &mut buf, 100), Ok(0));
    assert_eq!(host.fd_pread(fd, &mut buf, u64::MAX), Err(Errno::Inval));
    assert_eq!(host.fd_tell(fd), Ok(8));
    assert_eq!(fixture.read("file"), "conTENts\0\0!!");
}

#[test]
fn seeking() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    assert_eq!(host.fd_seek(fd, 5, Whence::Set), Ok(5));
    assert_eq!(host.fd_seek(fd, -2, Whence::Cur), Ok(3));
    assert_eq!(host.fd_seek(fd, 0, Whence::Cur), Ok(3));
    assert_eq!(host.fd_seek(fd, -1, Whence::End), Ok(7));
    assert_eq!(host.fd_seek(fd, 100, Whence::End), Ok(108));
    assert_eq!(host.fd_seek(fd, -1, Whence::Set), Err(Errno::Inval));
    assert_eq!(host.fd_seek(fd, -9, Whence::End), Err(Errno::Inval));
    assert_eq!(host.fd_seek(fd, i64::MIN, Whence::Cur), Err(Errno::Inval));
    assert_eq!(host.fd_tell(fd), Ok(108));
}

#[test]
fn appending() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    assert_eq!(host.fd_fdstat_set_flags(fd, FdFlags::APPEND), Ok(()));
    assert_eq!(host.fd_fdstat_get(fd).unwrap().flags, FdFlags::APPEND);
    host.fd_write(fd, b"+").unwrap();
    assert_eq!(host.fd_fdstat_set_flags(fd, FdFlags::empty()), Ok(()));
    host.fd_seek(fd, 0, Whence::Set).unwrap();
    host.fd_write(fd, b"C").unwrap();
    let opened = host.path_open(DIR, "file", how(OFlags::empty(), FdFlags::APPEND));
    host.fd_write(opened.unwrap(), b"-").unwrap();
    // Others can't be changed once the file is open.
    assert_eq!(
        host.fd_fdstat_set_flags(fd, FdFlags::SYNC),
        Err(Errno::Notsup)
    );
    assert_eq!(fixture.read("file"), "Contents+-");
}

#[test]
fn opening_with_flags() {
    let mut fixture = Fixture::new();
    for fdflags in [
        FdFlags::DSYNC,
        FdFlags::SYNC,
        FdFlags::RSYNC,
        FdFlags::NONBLOCK,
    ] {
        let how = how(OFlags::CREAT | OFlags::TRUNC, fdflags);
        let fd = fixture.host.path_open(DIR, "flags", how).unwrap();
        assert_eq!(fixture.host.fd_fdstat_get(fd).unwrap().flags, fdflags);
        assert_eq!(fixture.host.fd_write(fd, b"text"), Ok(4));
        assert_eq!(fixture.host.fd_close(fd), Ok(()));
    }
}

#[test]
fn sizes() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    assert_eq!(host.fd_filestat_set_size(fd, 3), Ok(()));
    assert_eq!(host.fd_filestat_get(fd).unwrap().size, 3);
    assert_eq!(host.fd_filestat_set_size(fd, 5), Ok(()));
    assert_eq!(host.fd_allocate(fd, 2, 4), Ok(()));
    assert_eq!(host.fd_allocate(fd, 0, 1), Ok(()));
    assert_eq!(host.fd_allocate(fd, 0, 0), Err(Errno::Inval));
    assert_eq!(host.fd_allocate(fd, u64::MAX, 1), Err(Errno::Fbig));
    assert_eq!(host.fd_allocate(fd, u64::MAX - 1, 1), Err(Errno::Inval));
    assert_eq!(host.fd_filestat_set_size(fd, u64::MAX), Err(Errno::Inval));
    assert_eq!(fixture.read("file"), "con\0\0\0");
}

#[test]
fn storing_and_advice() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let host = &mut fixture.host;
    for fd in [fd, DIR] {
        assert_eq!(host.fd_sync(fd), Ok(()));
        assert_eq!(host.fd_datasync(fd), Ok(()));
    }
    for advice in [
        Advice::Normal,
        Advice::Sequential,
        Advice::Random,
        Advice::Willneed,
    ] {
        assert_eq!(host.fd_advise(fd, 0, 100, advice), Ok(()));
    }
    assert_eq!(host.fd_advise(fd, 2, 0, Advice::Dontneed), Ok(()));
    assert_eq!(host.fd_advise(fd, 2, 9, Advice::Noreuse), Ok(()));
}

fn since_1970(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64
}

#[test]
fn attributes() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    fs::hard_link(fixture.path("file"), fixture.path("link")).unwrap();
    let stat = fixture.host.fd_filestat_get(fd).unwrap();
    assert_eq!(
        (stat.filetype, stat.size, stat.nlink),
        (FileType::RegularFile, 8, 2)
    );
    let real = fs::metadata(fixture.path("file")).unwrap();
    assert_eq!(stat.mtim, since_1970(real.modified().unwrap()));
    assert!(stat.ctim >= stat.mtim);
    let lookup = LookupFlags::empty();
    assert_eq!(
        fixture.host.path_filestat_get(DIR, lookup, "file"),
        Ok(stat)
    );
    assert_eq!(
        fixture.host.path_filestat_get(DIR, lookup, "./sub/../link"),
        Ok(stat)
    );
    let dir = fixture.host.fd_filestat_get(DIR).unwrap();
    assert_eq!(dir.filetype, FileType::Directory);
    assert_eq!(fixture.host.path_filestat_get(DIR, lookup, "."), Ok(dir));
    assert_eq!(dir.dev, stat.dev);
    assert_ne!(dir.ino, stat.ino);
}

#[test]
fn setting_times() {
    let mut fixture = Fixture::new();
    let fd = fixture.file();
    let (one, two) = (
        SetTime::At(1_234_567_890_123_456_789),
        SetTime::At(1_000_000_000),
    );
    let host = &mut fixture.host;
    assert_eq!(host.fd_filestat_set_times(fd, one, two), Ok(()));
    let stat = host.fd_filestat_get(fd).unwrap();
    assert_eq!(
        (stat.atim, stat.mtim),
        (1_234_567_890_123_456_789, 1_000_000_000)
    );
    assert_eq!(
        host.fd_filestat_set_times(fd, SetTime::Keep, SetTime::Now),
        Ok(())
    );
    let stat = host.fd_filestat_get(fd).unwrap();
    let now = since_1970(SystemTime::now());
    assert_eq!(stat.atim, 1_234_567_890_123_456_789);
    assert!(now - stat.mtim < Duration::from_secs(60).as_nanos() as u64);
    // By name, and of a directory.
    let lookup = LookupFlags::SYMLINK_FOLLOW;
    assert_eq!(
        host.path_filestat_set_times(DIR, lookup, "file", two, SetTime::Keep),
        Ok(())
    );
    assert_eq!(host.fd_filestat_get(fd).unwrap().atim, 1_000_000_000);
    assert_eq!(
        host.path_filestat_get(DIR, lookup, "file").unwrap().mtim,
        stat.mtim
    );
    assert_eq!(host.fd_filestat_set_times(DIR, one, two), Ok(()));
    assert_eq!(host.fd_filestat_get(DIR).unwrap().mtim, 1_000_000_000);
}

fn names(fixture: &mut Fixture, fd: Fd) -> Vec<(String, FileType)> {
    let mut names = Vec::new();
    let mut cookie = 0;
    while let Some(entry) = fixture.host.fd_readdir(fd, cookie).unwrap() {
        let name = String::from_utf8(entry.name.to_vec()).unwrap();
        names.push((name, entry.filetype));
        cookie = entry.next;
    }
    names[2..].sort_by(|a, b| a.0.cmp(&b.0));
    names
}

#[test]
fn reading_directories() {
    let mut fixture = Fixture::new();
    #[cfg(unix)]
    std::os::unix::fs::symlink("file", fixture.path("zlink")).unwrap();
    let listed = names(&mut fixture, DIR);
    let mut expected = vec![
        (".".into(), FileType::Directory),
        ("..".into(), FileType::Directory),
        ("file".into(), FileType::RegularFile),
        ("sub".into(), FileType::Directory),
    ];
    #[cfg(unix)]
    expected.push(("zlink".into(), FileType::SymbolicLink));
    assert_eq!(listed, expected);
    // What was created meanwhile is there when reading starts anew; a cookie goes on with the old.
    fs::write(fixture.path("zz"), "").unwrap();
    assert_eq!(
        fixture.host.fd_readdir(DIR, expected.len() as u64),
        Ok(None)
    );
    assert_eq!(names(&mut fixture, DIR).len(), expected.len() + 1);
    assert_eq!(fixture.host.fd_readdir(DIR, u64::MAX), Ok(None));
    // The serial numbers are the files'.
    let stat = fixture
        .host
        .path_filestat_get(DIR, LookupFlags::empty(), "file")
        .unwrap();
    let inos: Vec<u64> = (0..)
        .map_while(|cookie| fixture.host.fd_readdir(DIR, cookie).unwrap().map(|e| e.ino))
        .collect();
    assert!(inos.contains(&stat.ino));
    let sub = fixture.open("sub", OFlags::DIRECTORY).unwrap();
    assert_eq!(names(&mut fixture, sub).len(), 2);
}

#[test]
fn renumbering() {
    let mut fixture = Fixture::new();
    let (one, two) = (fixture.file(), fixture.file());
    let host = &mut fixture.host;
    host.fd_seek(one, 4, Whence::Set).unwrap();
    assert_eq!(host.fd_renumber(one, two), Ok(()));
    assert_eq!(host.fd_tell(two), Ok(4));
    assert_eq!(host.fd_tell(one), Err(Errno::Badf));
    assert_eq!(host.fd_renumber(two, two), Ok(()));
    assert_eq!(host.fd_tell(two), Ok(4));
    assert_eq!(host.fd_renumber(one, two), Err(Errno::Badf));
    assert_eq!(host.fd_renumber(two, one), Err(Errno::Badf));
    assert_eq!(host.fd_renumber(two, DIR), Err(Errno::Notsup));
    assert_eq!(host.fd_renumber(DIR, two), Err(Errno::Notsup));
    assert_eq!(host.fd_renumber(two, Fd::STDOUT), Ok(()));
    assert_eq!(host.fd_write(Fd::STDOUT, b"E"), Ok(1));
    assert_eq!(host.stdout(), b"");
    assert_eq!(fixture.read("file"), "contEnts");
}
