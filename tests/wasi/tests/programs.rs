//! Each program does the same as Rust with the host `System` as natively: output, exit status, and
//! what it leaves in its directory.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use herkos_runtime::wasi::{Minimal, System};
use herkos_runtime::WasmTrap;
use herkos_tests_wasi::{native, run};
use tempfile::TempDir;

/// What a program did. No exit status: it trapped, or a signal ended it.
struct Outcome {
    status: Option<i32>,
    stdout: String,
    stderr: String,
    files: BTreeMap<String, Vec<u8>>,
}

#[derive(Default)]
struct Run<'a> {
    args: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
    stdin: &'a str,
    files: &'a [(&'a str, &'a str)],
}

impl Run<'_> {
    fn folder(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in self.files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folder");
            fs::write(path, text).expect("write");
        }
        folder
    }

    fn transpiled(&self, name: &str) -> (Outcome, Result<i32, WasmTrap>) {
        let folder = self.folder();
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut host = System::new()
            .with_args([name])
            .with_args(self.args.iter().copied())
            .with_stdin(self.stdin.as_bytes())
            .with_stdout(&mut stdout)
            .with_stderr(&mut stderr)
            .with_clocks()
            .with_random()
            .with_dir(folder.path(), ".")
            .expect("the folder");
        for (name, value) in self.variables {
            host = host.with_variable(name, value);
        }
        let result = run(name, host);
        let outcome = Outcome {
            status: result.ok(),
            stdout: String::from_utf8(stdout).expect("UTF-8"),
            stderr: String::from_utf8(stderr).expect("UTF-8"),
            files: contents(folder.path(), ""),
        };
        (outcome, result)
    }

    fn natively(&self, name: &str) -> Outcome {
        let folder = self.folder();
        let mut child = Command::new(native(name))
            .args(self.args)
            .env_clear()
            .envs(self.variables.iter().copied())
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        // The program need not read it.
        let _ = child.stdin.take().expect("a pipe").write_all(self.stdin.as_bytes());
        let output = child.wait_with_output().expect("the program");
        Outcome {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            files: contents(folder.path(), ""),
        }
    }

    /// Both, compared.
    fn check(&self, name: &str) -> Outcome {
        let (transpiled, result) = self.transpiled(name);
        let native = self.natively(name);
        let what = format!("{name} {:?}: {result:?}", self.args);
        assert_same(&transpiled.stdout, &native.stdout, &what);
        assert_same(&transpiled.stderr, &native.stderr, &what);
        assert_eq!(transpiled.status, native.status, "{what}");
        assert!(transpiled.files == native.files, "{what}: the files differ");
        transpiled
    }
}

/// The same text; else shows the first line that differs.
fn assert_same(ours: &str, theirs: &str, what: &str) {
    for (number, (our, their)) in ours.lines().zip(theirs.lines()).enumerate() {
        assert_eq!(our, their, "{what}: line {number}");
    }
    assert_eq!(ours.len(), theirs.len(), "{what}: one ends early");
}

/// Files with what is in them; directories with nothing; symbolic links with where they lead.
fn contents(folder: &Path, prefix: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("folder") {
        let entry = entry.expect("entry");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("type");
        if kind.is_dir() {
            files.extend(contents(&entry.path(), &format!("{name}/")));
            files.insert(name, Vec::new());
        } else if kind.is_symlink() {
            let target = fs::read_link(entry.path()).expect("link");
            files.insert(name, target.to_string_lossy().into_owned().into_bytes());
        } else {
            files.insert(name, fs::read(entry.path()).expect("read"));
        }
    }
    files
}

#[test]
fn hello() {
    let outcome = Run::default().check("hello");
    assert!(outcome
        .stdout
        .starts_with("Hello, world! -42 0003.142 1.5e+300 123456789abcdef\n0 1 2"));
    assert_eq!((outcome.stderr.as_str(), outcome.status), ("and err\n", Some(0)));
}

/// Without std too: output through a closure.
#[test]
fn hello_minimal() {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let host = Minimal::new(|fd, bytes: &[u8]| match fd {
        herkos_runtime::wasi::Fd::STDOUT => stdout.extend_from_slice(bytes),
        _ => stderr.extend_from_slice(bytes),
    });
    assert_eq!(run("hello", host), Ok(0));
    let native = Run::default().natively("hello");
    assert_same(&String::from_utf8(stdout).unwrap(), &native.stdout, "hello");
    assert_same(&String::from_utf8(stderr).unwrap(), &native.stderr, "hello");
}

#[test]
fn arguments_and_environment() {
    let run = Run {
        args: &["one", "", "three words here", "ünïcödé"],
        variables: &[("A", "a=b"), ("EMPTY", ""), ("Z", "last")],
        ..Run::default()
    };
    assert_eq!(run.check("args").status, Some(5));
    Run::default().check("args");
    // Minimal has them too.
    let mut text = Vec::new();
    let host = Minimal::new(|_, bytes: &[u8]| text.extend_from_slice(bytes))
        .with_args(&["args", "one", "", "three words here", "ünïcödé"])
        .with_variables(&["A=a=b", "EMPTY=", "Z=last"]);
    assert_eq!(herkos_tests_wasi::run("args", host), Ok(5));
    assert_same(&String::from_utf8(text).unwrap(), &run.natively("args").stdout, "args");
}

