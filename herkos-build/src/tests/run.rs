//! What happens to the files, with a shell script in the place of herkos-c and of wasm-opt.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

use super::{files, text, Project};
use crate::cargo::Cargo;
use crate::{Builder, Error, Generated, Module, Nan};

/// What herkos-c reports of `(module)`.
const REPORT: &str = include_str!("report.json");

/// Does what the first line of the input says, and writes its arguments into the output.
const HERKOS_C: &str = r#"#!/bin/sh
arguments="$*"
while [ $# -gt 0 ]; do
  case "$1" in
    -o) out=$2; shift 2;;
    --report) report=$2; shift 2;;
    --map) map=$2; shift 2;;
    --name | --max-pages | --max-memory | --nan | --max-stack) shift 2;;
    --fuel | --trace) shift;;
    *) input=$1; shift;;
  esac
done
case "$(head -n 1 "./$input")" in
  bad) echo "$input:0x1a4: function 12 \"memcpy\": type mismatch [i32.add]" >&2; exit 1;;
  warn) echo "$input: warning: no maximum" >&2;;
  crash) kill -SEGV $$;;
  usage) echo "unknown option" >&2; exit 2;;
  nothing) exit 0;;
  long) seq 1 100 >&2; exit 1;;
esac
echo "// ${arguments%% -o *} input $input: $(cat "./$input")" > "$out"
echo 'REPORT' > "$report"
echo '# map' > "$map"
"#;

const WASM_OPT: &str = r#"#!/bin/sh
input=$1
shift
while [ $# -gt 0 ]; do
  case "$1" in
    -o) out=$2; shift 2;;
    --fail) echo "bulk memory is disabled" >&2; exit 1;;
    --chatty) echo "no passes" >&2; shift;;
    *) flags="$flags $1"; shift;;
  esac
done
echo "optimised$flags from $(cat "$input")" > "$out"
"#;

