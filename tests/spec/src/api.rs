//! The names that herkos-c chose in a generated module, read from the generated text.
//!
//! The comments above methods and traits say what they stand for, and methods come in the order of
//! the imports and exports: that is what is relied on here.

use std::collections::HashMap;

use crate::facts::{Extern, Facts, Import};

/// How an export or import is called in Rust.
#[derive(Clone, Debug, Default)]
pub struct Method {
    pub name: String,
    /// The setter of a mutable global, or what borrows a table to change it.
    pub setter: Option<String>,
    /// The type of the parameter for a memory, if there is one.
    pub memory: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Api {
    /// `LibraryModule`, which is lent its memory or tables.
    pub library: bool,
    /// `Module::boxed` exists: the module owns a memory.
    pub boxed: bool,
    /// The owned memory can be lent to a module that grows it.
    pub lends_growable: bool,
    /// The type of the memory that each call is lent.
    pub memory: Option<String>,
    /// By export; None for memories, and for tables that are imports.
    pub exports: Vec<Option<Method>>,
    /// By import; likewise, and None for one that repeats an earlier one.
    pub imports: Vec<Option<Method>>,
    /// The traits, each with the module that it stands for.
    pub traits: Vec<(String, String)>,
}

impl Api {
    pub fn has_host(&self) -> bool {
        !self.traits.is_empty()
    }
}

/// A method as found in the text.
struct Found {
    kind: Kind,
    method: Method,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Function,
    Getter,
    Setter,
    /// The getter, and what borrows it to change it.
    Table,
}

/// Reads the generated text of a module.
pub fn read(text: &str, facts: &Facts) -> Result<Api, String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut api = Api {
        library: text.contains("\npub struct LibraryModule"),
        boxed: text.contains("        pub fn boxed("),
        lends_growable: text.contains("    pub fn memory_growable(&mut self)"),
        ..Api::default()
    };
    let Some(start) = lines.iter().position(|line| is_inherent_impl(line)) else {
        return Err("the generated text has no `impl Module`".to_owned());
    };
    let new = lines[start..]
        .iter()
        .position(|l| l.contains("pub fn new("));
    api.memory = new.and_then(|at| memory_type(&declaration(&lines[start + at..])));
    let methods = found_in_block(&lines[start..], EXPORT_COMMENTS);
    api.exports = match_exports(facts, methods)?;
    let (names, methods) = found_traits(&lines);
    let modules = import_modules(facts);
    if modules.len() != names.len() {
        return Err(format!(
            "{} import modules, but {} traits",
            modules.len(),
            names.len()
        ));
    }
    api.imports = match_imports(facts, &modules, methods)?;
    api.traits = modules.into_iter().zip(names).collect();
    Ok(api)
}

type Comments = &'static [(&'static str, Kind)];

const EXPORT_COMMENTS: Comments = &[
    ("/// Exported function `", Kind::Function),
    ("/// Value of the exported global `", Kind::Getter),
    ("/// Sets the exported global `", Kind::Setter),
    ("/// The exported table `", Kind::Table),
];

const IMPORT_COMMENTS: Comments = &[
    ("/// Import `", Kind::Function),
    ("/// Value of the imported global `", Kind::Getter),
    ("/// Sets the imported global `", Kind::Setter),
];

fn is_inherent_impl(line: &str) -> bool {
    line.starts_with("impl") && line.contains("Module") && !line.contains(" for ")
}

/// A function's head, which may go over several lines, as one.
fn declaration(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        text += line.trim();
        text.push(' ');
        if line.ends_with('{') || line.ends_with(';') {
            break;
        }
    }
    text
}

/// The type of the parameter that is a borrowed memory.
fn memory_type(head: &str) -> Option<String> {
    ["&mut [u8]", "&mut GrowableMemory<'_>"]
        .into_iter()
        .find(|ty| head.contains(&format!(": {ty}")))
        .map(str::to_owned)
}

fn function_name(head: &str) -> Option<String> {
    let (_, rest) = head.split_once("fn ")?;
    let (name, _) = rest.split_once('(')?;
    Some(name.to_owned())
}

