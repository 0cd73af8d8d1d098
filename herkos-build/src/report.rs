//! What herkos-c reports of a module, read from its JSON (`docs/report.md`, The JSON).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// The reports by module name.
pub(crate) type Reports = BTreeMap<String, Report>;

/// A module. Functions and types are meant by their indices in it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The text that all of it was read from.
    pub(crate) json: String,
    pub(crate) herkos: String,
    pub(crate) file: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    /// How it was translated: names and values.
    pub(crate) options: Vec<(String, String)>,
    pub(crate) imports: Vec<Import>,
    pub(crate) exports: Vec<Export>,
    /// The parameter for the memory that is lent with each call of an export; empty if none is.
    pub(crate) lent_memory: String,
    /// The tables that are lent behind it.
    pub(crate) lent_tables: Vec<LentTable>,
    /// Its own, or a lent one.
    pub(crate) memory: Option<Memory>,
    pub(crate) data: Vec<Segment>,
    pub(crate) elements: Vec<Segment>,
    pub(crate) tables: Vec<Table>,
    pub(crate) globals: Globals,
    /// The function that runs when an instance is made.
    pub(crate) start: Option<usize>,
    pub(crate) indirect: Vec<Indirect>,
    /// Those of the module, behind the imported ones.
    pub(crate) functions: Vec<Function>,
}

#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    /// In the index space of its kind.
    pub(crate) index: usize,
    /// None for a memory or table, which is lent.
    pub(crate) capability: Option<Capability>,
}

/// An import in the words of the generated code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Capability {
    pub(crate) trait_name: String,
    /// Of a global the one that reads it.
    pub(crate) method: String,
    pub(crate) item: Item,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Function(FunctionType),
    /// With its type in Rust, and the method that writes it if it is mutable.
    Global {
        ty: String,
        setter: Option<String>,
    },
}

/// The types in Rust.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FunctionType {
    pub(crate) params: Vec<String>,
    pub(crate) results: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) index: usize,
    /// None for an export of another kind.
    pub(crate) function: Option<ExportedFunction>,
}

#[derive(Debug)]
pub(crate) struct ExportedFunction {
    pub(crate) method: String,
    pub(crate) ty: FunctionType,
    /// Bytes of stack of a call, without and with optimisation.
    pub(crate) stack: [u64; 2],
}

/// An imported table. Modules that know it by the same names work on the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LentTable {
    pub(crate) module: String,
    pub(crate) name: String,
    /// What it holds, in Rust.
    pub(crate) ty: String,
}

#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) page_bytes: u64,
    pub(crate) initial_bytes: u64,
    /// None if the memory is the caller's.
    pub(crate) storage_bytes: Option<u64>,
    pub(crate) grows: bool,
}

#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) mode: String,
    /// Of an active one, if it is a constant.
    pub(crate) offset: Option<u64>,
    /// Bytes, or items.
    pub(crate) size: u64,
}

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) ty: String,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
    pub(crate) place: String,
}

#[derive(Debug, Default)]
pub(crate) struct Globals {
    pub(crate) imported: u64,
    pub(crate) constant: u64,
    pub(crate) mutable: u64,
}

/// The calls through tables of one type.
#[derive(Debug)]
pub(crate) struct Indirect {
    pub(crate) index: usize,
    pub(crate) ty: FunctionType,
    pub(crate) sites: u64,
    pub(crate) targets: Vec<usize>,
}

#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) index: usize,
    pub(crate) name: String,
    pub(crate) bytes: u64,
    /// Bytes of its stack frame, without and with optimisation.
    pub(crate) frame: [u64; 2],
    pub(crate) accesses: u64,
    pub(crate) accesses_in_bounds: u64,
    pub(crate) uses: Vec<String>,
    pub(crate) calls: Vec<usize>,
    pub(crate) calls_types: Vec<usize>,
    /// Functions of the same number call each other, or the function itself.
    pub(crate) cycle: Option<usize>,
}

