//! The transpiler's report on a module: what of its interface a link needs.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// What a module imports and exports, in the words of the generated code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) imports: Vec<Import>,
    pub(crate) exports: Vec<Function>,
    /// Whether it has a memory, its own or lent.
    pub(crate) memory: bool,
    /// The parameter for the memory that is lent with each call of an export; empty if none is.
    pub(crate) lent_memory: String,
    /// The tables that are lent behind it.
    pub(crate) lent_tables: Vec<Table>,
}

/// An imported table. Modules that know it by the same names work on the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) module: String,
    pub(crate) name: String,
    /// What it holds, in Rust.
    pub(crate) ty: String,
}

/// An import that a trait stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The import module name.
    pub(crate) module: String,
    pub(crate) trait_name: String,
    pub(crate) item: Item,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Function(Function),
    Global {
        name: String,
        getter: String,
        setter: Option<String>,
        ty: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// As WebAssembly calls it.
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) params: Vec<String>,
    pub(crate) results: Vec<String>,
}

impl Function {
    /// The type as the WebAssembly specification writes it.
    pub(crate) fn type_text(&self) -> String {
        let list = |types: &[String]| types.join(" ");
        format!("[{}] -> [{}]", list(&self.params), list(&self.results))
    }
}

/// Reads a report. The error says what is not as it should be.
pub(crate) fn read(path: &Path) -> Result<Report, String> {
    let text = fs::read_to_string(path).map_err(|e| e.to_string())?;
    parse(&text).ok_or_else(unknown)
}

/// Of another version, most likely.
pub(crate) fn unknown() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("it is not one of herkos-c {version} (if HERKOS_C is set, set it to that version, or unset it)")
}

fn parse(text: &str) -> Option<Report> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut report = Report {
        memory: value.get("memory")?.as_bool()?,
        lent_memory: text_of(&value, "lent_memory")?,
        ..Report::default()
    };
    for table in value.get("lent_tables")?.as_array()? {
        report.lent_tables.push(Table {
            module: text_of(table, "module")?,
            name: text_of(table, "name")?,
            ty: text_of(table, "type")?,
        });
    }
    for import in value.get("imports")?.as_array()? {
        if import.get("trait").is_some() {
            report.imports.push(self::import(import)?);
        }
    }
    for export in value.get("exports")?.as_array()? {
        if text_of(export, "kind")? == "function" {
            report.exports.push(function(export)?);
        }
    }
    Some(report)
}

fn import(value: &Value) -> Option<Import> {
    let item = if text_of(value, "kind")? == "function" {
        Item::Function(function(value)?)
    } else {
        Item::Global {
            name: text_of(value, "name")?,
            getter: text_of(value, "method")?,
            setter: text_of(value, "setter"),
            ty: text_of(value, "type")?,
        }
    };
    Some(Import {
        module: text_of(value, "module")?,
        trait_name: text_of(value, "trait")?,
        item,
    })
}

fn function(value: &Value) -> Option<Function> {
    Some(Function {
        name: text_of(value, "name")?,
        method: text_of(value, "method")?,
        params: texts_of(value, "params")?,
        results: texts_of(value, "results")?,
    })
}

fn text_of(value: &Value, key: &str) -> Option<String> {
    Some(value.get(key)?.as_str()?.to_owned())
}

fn texts_of(value: &Value, key: &str) -> Option<Vec<String>> {
    let texts = value.get(key)?.as_array()?.iter();
    texts.map(|text| Some(text.as_str()?.to_owned())).collect()
}
