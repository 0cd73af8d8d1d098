//! No operation leaves a panic in an optimised program: builds `no_panic/`, which holds all of them,
//! and searches its symbols.

use std::path::Path;
use std::process::Command;

#[test]
fn no_panic_symbol_survives() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/no_panic/Cargo.toml");
    if !manifest.exists() {
        return; // a published package leaves nested packages out
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_panic");
    // Optimising for size removes fewer checks than for speed.
    for level in ["3", "s", "z"] {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "build",
            "--release",
            "--offline",
            "--quiet",
            "--manifest-path",
        ]);
        cargo.arg(&manifest).arg("--target-dir").arg(&target);
        cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
        if cfg!(feature = "libm") {
            cargo.args(["--features", "libm"]);
        }
        assert!(cargo.status().unwrap().success());
        let library = std::fs::read(target.join("release/libno_panic.so")).unwrap();
        let has = |name: &[u8]| library.windows(name.len()).any(|bytes| bytes == name);
        assert!(
            has(b"keep_all") && has(b"i32_load16_u"),
            "symbols were stripped"
        );
        assert!(!has(b"panicking"), "opt-level {level}: a panic is left");
    }
}
