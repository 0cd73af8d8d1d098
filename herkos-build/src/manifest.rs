//! Reads `[package.metadata.herkos]` of a Cargo.toml.
//!
//! Every value is taken with its place in the text, so that each message names file, line and key.
//! Nothing stops at the first problem: what can be read is read on.

use std::ops::{Range, RangeInclusive};
use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::Spanned;

use crate::config::{self, Link, Module, Nan, Place, Problem};
use crate::error::problem;
use crate::names::nearest;
use crate::sources::Sources;

/// The keys of a module, in the order of the documentation.
const KEYS: &[&str] = &[
    "wasm",
    "sources",
    "exports",
    "flags",
    "link-flags",
    "wasi",
    "max-pages",
    "max-memory",
    "optimize",
    "nan",
    "fuel",
    "max-stack",
    "trace",
    "link",
];

/// Those that say how `sources` are compiled.
const OF_SOURCES: &[&str] = &["exports", "flags", "link-flags", "wasi"];

const EXAMPLE: [&str; 3] = [
    "add to it, for example:",
    "[package.metadata.herkos.modules]",
    "calc = \"wasm/calc.wasm\"",
];

/// What a Cargo.toml lists.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) modules: Vec<Module>,
    /// The names of all modules, also of those that could not be read.
    pub(crate) names: Vec<(String, Place)>,
    pub(crate) problems: Vec<Problem>,
}

/// A table, or what stands where one should.
type Value<'i> = Spanned<DeValue<'i>>;

/// Reads the text of a Cargo.toml; `manifest_dir` is only for a look at the workspace it may be in.
pub(crate) fn read(text: &str, manifest_dir: &Path) -> Found {
    let mut reader = Reader {
        text,
        found: Found::default(),
    };
    match DeTable::parse(text) {
        Ok(document) => reader.document(document.get_ref(), manifest_dir),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            reader.report(&span, &format!("not valid TOML: {}", error.message()), &[]);
        }
    }
    reader.found
}

