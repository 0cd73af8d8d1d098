//! Builds in which the machine fails: a full disk, a folder that may only be read, a build that is
//! killed, several at once. Whatever happens, `OUT_DIR` holds what the last good build made, or what
//! this one was to make, or no `herkos.rs`, without which nothing compiles; and the next build ends
//! well. The build script is started without Cargo, so that only it and herkos-c meet the fault.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, SystemTime};

use herkos_tests_build::{answering, files, scratch, Run};
use libtest_mimic::{Arguments, Failed, Trial};

const SCRIPT: &str = env!("CARGO_BIN_EXE_herkos-tests-build-script");

fn main() -> ExitCode {
    if !cfg!(unix) {
        println!("skipped: faults: they are made with tools of Unix");
        return ExitCode::SUCCESS;
    }
    let mounts = tool(unshare().args(["true"]), "unshare, to mount file systems");
    let traces = tool(
        Command::new("strace").args(["-o", "/dev/null", "true"]),
        "strace, to make system calls fail",
    );
    let trials = vec![
        trial("a_limit_of_file_sizes", true, a_limit_of_file_sizes),
        trial("a_full_disk", mounts, a_full_disk),
        trial("a_disk_that_is_read_only", mounts, a_disk_that_is_read_only),
        trial("a_folder_that_is_a_file", true, a_folder_that_is_a_file),
        trial("a_disk_full_at_every_call", traces, || {
            every_call("error=ENOSPC", "+")
        }),
        trial("an_error_at_every_call", traces, || {
            every_call("error=EIO", "")
        }),
        trial("killed_at_every_call", traces, || {
            every_call("signal=SIGKILL", "")
        }),
        trial("several_at_once", true, several_at_once),
        trial("what_killed_builds_left", true, what_killed_builds_left),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test; one that cannot run here is counted as ignored.
fn trial(
    name: &str,
    possible: bool,
    test: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    Trial::test(name, test).with_ignored_flag(!possible)
}

/// Whether a command works here.
fn tool(command: &mut Command, what: &str) -> bool {
    let output = command.stdin(Stdio::null()).output();
    let works = output.is_ok_and(|output| output.status.success());
    if !works {
        println!("skipped: what needs {what}: `{command:?}` fails");
    }
    works
}

/// A command in a name space of its own for mounts; as a root of its own, if it is not root.
fn unshare() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount"]);
    command
}

/// A package and its `OUT_DIR`.
struct Package {
    root: PathBuf,
}

/// The files of a build that can be compiled, by name: none if there is no `herkos.rs`.
type Made = Vec<(String, Vec<u8>)>;

impl Package {
    /// One whose module `calc` answers 42, and whose `other`, large enough for several writes,
    /// depends on the number, too.
    fn new(name: &str) -> Self {
        let root = scratch("faults").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("out")).unwrap();
        let package = Self { root };
        let manifest = "[package.metadata.herkos.modules]\ncalc = \"calc.wasm\"\n\
                        other = \"other.wasm\"\n";
        fs::write(package.root.join("Cargo.toml"), manifest).unwrap();
        package.answer(42);
        package
    }

    fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    fn answer(&self, number: i32) {
        let data = format!("{number:02x}").repeat(20_000);
        let other =
            format!("(module (memory (export \"memory\") 1) (data (i32.const 0) \"{data}\"))");
        fs::write(self.root.join("calc.wasm"), answering(number)).unwrap();
        fs::write(self.root.join("other.wasm"), wat::parse_str(other).unwrap()).unwrap();
    }

    /// The build script, started by a command that is given as the beginning of its words.
    fn script(&self, mut command: Command) -> Command {
        command.arg(SCRIPT);
        self.surround(&mut command);
        command
    }

    fn surround(&self, command: &mut Command) {
        command.current_dir(&self.root).stdin(Stdio::null());
        command.env("CARGO_MANIFEST_DIR", &self.root);
        command.env("OUT_DIR", self.out());
        command.env_remove("HERKOS_C");
    }

    fn build(&self) -> Run {
        let mut command = Command::new(SCRIPT);
        self.surround(&mut command);
        Run::of(&mut command)
    }

    fn spawn(&self) -> Child {
        let mut command = Command::new(SCRIPT);
        self.surround(&mut command);
        let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
        quiet.spawn().unwrap()
    }

    fn made(&self) -> Made {
        made(&self.out())
    }

    /// What is left of builds that did not end: names in `OUT_DIR`.
    fn left(&self) -> Vec<String> {
        let names = fs::read_dir(self.out()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let built = ["herkos", "herkos.rs"];
        names
            .filter(|name| !built.contains(&name.as_str()))
            .collect()
    }

    /// What builds of these answers make.
    fn expected<const N: usize>(&self, answers: [i32; N]) -> [Made; N] {
        answers.map(|answer| {
            self.answer(answer);
            let _ = self.build().good();
            self.made()
        })
    }
}

fn made(out: &Path) -> Made {
    let mut all = files(out);
    all.retain(|(name, _)| name == "herkos.rs" || name.starts_with("herkos/"));
    let compiles = all.iter().any(|(name, _)| name == "herkos.rs");
    if compiles {
        all
    } else {
        Vec::new()
    }
}

fn check(condition: bool, otherwise: impl FnOnce() -> String) -> Result<(), Failed> {
    if condition {
        Ok(())
    } else {
        Err(otherwise().into())
    }
}

/// The run failed, and Cargo is told so in a line with this text.
fn failed_with(run: &Run, text: &str) -> Result<(), Failed> {
    let mut lines = run.stdout.lines();
    let told = lines.any(|line| line.starts_with("cargo::error=") && line.contains(text));
    check(!run.ok && told, || format!("not told `{text}`: {run:?}"))
}

fn a_limit_of_file_sizes() -> Result<(), Failed> {
    let package = Package::new("limit");
    let [old, _] = package.expected([42, 43]);
    package.answer(42);
    let _ = package.build().good();
    package.answer(43);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\""]);
    let run = Run::of(&mut package.script(shell));
    failed_with(&run, "other.rs: cannot write: File too large")?;
    check(package.made() == old, || "not what it was".to_owned())?;
    check(package.left().is_empty(), || {
        format!("{:?}", package.left())
    })
}

