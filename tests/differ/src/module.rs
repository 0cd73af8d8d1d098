//! What is known of a module, and how it is made fit for both sides: everything exported under names
//! that need no translation, imports under such names too, limits that both sides can reach.

use wasmparser::{
    BinaryReader, ExternalKind, FromReader, FuncType, GlobalType, Parser, Payload, RefType,
    TypeRef, ValType,
};

use crate::model::{Content, Model, Section};
use crate::variation::Lent;

/// Pages and entries that a module may grow by, where it declares no maximum, or a large one.
pub const GROWTH: u64 = 3;

/// Beyond that, comparing states takes longer than running.
const MOST_PAGES: u64 = 16;
const MOST_ENTRIES: u64 = 500;

/// Sections (§5.5.2).
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const TABLES: u8 = 4;
const MEMORIES: u8 = 5;
const GLOBALS: u8 = 6;
const EXPORTS: u8 = 7;

#[derive(Clone)]
pub enum Import {
    Function(FuncType),
    Global(GlobalType),
}

/// The index spaces, as far as the two sides need them.
#[derive(Clone, Default)]
pub struct Facts {
    pub imports: Vec<Import>,
    /// Of imported functions too.
    pub functions: Vec<FuncType>,
    pub globals: Vec<ValType>,
    imported_globals: usize,
    pub tables: Vec<RefType>,
    pub has_memory: bool,
    /// The functions that are called.
    pub called: Vec<usize>,
    /// Are globals and tables exported too? What nobody can change from outside, herkos treats in
    /// another way.
    pub open: bool,
}

/// A module for both sides.
#[derive(Clone)]
pub struct Normal {
    pub subject: Vec<u8>,
    /// The same, with everything exported.
    pub reference: Vec<u8>,
    pub facts: Facts,
}

impl Facts {
    /// Globals of the module's own, with their numbers.
    pub fn own_globals(&self) -> impl Iterator<Item = (usize, ValType)> + '_ {
        self.globals.iter().copied().enumerate().skip(self.imported_globals)
    }

    /// Mutable globals of the host's, with the numbers of the imports.
    pub fn host_globals(&self) -> impl Iterator<Item = (u32, ValType)> + '_ {
        (0..).zip(&self.imports).filter_map(|(number, import)| match import {
            Import::Global(global) if global.mutable => Some((number, global.content_type)),
            _ => None,
        })
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut facts = Self::default();
        let mut types = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            facts.section(payload.map_err(said)?, &mut types)?;
        }
        Ok(facts)
    }

    fn section(&mut self, payload: Payload, types: &mut Vec<FuncType>) -> Result<(), String> {
        match payload {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    types.push(ty.map_err(said)?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(import.map_err(said)?.ty, types)?;
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.functions.push(of(types, ty.map_err(said)?)?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table.map_err(said)?.ty.element_type);
                }
            }
            Payload::MemorySection(section) => self.has_memory = section.count() > 0,
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global.map_err(said)?.ty.content_type);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.map_err(said)?;
                    if export.kind == ExternalKind::Func {
                        self.called.push(export.index as usize);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn import(&mut self, ty: TypeRef, types: &[FuncType]) -> Result<(), String> {
        self.imports.push(match ty {
            TypeRef::Func(ty) => {
                let ty = of(types, ty)?;
                self.functions.push(ty.clone());
                Import::Function(ty)
            }
            // Nobody but an instance can tell which function a reference is.
            TypeRef::Global(global)
                if !global.mutable || !global.content_type.is_reference_type() =>
            {
                self.globals.push(global.content_type);
                self.imported_globals += 1;
                Import::Global(global)
            }
            other => return Err(format!("imports {other:?}")),
        });
        Ok(())
    }
}

fn of(types: &[FuncType], index: u32) -> Result<FuncType, String> {
    types.get(index as usize).cloned().ok_or_else(|| format!("no type {index}"))
}

fn said(error: wasmparser::BinaryReaderError) -> String {
    error.to_string()
}

/// Makes a module fit. `only` keeps the functions that it exports itself; else all are called. With a
/// `growth` of 0 nothing may grow, whatever the module declares.
pub fn normalize(bytes: &[u8], only: bool, open: bool, growth: u64) -> Result<Normal, String> {
    let mut facts = Facts::read(bytes)?;
    facts.open = open;
    // Not imports: a host's function that the host calls itself has no caller whose memory it sees.
    let imports = facts.imports.iter().filter(|import| matches!(import, Import::Function(_)));
    let own = imports.count()..facts.functions.len();
    match only {
        true => facts.called.retain(|function| own.contains(function)),
        false => facts.called = own.collect(),
    }
    facts.called.sort_unstable();
    facts.called.dedup();
    let mut model = Model::parse(bytes).ok_or("the frame of the module is broken")?;
    model.sections.retain(|section| section.id != CUSTOM && section.id != EXPORTS);
    for section in &mut model.sections {
        if let Content::Items(items) = &mut section.content {
            rewrite(section.id, items, growth)?;
        }
    }
    Ok(Normal {
        subject: with_exports(&model, &facts, &facts.called, open),
        reference: {
            let all: Vec<usize> = (0..facts.functions.len()).collect();
            with_exports(&model, &facts, &all, true)
        },
        facts,
    })
}

