//! Compiles `src/*.c` into the executable `herkos-c` in `OUT_DIR` and runs it once.
//!
//! As a build-dependency of herkos-build this crate is built for the machine that builds. It is
//! compiled for HOST in any case, with the compiler that the `cc` crate finds. A cross-compiling
//! project often exports `CC` and `CFLAGS` for its target; what they make does not run here, so the
//! result is run once, and the machine's own compilers follow, without those flags. Only when none
//! makes a program that runs does the build end, with one message.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{exit, Command, Output, Stdio};

/// A way to call a C compiler: the program with the flags that the environment gives it.
struct Compiler {
    name: String,
    command: Command,
    msvc: bool,
}

fn main() {
    let host = required("HOST").to_string_lossy().into_owned();
    let executable =
        PathBuf::from(required("OUT_DIR")).join(format!("herkos-c{}", env::consts::EXE_SUFFIX));
    println!(
        "cargo::rustc-env=HERKOS_C_EXECUTABLE={}",
        executable.display()
    );
    watch(&host);
    if env::var_os("HERKOS_C").is_some_and(|path| !path.is_empty()) {
        // Somebody brings the executable: no compiler is needed. Empty means "not compiled".
        fs::write(&executable, b"").unwrap_or_else(|e| fail(&[io_text(&executable, &e)]));
        return;
    }
    let sources = sources().unwrap_or_else(|e| fail(&[io_text(Path::new("src"), &e)]));
    if sources.is_empty() {
        fail(&["no C source in herkos-c/src".to_owned()]);
    }
    let mut failures: Vec<String> = Vec::new();
    for candidate in candidates(&host) {
        let failure = match candidate.and_then(|c| build(c, &sources, &executable)) {
            Ok(()) => return eprint!("{}", failures.join("\n")), // kept in Cargo's log
            Err(why) => format!("  {why}"),
        };
        if !failures.contains(&failure) {
            failures.push(failure);
        }
    }
    fail(&no_compiler(&host, failures));
}

/// The whole message for the case that no compiler is of use.
fn no_compiler(host: &str, failures: Vec<String>) -> Vec<String> {
    let mut lines = vec![format!(
        "herkos-c: no C compiler makes a program that runs on this machine ({host}); tried:"
    )];
    lines.extend(failures);
    lines.push(
        "  set HOST_CC to a C11 compiler for this machine, for example HOST_CC=gcc, or install \
         one: `apt install gcc libc6-dev` (Debian, Ubuntu), `dnf install gcc` (Fedora), \
         `xcode-select --install` (macOS), Visual Studio Build Tools with C++ (Windows)"
            .to_owned(),
    );
    lines
}

/// Tells Cargo what to watch. The directories are there for files that come or go; `cc` adds
/// what it reads from the environment.
fn watch(host: &str) {
    for path in ["build.rs", "src", "include"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let host_ = host.replace('-', "_");
    for stem in ["CC", "CFLAGS"] {
        println!("cargo::rerun-if-env-changed={stem}_{host}");
        println!("cargo::rerun-if-env-changed={stem}_{host_}");
        println!("cargo::rerun-if-env-changed=HOST_{stem}");
        println!("cargo::rerun-if-env-changed={stem}");
    }
    println!("cargo::rerun-if-env-changed=HERKOS_C");
}

/// `src/*.c`, sorted, relative to the package.
fn sources() -> io::Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir("src")? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "c") {
            sources.push(path);
        }
    }
    sources.sort();
    Ok(sources)
}

