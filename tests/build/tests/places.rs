//! Projects in places of other kinds than a folder with a network: vendored crates, sources that cannot be written, as on docs.rs, a
//! workspace whose members use the same module.

use std::fs;
use std::process::Command;

use herkos_tests_build::{answering, repository, scratch, Project, Run};

const CRATES: [&str; 3] = ["herkos-c", "herkos-build", "herkos-runtime"];

/// All that others wrote is in the project, and Cargo knows no other place: its own folder is empty.
#[test]
fn vendored() {
    let mut project = Project::new("t-vendored");
    project.target = scratch("target-vendored");
    project.short_manifest();
    let vendor = Run::of(&mut project.command(&["vendor"])).good();
    project.write(".cargo/config.toml", vendor.stdout);
    let home = scratch("empty-cargo-home");
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let mut command = project.command(&["run"]);
    assert_eq!(
        Run::of(command.env("CARGO_HOME", &home)).good().stdout,
        "42\n"
    );
    assert!(
        !home.join("registry").exists(),
        "not from the project's folder"
    );
}

/// `cargo doc` where neither the project's folder nor those of the crates can be written, nor the
/// network reached: what docs.rs does.
#[cfg(target_os = "linux")]
#[test]
fn documentation_where_sources_are_read_only() {
    let unshare = || {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "--net"]);
        command
    };
    if !Run::of(unshare().arg("true")).ok {
        eprintln!("left out: file systems cannot be mounted here (unshare)");
        return;
    }
    let project = Project::new("t-documented");
    project.short_manifest();
    let _ = Run::of(&mut project.command(&["generate-lockfile"])).good();
    let mut steps = "set -e\n".to_owned();
    let folders = CRATES.map(|name| repository().join(name)).into_iter();
    for folder in folders.chain([project.root.clone()]) {
        let path = folder.display();
        steps += &format!("mount --bind '{path}' '{path}'; mount -o remount,bind,ro '{path}'\n");
    }
    let root = project.root.display();
    steps += &format!("cd '{root}'; ! touch src/main.rs 2>/dev/null || exit 9\nexec \"$@\"\n");
    let cargo = project.command(&["doc", "--no-deps", "--document-private-items"]);
    let mut command = unshare();
    command
        .args(["sh", "-c", &steps, "sh"])
        .arg(cargo.get_program())
        .args(cargo.get_args());
    for (name, value) in cargo.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let _ = Run::of(command.env("DOCS_RS", "1")).good();
    let page = project
        .target
        .join("doc/t_documented/calc/struct.Module.html");
    assert!(fs::read_to_string(page).unwrap().contains("answer"));
}

/// Two packages list the same file, which belongs to neither.
#[test]
fn a_module_of_two_packages() {
    let project = Project::new("t-shared");
    let crates = repository();
    let crates = crates.display();
    project.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"2\"\n",
    );
    project.write("wasm/shared.wasm", answering(7));
    for member in ["one", "two"] {
        let manifest = format!(
            "[package]\nname = \"t-shared-{member}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\
             [dependencies]\nherkos-runtime = {{ path = \"{crates}/herkos-runtime\", features = [\"std\"] }}\n\
             [build-dependencies]\nherkos-build = {{ path = \"{crates}/herkos-build\" }}\n\
             [package.metadata.herkos.modules]\ncalc = \"../wasm/shared.wasm\"\n"
        );
        project.write(&format!("{member}/Cargo.toml"), manifest);
        project.write(&format!("{member}/build.rs"), herkos_tests_build::BUILD_RS);
        project.write(
            &format!("{member}/src/main.rs"),
            herkos_tests_build::MAIN_RS,
        );
    }
    let answers = || {
        ["t-shared-one", "t-shared-two"].map(|package| {
            let run = Run::of(&mut project.command(&["run", "-p", package])).good();
            run.stdout.trim_end().to_owned()
        })
    };
    assert_eq!(answers(), ["7", "7"]);
    project.write("wasm/shared.wasm", answering(8));
    assert_eq!(answers(), ["8", "8"]);
}