fn project(section: &str) -> Project {
    let project = Project::new(&format!("[package.metadata.herkos.modules]\n{section}\n"));
    let herkos_c = HERKOS_C.replace("REPORT", REPORT);
    for (name, script) in [
        ("tools/herkos-c", herkos_c.as_str()),
        ("tools/wasm-opt", WASM_OPT),
    ] {
        project.write(name, script);
        fs::set_permissions(project.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    project
}

impl Project {
    fn environment(&self) -> Cargo {
        let tool = |name: &str| OsString::from(self.path("tools").join(name));
        self.cargo(vec![
            ("HERKOS_C", tool("herkos-c")),
            ("WASM_OPT", tool("wasm-opt")),
        ])
    }

    fn build(&self) -> Result<Generated, Error> {
        Builder::from_manifest().build(&self.environment())
    }

    fn manifest(&self, section: &str) {
        self.write(
            "Cargo.toml",
            &format!("[package.metadata.herkos.modules]\n{section}\n"),
        );
    }

    fn generated(&self, name: &str) -> String {
        fs::read_to_string(self.out(&format!("herkos/{name}"))).unwrap()
    }

    /// The paths of all files in OUT_DIR, relative to it.
    fn made(&self) -> Vec<String> {
        let all = files(&self.path("out")).into_iter();
        let relative = all.map(|(path, _)| path.strip_prefix(self.path("out")).unwrap().to_owned());
        relative
            .map(|path| path.to_str().unwrap().to_owned())
            .collect()
    }
}

#[test]
fn modules_are_made_by_name_with_all_their_options() {
    let project = project(
        "zz = \"zz.wasm\"\n[package.metadata.herkos.modules.aa]\nwasm = \"sub dir/aa.wasm\"\n\
         max-pages = 4\nmax-memory = 200000\noptimize = \"-O3  -g\"\nnan = \"canonical\"\n\
         fuel = true\nmax-stack = 65536\ntrace = true",
    );
    project.write("zz.wasm", "ok");
    project.write("sub dir/aa.wasm", "source");
    let cargo = project.environment();
    let generated = Builder::from_manifest().build(&cargo).unwrap();
    assert_eq!(generated.root, project.out("herkos.rs"));
    let names: Vec<_> = generated.modules.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["aa", "zz"]);
    assert_eq!(
        generated.modules[0].optimized,
        Some(project.out("herkos/opt/aa/aa.wasm"))
    );
    assert_eq!(generated.modules[1].optimized, None);
    assert_eq!(
        project.generated("zz.rs"),
        "// --name zz input zz.wasm: ok\n"
    );
    assert_eq!(
        project.generated("aa.rs"),
        "// --name aa --max-pages 4 --max-memory 200000 --nan canonical --max-stack 65536 --fuel \
         --trace input aa.wasm: optimised -O3 -g from source\n"
    );
    assert_eq!(
        project.made(),
        [
            "herkos/aa.html",
            "herkos/aa.json",
            "herkos/aa.map",
            "herkos/aa.md",
            "herkos/aa.rs",
            "herkos/opt/aa/aa.wasm",
            "herkos/zz.html",
            "herkos/zz.json",
            "herkos/zz.map",
            "herkos/zz.md",
            "herkos/zz.rs",
            "herkos.rs"
        ]
    );
    let tools = project.path("tools");
    assert_eq!(
        cargo.given(),
        [
            "rerun-if-changed=Cargo.toml".to_owned(),
            "rerun-if-changed=sub dir/aa.wasm".to_owned(),
            "rerun-if-changed=zz.wasm".to_owned(),
            "rerun-if-env-changed=HERKOS_C".to_owned(),
            format!("rerun-if-changed={}", tools.join("herkos-c").display()),
            "rerun-if-env-changed=WASM_OPT".to_owned(),
            format!("rerun-if-changed={}", tools.join("wasm-opt").display()),
            "rerun-if-env-changed=HERKOS_REPORT".to_owned(),
        ]
    );
}

#[test]
fn code_alone_makes_the_same() {
    let project = project(
        "aa = { wasm = \"a.wasm\", max-pages = 4, fuel = true, nan = \"spec\", trace = true }",
    );
    project.write("a.wasm", "ok");
    project.build().unwrap();
    let from_manifest = files(&project.path("out"));
    fs::remove_dir_all(project.path("out")).unwrap();
    let module = Module::new("aa", "a.wasm")
        .max_pages(4)
        .fuel(true)
        .nan(Nan::Spec)
        .trace(true);
    let builder = Builder::new().module(module);
    builder.build(&project.environment()).unwrap();
    assert_eq!(files(&project.path("out")), from_manifest);
}

#[test]
fn a_file_with_the_same_content_is_not_touched() {
    let project = project("a = \"a.wasm\"\nb = \"b.wasm\"");
    project.write("a.wasm", "ok");
    project.write("b.wasm", "ok");
    project.build().unwrap();
    let old = SystemTime::now() - Duration::from_secs(1000);
    let names = ["herkos.rs", "herkos/a.rs", "herkos/a.json", "herkos/b.rs"];
    for name in names {
        fs::File::options()
            .write(true)
            .open(project.out(name))
            .unwrap()
            .set_modified(old)
            .unwrap();
    }
    project.write("b.wasm", "ok 2");
    project.build().unwrap();
    let is_old = |name: &&str| project.out(name).metadata().unwrap().modified().unwrap() == old;
    let kept: Vec<_> = names.into_iter().filter(is_old).collect();
    assert_eq!(kept, ["herkos.rs", "herkos/a.rs", "herkos/a.json"]);
}

#[test]
fn after_a_failure_everything_is_as_it_was() {
    let project = project("a = \"a.wasm\"\nb = \"b.wasm\"\nc = \"c.wasm\"");
    for name in ["a.wasm", "b.wasm", "c.wasm"] {
        project.write(name, "bad");
    }
    assert!(project.build().is_err());
    assert_eq!(project.made(), Vec::<String>::new());
    for name in ["a.wasm", "b.wasm", "c.wasm"] {
        project.write(name, "ok");
    }
    project.build().unwrap();
    let before = files(&project.path("out"));
    project.write("a.wasm", "changed");
    project.write("b.wasm", "bad");
    project.write("c.wasm", "crash");
    let said = text(project.build());
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "herkos: module `b` (b.wasm): herkos-c rejects the file",
            "  b.wasm:0x1a4: function 12 \"memcpy\": type mismatch [i32.add]",
        ]
    );
    assert!(lines[2].starts_with("herkos: module `c` (c.wasm): herkos-c crashed (signal: 11"));
    assert!(lines[3].contains("please report it"));
    assert_eq!(lines.len(), 4);
    assert_eq!(files(&project.path("out")), before);
    project.write("b.wasm", "ok");
    project.write("c.wasm", "ok");
    project.build().unwrap();
    assert!(project.generated("a.rs").contains("changed"));
    project.manifest("a = \"a.wasm\"\nb = 5");
    let before = files(&project.path("out"));
    assert!(project.build().is_err());
    assert_eq!(files(&project.path("out")), before);
}

