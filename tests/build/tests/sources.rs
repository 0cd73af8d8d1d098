//! C sources by the real clang: what is built again when, and what clang's and the linker's errors
//! become. The other texts are tested in herkos-build itself.

use std::fs;

use herkos_build::{Builder, Error, Generated};
use herkos_tests_build::{scratch, Project, MADE_OF_CALC};

/// Translates in this process, which is quicker than Cargo.
fn build(project: &Project) -> Result<Generated, Error> {
    Builder::from_manifest()
        .manifest_dir(&project.root)
        .out_dir(project.root.join("out"))
        .cargo_directives(false)
        .try_compile()
}

/// A project with the module `calc` from c/calc.c, and these keys beside.
fn project(name: &str, code: &str, keys: &str) -> Project {
    let project = Project::new(name);
    project.write("c/calc.c", code);
    sources(&project, keys);
    project
}

fn sources(project: &Project, keys: &str) {
    project.manifest(&format!(
        "[package.metadata.herkos.modules.calc]\nsources = [\"c/calc.c\"]\n{keys}\n"
    ));
}

/// The problems' lines, without what the first begins with.
fn said(code: &str, keys: &str) -> Vec<String> {
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let project = project(&format!("t-c-{number}"), code, keys);
    let text = build(&project).unwrap_err().to_string();
    let text = text.strip_prefix("herkos: Cargo.toml:13: module `calc` (c/calc.c): ");
    text.unwrap().lines().map(str::to_owned).collect()
}

const CALC: &str = r#"
#include "number.h"
#include <stddef.h>
#include <stdint.h>
#include <limits.h>

void *memcpy(void *, const void *, size_t);
int twice(int);
static char from[1000], to[1000];

/* A copy of a size that the compiler does not know. */
__attribute__((export_name("answer"))) int answer(void)
{
    from[NUMBER] = 1;
    memcpy(to, from, (size_t)twice(NUMBER));
    return to[NUMBER] ? NUMBER : -1;
}

/* 33 times 1 KiB is just too much for the stack: the data behind it must not be hit. */
int deep(int n)
{
    volatile char room[1024] = {0};
    return n ? deep(n - 1) + room[n % 1024] : 0;
}
"#;

#[test]
fn what_the_sources_include_is_watched() {
    let project = Project::new("t-sources");
    project.write("c/calc.c", CALC);
    project.write("c/twice.c", "int twice(int n) { return n << SHIFT; }");
    project.write("c/include of it/number.h", "#define NUMBER 42\n");
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();
        fn main() {
            let mut calc = calc::Module::boxed().unwrap();
            println!(\"{} {:?} {:?}\", calc.answer().unwrap(), calc.deep(20), calc.deep(32));
        }",
    );
    project.manifest(
        "[package.metadata.herkos.modules.calc]\nsources = [\"c/calc.c\", \"c/twice.c\"]\n\
         exports = [\"deep\"]\nflags = [\"-DSHIFT=1\", \"-Ic/include of it\"]\n",
    );
    assert_eq!(project.run(), "42 Ok(0) Err(OutOfBounds)");
    let expected = [&MADE_OF_CALC[..], &["herkos/wasm/calc.wasm"]].concat();
    assert_eq!(project.made_paths(), expected);
    let report = fs::read_to_string(project.out_dir().join("herkos/calc.md")).unwrap();
    assert!(
        report.contains("| compiled from | `c/calc.c, c/twice.c` |"),
        "{report}"
    );
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());

    project.write("c/include of it/number.h", "#define NUMBER 43\n");
    assert_eq!(project.run(), "43 Ok(0) Err(OutOfBounds)");
    project.write("c/twice.c", "int twice(int n) { return n + SHIFT - 1; }");
    assert_eq!(project.run(), "-1 Ok(0) Err(OutOfBounds)");
    assert_eq!(project.build().good().compiled(), Vec::<String>::new());

    project.write("c/twice.c", "int twice(int n) { return m; }");
    let errors = project.build().errors();
    let start = "herkos: Cargo.toml:13: module `calc` (c/calc.c and c/twice.c): clang rejects \
                 c/twice.c";
    assert_eq!(errors[0], start);
    assert!(errors[1].starts_with("  c/twice.c:1:"), "{errors:#?}");
    project.write("c/twice.c", "int twice(int n) { return n + 1; }");
    assert_eq!(project.run(), "43 Ok(0) Err(OutOfBounds)");
}

