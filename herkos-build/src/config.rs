//! What is to be done with one module, and whether it makes sense.
//!
//! A [`Module`] comes from Cargo.toml (see `manifest.rs`) or from code. What both ways can get
//! wrong (names, ranges, files that are not there) is checked here, once, before anything runs.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crate::error::problem;
use crate::names;
use crate::sources::{self, Sources};

/// What the values of the keys may be. The memory of a 32-bit module ends at 4 GiB.
pub(crate) const MAX_PAGES: RangeInclusive<u64> = 1..=65536;
pub(crate) const MAX_MEMORY: RangeInclusive<u64> = 1..=1 << 32;
pub(crate) const MAX_STACK: RangeInclusive<u64> = 1..=(1 << 32) - 1;

/// How the NaNs that floating-point operations give are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nan {
    /// As the processor does it, within what the WebAssembly specification allows. The default.
    Spec,
    /// Always the canonical NaN: every result is bit-reproducible on every machine.
    Canonical,
}

/// One WebAssembly module and how to translate it: what a table
/// `[package.metadata.herkos.modules.NAME]` says, as code.
///
/// ```
/// use herkos_build::{Module, Nan};
/// let calc = Module::new("calc", "wasm/calc.wasm")
///     .max_pages(4)
///     .optimize("-O3")
///     .nan(Nan::Canonical)
///     .fuel(true);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a module does nothing until it is given to a `Builder`"]
pub struct Module {
    pub(crate) name: String,
    /// Of a module that is compiled from sources, the name of the file that it is compiled to.
    pub(crate) wasm: PathBuf,
    pub(crate) sources: Option<Sources>,
    pub(crate) max_pages: Option<u64>,
    pub(crate) max_memory: Option<u64>,
    pub(crate) optimize: Option<String>,
    pub(crate) nan: Option<Nan>,
    pub(crate) fuel: bool,
    pub(crate) max_stack: Option<u64>,
    pub(crate) trace: bool,
    pub(crate) links: Vec<Link>,
    pub(crate) places: Places,
}

/// What the imports from one import module name are satisfied by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The import module name.
    pub(crate) import: String,
    /// The name of a module of this build.
    pub(crate) module: String,
    pub(crate) place: Place,
}

/// The lines of Cargo.toml that a message about the module may point at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) name: Place,
    pub(crate) wasm: Place,
    pub(crate) optimize: Place,
}

/// A line of Cargo.toml; 0 for what does not come from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(pub(crate) usize);

/// Something wrong, and where, so that problems can be shown in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) place: Place,
    pub(crate) text: String,
}