/// On a file system with little room: the first build fits, the second does not.
fn a_full_disk() -> Result<(), Failed> {
    let package = Package::new("full");
    let [old, _] = package.expected([42, 43]);
    let steps = "set -e; mount -t tmpfs -o size=180k tmpfs out; cp small.wasm other.wasm; \"$0\"; \
                 cp -a out first; cp large.wasm other.wasm; ! \"$0\"; cp -a out second; \
                 cp small.wasm other.wasm; \"$0\"; cp -a out third";
    package.answer(42);
    fs::rename(
        package.root.join("other.wasm"),
        package.root.join("small.wasm"),
    )?;
    let data = "00".repeat(60_000);
    let large = format!("(module (memory (export \"m\") 2) (data (i32.const 0) \"{data}\"))");
    let large = large.replace("\"00", "\"\\01").replace("00", "\\00");
    fs::write(package.root.join("large.wasm"), wat::parse_str(large)?)?;
    let mut shell = unshare();
    shell.args(["sh", "-c", steps]);
    let run = Run::of(&mut package.script(shell)).good();
    let told = run.stdout.contains("No space left on device");
    check(told, || format!("not told: {run:?}"))?;
    for step in ["first", "second", "third"] {
        let there = files(&package.root.join(step));
        check(there == old, || format!("{step}: not what it was"))?;
    }
    Ok(())
}

fn a_disk_that_is_read_only() -> Result<(), Failed> {
    let package = Package::new("read-only");
    let [old, _] = package.expected([42, 43]);
    package.answer(42);
    let _ = package.build().good();
    package.answer(43);
    let steps = "mount --bind out out && mount -o remount,ro,bind out && exec \"$0\"";
    let mut shell = unshare();
    shell.args(["sh", "-c", steps]);
    let run = Run::of(&mut package.script(shell));
    failed_with(&run, "herkos: cannot create ")?;
    failed_with(&run, "Read-only file system")?;
    check(package.made() == old, || "not what it was".to_owned())?;
    let _ = package.build().good();
    Ok(())
}