impl Report {
    /// Reads a report. The error says what is not as it should be.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let json = fs::read_to_string(path).map_err(|e| e.to_string())?;
        let value: Value = serde_json::from_str(&json).map_err(|e| e.to_string())?;
        let report = Self::of(&Object(&value)).ok_or_else(|| {
            let version = env!("CARGO_PKG_VERSION");
            format!(
                "it is not one of herkos-c {version} (if HERKOS_C is set, set it to that version, \
                 or unset it)"
            )
        })?;
        Ok(Self { json, ..report })
    }

    /// None: it is not what herkos-c of this version writes.
    fn of(o: &Object<'_>) -> Option<Self> {
        Some(Self {
            json: String::new(),
            herkos: o.text("herkos")?,
            file: o.text("file")?,
            sha256: o.text("sha256")?,
            bytes: o.uint("bytes")?,
            options: options(o.0.get("options")?)?,
            imports: o.list("imports", import)?,
            exports: o.list("exports", export)?,
            lent_memory: o.text("lent_memory")?,
            lent_tables: o.list("lent_tables", lent_table)?,
            memory: match o.bool("memory")? {
                true => Some(memory(o)?),
                false => None,
            },
            data: o.list("data_segments", |o| segment(o, "bytes"))?,
            elements: o.list("element_segments", |o| segment(o, "items"))?,
            tables: o.list("tables", table)?,
            globals: globals(&Object(o.0.get("globals")?))?,
            start: o.index("start"),
            indirect: o.list("indirect_calls", indirect)?,
            functions: o.list("functions", function)?,
        })
    }

    /// The imports that the traits of generated code stand for.
    pub(crate) fn capabilities(&self) -> impl Iterator<Item = (&Import, &Capability)> {
        let imports = self.imports.iter();
        imports.filter_map(|import| Some((import, import.capability.as_ref()?)))
    }

    pub(crate) fn exported_function(&self, name: &str) -> Option<&ExportedFunction> {
        let export = self.exports.iter().find(|export| export.name == name)?;
        export.function.as_ref()
    }

    pub(crate) fn function(&self, index: usize) -> Option<&Function> {
        let first = self.functions.first()?.index;
        self.functions.get(index.checked_sub(first)?)
    }

    /// The import that a function is.
    pub(crate) fn imported(&self, index: usize) -> Option<&Import> {
        let is_it = |import: &&Import| import.kind == "function" && import.index == index;
        self.imports.iter().find(is_it)
    }

    /// What a function is called in generated code.
    pub(crate) fn name_of(&self, index: usize) -> String {
        let import = || self.imported(index).map(Import::title);
        let own = self.function(index).map(|function| function.name.clone());
        own.or_else(import)
            .unwrap_or_else(|| format!("function {index}"))
    }
}

impl Import {
    /// As generated code calls it, or else as WebAssembly does.
    pub(crate) fn title(&self) -> String {
        match &self.capability {
            Some(capability) => format!("{}::{}", capability.trait_name, capability.method),
            None => format!("{}.{}", self.module, self.name),
        }
    }

    /// Of a function as the specification writes it, of a global in Rust.
    pub(crate) fn type_text(&self) -> String {
        match self.capability.as_ref().map(|capability| &capability.item) {
            Some(Item::Function(ty)) => ty.text(),
            Some(Item::Global { ty, .. }) => ty.clone(),
            None => String::new(),
        }
    }
}

impl FunctionType {
    /// As the WebAssembly specification writes it.
    pub(crate) fn text(&self) -> String {
        let list = |types: &[String]| types.join(" ");
        format!("[{}] -> [{}]", list(&self.params), list(&self.results))
    }
}

/// A JSON object, by the names of its members.
struct Object<'a>(&'a Value);

impl Object<'_> {
    fn text(&self, key: &str) -> Option<String> {
        Some(self.0.get(key)?.as_str()?.to_owned())
    }

    fn uint(&self, key: &str) -> Option<u64> {
        self.0.get(key)?.as_u64()
    }

    fn bool(&self, key: &str) -> Option<bool> {
        self.0.get(key)?.as_bool()
    }

    fn index(&self, key: &str) -> Option<usize> {
        usize::try_from(self.uint(key)?).ok()
    }

    fn indices(&self, key: &str) -> Option<Vec<usize>> {
        let numbers = self.0.get(key)?.as_array()?.iter();
        let index = |number: &Value| usize::try_from(number.as_u64()?).ok();
        numbers.map(index).collect()
    }

    fn texts(&self, key: &str) -> Option<Vec<String>> {
        let texts = self.0.get(key)?.as_array()?.iter();
        texts.map(|text| Some(text.as_str()?.to_owned())).collect()
    }

    fn list<T>(&self, key: &str, of: impl Fn(&Object<'_>) -> Option<T>) -> Option<Vec<T>> {
        let values = self.0.get(key)?.as_array()?.iter();
        values.map(|value| of(&Object(value))).collect()
    }
}

