//! What happens while Cargo builds: the build is killed, another one starts, a .wasm file changes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use herkos_tests_build::{answering, scratch, Project, Run};

/// A project whose herkos-c is a script: `before`, then the real one, then `after`.
fn project(name: &str, before: &str, after: &str) -> Project {
    let mut project = Project::new(name);
    project.target = scratch("target-meanwhile"); // its herkos-c is not the others'
    project.short_manifest();
    let real = herkos_c::executable(&scratch("herkos-c")).unwrap();
    let text = format!(
        "#!/bin/sh\n{before}\n'{}' \"$@\" || exit\n{after}\n",
        real.display()
    );
    project.write("herkos-c", text);
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(project.root.join("herkos-c"), mode).unwrap();
    project
}

/// Cargo with that herkos-c.
fn cargo(project: &Project, word: &str) -> Command {
    let mut command = project.command(&[word]);
    command.env("HERKOS_C", project.root.join("herkos-c"));
    command
}

fn wait_for(path: &Path) {
    let start = Instant::now();
    while !path.exists() {
        assert!(start.elapsed() < Duration::from_secs(300), "no {path:?}");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_build_that_is_killed_is_done_again() {
    let wait = "touch started; while [ -e wait ]; do sleep 0.1; done";
    let project = project("t-killed", "", wait);
    assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "42\n");
    let before = project.made();
    let wasm = project.root.join("wasm/calc.wasm");
    let modified = wasm.metadata().unwrap().modified().unwrap();
    fs::remove_file(project.root.join("started")).unwrap();
    project.write("wasm/calc.wasm", answering(43));
    project.write("wait", "");
    let mut command = cargo(&project, "build");
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.process_group(0).spawn().unwrap();
    wait_for(&project.root.join("started"));
    let group = format!("-{}", child.id());
    let _ = Run::of(Command::new("kill").args(["-KILL", "--", &group])).good();
    child.wait().unwrap();
    fs::remove_file(project.root.join("wait")).unwrap();
    let mut after = project.made();
    after.retain(|(name, _)| !name.starts_with("herkos.tmp"));
    assert_eq!(after, before);
    // Even with the old file back in its place, as old as it was, nothing is taken for done.
    fs::remove_file(project.root.join("started")).unwrap();
    project.write("wasm/calc.wasm", answering(42));
    let file = fs::File::options().write(true).open(wasm);
    file.unwrap().set_modified(modified).unwrap();
    assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "42\n");
    assert!(
        project.root.join("started").exists(),
        "herkos-c did not run again"
    );
    project.write("wasm/calc.wasm", answering(43));
    assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "43\n");
}

#[test]
fn two_builds_at_once() {
    let project = project("t-twice", "", "");
    for number in [42, 43] {
        project.write("wasm/calc.wasm", answering(number));
        let runs = std::thread::scope(|scope| {
            let start = || scope.spawn(|| Run::of(&mut cargo(&project, "run")));
            [start(), start()].map(|thread| thread.join().unwrap())
        });
        for run in runs {
            assert_eq!(run.good().stdout, format!("{number}\n"));
        }
    }
}

/// Written to where it stands, or put in its place: what was read may be neither of the two.
#[test]
fn a_module_that_changes_while_it_is_translated() {
    for (name, change) in [
        ("t-written", "[ -e next ] && cat next > wasm/calc.wasm"),
        (
            "t-moved-in",
            "[ -e next ] && cp next new && mv new wasm/calc.wasm",
        ),
    ] {
        let project = project(name, "", &format!("{change}; rm -f next; true"));
        assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "42\n");
        let before = project.made();
        project.write("wasm/calc.wasm", answering(43));
        project.write("next", answering(44));
        let errors = Run::of(&mut cargo(&project, "run")).errors();
        assert_eq!(
            errors,
            [
                "herkos: module `calc` (wasm/calc.wasm): the file changed while it was translated",
                "  build again when it is complete",
            ]
        );
        assert_eq!(project.made(), before);
        assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "44\n");
    }
}

/// It changes when the build script is done with it, but rustc is not.
#[test]
fn a_module_that_changes_later_is_translated_by_the_next_build() {
    let project = project("t-later", "", "");
    project.write(
        "build.rs",
        "fn main() {
            herkos_build::compile();
            if std::path::Path::new(\"next\").exists() {
                std::fs::copy(\"next\", \"wasm/calc.wasm\").unwrap();
                std::fs::remove_file(\"next\").unwrap();
            }
        }",
    );
    project.write("next", answering(43));
    assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "42\n");
    assert_eq!(Run::of(&mut cargo(&project, "run")).good().stdout, "43\n");
}