#[test]
fn files_of_modules_no_longer_listed_are_removed() {
    let project = project("a = \"a.wasm\"\nb = { wasm = \"a.wasm\", optimize = \"-O\" }");
    project.write("a.wasm", "ok");
    project.build().unwrap();
    assert!(project.out("herkos/opt/b/a.wasm").is_file());
    project.manifest("a = \"a.wasm\"\nb = \"a.wasm\"");
    project.build().unwrap();
    assert!(!project.out("herkos/opt").exists());
    project.manifest("b = \"a.wasm\"");
    project.build().unwrap();
    assert_eq!(
        project.made(),
        [
            "herkos/b.html",
            "herkos/b.json",
            "herkos/b.map",
            "herkos/b.md",
            "herkos/b.rs",
            "herkos.rs"
        ]
    );
    project.manifest("");
    let cargo = project.environment();
    Builder::from_manifest().build(&cargo).unwrap();
    assert_eq!(project.made(), ["herkos.rs"]);
    let is_warning = |line: &String| line.starts_with("warning=herkos: no modules are listed");
    assert!(cargo.given().iter().any(is_warning));
}

#[test]
fn warnings_are_passed_on() {
    let project = project("a = \"a.wasm\"");
    project.write("a.wasm", "warn");
    let cargo = project.environment();
    let generated = Builder::from_manifest().build(&cargo).unwrap();
    assert_eq!(generated.warnings, ["module `a` (a.wasm): no maximum"]);
    let given = cargo.given();
    assert!(given.contains(&"warning=herkos: module `a` (a.wasm): no maximum".to_owned()));
}

#[test]
fn every_way_in_which_herkos_c_can_end() {
    let project = project("a = \"a.wasm\"");
    let said = |content: &str| {
        project.write("a.wasm", content);
        let said = text(project.build());
        said.strip_prefix("herkos: module `a` (a.wasm): herkos-c ")
            .map(str::to_owned)
            .unwrap()
    };
    assert_eq!(
        said("usage"),
        "does not know how herkos-build calls it\n  unknown option\n  \
         does HERKOS_C name another version?"
    );
    assert!(said("nothing").starts_with("wrote no "));
    let long = said("long");
    assert_eq!(long.lines().count(), 1 + 40 + 1);
    assert!(long.ends_with("\n  40\n  ... (60 more lines)"));
}

#[test]
fn a_herkos_c_that_is_not_there() {
    let project = project("a = \"a.wasm\"");
    project.write("a.wasm", "ok");
    let cargo = project.cargo(vec![("HERKOS_C", "/nonexistent/herkos-c".into())]);
    assert_eq!(
        text(Builder::from_manifest().build(&cargo)),
        "herkos: HERKOS_C is set to \"/nonexistent/herkos-c\", which is no executable file\n  \
         correct it, or unset it to use the herkos-c that comes with herkos-build"
    );
}