fn options(value: &Value) -> Option<Vec<(String, String)>> {
    let shown = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let pairs = value.as_object()?.iter();
    Some(
        pairs
            .map(|(key, value)| (key.replace('_', "-"), shown(value)))
            .collect(),
    )
}

fn function_type(o: &Object<'_>) -> Option<FunctionType> {
    Some(FunctionType {
        params: o.texts("params")?,
        results: o.texts("results")?,
    })
}

fn import(o: &Object<'_>) -> Option<Import> {
    let kind = o.text("kind")?;
    let capability = match kind.as_str() {
        "function" => Some(capability(o, Item::Function(function_type(o)?))?),
        "global" => {
            let (ty, setter) = (o.text("type")?, o.text("setter"));
            Some(capability(o, Item::Global { ty, setter })?)
        }
        _ => None,
    };
    Some(Import {
        module: o.text("module")?,
        name: o.text("name")?,
        kind,
        index: o.index("index")?,
        capability,
    })
}

fn capability(o: &Object<'_>, item: Item) -> Option<Capability> {
    Some(Capability {
        trait_name: o.text("trait")?,
        method: o.text("method")?,
        item,
    })
}

fn export(o: &Object<'_>) -> Option<Export> {
    let kind = o.text("kind")?;
    let function = match kind.as_str() {
        "function" => Some(exported_function(o)?),
        _ => None,
    };
    Some(Export {
        name: o.text("name")?,
        kind,
        index: o.index("index")?,
        function,
    })
}

fn exported_function(o: &Object<'_>) -> Option<ExportedFunction> {
    Some(ExportedFunction {
        method: o.text("method")?,
        ty: function_type(o)?,
        stack: [o.uint("stack_unoptimized")?, o.uint("stack_optimized")?],
    })
}

fn lent_table(o: &Object<'_>) -> Option<LentTable> {
    Some(LentTable {
        module: o.text("module")?,
        name: o.text("name")?,
        ty: o.text("type")?,
    })
}

fn memory(o: &Object<'_>) -> Option<Memory> {
    let imported = o.bool("memory_imported")?;
    let storage = o.uint("memory_storage_bytes")?;
    Some(Memory {
        page_bytes: o.uint("memory_page_bytes")?,
        initial_bytes: o.uint("memory_initial_bytes")?,
        storage_bytes: (!imported).then_some(storage),
        grows: o.bool("memory_grows")?,
    })
}

fn segment(o: &Object<'_>, size: &str) -> Option<Segment> {
    Some(Segment {
        mode: o.text("mode")?,
        offset: o.uint("offset"),
        size: o.uint(size)?,
    })
}

fn table(o: &Object<'_>) -> Option<Table> {
    Some(Table {
        ty: o.text("type")?,
        min: o.uint("min")?,
        max: o.uint("max"),
        place: o.text("place")?,
    })
}

fn globals(o: &Object<'_>) -> Option<Globals> {
    Some(Globals {
        imported: o.uint("imported")?,
        constant: o.uint("constant")?,
        mutable: o.uint("mutable")?,
    })
}

fn indirect(o: &Object<'_>) -> Option<Indirect> {
    Some(Indirect {
        index: o.index("type")?,
        ty: function_type(o)?,
        sites: o.uint("sites")?,
        targets: o.indices("targets")?,
    })
}

fn function(o: &Object<'_>) -> Option<Function> {
    Some(Function {
        index: o.index("index")?,
        name: o.text("name")?,
        bytes: o.uint("bytes")?,
        frame: [o.uint("frame_unoptimized")?, o.uint("frame_optimized")?],
        accesses: o.uint("accesses").unwrap_or(0),
        accesses_in_bounds: o.uint("accesses_in_bounds").unwrap_or(0),
        uses: o.texts("uses")?,
        calls: o.indices("calls")?,
        calls_types: o.indices("calls_types").unwrap_or_default(),
        cycle: o.index("cycle"),
    })
}
