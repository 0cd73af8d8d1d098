//! What `cargo package` puts together is enough to build a user's project.

use std::fs;
use std::path::Path;
use std::process::Command;

use herkos_tests_build::{cargo, repository, scratch, Project, Run};

const CRATES: [&str; 3] = ["herkos-c", "herkos-runtime", "herkos-build"];

#[test]
fn the_packages_build_a_project() {
    let packed = scratch("target-package");
    let _ = fs::remove_dir_all(packed.join("package"));
    let mut command = cargo(&repository(), &packed);
    command.args([
        "package",
        "--allow-dirty",
        "--no-verify",
        "--offline",
        "--no-metadata",
    ]);
    command.args(CRATES.iter().flat_map(|name| ["-p", name]));
    let _ = Run::of(&mut command).good();

    let unpacked = scratch("unpacked");
    let _ = fs::remove_dir_all(&unpacked);
    fs::create_dir_all(&unpacked).unwrap();
    for name in CRATES {
        let archive = packed.join(format!("package/{name}-0.1.0.crate"));
        unpack(&archive, &unpacked);
        let from = unpacked.join(format!("{name}-0.1.0"));
        fs::rename(from, unpacked.join(name)).unwrap();
    }
    assert!(unpacked.join("herkos-c/src/main.c").is_file());

    let mut project = Project::new("t-packaged");
    project.crates = unpacked;
    project.target = scratch("target-packaged");
    let crates = project.crates.display().to_string().replace('\\', "/");
    project.manifest(&format!(
        "[patch.crates-io]\nherkos-c = {{ path = \"{crates}/herkos-c\" }}\n\
         [package.metadata.herkos.modules]\ncalc = \"wasm/calc.wasm\"\n"
    ));
    assert_eq!(project.run(), "42");
}

fn unpack(archive: &Path, folder: &Path) {
    let mut command = Command::new("tar");
    command.arg("-xzf").arg(archive).arg("-C").arg(folder);
    let _ = Run::of(&mut command).good();
}