impl Module {
    /// The module in the file `wasm`, a path relative to Cargo.toml, as the Rust module `name`.
    pub fn new(name: impl Into<String>, wasm: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            wasm: wasm.into(),
            sources: None,
            max_pages: None,
            max_memory: None,
            optimize: None,
            nan: None,
            fuel: false,
            max_stack: None,
            trace: false,
            links: Vec::new(),
            places: Places::default(),
        }
    }

    /// The most memory that the module may have, in pages of 64 KiB, from 1 to 65536.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.max_pages = Some(pages.into());
        self
    }

    /// The most memory that the module may have, in bytes, up to 4 GiB.
    pub fn max_memory(mut self, bytes: u64) -> Self {
        self.max_memory = Some(bytes);
        self
    }

    /// Runs Binaryen's `wasm-opt` first, with these flags (separated by white space).
    pub fn optimize(mut self, flags: impl Into<String>) -> Self {
        self.optimize = Some(flags.into());
        self
    }

    /// How the NaNs that floating-point operations give are chosen.
    pub fn nan(mut self, nan: Nan) -> Self {
        self.nan = Some(nan);
        self
    }

    /// Whether the module counts its work, and traps with `FuelExhausted` when its fuel is used up.
    pub fn fuel(mut self, fuel: bool) -> Self {
        self.fuel = fuel;
        self
    }

    /// The most bytes of the host's stack that recursion may use (an estimate): beyond that it
    /// traps with `StackExhausted`.
    pub fn max_stack(mut self, bytes: u32) -> Self {
        self.max_stack = Some(bytes.into());
        self
    }

    /// Whether a trap leaves a trace of where it arose: functions, offsets in the .wasm file, and
    /// source lines if it was compiled with `-g`. Ask the instance for it: `trap_trace`, of the
    /// runtime's trait `Traced`.
    pub fn trace(mut self, trace: bool) -> Self {
        self.trace = trace;
        self
    }

    /// Satisfies what the module imports from `import` by the exports of `module`, another module
    /// of this build: `Linked`, in the generated module, is then a host that does so.
    pub fn link(mut self, import: impl Into<String>, module: impl Into<String>) -> Self {
        self.links.push(Link {
            import: import.into(),
            module: module.into(),
            place: Place::default(),
        });
        self
    }

    /// How messages call the module.
    pub(crate) fn title(&self) -> String {
        let input = match &self.sources {
            Some(sources) => sources.text(),
            None => self.wasm.display().to_string(),
        };
        format!("module `{}` ({input})", self.name)
    }

    /// The flags for wasm-opt.
    pub(crate) fn wasm_opt_flags(&self) -> Vec<&str> {
        self.optimize
            .iter()
            .flat_map(|f| f.split_whitespace())
            .collect()
    }

    pub(crate) fn problem<D: AsRef<str>>(
        &self,
        place: Place,
        what: &str,
        details: impl IntoIterator<Item = D>,
    ) -> Problem {
        let text = format!("{}module `{}`: {what}", place.prefix(), self.name);
        Problem {
            place,
            text: problem(&text, details),
        }
    }
}

impl Nan {
    /// As Cargo.toml and the command line of herkos-c call it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Spec => "spec",
            Self::Canonical => "canonical",
        }
    }
}

impl Place {
    /// What a message about this place begins with.
    pub(crate) fn prefix(self) -> String {
        match self.0 {
            0 => String::new(),
            line => format!("Cargo.toml:{line}: "),
        }
    }
}

/// All that is wrong with these modules, short of running anything.
pub(crate) fn check(modules: &[Module], manifest_dir: &Path) -> Vec<Problem> {
    let mut problems = Vec::new();
    for module in modules {
        problems.extend(check_ranges(module));
        problems.extend(check_flags(module));
        match module.sources {
            Some(_) => problems.extend(sources::check(module, manifest_dir)),
            None => problems.extend(check_file(module, manifest_dir)),
        }
    }
    problems
}