struct Reader<'i> {
    text: &'i str,
    found: Found,
}

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>, manifest_dir: &Path) {
        let Some(herkos) = lookup(document, &["package", "metadata", "herkos"]) else {
            return self.no_section(document, manifest_dir);
        };
        let DeValue::Table(table) = herkos.get_ref() else {
            return self.wrong_type(herkos, "[package.metadata.herkos]", "a table");
        };
        for (key, _) in table {
            if key.get_ref() != "modules" {
                self.unknown_key(key, "[package.metadata.herkos]", &["modules"]);
            }
        }
        match table.get("modules") {
            Some(modules) => self.modules(modules),
            None if table.is_empty() => {
                let what = "`[package.metadata.herkos]` lists no modules";
                self.report(&herkos.span(), what, &EXAMPLE);
            }
            None => {} // something else stands there, and was reported
        }
    }

    fn modules(&mut self, modules: &Value<'_>) {
        let DeValue::Table(table) = modules.get_ref() else {
            return self.wrong_type(modules, "[package.metadata.herkos.modules]", "a table");
        };
        for (name, value) in table {
            let place = self.place(&name.span());
            let is_table = matches!(value.get_ref(), DeValue::Table(_) | DeValue::String(_));
            if !is_table && KEYS.contains(&name.get_ref().as_ref()) {
                let what = format!("`{}` is a key of one module, not of all", name.get_ref());
                let advice = "write it under `[package.metadata.herkos.modules.NAME]`";
                self.report(&name.span(), &what, &[advice]);
                continue;
            }
            self.found.names.push((name.get_ref().to_string(), place));
            if let Some(mut module) = self.module(name, value) {
                module.places.name = place;
                self.found.modules.push(module);
            }
        }
    }

    /// The short form `NAME = "path"` or a table.
    fn module(&mut self, name: &Spanned<impl AsRef<str>>, value: &Value<'_>) -> Option<Module> {
        let name_text = name.get_ref().as_ref();
        let owner = format!("module `{name_text}`");
        match value.get_ref() {
            DeValue::String(_) => {
                let mut module = Module::new(name_text, "");
                self.option(&mut module, &owner, "wasm", value);
                (!module.wasm.as_os_str().is_empty()).then_some(module)
            }
            DeValue::Table(table) => self.module_table(name, table),
            _ => {
                let expected =
                    "the path of a .wasm file, or a table with a key `wasm` or `sources`";
                self.wrong_type(value, &owner, expected);
                None
            }
        }
    }

    fn module_table(
        &mut self,
        name: &Spanned<impl AsRef<str>>,
        table: &DeTable<'_>,
    ) -> Option<Module> {
        let mut module = Module::new(name.get_ref().as_ref(), "");
        let owner = format!("module `{}`", module.name);
        for (key, value) in table {
            if KEYS.contains(&key.get_ref().as_ref()) {
                self.option(&mut module, &owner, key.get_ref(), value);
            } else {
                self.unknown_key(key, &owner, KEYS);
            }
        }
        let one_input = self.one_input(name, &owner, table);
        (one_input && !module.wasm.as_os_str().is_empty()).then_some(module)
    }

    /// Whether it has either `wasm`, or `sources` with what belongs to them.
    fn one_input(
        &mut self,
        name: &Spanned<impl AsRef<str>>,
        owner: &str,
        table: &DeTable<'_>,
    ) -> bool {
        let key = |name: &str| table.keys().find(|key| key.get_ref() == name);
        let stray = OF_SOURCES.iter().find_map(|name| key(name));
        match (key("wasm"), key("sources"), stray) {
            (None, None, _) => {
                let what = format!(
                    "{owner}: the key `wasm` is missing, the path of the .wasm file, or `sources`, \
                     a list of C files"
                );
                self.report(&name.span(), &what, &[]);
            }
            (Some(_), Some(sources), _) => {
                let what = format!("{owner}: both `wasm` and `sources` are given");
                let advice = "take out `wasm` to have the sources compiled, or `sources`";
                self.report(&sources.span(), &what, &[advice]);
            }
            (Some(_), None, Some(stray)) => {
                let word = stray.get_ref();
                let what = format!("{owner}: `{word}` is a key for `sources`");
                let advice = "a .wasm file is compiled already: give the C files as `sources` \
                              instead of `wasm`, or take the key out";
                self.report(&stray.span(), &what, &[advice]);
            }
            _ => return true,
        }
        false
    }

    /// One key of a module.
    fn option(&mut self, module: &mut Module, owner: &str, key: &str, value: &Value<'_>) {
        let place = self.place(&value.span());
        match (key, value.get_ref()) {
            ("wasm", DeValue::String(path)) if !path.is_empty() => {
                module.wasm = path.as_ref().into();
                module.places.wasm = place;
            }
            ("wasm", _) => self.wrong(value, owner, key, "the path of a .wasm file"),
            ("optimize", DeValue::String(flags)) => {
                module.optimize = Some(flags.to_string());
                module.places.optimize = place;
            }
            ("optimize", _) => {
                self.wrong(
                    value,
                    owner,
                    key,
                    "flags of wasm-opt in a string, such as \"-O3\"",
                );
            }
            ("nan", DeValue::String(text)) if text == "spec" => module.nan = Some(Nan::Spec),
            ("nan", DeValue::String(text)) if text == "canonical" => {
                module.nan = Some(Nan::Canonical);
            }
            ("nan", _) => self.wrong(value, owner, key, "\"spec\" or \"canonical\""),
            ("fuel", DeValue::Boolean(fuel)) => module.fuel = *fuel,
            ("trace", DeValue::Boolean(trace)) => module.trace = *trace,
            ("fuel" | "trace", _) => self.wrong(value, owner, key, "true or false"),
            ("max-pages", _) => {
                module.max_pages = self.integer(value, owner, key, config::MAX_PAGES);
            }
            ("max-memory", _) => {
                module.max_memory = self.integer(value, owner, key, config::MAX_MEMORY);
            }
            ("max-stack", _) => {
                module.max_stack = self.integer(value, owner, key, config::MAX_STACK);
            }
            ("link", _) => self.links(module, owner, value),
            ("sources" | "exports" | "flags" | "link-flags", _) => {
                self.list(module, owner, key, value);
            }
            ("wasi", DeValue::Boolean(wasi)) => sources_of(module).wasi = *wasi,
            ("wasi", _) => self.wrong(value, owner, key, "true or false"),
            _ => {} // not in KEYS
        }
    }

    /// A key of sources that is an array of strings.
    fn list(&mut self, module: &mut Module, owner: &str, key: &str, value: &Value<'_>) {
        let expected = match key {
            "sources" => "an array of C files, such as [\"legacy/codec.c\"]",
            "exports" => "an array of names of C functions, such as [\"decode\"]",
            "flags" => "an array of flags of clang, such as [\"-DNDEBUG\", \"-Iinclude\"]",
            _ => "an array of flags of clang, such as [\"-Wl,-z,stack-size=4096\"]",
        };
        let DeValue::Array(array) = value.get_ref() else {
            return self.wrong(value, owner, key, expected);
        };
        let reported = self.found.problems.len();
        let mut texts = Vec::new();
        for item in array {
            match item.get_ref() {
                DeValue::String(text) if !text.is_empty() => texts.push(text.to_string()),
                _ => self.wrong(item, owner, key, "a string that is not empty"),
            }
        }
        let place = self.place(&value.span());
        if key == "sources" && self.found.problems.len() == reported {
            module.wasm = format!("{}.wasm", module.name).into();
        }
        let sources = sources_of(module);
        let places = &mut sources.places;
        let (list, its_place) = match key {
            "sources" => {
                sources.files = texts.into_iter().map(Into::into).collect();
                places.files = place;
                return;
            }
            "exports" => (&mut sources.exports, &mut places.exports),
            "flags" => (&mut sources.flags, &mut places.flags),
            _ => (&mut sources.link_flags, &mut places.link_flags),
        };
        (*list, *its_place) = (texts, place);
    }

    fn links(&mut self, module: &mut Module, owner: &str, value: &Value<'_>) {
        let expected = "a table of import module names, each with the name of a module";
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(value, owner, "link", expected);
        };
        for (import, target) in table {
            let import_name = import.get_ref().to_string();
            match target.get_ref() {
                DeValue::String(target) => module.links.push(Link {
                    import: import_name,
                    module: target.to_string(),
                    place: self.place(&import.span()),
                }),
                _ => self.wrong(
                    target,
                    owner,
                    &format!("link.{import_name}"),
                    "the name of a module",
                ),
            }
        }
    }

    fn integer(
        &mut self,
        value: &Value<'_>,
        owner: &str,
        key: &str,
        range: RangeInclusive<u64>,
    ) -> Option<u64> {
        let number = match value.get_ref() {
            DeValue::Integer(n) => u64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong(value, owner, key, &config::range_text(&range));
        }
        number
    }

    /// A key with a value that it cannot have; the type is named where that is what is wrong.
    fn wrong(&mut self, value: &Value<'_>, owner: &str, key: &str, expected: &str) {
        let mut what = match value.get_ref() {
            DeValue::Table(_) | DeValue::Array(_) => format!("{owner}: {key}: expected {expected}"),
            _ => format!(
                "{owner}: {key} = {}: expected {expected}",
                self.source(value)
            ),
        };
        let right_type = match value.get_ref() {
            DeValue::String(_) => matches!(key, "wasm" | "nan" | "optimize") || is_empty(value),
            DeValue::Integer(_) => key.starts_with("max-"),
            DeValue::Boolean(_) => matches!(key, "fuel" | "trace" | "wasi"),
            _ => false,
        };
        if !right_type {
            what = format!("{what}, found {}", type_name(value));
        }
        self.report(&value.span(), &what, &[]);
    }

    fn wrong_type(&mut self, value: &Value<'_>, owner: &str, expected: &str) {
        let what = format!("{owner}: expected {expected}, found {}", type_name(value));
        self.report(&value.span(), &what, &[]);
    }

    fn unknown_key(&mut self, key: &Spanned<impl AsRef<str>>, owner: &str, known: &[&str]) {
        let word = key.get_ref().as_ref();
        let mut what = format!("{owner}: unknown key `{word}`");
        if let Some(meant) = nearest(word, known) {
            what = format!("{what}, did you mean `{meant}`?");
        }
        self.report(
            &key.span(),
            &what,
            &[&format!("known keys: {}", known.join(", "))],
        );
    }

    /// No `[package.metadata.herkos]`: is there one in the wrong place, or nearly the right one?
    fn no_section(&mut self, document: &DeTable<'_>, manifest_dir: &Path) {
        for path in MISPLACED {
            if let Some(value) = lookup(document, path) {
                let what = format!("`[{}]` is not where herkos-build looks", path.join("."));
                let advice =
                    "call it `[package.metadata.herkos]`, in the Cargo.toml of the package";
                return self.report(&value.span(), &what, &[advice]);
            }
        }
        let metadata = lookup(document, &["package", "metadata"]);
        if let Some(DeValue::Table(table)) = metadata.map(Spanned::get_ref) {
            let near = table
                .keys()
                .find(|key| nearest(key.get_ref(), &["herkos"]).is_some());
            if let Some(key) = near {
                return self.unknown_key(key, "[package.metadata]", &["herkos"]);
            }
        }
        let mut details = EXAMPLE.to_vec();
        let hint = workspace_section(manifest_dir);
        details.extend(hint.as_deref());
        let what = "Cargo.toml: there is no section `[package.metadata.herkos.modules]`";
        let text = problem(what, details);
        self.found.problems.push(Problem {
            place: Place::default(),
            text,
        });
    }

    fn report(&mut self, span: &Range<usize>, what: &str, details: &[&str]) {
        let place = self.place(span);
        let text = problem(&format!("{}{what}", place.prefix()), details);
        self.found.problems.push(Problem { place, text });
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        Place(before.iter().filter(|byte| **byte == b'\n').count() + 1)
    }

    /// The value as it is written, shortened to something that fits on a line.
    fn source(&self, value: &Value<'_>) -> String {
        let text = self.text.get(value.span()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        let short: String = line.chars().take(60).collect();
        if short.len() == text.len() {
            short
        } else {
            short + "..."
        }
    }
}