/// The compilers to try, in order: what the environment asks for, then what the machine has.
fn candidates(host: &str) -> Vec<Result<Compiler, String>> {
    let asked = cc::Build::new()
        .host(host)
        .target(host)
        .opt_level(1)
        .debug(false)
        .warnings(false)
        .inherit_rustflags(false)
        .cargo_metadata(false)
        .cargo_warnings(false)
        .try_get_compiler();
    let mut list = vec![match asked {
        Ok(tool) => Ok(Compiler {
            name: tool.path().display().to_string(),
            msvc: tool.is_like_msvc(),
            command: tool.to_command(),
        }),
        Err(e) => Err(first_line(&e.to_string())),
    }];
    if let Some(tool) = cc::windows_registry::find_tool(host, "cl.exe") {
        let command = tool.to_command();
        list.push(Ok(Compiler {
            name: "cl.exe".to_owned(),
            command,
            msvc: true,
        }));
    }
    for name in ["cc", "gcc", "clang"] {
        let command = Command::new(name);
        list.push(Ok(Compiler {
            name: name.to_owned(),
            command,
            msvc: false,
        }));
    }
    list
}

/// Compiles all sources in one command and checks that the result runs.
fn build(compiler: Compiler, sources: &[PathBuf], executable: &Path) -> Result<(), String> {
    let name = compiler.name.clone();
    let _ = fs::remove_file(executable); // of an earlier compiler: must not pass for this one's
    compile(compiler, sources, executable)
        .and_then(|()| runs(executable))
        .map_err(|why| format!("`{name}`: {why}"))
}

/// With few optimisations: more of them take the compiler seconds in every clean build, and make the
/// transpiler faster by hundredths of one.
fn compile(compiler: Compiler, sources: &[PathBuf], executable: &Path) -> Result<(), String> {
    let Compiler {
        mut command, msvc, ..
    } = compiler;
    let version = format!("-DHERKOS_VERSION=\"{}\"", env!("CARGO_PKG_VERSION"));
    if msvc {
        let objects = executable.with_file_name("");
        command.args(["/nologo", "/std:c11", "/O2", "/Iinclude", "/Isrc", &version]);
        command
            .arg(joined("/Fo:", &objects))
            .arg(joined("/Fe:", executable));
        command.args(sources);
    } else {
        command.args(["-std=c11", "-O1", "-Iinclude", "-Isrc", &version]);
        command.args(sources).arg("-o").arg(executable);
    }
    let output = output(&mut command).map_err(|e| format!("cannot be started: {e}"))?;
    if !output.status.success() {
        return Err(format!("fails ({}): {}", output.status, complaint(&output)));
    }
    Ok(())
}

/// Whether the executable runs on this machine and is the version that this crate carries.
fn runs(executable: &Path) -> Result<(), String> {
    if !executable.is_file() {
        return Err("ends without an error, but made no executable".to_owned());
    }
    let output = output(Command::new(executable).arg("--version"))
        .map_err(|e| format!("its output does not run on this machine: {e}"))?;
    let expected = format!("herkos-c {}", env!("CARGO_PKG_VERSION"));
    let printed = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && printed.trim_end() == expected {
        return Ok(());
    }
    Err(format!(
        "its output does not run on this machine: `herkos-c --version` printed `{}` instead of \
         `{expected}` ({})",
        first_line(&printed),
        output.status
    ))
}

fn output(command: &mut Command) -> io::Result<Output> {
    let output = command.stdin(Stdio::null()).output()?;
    eprint!("{}", String::from_utf8_lossy(&output.stderr)); // kept in Cargo's log of this script
    Ok(output)
}

/// The line of a compiler's output that says most: the first with "error" in it, else the first.
fn complaint(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let stdout = String::from_utf8_lossy(&output.stdout); // where cl.exe writes
    let error = stderr
        .lines()
        .chain(stdout.lines())
        .find(|line| line.contains("error"));
    error.map_or_else(|| first_line(&stderr), str::to_owned)
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or("(no output)").to_owned()
}

fn joined(prefix: &str, path: &Path) -> OsString {
    let mut text = OsString::from(prefix);
    text.push(path);
    text
}

fn io_text(path: &Path, error: &io::Error) -> String {
    format!("herkos-c: {}: {error}", path.display())
}

fn required(name: &str) -> OsString {
    env::var_os(name).unwrap_or_else(|| fail(&[format!("herkos-c: {name} is not set")]))
}

fn fail(lines: &[String]) -> ! {
    for line in lines {
        println!("cargo::error={line}");
    }
    exit(1)
}
