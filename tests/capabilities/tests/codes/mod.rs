//! For a rustc whose messages are others: each case is refused for the same reasons, which is to say
//! with the same error codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Codes of errors; "" for an error that has none.
type Codes = BTreeSet<String>;

#[test]
fn refused_with_the_same_error_codes() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = sources(&here.join("cases"));
    let accepted = sources(&here.join("cases/accepted"));
    assert!(cases.len() > 30 && !accepted.is_empty());
    let refused = check(here, &[&cases[..], &accepted[..]].concat());
    for case in &cases {
        let stderr = fs::read_to_string(case.with_extension("stderr")).unwrap();
        assert_eq!(refused.get(&name(case)), Some(&expected(&stderr)), "{}", case.display());
    }
    for case in &accepted {
        assert_eq!(refused.get(&name(case)), None, "{}", case.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

fn name(case: &Path) -> String {
    case.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// Of lines such as `error[E0277]: the trait bound …` and `error: lifetime may not …`.
fn expected(stderr: &str) -> Codes {
    let errors = stderr.lines().filter_map(|line| line.strip_prefix("error"));
    let codes = errors.map(|rest| rest.split(':').next().unwrap_or_default());
    codes.map(|code| code.trim_matches(['[', ']']).to_owned()).collect()
}

/// The codes with which each case is refused: all are binaries of one package.
fn check(here: &Path, cases: &[PathBuf]) -> BTreeMap<String, Codes> {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("codes");
    let mut manifest = format!(
        "[package]\nname = \"codes\"\nedition = \"2021\"\n[workspace]\n[dependencies]\n\
         herkos-tests-capabilities = {{ path = {here:?} }}\n\
         herkos-runtime = {{ path = {:?}, features = [\"alloc\"] }}\n",
        here.join("../../herkos-runtime")
    );
    for case in cases {
        let name = name(case);
        write!(manifest, "[[bin]]\nname = {name:?}\npath = {case:?}\n").unwrap();
    }
    fs::create_dir_all(&project).unwrap();
    fs::write(project.join("Cargo.toml"), manifest).unwrap();
    fs::copy(here.join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--quiet", "--keep-going", "--message-format=json"]);
    let output = cargo.current_dir(&project).env("CARGO_TARGET_DIR", project.join("target"));
    read(&output.output().unwrap().stdout)
}

fn read(messages: &[u8]) -> BTreeMap<String, Codes> {
    let mut codes: BTreeMap<String, Codes> = BTreeMap::new();
    let messages = serde_json::Deserializer::from_slice(messages).into_iter::<serde_json::Value>();
    for message in messages.map(Result::unwrap) {
        let error = &message["message"];
        // `aborting due to 2 previous errors` has no place in the source.
        let placed = error["spans"].as_array().is_some_and(|spans| !spans.is_empty());
        if message["reason"] == "compiler-message" && error["level"] == "error" && placed {
            let name = message["target"]["name"].as_str().unwrap().to_owned();
            let code = error["code"]["code"].as_str().unwrap_or_default();
            codes.entry(name).or_default().insert(code.to_owned());
        }
    }
    codes
}