/// For a key that only a module of sources has.
fn sources_of(module: &mut Module) -> &mut Sources {
    module.sources.get_or_insert_default()
}

/// Whether it is a string with nothing in it.
fn is_empty(value: &Value<'_>) -> bool {
    matches!(value.get_ref(), DeValue::String(text) if text.is_empty())
}

/// Where users put the section by mistake.
const MISPLACED: &[&[&str]] = &[
    &["workspace", "metadata", "herkos"],
    &["package", "herkos"],
    &["metadata", "herkos"],
    &["herkos"],
];

fn lookup<'t, 'i>(table: &'t DeTable<'i>, path: &[&str]) -> Option<&'t Value<'i>> {
    let (first, rest) = path.split_first()?;
    let value = table.get(*first)?;
    match value.get_ref() {
        _ if rest.is_empty() => Some(value),
        DeValue::Table(inner) => lookup(inner, rest),
        _ => None,
    }
}

/// Says so if the workspace that the package is in has the section instead.
fn workspace_section(manifest_dir: &Path) -> Option<String> {
    for folder in manifest_dir.ancestors().skip(1) {
        let path = folder.join("Cargo.toml");
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let document = DeTable::parse(&text).ok()?;
        if document.get_ref().contains_key("workspace") {
            let section = ["workspace", "metadata", "herkos"];
            lookup(document.get_ref(), &section)?;
            let path = path.display();
            return Some(format!("(`[{}]` in {path} is not read)", section.join(".")));
        }
    }
    None
}

fn type_name(value: &Value<'_>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
