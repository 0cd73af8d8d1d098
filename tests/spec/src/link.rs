//! What imports are linked with, and what of it the driver can express.

use wasmparser::{FuncType, GlobalType, MemoryType, RefType, TableType, ValType};

use crate::facts::{rust_type, Extern};
use crate::plan::{Link, Module, Owner, Part, Plan};

/// The host module of the tests.
pub fn spectest(name: &str) -> Option<Extern> {
    use ValType::{F32, F64, I32, I64};
    let function = |params: &[ValType]| {
        let params = params.iter().copied();
        Some(Extern::Function(FuncType::new(params, [])))
    };
    let global = |content_type| {
        Some(Extern::Global(GlobalType {
            content_type,
            mutable: false,
            shared: false,
        }))
    };
    match name {
        "print" => function(&[]),
        "print_i32" => function(&[I32]),
        "print_i64" => function(&[I64]),
        "print_f32" => function(&[F32]),
        "print_f64" => function(&[F64]),
        "print_i32_f32" => function(&[I32, F32]),
        "print_f64_f64" => function(&[F64, F64]),
        "global_i32" => global(I32),
        "global_i64" => global(I64),
        "global_f32" => global(F32),
        "global_f64" => global(F64),
        "memory" => Some(Extern::Memory(MemoryType {
            memory64: false,
            shared: false,
            initial: 1,
            maximum: Some(2),
            page_size_log2: None,
        })),
        "table" => Some(Extern::Table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            initial: 10,
            maximum: Some(20),
            shared: false,
        })),
        _ => None,
    }
}

/// Can the driver be written for this module? The error says why not.
pub fn check(plan: &Plan, module: &Module) -> Result<(), String> {
    let imports = module.facts.imports.iter().map(|import| &import.ty);
    let exports = module.facts.exports.iter().map(|export| &export.ty);
    for ty in imports.chain(exports) {
        check_type(ty)?;
    }
    for (import, link) in module.facts.imports.iter().zip(&module.links) {
        if let Link::Instance { module: from, .. } = link {
            if plan.module(*from).is_none() {
                return Err(format!("{:?} has no instance", import.module));
            }
        }
    }
    let grows = module.api.memory.as_deref() == Some("&mut GrowableMemory<'_>");
    if let (true, Some(Part::Memory(Owner::Instance(owner)))) = (grows, plan.memory(module)) {
        if !plan.module(owner).is_some_and(|m| m.api.lends_growable) {
            let why = "it grows a memory that another instance owns: no method lends that";
            return Err(why.to_owned());
        }
    }
    Ok(())
}

fn check_type(ty: &Extern) -> Result<(), String> {
    let unknown = |ty: &ValType| rust_type(*ty).is_none();
    let found = match ty {
        Extern::Function(ty) => ty
            .params()
            .iter()
            .chain(ty.results())
            .copied()
            .find(unknown),
        Extern::Global(ty) => Some(ty.content_type).filter(unknown),
        _ => None,
    };
    match found {
        Some(ty) => Err(format!("the runner does not know values of type {ty}")),
        None => Ok(()),
    }
}