impl Model {
    fn items(&mut self, id: u8) -> Option<&mut Vec<Vec<u8>>> {
        let section = self.sections.iter_mut().find(|section| section.id == id)?;
        match &mut section.content {
            Content::Items(items) => Some(items),
            _ => None,
        }
    }

    /// The last import: of `env`, by its name, kind and type (§5.5.5).
    fn add_import(&mut self, field: &str, kind: u8, ty: &[u8]) {
        let item = [name("env"), name(field), vec![kind], ty.to_vec()].concat();
        if let Some(items) = self.items(IMPORTS) {
            items.push(item);
            return;
        }
        let content = Content::Items(vec![item]);
        let later = |section: &Section| section.id > IMPORTS;
        let at = self.sections.iter().position(later).unwrap_or(self.sections.len());
        self.sections.insert(at, Section { id: IMPORTS, content });
    }
}

/// The first global of the module's own as one of the host's; None if it is no mutable number.
pub fn importing_global(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut model = Model::parse(bytes)?;
    model.sections.retain(|section| section.id != CUSTOM);
    let globals = model.items(GLOBALS)?;
    let global = globals.first()?;
    let [ty @ 0x7b..=0x7f, 1, ..] = **global else {
        return None;
    };
    globals.remove(0);
    model.add_import("global", 3, &[ty, 1]);
    Some(model.encode())
}

/// The memory as one that the module is lent; None if it has none. With what it begins and what it
/// may grow to, in pages.
pub fn lending(bytes: &[u8], lent: Lent) -> Option<(Vec<u8>, u64, u64)> {
    let mut model = Model::parse(bytes)?;
    let limits = model.items(MEMORIES)?.pop()?;
    model.sections.retain(|section| section.id != MEMORIES);
    let mut reader = BinaryReader::new(&limits, 0);
    let ty = wasmparser::MemoryType::from_reader(&mut reader).ok()?;
    let mut open = vec![0];
    number(&mut open, ty.initial as usize);
    let limits = if lent == Lent::Bounded { &limits } else { &open };
    model.add_import("memory", 2, limits);
    Some((model.encode(), ty.initial, ty.maximum?))
}

/// The same module, exporting these functions alone.
pub fn exporting(bytes: &[u8], wanted: &dyn Fn(usize) -> bool) -> Option<Vec<u8>> {
    let facts = Facts::read(bytes).ok()?;
    let mut model = Model::parse(bytes)?;
    model.sections.retain(|section| section.id != EXPORTS);
    let wanted: Vec<usize> = (0..facts.functions.len()).filter(|f| wanted(*f)).collect();
    Some(with_exports(&model, &facts, &wanted, false))
}

/// Names of imports, limits of tables and memories.
fn rewrite(id: u8, items: &mut [Vec<u8>], growth: u64) -> Result<(), String> {
    for (number, item) in items.iter_mut().enumerate() {
        let mut reader = BinaryReader::new(item, 0);
        match id {
            IMPORTS => {
                reader.read_string().and_then(|_| reader.read_string()).map_err(said)?;
                let at = reader.original_position();
                let mut renamed = name("env");
                renamed.extend(name(&format!("i{number}")));
                renamed.extend(&item[at as usize..]);
                *item = renamed;
            }
            TABLES => {
                let ty = wasmparser::TableType::from_reader(&mut reader).map_err(said)?;
                let code = item[0];
                *item =
                    [vec![code], limits(ty.initial, ty.maximum, MOST_ENTRIES, growth)?].concat();
            }
            MEMORIES => {
                let ty = wasmparser::MemoryType::from_reader(&mut reader).map_err(said)?;
                *item = limits(ty.initial, ty.maximum, MOST_PAGES, growth)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn limits(initial: u64, maximum: Option<u64>, most: u64, growth: u64) -> Result<Vec<u8>, String> {
    if initial > most {
        return Err(format!("{initial} pages or entries at first"));
    }
    let maximum = maximum.filter(|maximum| *maximum <= most && growth > 0);
    let maximum = maximum.unwrap_or(initial + growth);
    let mut bytes = vec![1];
    number(&mut bytes, initial as usize);
    number(&mut bytes, maximum as usize);
    Ok(bytes)
}

fn with_exports(model: &Model, facts: &Facts, functions: &[usize], open: bool) -> Vec<u8> {
    let export = |text: String, kind: u8, index: usize| {
        let mut bytes = name(&text);
        bytes.push(kind);
        number(&mut bytes, index);
        bytes
    };
    let mut items: Vec<Vec<u8>> = Vec::new();
    items.extend(functions.iter().map(|&f| export(format!("f{f}"), 0, f)));
    if facts.has_memory {
        items.push(export("memory".to_owned(), 2, 0));
    }
    if open {
        items.extend((0..facts.tables.len()).map(|t| export(format!("t{t}"), 1, t)));
        items.extend(facts.own_globals().map(|(g, _)| export(format!("g{g}"), 3, g)));
    }
    let mut model = model.clone();
    let late = |section: &Section| section.id > EXPORTS;
    let at = model.sections.iter().position(late).unwrap_or(model.sections.len());
    model.sections.insert(at, Section { id: EXPORTS, content: Content::Items(items) });
    model.encode()
}

fn name(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    number(&mut bytes, text.len());
    bytes.extend(text.bytes());
    bytes
}

/// Unsigned LEB128 (§5.2.2).
fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