/// Are the names Rust identifiers, and names of different files even where case does not count?
pub(crate) fn check_names(names: &[(String, Place)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (i, (name, place)) in names.iter().enumerate() {
        let place = *place;
        if let Some(fault) = names::module_name_fault(name) {
            let text = format!("{}module name `{name}` {fault}", place.prefix());
            problems.push(Problem { place, text });
        }
        let mut earlier = names[..i].iter().map(|(earlier, _)| earlier);
        if let Some(earlier) = earlier.find(|earlier| earlier.eq_ignore_ascii_case(name)) {
            let text = if earlier == name {
                format!("{}module `{name}` is listed twice", place.prefix())
            } else {
                format!(
                    "{}modules `{earlier}` and `{name}` differ in case only: their files \
                     `{earlier}.rs` and `{name}.rs` would be one file on Windows and macOS",
                    place.prefix()
                )
            };
            problems.push(Problem { place, text });
        }
    }
    problems
}

/// The values that code gave; those of Cargo.toml were checked when they were read.
fn check_ranges(module: &Module) -> Vec<Problem> {
    let values = [
        ("max-pages", module.max_pages, MAX_PAGES),
        ("max-memory", module.max_memory, MAX_MEMORY),
        ("max-stack", module.max_stack, MAX_STACK),
    ];
    let wrong = values.into_iter().filter_map(|(key, value, range)| {
        let value = value.filter(|value| !range.contains(value))?;
        let what = format!("{key} = {value}: expected {}", range_text(&range));
        Some(module.problem::<&str>(Place::default(), &what, []))
    });
    wrong.collect()
}

/// How messages call a range of integers.
pub(crate) fn range_text(range: &RangeInclusive<u64>) -> String {
    format!("an integer from {} to {}", range.start(), range.end())
}

/// Flags of wasm-opt that would put its output elsewhere or make it something else than a module.
fn check_flags(module: &Module) -> Option<Problem> {
    let flags = module.optimize.as_ref()?;
    let place = module.places.optimize;
    if flags.trim().is_empty() {
        let what = "optimize is empty: expected flags of wasm-opt, for example \"-O3\"";
        return Some(module.problem::<&str>(place, what, []));
    }
    let taken = ["-o", "--output", "-S", "--emit-text"];
    let flag = flags.split_whitespace().find(|flag| {
        taken.contains(flag) || flag.starts_with("--output=") || flag.starts_with("-o=")
    })?;
    let what = format!("optimize = {flags:?}: `{flag}` is not possible here");
    Some(module.problem(
        place,
        &what,
        ["herkos-build itself says where wasm-opt's output goes"],
    ))
}

fn check_file(module: &Module, manifest_dir: &Path) -> Option<Problem> {
    let path = manifest_dir.join(&module.wasm);
    let what = match fs::metadata(&path) {
        Ok(facts) if facts.is_dir() => "is a folder, not a file",
        Ok(_) => return None,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => "no such file",
        Err(e) => return Some(unreadable(module, &path, &e)),
    };
    let what = format!("wasm = \"{}\": {what}", slashes(&module.wasm));
    let mut details = vec![format!("looked at {}", path.display())];
    if let Some(similar) = similar_file(&path, manifest_dir, &["wasm"]) {
        details.push(format!("did you mean \"{}\"?", slashes(&similar)));
    }
    Some(module.problem(module.places.wasm, &what, details))
}

fn unreadable(module: &Module, path: &Path, error: &std::io::Error) -> Problem {
    let what = format!("wasm = \"{}\": {error}", slashes(&module.wasm));
    module.problem(
        module.places.wasm,
        &what,
        [format!("looked at {}", path.display())],
    )
}

/// As one writes it in Cargo.toml on every system.
pub(crate) fn slashes(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// A file in or near the project with one of these suffixes and a name like the missing one's,
/// relative to the project.
pub(crate) fn similar_file(
    missing: &Path,
    manifest_dir: &Path,
    suffixes: &[&str],
) -> Option<PathBuf> {
    let wanted = missing.file_name()?.to_string_lossy().to_lowercase();
    let mut found = Vec::new();
    if let Some(folder) = missing.parent() {
        find_files(folder, 0, suffixes, &mut found);
    }
    find_files(manifest_dir, 3, suffixes, &mut found);
    let measured = found.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        Some((names::edit_distance(&wanted, &name), path))
    });
    let (distance, path) = measured.min()?;
    let near = distance <= missing.file_stem()?.len() / 3;
    near.then(|| {
        path.strip_prefix(manifest_dir)
            .map_or(path.clone(), Path::to_path_buf)
    })
}

/// The files with one of these suffixes in a folder and its sub-folders; not too many, and none of
/// build output.
fn find_files(folder: &Path, depth: usize, suffixes: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten().take(1000) {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_dir && depth > 0 && !name.starts_with('.') && name != "target" {
            find_files(&path, depth - 1, suffixes, found);
        } else if !is_dir && has_suffix(&path, suffixes) && found.len() < 1000 {
            found.push(path);
        }
    }
}

fn has_suffix(path: &Path, suffixes: &[&str]) -> bool {
    path.extension().is_some_and(|found| {
        suffixes
            .iter()
            .any(|suffix| found.eq_ignore_ascii_case(suffix))
    })
}