/// The methods of an impl or trait block that have one of the comments.
fn found_in_block(lines: &[&str], comments: Comments) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if *line == "}" || line.ends_with("{}") && !line.starts_with(' ') {
            break;
        }
        let comment = |(prefix, _): &&(&str, Kind)| line.trim_start().starts_with(prefix);
        let Some((_, kind)) = comments.iter().find(comment) else {
            continue;
        };
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let Some(down) = lines[at..].iter().position(code) else {
            continue;
        };
        let head = declaration(&lines[at + down..]);
        if let Some(name) = function_name(&head) {
            let method = Method {
                name,
                setter: None,
                memory: memory_type(&head),
            };
            found.push(Found {
                kind: *kind,
                method,
            });
        }
    }
    found
}

fn found_traits(lines: &[&str]) -> (Vec<String>, Vec<Vec<Found>>) {
    let mut names = Vec::new();
    let mut methods = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !line.starts_with("/// What the module needs of `") {
            continue;
        }
        let head = lines[at..].iter().position(|l| l.starts_with("pub trait "));
        let Some(down) = head else { continue };
        let name = lines[at + down].trim_start_matches("pub trait ");
        names.push(
            name.split([' ', ':', '<'])
                .next()
                .unwrap_or(name)
                .to_owned(),
        );
        methods.push(found_in_block(&lines[at + down..], IMPORT_COMMENTS));
    }
    (names, methods)
}

/// Takes what stands for one import or export from the front of the methods.
fn take(found: &mut std::iter::Peekable<std::vec::IntoIter<Found>>, ty: &Extern) -> Option<Method> {
    let first = found.next()?;
    let mut method = first.method;
    match ty {
        Extern::Function(_) if first.kind == Kind::Function => {}
        Extern::Global(global) if first.kind == Kind::Getter => {
            if global.mutable {
                let setter = found.next().filter(|f| f.kind == Kind::Setter)?;
                method.setter = Some(setter.method.name);
            }
        }
        Extern::Table(_) if first.kind == Kind::Table => {
            let second = found.next().filter(|f| f.kind == Kind::Table)?;
            method.setter = Some(second.method.name);
        }
        _ => return None,
    }
    Some(method)
}

fn is_method(ty: &Extern) -> bool {
    matches!(ty, Extern::Function(_) | Extern::Global(_))
}

fn match_exports(facts: &Facts, methods: Vec<Found>) -> Result<Vec<Option<Method>>, String> {
    let mut found = methods.into_iter().peekable();
    let mut exports = Vec::new();
    for export in &facts.exports {
        let owned =
            matches!(export.ty, Extern::Table(_)) && export.index >= facts.table_imports.len();
        if !is_method(&export.ty) && !owned {
            exports.push(None);
            continue;
        }
        let method = take(&mut found, &export.ty);
        let method = method.ok_or(format!("no method for the export {:?}", export.name))?;
        exports.push(Some(method));
    }
    Ok(exports)
}

/// The modules that functions or globals are imported from, in order of first appearance.
fn import_modules(facts: &Facts) -> Vec<String> {
    let mut modules: Vec<String> = Vec::new();
    for import in facts.imports.iter().filter(|i| is_method(&i.ty)) {
        if !modules.contains(&import.module) {
            modules.push(import.module.clone());
        }
    }
    modules
}

/// A trait's methods stand in the order of the imports, each import once: the same name with
/// another type is another method.
fn match_imports(
    facts: &Facts,
    modules: &[String],
    methods: Vec<Vec<Found>>,
) -> Result<Vec<Option<Method>>, String> {
    let found = methods
        .into_iter()
        .map(|found| found.into_iter().peekable());
    let mut found: HashMap<&String, _> = modules.iter().zip(found).collect();
    let mut matched = Vec::new();
    for (at, import) in facts.imports.iter().enumerate() {
        let same = |other: &Import| {
            (&other.module, &other.name, &other.ty) == (&import.module, &import.name, &import.ty)
        };
        let repeated = facts.imports[..at].iter().any(same);
        if !is_method(&import.ty) || repeated {
            matched.push(None);
            continue;
        }
        let missing = || format!("no method for the import {:?}", import.name);
        let found = found.get_mut(&import.module).ok_or_else(missing)?;
        matched.push(Some(take(found, &import.ty).ok_or_else(missing)?));
    }
    Ok(matched)
}
