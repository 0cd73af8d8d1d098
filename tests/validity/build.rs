//! Compiles worker/worker.c and the transpiler's sources with the address and undefined behaviour
//! sanitizers, into the executable whose path is in `HERKOS_WORKER`.

use std::env;
use std::path::PathBuf;

fn main() {
    let root = PathBuf::from("../../herkos-c");
    let worker = PathBuf::from(env::var_os("OUT_DIR").expect("OUT_DIR")).join("worker");
    println!("cargo::rerun-if-changed=worker");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rustc-env=HERKOS_WORKER={}", worker.display());

    // In the first line of each output, which the executable's is compared with.
    let manifest = std::fs::read_to_string("../../Cargo.toml").expect("Cargo.toml");
    let mut lines = manifest.lines();
    let version = lines.find_map(|line| line.strip_prefix("version = "));
    let version = version.expect("the workspace's version");
    println!("cargo::rerun-if-changed=../../Cargo.toml");

    let mut command = cc::Build::new().opt_level(1).get_compiler().to_command();
    command
        .args(["-std=c11", "-g", "-fsanitize=address,undefined"])
        .args(["-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]);
    command.arg(format!("-DHERKOS_VERSION={version}"));
    for folder in ["include", "src"] {
        command.arg("-I").arg(root.join(folder));
    }
    let sources = root.join("src").read_dir().expect("herkos-c/src");
    for file in sources.map(|entry| entry.expect("herkos-c/src").path()) {
        let is_main = file.file_name().is_some_and(|name| name == "main.c");
        if file.extension().is_some_and(|extension| extension == "c") && !is_main {
            command.arg(file);
        }
    }
    command.arg("worker/worker.c").arg("-o").arg(&worker);
    let status = command.status().expect("the C compiler starts");
    assert!(status.success(), "{command:?}: {status}");
}
