//! A module that is given as C sources: what is to be compiled how, and whether that makes sense.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{similar_file, slashes, Module, Place, Problem};

/// What clang compiles to the module's .wasm file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources {
    /// Relative to Cargo.toml, as all paths in `flags`.
    pub(crate) files: Vec<PathBuf>,
    /// The C functions to be exported, beside those that say so themselves.
    pub(crate) exports: Vec<String>,
    /// For the compiler.
    pub(crate) flags: Vec<String>,
    /// For the linker.
    pub(crate) link_flags: Vec<String>,
    /// Whether wasi-libc is the C library; else there is none.
    pub(crate) wasi: bool,
    pub(crate) places: SourcePlaces,
}

/// The lines of Cargo.toml that a message may point at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourcePlaces {
    pub(crate) files: Place,
    pub(crate) exports: Place,
    pub(crate) flags: Place,
    pub(crate) link_flags: Place,
}

/// What clang takes for C, or C++, by its name.
const SUFFIXES: [&str; 5] = ["c", "cc", "cpp", "cxx", "C"];

/// Flags that would make something else than an object file, or put it elsewhere. `--target` is
/// here with all its forms because the rest of the command line depends on it.
const TAKEN: [&str; 14] = [
    "-o",
    "-c",
    "-S",
    "-E",
    "-M",
    "-MM",
    "-MD",
    "-MMD",
    "-MF",
    "-MT",
    "-MQ",
    "--target",
    "-target",
    "-emit-llvm",
];

impl Module {
    /// The module that clang makes of these C sources, paths relative to Cargo.toml, as the Rust
    /// module `name`. Say what is exported, by [`export`](Self::export) or in the source by
    /// `__attribute__((export_name("…")))`.
    ///
    /// ```
    /// let codec = herkos_build::Module::from_sources("codec", ["legacy/codec.c"])
    ///     .export("decode")
    ///     .flag("-Ilegacy/include");
    /// ```
    pub fn from_sources<P: Into<PathBuf>>(
        name: impl Into<String>,
        sources: impl IntoIterator<Item = P>,
    ) -> Self {
        let name = name.into();
        let wasm = format!("{name}.wasm");
        let mut module = Self::new(name, wasm);
        module.sources = Some(Sources {
            files: sources.into_iter().map(Into::into).collect(),
            ..Sources::default()
        });
        module
    }

    /// Exports a function of the C sources.
    pub fn export(self, function: impl Into<String>) -> Self {
        self.with_sources(|sources| sources.exports.push(function.into()))
    }

    /// Passes a flag to clang when it compiles the C sources. Flags given later win.
    pub fn flag(self, flag: impl Into<String>) -> Self {
        self.with_sources(|sources| sources.flags.push(flag.into()))
    }

    /// Passes a flag to clang when it links what it compiled, such as `-Wl,-z,stack-size=4096`.
    pub fn link_flag(self, flag: impl Into<String>) -> Self {
        self.with_sources(|sources| sources.link_flags.push(flag.into()))
    }

    /// Whether the C sources are compiled with wasi-libc. Without, they have no C library.
    pub fn wasi(self, wasi: bool) -> Self {
        self.with_sources(|sources| sources.wasi = wasi)
    }

    /// For options that only sources can have: `check` finds those of a module without any.
    fn with_sources(mut self, change: impl FnOnce(&mut Sources)) -> Self {
        change(self.sources.get_or_insert_default());
        self
    }
}

impl Sources {
    /// The files, for a message: `a.c`, `a.c and b.c`, `a.c and 2 more`.
    pub(crate) fn text(&self) -> String {
        let name = |path: &PathBuf| slashes(path);
        match self.files.as_slice() {
            [] => "no sources".to_owned(),
            [one] => name(one),
            [one, two] => format!("{} and {}", name(one), name(two)),
            [one, rest @ ..] => format!("{} and {} more", name(one), rest.len()),
        }
    }
}

/// All that is wrong with the sources of a module, short of compiling them.
pub(crate) fn check(module: &Module, manifest_dir: &Path) -> Vec<Problem> {
    let Some(sources) = &module.sources else {
        return Vec::new();
    };
    let places = sources.places;
    let mut problems = Vec::new();
    if sources.files.is_empty() {
        let what = "no sources are listed: expected at least one C file";
        problems.push(module.problem::<&str>(places.files, what, []));
    }
    for (i, file) in sources.files.iter().enumerate() {
        if sources.files[..i].contains(file) {
            let what = format!("sources: \"{}\" is listed twice", slashes(file));
            problems.push(module.problem::<&str>(places.files, &what, []));
        } else {
            problems.extend(check_file(module, places.files, file, manifest_dir));
        }
    }
    for name in sources.exports.iter().filter(|name| !is_c_name(name)) {
        let what = format!("exports: {name:?} is not the name of a C function");
        problems.push(module.problem::<&str>(places.exports, &what, []));
    }
    problems.extend(check_flags(module, "flags", &sources.flags, places.flags));
    let link_flags = &sources.link_flags;
    problems.extend(check_flags(
        module,
        "link-flags",
        link_flags,
        places.link_flags,
    ));
    problems
}

fn check_file(module: &Module, place: Place, file: &Path, manifest_dir: &Path) -> Option<Problem> {
    let name = slashes(file);
    let path = manifest_dir.join(file);
    let suffix = file.extension().unwrap_or_default().to_string_lossy();
    let (what, mut details) = match fs::metadata(&path) {
        Ok(facts) if facts.is_dir() => ("is a folder; list the C files in it", vec![]),
        Ok(_) if suffix == "h" || suffix == "hpp" => {
            let advice = "leave it out: what the sources include is found, and watched, too";
            ("is a header", vec![advice.to_owned()])
        }
        Ok(_) if !SUFFIXES.contains(&&*suffix) => {
            let advice = format!("expected the suffix .{}", SUFFIXES[..4].join(", ."));
            ("is not a C file by its name", vec![advice])
        }
        Ok(_) => return None,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let looked = format!("looked at {}", path.display());
            ("no such file", vec![looked])
        }
        Err(e) => {
            let what = format!("sources: \"{name}\": {e}");
            let details = [format!("looked at {}", path.display())];
            return Some(module.problem(place, &what, details));
        }
    };
    if name.contains('*') {
        details.push("patterns are not expanded: list each file".to_owned());
    } else if what == "no such file" {
        let similar = similar_file(&path, manifest_dir, &SUFFIXES);
        details.extend(similar.map(|path| format!("did you mean \"{}\"?", slashes(&path))));
    }
    Some(module.problem(place, &format!("sources: \"{name}\": {what}"), details))
}

fn check_flags(module: &Module, key: &str, flags: &[String], place: Place) -> Option<Problem> {
    let is_taken = |flag: &&String| {
        TAKEN.contains(&flag.as_str()) || flag.starts_with("--target=") || flag.starts_with("-o=")
    };
    let (what, advice) = if let Some(flag) = flags.iter().find(is_taken) {
        let advice = "herkos-build itself says what is compiled for which target, and to where";
        (format!("{key}: `{flag}` is not possible here"), advice)
    } else {
        // "-DA -DB" would define a macro `A -DB` without a word.
        let several = |flag: &&String| flag.starts_with('-') && flag.contains(" -");
        let flag = flags.iter().find(several)?;
        let advice = "write each as a string of its own; there is no shell that splits them";
        (format!("{key}: {flag:?} looks like several flags"), advice)
    };
    Some(module.problem(place, &what, [advice]))
}

fn is_c_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    !name.is_empty() && name.chars().all(letter) && !name.starts_with(|c: char| c.is_ascii_digit())
}