#[test]
fn a_library_that_needs_a_c_library() {
    let code = r#"
        #include <stdlib.h>
        #include <string.h>
        #include "calc.h"
        int answer(void)
        {
            char *copy = malloc(100000);
            memset(copy, 'x', 42);
            copy[42] = 0;
            return (int)strlen(copy);
        }"#;
    let project = project(
        "t-c-library",
        code,
        "exports = [\"answer\"]\nwasi = true\nmax-pages = 5",
    );
    project.write("c/calc.h", "int answer(void);");
    project.write(
        "src/main.rs",
        "herkos_runtime::include_modules!();
        fn main() -> Result<(), herkos_runtime::WasmTrap> {
            let mut calc = calc::Module::boxed()?; // without a host: nothing of WASI is needed
            calc._initialize()?;
            println!(\"{}\", calc.answer()?);
            Ok(())
        }",
    );
    assert_eq!(project.run(), "42");
}

#[test]
fn the_same_bytes_from_another_folder() {
    let code = "#include <assert.h>\nconst char *answer(void) { return __FILE__; }";
    let keys = "exports = [\"answer\"]\nwasi = true\nflags = [\"-g\", \"-Ic\"]";
    let made = ["t-c-here", "t-c-there with spaces"].map(|name| {
        let mut project = project("t-c-same", code, keys);
        project.root = scratch("projects").join(name);
        let _ = fs::remove_dir_all(&project.root);
        project.write("c/calc.c", code);
        sources(&project, keys);
        let generated = build(&project).unwrap();
        fs::read(generated.modules[0].compiled.as_ref().unwrap()).unwrap()
    });
    assert!(made[0] == made[1]);
    let text = String::from_utf8_lossy(&made[0]);
    assert!(text.contains("c/calc.c") && !text.contains("t-c-here"));
}

#[test]
fn warnings_are_shown() {
    let code = "int answer(void) { int unused; return 42; }";
    let keys = "exports = [\"answer\"]\nflags = [\"-Wall\"]";
    let warnings = build(&project("t-c-warning", code, keys)).unwrap().warnings;
    let first = "clang: c/calc.c:1:24: warning: unused variable 'unused' [-Wunused-variable]";
    assert_eq!(warnings[0], first);
    assert!(warnings.last().unwrap().contains('^'), "{warnings:#?}");
}

#[test]
fn undefined_symbols() {
    let code = "int memcmp(const void *, const void *, unsigned long);\n\
                int answer(int *p) { return memcmp(p, p + 1, (unsigned)*p); }";
    let lines = said(code, "exports = [\"answer\"]");
    assert_eq!(lines[0], "nothing defines `memcmp`");
    assert!(
        lines[1].contains("error: c/calc.c: undefined symbol: memcmp"),
        "{lines:#?}"
    );
    let advice =
        "  `memcmp`: of the C library or of the compiler's, which these sources are built \
                  without: set `wasi = true` to link wasi-libc, or add a C file that defines it to \
                  `sources`";
    assert_eq!(lines[2..], [advice]);

    let code = "int read_pin(int);\nint answer(void) { return read_pin(1); }";
    let lines = said(code, "exports = [\"answer\"]\nwasi = true");
    assert_eq!(lines[0], "nothing defines `read_pin`");
    let advice = "  add the C file that defines `read_pin` to `sources`; or if Rust is to provide \
                  it, declare it with __attribute__((import_module(\"env\"), \
                  import_name(\"read_pin\")))";
    assert_eq!(lines[2..], [advice]);

    // and so declared, it is an import
    let attribute = "__attribute__((import_module(\"env\"), import_name(\"read_pin\")))";
    let project = project(
        "t-c-import",
        &format!("{attribute} {code}"),
        "exports = [\"answer\"]",
    );
    let generated = build(&project).unwrap();
    let text = fs::read_to_string(&generated.modules[0].rust).unwrap();
    assert!(text.contains("pub trait Env"));
}

#[test]
fn missing_headers() {
    let lines = said("#include <string.h>\n", "");
    assert_eq!(lines[0], "clang rejects c/calc.c");
    assert_eq!(
        lines[1],
        "  c/calc.c:1:10: fatal error: 'string.h' file not found"
    );
    let advice = "  `string.h` is of the C library, which these sources are built without: set \
                  `wasi = true` to compile them with wasi-libc";
    assert_eq!(lines.last().unwrap(), advice);
    let lines = said("#include \"own.h\"\n", "wasi = true");
    let advice = "  say where `own.h` is by flags = [\"-IFOLDER\"], relative to Cargo.toml";
    assert_eq!(lines.last().unwrap(), advice);
    let lines = said(
        "#include <string.h>\n",
        "wasi = true\nflags = [\"--sysroot=/nonexistent\"]",
    );
    assert!(
        lines
            .last()
            .unwrap()
            .starts_with("  install wasi-libc (Debian"),
        "{lines:#?}"
    );
    let sysroot = "wasi = true\nexports = [\"f\"]\nlink-flags = [\"--sysroot=/nonexistent\"]";
    let lines = said("int f(void) { return 1; }\n", sysroot);
    assert_eq!(lines[0], "wasi-libc is not complete");
    assert!(
        lines
            .last()
            .unwrap()
            .starts_with("  install wasi-libc (Debian"),
        "{lines:#?}"
    );
}

#[test]
fn exports() {
    let code = "int answer(void) { return 42; }\nstatic int hidden(void) { return 1; }";
    let lines = said(code, "");
    assert_eq!(
        lines,
        [
            "no function is exported",
            "  list the functions that Rust is to call, as in exports = [\"decode\"]",
            "  or mark them in the source: __attribute__((export_name(\"decode\")))",
        ]
    );
    let lines = said(code, "exports = [\"anwser\", \"hidden\"]");
    assert_eq!(
        lines[0],
        "exports: there is no function `anwser`, `hidden` in the sources"
    );
    assert_eq!(
        lines[lines.len() - 2..],
        [
            "  did you mean `answer`?",
            "  `hidden` must not be `static`, and in C++ it must be `extern \"C\"`"
        ]
    );
}

#[test]
fn global_constructors() {
    let code =
        "static volatile int n = 1;\n__attribute__((constructor)) static void start(void) { n = 42; }\n\
                int answer(void) { return n++; }";
    let lines = said(code, "exports = [\"answer\"]");
    let what = "the sources have global constructors, and nothing runs them once";
    assert_eq!((lines[0].as_str(), lines.len()), (what, 2));
    let keys = "exports = [\"answer\", \"__wasm_call_ctors\"]";
    let generated = build(&project("t-c-constructors", code, keys)).unwrap();
    let text = fs::read_to_string(&generated.modules[0].rust).unwrap();
    assert!(text.contains("pub fn __wasm_call_ctors"), "{text}");
    let keys = "exports = [\"answer\"]\nwasi = true";
    let generated = build(&project("t-c-initialize", code, keys)).unwrap();
    let text = fs::read_to_string(&generated.modules[0].rust).unwrap();
    assert!(text.contains("pub fn _initialize"), "{text}");
}

#[test]
fn cplusplus_without_a_library() {
    let project = Project::new("t-c-plus-plus");
    let code = "template <typename T> static T twice(T n) { return n + n; }\n\
                extern \"C\" int answer() { return twice(21); }";
    project.write("c/calc.cpp", code);
    project.manifest(
        "[package.metadata.herkos.modules.calc]\nsources = [\"c/calc.cpp\"]\n\
         exports = [\"answer\"]\n",
    );
    assert!(build(&project).is_ok());
}

#[test]
fn what_herkos_c_rejects() {
    let code =
        "int other(int);\nint answer(int n) { __attribute__((musttail)) return other(n); }\n\
                int other(int n) { return __builtin_wasm_memory_grow(0, n); }";
    let keys = "exports = [\"answer\"]\nflags = [\"-mtail-call\", \"-fno-inline\"]";
    let text = build(&project("t-c-rejected", code, keys))
        .unwrap_err()
        .to_string();
    let start = "herkos: module `calc` (c/calc.c): herkos-c rejects the file\n  calc.wasm:0x";
    assert!(
        text.starts_with(start) && text.contains("tail call"),
        "{text}"
    );
}
