//! Starts programs, and gives what they say.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// How much of what a tool wrote is passed on.
const MOST_LINES: usize = 40;

/// Starts a program and waits for it. A file that was written a moment ago may still be open in a
/// process that another thread is about to start ("text file busy"): that passes.
pub(crate) fn start(command: &mut Command) -> io::Result<Output> {
    command.stdin(Stdio::null());
    for _ in 0..100 {
        match command.output() {
            Err(e) if e.kind() == io::ErrorKind::ExecutableFileBusy => {
                sleep(Duration::from_millis(10));
            }
            result => return result,
        }
    }
    command.output()
}

/// What a tool wrote to standard error: whole lines, as many as one likes to read.
pub(crate) fn lines_of(done: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&done.stderr);
    let all: Vec<&str> = text
        .lines()
        .map(str::trim_end)
        .filter(|l| !l.is_empty())
        .collect();
    let mut lines: Vec<String> = all.iter().take(MOST_LINES).map(|&l| l.to_owned()).collect();
    if all.len() > MOST_LINES {
        lines.push(format!("... ({} more lines)", all.len() - MOST_LINES));
    }
    lines
}

/// A path that cannot be taken for an option, nor for standard input.
pub(crate) fn plain(path: &Path) -> PathBuf {
    if path.as_os_str().as_encoded_bytes().starts_with(b"-") {
        return Path::new(".").join(path);
    }
    path.to_path_buf()
}