/// Something else stands where a folder is to be.
fn a_folder_that_is_a_file() -> Result<(), Failed> {
    let package = Package::new("file");
    fs::write(package.out().join("herkos"), "")?;
    let run = package.build();
    failed_with(&run, "herkos: cannot create ")?;
    check(package.left().is_empty(), || {
        format!("{:?}", package.left())
    })?;
    fs::remove_file(package.out().join("herkos"))?;
    let _ = package.build().good();
    Ok(())
}

/// System calls that change files, under the names that machines have for them.
const CALLS: &str = "openat,write,?open,?mkdir,mkdirat,?rename,?renameat,renameat2,?unlink,\
                     unlinkat,?rmdir,?chmod,fchmodat,ftruncate";

/// Builds in which the build script and herkos-c meet the fault at the first, second, ... of these
/// calls, until none is left to meet it.
fn every_call(fault: &'static str, from_then_on: &str) -> Result<(), Failed> {
    let package = Package::new(&fault.replace('=', "-"));
    let [old, new] = package.expected([42, 43]);
    let log = package.root.join("strace");
    let mut kinds = [0; 3];
    for call in 1.. {
        package.answer(42);
        let _ = package.build().good();
        package.answer(43);
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-o"]).arg(&log).arg("-e");
        strace.arg(format!("inject={CALLS}:{fault}:when={call}{from_then_on}"));
        let run = Run::of(&mut package.script(strace));
        let traced = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        if !traced.contains("(INJECTED)") && !traced.contains("+++ killed by") {
            check(run.ok && package.made() == new, || format!("{run:?}"))?;
            check(call > 30, || format!("only {call} calls"))?;
            // The build was hit while it could fail, and while it was installing.
            check(kinds.iter().all(|&kind| kind > 0), || format!("{kinds:?}"))?;
            return Ok(());
        }
        let made = package.made();
        let all = [&old, &new, &Vec::new()];
        let Some(kind) = all.iter().position(|known| **known == made) else {
            let names: Vec<_> = made.iter().map(|(name, _)| name).collect();
            let what = format!("call {call}: a mixture of two builds: {names:?}, {run:?}");
            return Err(what.into());
        };
        kinds[kind] += 1;
        check(!run.ok || made == new, || {
            format!("call {call}: ended well, but is not")
        })?;
        let again = package.build();
        check(again.ok && package.made() == new, || {
            format!("call {call}: the next build: {again:?}")
        })?;
        for folder in package.left() {
            fs::remove_dir_all(package.out().join(folder))?;
        }
    }
    Ok(())
}

fn several_at_once() -> Result<(), Failed> {
    let package = Package::new("at-once");
    let [_, new] = package.expected([42, 43]);
    for round in 0..10 {
        package.answer(42);
        let _ = package.build().good();
        package.answer(43);
        let mut running: Vec<Child> = (0..6).map(|_| package.spawn()).collect();
        for child in &mut running {
            let ok = child.wait()?.success();
            check(ok, || format!("round {round}: one failed"))?;
        }
        check(package.made() == new, || {
            format!("round {round}: not what it is to be")
        })?;
        check(package.left().is_empty(), || {
            format!("{:?}", package.left())
        })?;
    }
    Ok(())
}

fn what_killed_builds_left() -> Result<(), Failed> {
    let package = Package::new("left");
    for (name, age) in [("herkos.tmp-1-0", 30 * 60 * 60), ("herkos.tmp-2-0", 60)] {
        let folder = package.out().join(name);
        fs::create_dir(&folder)?;
        fs::write(folder.join("herkos.rs"), "half")?;
        let time = SystemTime::now() - Duration::from_secs(age);
        fs::File::open(&folder)?.set_modified(time)?;
    }
    let _ = package.build().good();
    // The younger may be of a build that is under way.
    check(package.left() == ["herkos.tmp-2-0"], || {
        format!("{:?}", package.left())
    })
}