#[test]
fn cat() {
    let long: String = (0..3000).map(|i| format!("line {i}\n")).collect();
    let run = Run {
        args: &["short", "sub/long", "none", "-", "empty", "sub"],
        stdin: &long[..5000],
        files: &[("short", "no newline"), ("sub/long", &long), ("empty", "")],
        ..Run::default()
    };
    let outcome = run.check("cat");
    assert_same(&outcome.stdout, &format!("no newline{long}{}", &long[..5000]), "cat");
    assert_eq!((outcome.stderr.as_str(), outcome.status), ("none: ENOENT\nsub: EISDIR\n", Some(1)));
}

#[test]
fn files() {
    let outcome = Run::default().check("files");
    let names: Vec<_> = outcome.files.keys().collect();
    assert_eq!(names, ["data", "dir", "dir/moved"]);
}

#[test]
fn directory_listing() {
    let many: Vec<String> = (0..300).map(|i| format!("many/file-with-a-long-name-{i}")).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    files.extend([("a/b/c/d", "deep"), ("empty", ""), ("a/ünïcödé", "u")]);
    let run = Run { files: &files, ..Run::default() };
    let outcome = run.check("ls");
    assert!(outcome.stdout.contains("./many: 302 entries"));
    Run { args: &["none"], ..run }.check("ls");
}

#[test]
fn clock() {
    let outcome = Run::default().check("clock");
    assert!(!outcome.stdout.contains("-1"), "{}", outcome.stdout);
}

#[test]
fn entropy() {
    assert_eq!(Run::default().check("entropy").stdout, "differ: 1\n");
}

#[test]
fn exit() {
    assert_eq!(Run::default().check("exit").status, Some(7));
    for (how, status) in [("exit", "0"), ("exit", "42"), ("_exit", "3")] {
        Run { args: &[how, status], ..Run::default() }.check("exit");
    }
    let run = Run { args: &["abort", "0"], ..Run::default() };
    assert_eq!(run.check("exit").status, None);
    assert_eq!(run.transpiled("exit").1, Err(WasmTrap::Unreachable));
}

#[test]
fn poll() {
    let outcome = Run { stdin: "x", ..Run::default() }.check("poll");
    assert_eq!(outcome.stdout, "writable: 1 1\nreadable: 1 1\ntimeout: 0\n");
}

/// Only the directory is there, whatever the path. (Natively there is no such bound.)
#[test]
fn escape() {
    let outer = tempfile::tempdir().expect("a folder");
    let inside = outer.path().join("inside");
    fs::create_dir(&inside).unwrap();
    fs::write(outer.path().join("secret"), "secret").unwrap();
    fs::write(inside.join("ours"), "ours").unwrap();
    std::os::unix::fs::symlink("../secret", inside.join("link")).unwrap();
    let secret = outer.path().join("secret").to_str().unwrap().to_owned();
    let mut stdout = Vec::new();
    let host = System::new()
        .with_args([
            "escape",
            "ours",
            "../secret",
            "x/../../secret",
            "link",
            &secret,
            "/etc/passwd",
        ])
        .with_stdout(&mut stdout)
        .with_dir(&inside, "/data")
        .unwrap()
        .with_read_only_dir(&inside, "/config")
        .unwrap()
        .with_args(["/config/ours", "/data/ours", "/data/../secret", "/data/link"]);
    assert_eq!(run("escape", host), Ok(0));
    let text = String::from_utf8(stdout).unwrap();
    let expected = "ours: read: ENOTCAPABLE, write: ENOTCAPABLE, unlink: ENOTCAPABLE
../secret: read: ENOTCAPABLE, write: ENOTCAPABLE, unlink: ENOTCAPABLE
x/../../secret: read: ENOTCAPABLE, write: ENOTCAPABLE, unlink: ENOTCAPABLE
link: read: ENOTCAPABLE, write: ENOTCAPABLE, unlink: ENOTCAPABLE
SECRET: read: ENOTCAPABLE, write: ENOTCAPABLE, unlink: ENOTCAPABLE
/etc/passwd: read: ENOTCAPABLE, write: ENOTCAPABLE, unlink: ENOTCAPABLE
/config/ours: read: opened 4, write: ENOTCAPABLE, unlink: ENOTCAPABLE
/data/ours: read: opened 4, write: opened, unlink: done
/data/../secret: read: EPERM, write: EPERM, unlink: EPERM
/data/link: read: EPERM, write: EPERM, unlink: done
";
    assert_same(&text.replace(&secret, "SECRET"), expected, "escape");
    assert_eq!(fs::read_to_string(outer.path().join("secret")).unwrap(), "secret");
}
