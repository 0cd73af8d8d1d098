//! Which functions of a module can reach an import, from its binary.
//!
//! A function reaches the host if it is imported, gets or sets an imported mutable global (an
//! immutable one is read once, at instantiation), or calls a function that reaches it. A call through
//! a table counts as a call of every function of its type that the module refers to: in an element
//! segment, in a global's initial value or by `ref.func`. Instructions that validation knows to be
//! unreachable don't count.

use wasmparser::{
    ConstExpr, ElementItems, ExternalKind, FuncType, FunctionBody, Operator, Parser, Payload,
    Result, TypeRef,
};

/// What the Rust is compared with.
#[derive(Debug, Default)]
pub struct Facts {
    /// Whether anything is imported that becomes a method of a trait.
    pub has_host: bool,
    /// By function: can it reach an import?
    pub reaches: Vec<bool>,
    /// By type: can a call through a table with this type?
    pub dispatch_reaches: Vec<bool>,
    /// The functions that are exported, in the order of the exports.
    pub exported: Vec<u32>,
}

/// The module as read; types by the number of the first that is equal to them.
#[derive(Default)]
struct Module {
    types: Vec<FuncType>,
    canonical: Vec<usize>,
    functions: Vec<usize>,
    imported_functions: usize,
    /// By global: is it imported and mutable?
    host_globals: Vec<bool>,
    has_host: bool,
    referred: Vec<u32>,
    bodies: Vec<Body>,
    exported: Vec<u32>,
}

#[derive(Default)]
struct Body {
    calls: Vec<u32>,
    indirect: Vec<usize>,
    touches_host: bool,
}

pub fn read(wasm: &[u8]) -> Result<Facts> {
    let mut module = Module::default();
    for payload in Parser::new(0).parse_all(wasm) {
        module.read(payload?)?;
    }
    Ok(module.close())
}

impl Module {
    fn read(&mut self, payload: Payload) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                for ty in types.into_iter_err_on_gc_types() {
                    let ty = ty?;
                    let first = self.types.iter().position(|known| *known == ty);
                    self.canonical.push(first.unwrap_or(self.types.len()));
                    self.types.push(ty);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.import(import?.ty);
                }
            }
            Payload::FunctionSection(functions) => {
                for ty in functions {
                    self.functions.push(self.canonical[ty? as usize]);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.host_globals.push(false);
                    self.refer(&global?.init_expr)?;
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.exported.push(export.index);
                    }
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.element(element?.items)?;
                }
            }
            Payload::CodeSectionEntry(body) => {
                let body = self.body(&body)?;
                self.bodies.push(body);
            }
            _ => {}
        }
        Ok(())
    }

    fn import(&mut self, ty: TypeRef) {
        match ty {
            TypeRef::Func(ty) => {
                self.functions.push(self.canonical[ty as usize]);
                self.imported_functions += 1;
                self.has_host = true;
            }
            TypeRef::Global(global) => {
                self.host_globals.push(global.mutable);
                self.has_host = true;
            }
            _ => {}
        }
    }

    fn element(&mut self, items: ElementItems) -> Result<()> {
        match items {
            ElementItems::Functions(functions) => {
                for function in functions {
                    self.referred.push(function?);
                }
            }
            ElementItems::Expressions(_, expressions) => {
                for expression in expressions {
                    self.refer(&expression?)?;
                }
            }
        }
        Ok(())
    }

    fn refer(&mut self, expression: &ConstExpr) -> Result<()> {
        for operator in expression.get_operators_reader() {
            if let Operator::RefFunc { function_index } = operator? {
                self.referred.push(function_index);
            }
        }
        Ok(())
    }

    fn body(&mut self, body: &FunctionBody) -> Result<Body> {
        let mut found = Body::default();
        // By open block: is what follows in it unreachable?
        let mut dead = vec![false];
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            let here = dead.last().copied().unwrap_or_default();
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    dead.push(here);
                }
                Operator::Else => {
                    dead.pop();
                    dead.push(dead.last().copied().unwrap_or_default());
                }
                Operator::End => {
                    dead.pop();
                }
                _ if here => {}
                Operator::Unreachable
                | Operator::Return
                | Operator::Br { .. }
                | Operator::BrTable { .. } => {
                    dead.pop();
                    dead.push(true);
                }
                Operator::Call { function_index } => found.calls.push(function_index),
                Operator::CallIndirect { type_index, .. } => {
                    found.indirect.push(self.canonical[type_index as usize]);
                }
                Operator::RefFunc { function_index } => self.referred.push(function_index),
                Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                    found.touches_host |= self.host_globals[global_index as usize];
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// From what is known to reach the host to all that calls it, until nothing is added.
    fn close(self) -> Facts {
        let mut reaches = vec![true; self.imported_functions];
        reaches.extend(self.bodies.iter().map(|body| body.touches_host));
        let mut by_type = vec![false; self.types.len()];
        loop {
            let mut added = false;
            for &function in &self.referred {
                let ty = self.functions[function as usize];
                added |= reaches[function as usize] && !by_type[ty];
                by_type[ty] |= reaches[function as usize];
            }
            for (index, body) in self.bodies.iter().enumerate() {
                let caller = self.imported_functions + index;
                let reached = body.calls.iter().any(|callee| reaches[*callee as usize])
                    || body.indirect.iter().any(|ty| by_type[*ty]);
                added |= reached && !reaches[caller];
                reaches[caller] |= reached;
            }
            if !added {
                break;
            }
        }
        let dispatch_reaches = self.canonical.iter().map(|first| by_type[*first]).collect();
        let Self { has_host, exported, .. } = self;
        Facts { has_host, reaches, dispatch_reaches, exported }
    }
}
