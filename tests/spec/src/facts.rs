//! What a module imports and exports, read from its binary.

use wasmparser::{
    ExternalKind, FuncType, GlobalType, ImportSectionReader, MemoryType, Parser, Payload, RefType,
    TableType, TypeRef, ValType,
};

#[derive(Clone, Debug, PartialEq)]
pub enum Extern {
    Function(FuncType),
    Global(GlobalType),
    Memory(MemoryType),
    Table(TableType),
    /// Of a proposal that the tests here do not have.
    Other,
}

#[derive(Clone, Debug)]
pub struct Import {
    pub module: String,
    pub name: String,
    pub ty: Extern,
}

#[derive(Clone, Debug)]
pub struct Export {
    pub name: String,
    pub ty: Extern,
    /// In the index space of its kind.
    pub index: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub imports: Vec<Import>,
    pub exports: Vec<Export>,
    pub memory: Option<MemoryType>,
    /// The import that is the memory, if it is imported.
    pub memory_import: Option<usize>,
    /// The imports that are tables: those at the start of the index space.
    pub table_imports: Vec<usize>,
}

impl Facts {
    /// The imports that stand for a table each: those of the same name and type are one.
    pub fn lent_tables(&self) -> Vec<(usize, TableType)> {
        let mut lent: Vec<(usize, TableType)> = Vec::new();
        for at in &self.table_imports {
            let import = &self.imports[*at];
            let Extern::Table(ty) = import.ty else {
                continue;
            };
            let same = |(other, known): &(usize, TableType)| {
                let other = &self.imports[*other];
                (&other.module, &other.name) == (&import.module, &import.name)
                    && known.element_type == ty.element_type
            };
            if !lent.iter().any(same) {
                lent.push((*at, ty));
            }
        }
        lent
    }
}

/// The index spaces, imports first.
#[derive(Default)]
struct Spaces {
    types: Vec<FuncType>,
    functions: Vec<u32>,
    globals: Vec<GlobalType>,
    memories: Vec<MemoryType>,
    tables: Vec<TableType>,
}

impl Spaces {
    fn function(&self, ty: u32) -> Extern {
        match self.types.get(ty as usize) {
            Some(ty) => Extern::Function(ty.clone()),
            None => Extern::Other,
        }
    }

    fn import(&mut self, ty: TypeRef) -> Extern {
        match ty {
            TypeRef::Func(ty) => {
                self.functions.push(ty);
                self.function(ty)
            }
            TypeRef::Global(ty) => {
                self.globals.push(ty);
                Extern::Global(ty)
            }
            TypeRef::Memory(ty) => {
                self.memories.push(ty);
                Extern::Memory(ty)
            }
            TypeRef::Table(ty) => {
                self.tables.push(ty);
                Extern::Table(ty)
            }
            _ => Extern::Other,
        }
    }

    fn export(&self, kind: ExternalKind, index: u32) -> Extern {
        let at = index as usize;
        let found = match kind {
            ExternalKind::Func => self.functions.get(at).map(|ty| self.function(*ty)),
            ExternalKind::Global => self.globals.get(at).map(|ty| Extern::Global(*ty)),
            ExternalKind::Memory => self.memories.get(at).map(|ty| Extern::Memory(*ty)),
            ExternalKind::Table => self.tables.get(at).map(|ty| Extern::Table(*ty)),
            _ => None,
        };
        found.unwrap_or(Extern::Other)
    }
}

/// Reads the facts of a module that herkos-c found to be valid.
pub fn read(wasm: &[u8]) -> Result<Facts, String> {
    let mut facts = Facts::default();
    let mut spaces = Spaces::default();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(|e| e.to_string())?;
        read_section(payload, &mut facts, &mut spaces).map_err(|e| e.to_string())?;
    }
    facts.memory = spaces.memories.first().copied();
    let is_memory = |import: &Import| matches!(import.ty, Extern::Memory(_));
    facts.memory_import = facts.imports.iter().position(is_memory);
    let is_table = |at: &usize| matches!(facts.imports[*at].ty, Extern::Table(_));
    facts.table_imports = (0..facts.imports.len()).filter(is_table).collect();
    Ok(facts)
}

fn read_section(
    payload: Payload,
    facts: &mut Facts,
    spaces: &mut Spaces,
) -> wasmparser::Result<()> {
    match payload {
        Payload::TypeSection(types) => {
            for ty in types.into_iter_err_on_gc_types() {
                spaces.types.push(ty?);
            }
        }
        Payload::ImportSection(imports) => read_imports(imports, facts, spaces)?,
        Payload::FunctionSection(functions) => {
            for ty in functions {
                spaces.functions.push(ty?);
            }
        }
        Payload::TableSection(tables) => {
            for table in tables {
                spaces.tables.push(table?.ty);
            }
        }
        Payload::MemorySection(memories) => {
            for memory in memories {
                spaces.memories.push(memory?);
            }
        }
        Payload::GlobalSection(globals) => {
            for global in globals {
                spaces.globals.push(global?.ty);
            }
        }
        Payload::ExportSection(exports) => {
            for export in exports {
                let export = export?;
                facts.exports.push(Export {
                    name: export.name.to_owned(),
                    ty: spaces.export(export.kind, export.index),
                    index: export.index as usize,
                });
            }
        }
        _ => {}
    }
    Ok(())
}

fn read_imports(
    imports: ImportSectionReader,
    facts: &mut Facts,
    spaces: &mut Spaces,
) -> wasmparser::Result<()> {
    for import in imports.into_imports() {
        let import = import?;
        facts.imports.push(Import {
            module: import.module.to_owned(),
            name: import.name.to_owned(),
            ty: spaces.import(import.ty),
        });
    }
    Ok(())
}

/// The Rust type of a value, for those that the driver knows.
pub fn rust_type(ty: ValType) -> Option<&'static str> {
    Some(match ty {
        ValType::I32 => "i32",
        ValType::I64 => "i64",
        ValType::F32 => "f32",
        ValType::F64 => "f64",
        ValType::V128 => "V128",
        ValType::Ref(RefType::FUNCREF) => "FuncRef",
        ValType::Ref(RefType::EXTERNREF) => "ExternRef",
        _ => return None,
    })
}

/// Is the module valid by version 2.0 of the specification, an independent implementation asked?
pub fn valid_in_version_2(wasm: &[u8]) -> bool {
    let features = wasmparser::WasmFeatures::WASM2;
    let mut validator = wasmparser::Validator::new_with_features(features);
    validator.validate_all(wasm).is_ok()
}
