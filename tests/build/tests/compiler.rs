//! Which C compiler makes herkos-c, what is said when none can, and a target folder that moved.
#![cfg(unix)]

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

use herkos_tests_build::{answering, cargo, repository, scratch, Project, Run};

/// The tests that build herkos-c alone, with variables of their own, share a target folder in turn.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn in_turn() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Builds herkos-c with these variables; the linker for Rust stays the one of the machine.
fn build(variables: &[(&str, &str)]) -> Run {
    let mut command = cargo(&repository(), &scratch("target-cc"));
    command.args(["build", "--offline", "-p", "herkos-c"]);
    command.env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER", which("cc"));
    command.envs(variables.iter().copied());
    Run::of(&mut command)
}

fn which(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    let mut candidates = std::env::split_paths(&path).map(|folder| folder.join(name));
    candidates
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("no {name}"))
}

/// An executable script.
fn script(name: &str, text: &str) -> PathBuf {
    let path = scratch("scripts").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// Writes something to the file after `-o`: a compiler whose programs do not run here.
const CROSS: &str = "while [ $# -gt 0 ]; do [ \"$1\" = -o ] && out=$2; shift; done\n\
                     [ -n \"$out\" ] && printf '\\177ELF nonsense' > \"$out\" && /bin/chmod +x \"$out\"";

#[test]
fn a_compiler_that_is_of_no_use_is_passed_over() {
    let _turn = in_turn();
    let cross = script("cross-gcc", CROSS);
    let old = script(
        "old-cc",
        "echo 'error: unknown option -std=c11' >&2; exit 1",
    );
    let (cross, old) = (cross.to_str().unwrap(), old.to_str().unwrap());
    for cc in ["/bin/true", "arm-none-eabi-no-such-gcc", "gcc --nonsense"] {
        let _ = build(&[("CC", cc)]).good();
    }
    let _ = build(&[("HOST_CC", old)]).good();
    let _ = build(&[("CFLAGS", "-mcpu=cortex-m3 -mthumb")]).good();
    let _ = build(&[("CC", cross), ("CFLAGS", "-mcpu=cortex-m3")]).good();
}

#[test]
fn the_compiler_that_is_asked_for_is_used() {
    let _turn = in_turn();
    let log = scratch("scripts/log");
    let real = which("cc");
    let text = format!(
        "echo \"$0\" >> '{}'\nexec '{}' \"$@\"",
        log.display(),
        real.display()
    );
    let (one, two) = (script("one-cc", &text), script("two-cc", &text));
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    for (variables, used) in [
        (vec![("CC", one)], one),
        (vec![("CC", one), ("HOST_CC", two)], two),
        (
            vec![("CC", "/bin/false"), ("CC_x86_64_unknown_linux_gnu", two)],
            two,
        ),
    ] {
        if cfg!(not(all(target_arch = "x86_64", target_os = "linux"))) && variables.len() == 2 {
            continue;
        }
        let _ = fs::remove_file(&log);
        let _ = build(&variables).good();
        let calls = fs::read_to_string(&log).unwrap();
        assert!(
            calls.lines().all(|line| line == used),
            "{variables:?}: {calls}"
        );
    }
}

#[test]
fn when_every_compiler_fails_one_message_says_so() {
    let _turn = in_turn();
    // rustc's own linker needs a PATH with `ld`, and nothing else may be in it
    let folder = scratch("scripts/bin");
    fs::create_dir_all(&folder).unwrap();
    for tool in ["ld", "as", "rustc"] {
        let link = folder.join(tool);
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(which(tool), link).unwrap();
    }
    let cross = script("cross-gcc", CROSS);
    let broken = script(
        "bin/gcc",
        "echo 'main.c: In function f:'; echo 'fatal error: no' >&2; exit 1",
    );
    let run = build(&[
        ("CC", cross.to_str().unwrap()),
        ("PATH", folder.to_str().unwrap()),
        ("RUSTC", rustc().to_str().unwrap()),
    ]);
    fs::remove_file(broken).unwrap();
    let errors = run.errors();
    assert_eq!(errors.len(), 6, "{errors:#?}");
    assert!(errors[0]
        .starts_with("herkos-c: no C compiler makes a program that runs on this machine ("));
    let cross = format!(
        "  `{}`: its output does not run on this machine: ",
        cross.display()
    );
    assert!(errors[1].starts_with(&cross), "{errors:#?}");
    assert!(
        errors[2].starts_with("  `cc`: cannot be started: No such file"),
        "{errors:#?}"
    );
    assert_eq!(
        errors[3],
        "  `gcc`: fails (exit status: 1): fatal error: no"
    );
    assert!(
        errors[4].starts_with("  `clang`: cannot be started: No such file"),
        "{errors:#?}"
    );
    assert!(
        errors[5].starts_with("  set HOST_CC to a C11 compiler for this machine"),
        "{errors:#?}"
    );
    // and once there is one again, all is well
    let _ = build(&[]).good();
}

/// The compiler itself, not what chooses among several by what PATH holds.
fn rustc() -> PathBuf {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .unwrap();
    Path::new(String::from_utf8(output.stdout).unwrap().trim()).join("bin/rustc")
}

#[test]
fn with_herkos_c_set_no_compiler_is_needed_and_that_one_runs() {
    let mut project = Project::new("t-herkos-c");
    project.target = scratch("target-herkos-c");
    let _ = fs::remove_dir_all(project.target.join("debug/build"));
    project.short_manifest();
    let source = "pub struct Module; impl Module { pub fn new() -> Result<Self, u8> { Ok(Self) } \
                  pub fn answer(&mut self) -> Result<i32, u8> { Ok(NUMBER) } }";
    let report = include_str!("../../../herkos-build/src/tests/report.json");
    let text = |number: &str| {
        let output = source.replace("NUMBER", number);
        format!(
            "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && out=$2; [ \"$1\" = --report ] && \
             report=$2; [ \"$1\" = --map ] && map=$2; shift; done\n\
             echo '{output}' > \"$out\"; echo '{report}' > \"$report\"; echo '# map' > \"$map\""
        )
    };
    let herkos_c = script("herkos c", &text("1"));
    let run = |variables: &[(&str, OsString)]| {
        Run::of(
            project
                .command(&["run"])
                .envs(variables.iter().map(|(k, v)| (k, v))),
        )
    };
    let ours = || ("HERKOS_C", OsString::from(&herkos_c));
    assert_eq!(
        run(&[ours(), ("CC", "/bin/false".into())]).good().stdout,
        "1\n"
    );
    let compiled = find(&project.target.join("debug/build"), "herkos-c");
    let empty = |path: &PathBuf| path.metadata().unwrap().len() == 0;
    assert!(
        compiled.iter().all(empty),
        "compiled for nothing: {compiled:?}"
    );
    script("herkos c", &text("2"));
    assert_eq!(
        run(&[ours(), ("CC", "/bin/false".into())]).good().stdout,
        "2\n"
    );
    let errors = run(&[("HERKOS_C", "/nonexistent".into())]).errors();
    assert_eq!(
        errors[0],
        "herkos: HERKOS_C is set to \"/nonexistent\", which is no executable file"
    );
    assert_eq!(run(&[]).good().stdout, "42\n");
}

#[test]
fn a_target_folder_that_moved_keeps_working() {
    let mut project = Project::new("t-moved");
    project.target = scratch("target-move-1");
    let _ = fs::remove_dir_all(scratch("target-move-2"));
    project.short_manifest();
    assert_eq!(project.run(), "42");
    fs::rename(&project.target, scratch("target-move-2")).unwrap();
    project.target = scratch("target-move-2");
    project.write("wasm/calc.wasm", answering(43));
    let run = Run::of(&mut project.command(&["run"])).good();
    assert_eq!(run.stdout, "43\n");
    assert_eq!(
        run.compiled(),
        ["t-moved"],
        "herkos-c was not to be built again"
    );
    assert!(!scratch("target-move-1").exists());
    // restored without the modes of files, as some caches do
    for path in find(&project.target.join("debug/build"), "herkos-c") {
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    project.write("wasm/calc.wasm", answering(44));
    assert_eq!(project.run(), "44");
}

fn find(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(find(&path, name));
        } else if path.file_name().is_some_and(|n| n == name) {
            found.push(path);
        }
    }
    found
}

