//! What herkos-c reports of a module, read from its JSON.

use serde_json::Value;

/// A module. Functions and types are meant by their indices in it.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) herkos: String,
    pub(crate) file: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    /// How it was translated: names and values.
    pub(crate) options: Vec<(String, String)>,
    pub(crate) imports: Vec<Import>,
    pub(crate) exports: Vec<Export>,
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
    /// The trait of generated code, and its method; none for a memory or table, which is lent.
    pub(crate) capability: Option<(String, String)>,
    pub(crate) signature: String,
}

#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) index: usize,
    pub(crate) signature: String,
    /// Bytes of stack of a call, without and with optimisation; of a function.
    pub(crate) stack: Option<[u64; 2]>,
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
    pub(crate) ty: usize,
    pub(crate) signature: String,
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

impl Facts {
    /// None: it is not what herkos-c of this version writes.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let o = Object(value);
        Some(Self {
            herkos: o.text("herkos")?,
            file: o.text("file")?,
            sha256: o.text("sha256")?,
            bytes: o.uint("bytes")?,
            options: options(value.get("options")?)?,
            imports: o.list("imports", import)?,
            exports: o.list("exports", export)?,
            memory: if value.get("memory")?.as_bool()? {
                Some(memory(&o)?)
            } else {
                None
            },
            data: o.list("data_segments", |o| segment(o, "bytes"))?,
            elements: o.list("element_segments", |o| segment(o, "items"))?,
            tables: o.list("tables", table)?,
            globals: globals(&Object(value.get("globals")?))?,
            start: o.index("start"),
            indirect: o.list("indirect_calls", indirect)?,
            functions: o.list("functions", function)?,
        })
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
            Some((trait_name, method)) => format!("{trait_name}::{method}"),
            None => format!("{}.{}", self.module, self.name),
        }
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

/// The type as the WebAssembly specification writes it.
fn signature(o: &Object<'_>) -> Option<String> {
    let (params, results) = (o.texts("params")?, o.texts("results")?);
    Some(format!("[{}] -> [{}]", params.join(" "), results.join(" ")))
}

fn import(o: &Object<'_>) -> Option<Import> {
    let kind = o.text("kind")?;
    let signature = match kind.as_str() {
        "function" => signature(o)?,
        "global" => o.text("type")?,
        _ => String::new(),
    };
    Some(Import {
        module: o.text("module")?,
        name: o.text("name")?,
        kind,
        index: o.index("index")?,
        capability: o.text("trait").zip(o.text("method")),
        signature,
    })
}

fn export(o: &Object<'_>) -> Option<Export> {
    Some(Export {
        name: o.text("name")?,
        kind: o.text("kind")?,
        index: o.index("index")?,
        signature: signature(o).unwrap_or_default(),
        stack: o
            .uint("stack_unoptimized")
            .zip(o.uint("stack_optimized"))
            .map(|(unoptimized, optimized)| [unoptimized, optimized]),
    })
}

fn memory(o: &Object<'_>) -> Option<Memory> {
    let imported = o.0.get("memory_imported")?.as_bool()?;
    let storage = o.uint("memory_storage_bytes")?;
    Some(Memory {
        page_bytes: o.uint("memory_page_bytes")?,
        initial_bytes: o.uint("memory_initial_bytes")?,
        storage_bytes: (!imported).then_some(storage),
        grows: o.0.get("memory_grows")?.as_bool()?,
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
        ty: o.index("type")?,
        signature: signature(o)?,
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
