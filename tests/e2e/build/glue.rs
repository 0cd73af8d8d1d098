//! Text of the table of modules: for each an `impl Subject`, which calls exports by name.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// A module under test.
pub struct Entry {
    pub name: String,
    wasm: PathBuf,
    canonical: bool,
    facts: Facts,
}

/// What the text depends on.
#[derive(Default)]
struct Facts {
    imports: Vec<(String, String)>,
    functions: Vec<String>,
    globals: Vec<String>,
    has_memory: bool,
}

/// How tests implement imports: name, parameters and result of the method.
const HOST: [(&str, &str, &str); 7] = [
    ("log", "l0: i32, l1: i32", "()"),
    ("milliseconds", "", "i64"),
    ("read_celsius", "l0: i32", "f32"),
    ("tick", "l0: i32", "i32"),
    ("note", "l0: i64, l1: f64", "()"),
    ("scribble", "l0: i32, l1: i32", "i32"),
    ("refuse", "", "i32"),
];

impl Entry {
    pub fn new(name: &str, wasm: &Path, canonical: bool) -> Self {
        let bytes = fs::read(wasm).unwrap_or_else(|e| panic!("{}: {e}", wasm.display()));
        Self {
            name: name.to_owned(),
            wasm: wasm.canonicalize().expect("path"),
            canonical,
            facts: facts(&bytes),
        }
    }

    /// `<BoxedMemory, Host>`, whatever of it the module has.
    fn instance(&self) -> String {
        let mut generics = Vec::new();
        if self.facts.has_memory {
            generics.push("BoxedMemory");
        }
        if !self.facts.imports.is_empty() {
            generics.push("Host");
        }
        match generics.is_empty() {
            true => format!("modules::{}::Module", self.name),
            false => format!("modules::{}::Module<{}>", self.name, generics.join(", ")),
        }
    }
}

pub fn text(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        put_host(&mut text, entry);
        put_subject(&mut text, entry);
    }
    let _ = writeln!(text, "pub static ENTRIES: &[Entry] = &[");
    for entry in entries {
        let _ = writeln!(
            text,
            "    Entry {{ name: {:?}, wasm: include_bytes!({:?}), canonical: {}, \
             instantiate: <{} as Subject>::instantiate }},",
            entry.name,
            entry.wasm,
            entry.canonical,
            entry.instance()
        );
    }
    text + "];\n"
}

/// The module's import traits, implemented by the one host.
fn put_host(text: &mut String, entry: &Entry) {
    let mut groups: Vec<&str> = entry.facts.imports.iter().map(|(m, _)| m.as_str()).collect();
    groups.dedup();
    for group in groups {
        let name = group[..1].to_uppercase() + &group[1..];
        let _ = writeln!(text, "impl modules::{}::{name} for Host {{", entry.name);
        for (module, import) in &entry.facts.imports {
            if module != group {
                continue;
            }
            let Some((_, params, result)) = HOST.iter().find(|(name, ..)| name == import) else {
                panic!("{}: no host function {import}", entry.name);
            };
            let args: String =
                (0..params.matches(':').count()).map(|i| format!(", l{i}")).collect();
            let _ = writeln!(
                text,
                "    fn {import}(&mut self, memory: &mut [u8], {params}) -> Result<{result}, WasmTrap> {{\n        \
                 Host::{import}(self, memory{args})\n    }}"
            );
        }
        text.push_str("}\n");
    }
}

fn put_subject(text: &mut String, entry: &Entry) {
    let host = if entry.facts.imports.is_empty() { "" } else { "Host::default()" };
    let new = if entry.facts.has_memory { "boxed" } else { "new" };
    let _ = write!(
        text,
        "impl Subject for {} {{\n    fn instantiate() -> Result<Box<dyn Subject>, WasmTrap> {{\n        \
         Ok(Box::new(Self::{new}({host})?))\n    }}\n\
         \x20   fn call(&mut self, export: &str, args: &[Value]) -> Outcome {{\n        match export {{\n",
        entry.instance()
    );
    for name in &entry.facts.functions {
        let raw = if name == "match" { "r#" } else { "" };
        let _ = writeln!(
            text,
            "            {name:?} => Method::invoke(&Self::{raw}{name}, self, args),"
        );
    }
    text.push_str("            _ => panic!(\"no export {export}\"),\n        }\n    }\n");
    if entry.facts.has_memory {
        text.push_str("    fn memory(&self) -> &[u8] {\n        self.memory()\n    }\n");
    }
    if !entry.facts.imports.is_empty() {
        text.push_str("    fn host(&self) -> Option<&Host> {\n        Some(self.host())\n    }\n");
    }
    text.push_str("    fn globals(&self) -> Vec<(&'static str, Value)> {\n        vec![");
    for name in &entry.facts.globals {
        let _ = write!(text, "({name:?}, self.{name}().into()), ");
    }
    text.push_str("]\n    }\n}\n");
}

/// Reads the import, memory and export sections (§5.5) of a module that is known to be valid.
fn facts(bytes: &[u8]) -> Facts {
    let mut facts = Facts::default();
    let mut r = Reader { bytes, at: 8 };
    while r.at < bytes.len() {
        let id = r.byte();
        let size = r.number();
        let end = r.at + size;
        match id {
            2 => {
                for _ in 0..r.number() {
                    let import = (r.name(), r.name());
                    assert_eq!(r.byte(), 0, "import of {import:?}: only functions");
                    r.number();
                    facts.imports.push(import);
                }
                facts.imports.sort();
            }
            5 => facts.has_memory = r.number() > 0,
            7 => {
                for _ in 0..r.number() {
                    let name = r.name();
                    match r.byte() {
                        0 => facts.functions.push(name),
                        3 => facts.globals.push(name),
                        _ => {}
                    }
                    r.number();
                }
            }
            _ => {}
        }
        r.at = end;
    }
    facts
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn number(&mut self) -> usize {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }

    fn name(&mut self) -> String {
        let length = self.number();
        self.at += length;
        String::from_utf8(self.bytes[self.at - length..self.at].to_vec()).expect("name")
    }
}