/// What takes the options of MSVC gets those, whatever its name: here a script that says so to the
/// crate `cc`, writes down what it is told, and has the machine's compiler do it.
#[test]
fn a_compiler_with_the_options_of_msvc() {
    let _turn = in_turn();
    let log = scratch("scripts/msvc-log");
    let _ = fs::remove_file(&log);
    let text = format!(
        "for a; do case $a in -\\?|-E) exit 0;; esac; done\n\
         for a; do\n  printf '%s\\n' \"$a\" >> '{}'\n  case $a in\n  /Fe:*) exe=${{a#/Fe:}};;\n\
         \x20 *.c) sources=\"$sources $a\";;\n  -DHERKOS_VERSION=*) version=$a;;\n  esac\ndone\n\
         [ \"$exe\" ] && exec '{}' -std=c11 -Iinclude -Isrc \"$version\" $sources -o \"$exe\"",
        log.display(),
        which("cc").display()
    );
    let compiler = script("like-msvc", &text);
    let _ = build(&[("HOST_CC", compiler.to_str().unwrap())]).good();
    let told = fs::read_to_string(&log).unwrap_or_default();
    let told: Vec<&str> = told.lines().collect();
    for option in ["/std:c11", "/O2", "/Iinclude", "/Isrc", "src/main.c"] {
        assert!(told.contains(&option), "no {option}: {told:?}");
    }
    assert!(
        !told.contains(&"-o") && !told.contains(&"-std=c11"),
        "{told:?}"
    );
    let path = told.iter().find_map(|option| option.strip_prefix("/Fe:"));
    assert!(
        path.is_some_and(|path| Path::new(path).is_file()),
        "{told:?}"
    );
}