#[test]
fn a_wasm_opt_that_is_not_there() {
    let project = project("a = { wasm = \"a.wasm\", optimize = \"-O3\" }\nb = \"b.wasm\"");
    project.write("a.wasm", "ok");
    project.write("b.wasm", "bad");
    let herkos_c = || ("HERKOS_C", OsString::from(project.path("tools/herkos-c")));
    let advice =
        "\n  install Binaryen (Debian, Ubuntu: `apt install binaryen`; macOS: `brew install \
                  binaryen`), or set WASM_OPT to the path of wasm-opt, or take out `optimize`";
    let other = "\nherkos: module `b` (b.wasm): herkos-c rejects the file\n";
    for (name, value, reason) in [
        ("PATH", "", "there is no `wasm-opt` in PATH"),
        ("PATH", "/nonexistent", "there is no `wasm-opt` in PATH"),
        (
            "WASM_OPT",
            "/nonexistent",
            "WASM_OPT is set to \"/nonexistent\", which is no executable file",
        ),
    ] {
        let cargo = project.cargo(vec![herkos_c(), (name, value.into())]);
        let said = text(Builder::from_manifest().build(&cargo));
        let start = "herkos: Cargo.toml:2: module `a` (a.wasm): `optimize` needs wasm-opt: ";
        assert!(
            said.starts_with(&format!("{start}{reason}{advice}{other}")),
            "{said}"
        );
        assert!(cargo
            .given()
            .contains(&format!("rerun-if-env-changed={name}")));
    }
    let cargo = project.cargo(vec![herkos_c(), ("PATH", project.path("tools").into())]);
    project.write("b.wasm", "ok");
    Builder::from_manifest().build(&cargo).unwrap();
}

#[test]
fn what_wasm_opt_says_is_passed_on() {
    let project = project("a = { wasm = \"a.wasm\", optimize = \"-O3 --fail\" }");
    project.write("a.wasm", "ok");
    assert_eq!(
        text(project.build()),
        "herkos: Cargo.toml:2: module `a` (a.wasm): wasm-opt failed (exit status: 1)\n  \
         bulk memory is disabled\n  name the features that the module uses in `optimize`, for \
         example \"-O3 --enable-bulk-memory --enable-sign-ext\" (see `wasm-opt --help`)"
    );
    assert_eq!(project.made(), Vec::<String>::new());
    project.manifest("a = { wasm = \"a.wasm\", optimize = \"--chatty\" }");
    assert_eq!(
        project.build().unwrap().warnings,
        ["module `a` (a.wasm): wasm-opt: no passes"]
    );
}

#[test]
fn a_path_is_never_taken_for_an_option() {
    let project = project("a = \"-o.wasm\"\nb = \"-\"");
    project.write("-o.wasm", "ok");
    project.write("-", "ok");
    project.build().unwrap();
    assert_eq!(
        project.generated("a.rs"),
        "// --name a input ./-o.wasm: ok\n"
    );
    assert_eq!(project.generated("b.rs"), "// --name b input ./-: ok\n");
}

#[test]
fn a_path_that_is_not_utf_8_works_with_a_warning() {
    use std::os::unix::ffi::OsStringExt;
    let project = project("");
    let name = OsString::from_vec(b"\xff.wasm".to_vec());
    fs::write(project.root.join(&name), "ok").unwrap();
    let cargo = project.environment();
    let builder = Builder::new().module(Module::new("a", &name));
    builder.build(&cargo).unwrap();
    let warned = |line: &String| line.starts_with("warning=herkos: cannot watch");
    assert!(cargo.given().iter().any(warned));
}

/// Cargo 1.95 itself does not get to the end in such a folder, so there is no test with Cargo.
#[test]
fn a_package_in_a_folder_that_is_not_utf_8() {
    use std::os::unix::ffi::OsStringExt;
    let project = project("");
    let root = project.root.join(OsString::from_vec(b"\xff".to_vec()));
    fs::create_dir(&root).unwrap();
    fs::write(
        root.join("Cargo.toml"),
        "[package.metadata.herkos.modules]\na = \"a.wasm\"\n",
    )
    .unwrap();
    fs::write(root.join("a.wasm"), "ok").unwrap();
    let cargo = Cargo::with_variables(vec![
        ("CARGO_MANIFEST_DIR", root.clone().into_os_string()),
        ("OUT_DIR", root.join("out").into_os_string()),
        ("HERKOS_C", project.path("tools/herkos-c").into_os_string()),
    ]);
    Builder::from_manifest().build(&cargo).unwrap();
    assert!(root.join("out/herkos/a.rs").is_file());
    assert!(cargo
        .given()
        .contains(&"rerun-if-changed=a.wasm".to_owned()));
}

#[test]
fn a_file_that_is_busy_for_a_moment_is_started_again() {
    let project = project("a = \"a.wasm\"");
    project.write("a.wasm", "ok");
    let path = project.path("tools/herkos-c");
    let open = fs::File::options().append(true).open(path).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(100));
            drop(open);
        });
        project.build().unwrap();
    });
}
