//! Programs recorded with the host `System` and replayed without it: the same output, to the byte, and
//! the same state. In this build, in a release build, and on a machine of 32 bits.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

use herkos_runtime::replay::{Error, Recorder, Replayer};
use herkos_runtime::snapshot::IoSink;
use herkos_runtime::wasi::System;
use herkos_tests_wasi::run_to_hash;

/// A run of a program, and what was recorded of it.
struct Recorded {
    /// As `src/bin/replay.rs` prints it.
    line: String,
    recording: PathBuf,
    stdout: Vec<u8>,
}

/// Runs the program in a folder, which is gone afterwards.
fn record(name: &str, to: &str) -> Recorded {
    let recording = Path::new(env!("CARGO_TARGET_TMPDIR")).join(to);
    let folder = tempfile::tempdir().expect("a folder");
    let text: String = (0..500).map(|i| format!("line {i}\n")).collect();
    fs::write(folder.path().join("text"), text).expect("write");
    let mut stdout = Vec::new();
    let host = System::new()
        .with_args([name, "ünïcödé", ""])
        .with_variable("WHO", "me")
        .with_stdin(&b"some\ninput"[..])
        .with_stdout(&mut stdout)
        .with_clocks()
        .with_random()
        .with_dir(folder.path(), ".")
        .expect("the folder");
    let sink = IoSink(BufWriter::new(File::create(&recording).expect("a file")));
    let mut recorder = Recorder::new(host, sink).expect("room for it");
    let (result, hash) = run_to_hash(name, &mut recorder);
    assert!(recorder.error().is_none());
    let entries = recorder.entries();
    let (_, sink) = recorder.into_parts();
    sink.0.into_inner().expect("flushed");
    let line = format!("{result:?} {hash:08x} after {entries} calls");
    Recorded { line, recording, stdout }
}

fn replay(name: &str, recording: &[u8]) -> String {
    let mut replayer = Replayer::new(recording).expect("a recording");
    let (result, hash) = run_to_hash(name, &mut replayer);
    assert_eq!(replayer.error(), None);
    let entries = replayer.entries();
    assert_eq!(replayer.into_source(), b"", "all of it was replayed");
    format!("{result:?} {hash:08x} after {entries} calls")
}

#[test]
fn without_files_clocks_and_random_numbers() {
    let first = record("witness", "first");
    let output = String::from_utf8(first.stdout).expect("UTF-8");
    assert!(output.starts_with("argument witness\nargument ünïcödé\nargument \nvariable me\ntime "));
    assert!(output.contains("\ntext: 500 lines\nmissing: 0 lines\ninput: 2 lines\nsum "));
    let recording = fs::read(&first.recording).expect("read");
    assert_eq!(replay("witness", &recording), first.line);

    // Another run is another: what is replayed is not just what the program always does.
    let second = record("witness", "second");
    assert_ne!(second.line, first.line);
    let recording = fs::read(&second.recording).expect("read");
    assert_eq!(replay("witness", &recording), second.line);
}

/// Other programs too: calls that fail, links, directories, poll.
#[test]
fn other_programs() {
    for name in ["hello", "args", "cat", "files", "ls", "clock", "entropy", "poll", "exit"] {
        let recorded = record(name, name);
        let recording = fs::read(&recorded.recording).expect("read");
        assert_eq!(replay(name, &recording), recorded.line, "{name}");
    }
}

/// The bytes of the output are part of what is compared, although nobody gets them.
#[test]
fn another_output_is_noticed() {
    let recorded = record("hello", "output");
    let recording = fs::read(recorded.recording).expect("read");
    let mut replayer = Replayer::new(recording.as_slice()).expect("a recording");
    let (result, _) = run_to_hash("witness", &mut replayer);
    assert!(result.is_err());
    assert!(matches!(replayer.error(), Some(Error::OtherCall { .. })));

    // The time is 8 bytes of the recording that the program prints: with another time it goes on, up
    // to where it prints it.
    let recorded = record("witness", "time");
    let mut recording = fs::read(recorded.recording).expect("read");
    let now = recorded.stdout.windows(5).position(|text| text == b"time ").expect("the time");
    let digits = &recorded.stdout[now + 5..now + 5 + 20];
    let number: String = digits.iter().filter(|c| c.is_ascii_digit()).map(|c| *c as char).collect();
    let time: u64 = number.parse().expect("nanoseconds");
    let bytes = time.to_le_bytes();
    let at = recording.windows(8).position(|window| window == bytes).expect("is recorded");
    recording[at] ^= 1;
    let mut replayer = Replayer::new(recording.as_slice()).expect("a recording");
    let (result, _) = run_to_hash("witness", &mut replayer);
    assert!(result.is_err());
    let error = replayer.error().expect("another output");
    assert!(matches!(error, Error::OtherArguments { call: "Fds::fd_write", .. }), "{error}");
}

/// Builds `src/bin/replay.rs` in another way, and has it replay a run of this build.
fn replayed_by(to: &str, options: &[&str], flags: &str) {
    let recorded = record("witness", to);
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--bin", "replay"])
        .args(options)
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("other"))
        .args(["--", "witness"])
        .arg(recorded.recording)
        .env("RUSTFLAGS", flags)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let (text, errors) = (output.stdout, String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&text).trim_end(), recorded.line, "{errors}");
}

#[test]
fn in_a_release_build() {
    replayed_by("release", &["--release"], "");
}

/// 32-bit Linux, which 64-bit ones on x86 run.
#[test]
#[cfg_attr(not(has_32_bits), ignore = "needs `rustup target add i686-unknown-linux-musl`")]
fn on_a_machine_of_32_bits() {
    let flags = "-Clinker=rust-lld -Clink-self-contained=yes";
    replayed_by("32-bits", &["--target", "i686-unknown-linux-musl"], flags);
}
