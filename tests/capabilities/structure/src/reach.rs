//! Compares who has the host with who can reach it.
//!
//! Generated functions are told by the comments before them: `// func 12`, `// call_indirect of type 3`.

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, File, FnArg, GenericParam, ImplItem, Item, ItemFn, ItemImpl, Member};

use crate::graph::Facts;
use crate::Seen;

/// What the comment before a function says that it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Function(usize),
    Dispatch(usize),
}

pub fn check(facts: &Facts, file: &File, text: &str, wrong: &mut Vec<String>) -> Seen {
    let lines: Vec<&str> = text.lines().collect();
    let mut seen = Seen { functions: facts.reaches.len(), ..Seen::default() };
    let mut origins = BTreeMap::new();
    let mut found = vec![0_usize; facts.reaches.len()];
    for function in functions(&file.items) {
        let name = function.sig.ident.to_string();
        let origin = origin_of(&lines, function);
        let expected = match origin {
            Some(Origin::Function(index)) if index < found.len() => {
                found[index] += 1;
                origins.insert(name.clone(), index);
                facts.reaches[index]
            }
            Some(Origin::Dispatch(ty)) if ty < facts.dispatch_reaches.len() => {
                seen.dispatchers += 1;
                facts.dispatch_reaches[ty]
            }
            _ => {
                wrong.push(format!("{name}: no comment says which function it is"));
                continue;
            }
        };
        compare(&name, takes_host(function, wrong), expected, wrong);
    }
    for (index, times) in found.iter().enumerate().filter(|(_, times)| **times != 1) {
        wrong.push(format!("function {index} stands {times} times"));
    }
    seen.reaching = facts.reaches.iter().filter(|reaches| **reaches).count();
    seen.methods = check_instance(facts, file, &origins, wrong);
    seen
}

/// Those of a large module are in modules within it.
fn functions(items: &[Item]) -> Vec<&ItemFn> {
    let mut list = Vec::new();
    for item in items {
        match item {
            Item::Fn(function) => list.push(function),
            Item::Mod(part) => {
                list.extend(part.content.iter().flat_map(|(_, items)| functions(items)));
            }
            _ => {}
        }
    }
    list
}

fn compare(name: &str, has: bool, reaches: bool, wrong: &mut Vec<String>) {
    match (has, reaches) {
        (true, false) => wrong.push(format!("{name}: has the host but reaches no import")),
        (false, true) => wrong.push(format!("{name}: reaches an import without the host")),
        _ => {}
    }
}

/// The nearest comment above; attributes may stand between.
fn origin_of(lines: &[&str], function: &ItemFn) -> Option<Origin> {
    let line = function.span().start().line.checked_sub(1)?;
    let above = lines.get(..line)?.last()?;
    let number = |prefix: &str| {
        let rest = above.strip_prefix(prefix)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    };
    let function = number("// func ").map(Origin::Function);
    function.or_else(|| number("// call_indirect of type ").map(Origin::Dispatch))
}

/// A function is generic over the host's type if it has the host, and over nothing else.
fn takes_host(function: &ItemFn, wrong: &mut Vec<String>) -> bool {
    let signature = &function.sig;
    let types = signature.generics.type_params().map(|ty| ty.ident.to_string());
    let types: Vec<String> = types.collect();
    let hosts = signature.inputs.iter().filter(|input| match input {
        FnArg::Typed(typed) => match &*typed.ty {
            syn::Type::Reference(reference) => match &*reference.elem {
                syn::Type::Path(path) => types.iter().any(|ty| path.path.is_ident(ty)),
                _ => false,
            },
            _ => false,
        },
        FnArg::Receiver(_) => false,
    });
    let hosts = hosts.count();
    if hosts != types.len() || hosts > 1 {
        let name = &signature.ident;
        wrong.push(format!("{name}: {} type parameters, {hosts} hosts", types.len()));
    }
    hosts > 0
}

/// The instance: a host only if the module has imports; methods that touch it only if the function
/// behind them reaches one. The number of methods.
fn check_instance(
    facts: &Facts,
    file: &File,
    origins: &BTreeMap<String, usize>,
    wrong: &mut Vec<String>,
) -> usize {
    let mut exported: Vec<usize> = facts.exported.iter().map(|&index| index as usize).collect();
    let mut methods = Vec::new();
    for item in &file.items {
        match item {
            Item::Struct(instance) if is_instance(&instance.ident) => {
                let parameters = &instance.generics.params;
                let generic = parameters.iter().any(
                    |parameter| matches!(parameter, GenericParam::Type(ty) if ty.ident == "H"),
                );
                let mut fields = instance.fields.iter();
                let field = fields.any(|field| field.ident.as_ref().is_some_and(|i| i == "host"));
                if generic != facts.has_host || field != facts.has_host {
                    wrong.push(format!("{}: a host without imports, or none", instance.ident));
                }
            }
            Item::Impl(item) if item.trait_.is_none() && is_instance_type(item) => {
                methods.extend(exported_functions(item, facts, origins, wrong));
            }
            _ => {}
        }
    }
    let count = methods.len();
    exported.sort_unstable();
    methods.sort_unstable();
    if exported != methods {
        wrong.push(format!("exported functions {exported:?}, methods for {methods:?}"));
    }
    count
}

fn is_instance(name: &syn::Ident) -> bool {
    name == "Module" || name == "LibraryModule"
}

fn is_instance_type(item: &ItemImpl) -> bool {
    match &*item.self_ty {
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|s| is_instance(&s.ident)),
        _ => false,
    }
}

/// The functions that the methods for exported functions call.
fn exported_functions(
    item: &ItemImpl,
    facts: &Facts,
    origins: &BTreeMap<String, usize>,
    wrong: &mut Vec<String>,
) -> Vec<usize> {
    let mut methods = Vec::new();
    for item in &item.items {
        let ImplItem::Fn(method) = item else { continue };
        if !method.attrs.iter().any(says_exported) {
            continue;
        }
        let mut uses = Uses { origins, called: Vec::new(), host: false };
        uses.visit_block(&method.block);
        let name = format!("method {}", method.sig.ident);
        match uses.called[..] {
            [function] => {
                compare(&name, uses.host, facts.reaches[function], wrong);
                methods.push(function);
            }
            _ => wrong.push(format!("{name}: calls functions {:?}", uses.called)),
        }
    }
    methods
}

fn says_exported(attribute: &syn::Attribute) -> bool {
    match &attribute.meta {
        syn::Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(text) => match &text.lit {
                syn::Lit::Str(text) => text.value().starts_with(" Exported function `"),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// What a method's body does with generated functions and with `self.host`.
struct Uses<'o> {
    origins: &'o BTreeMap<String, usize>,
    called: Vec<usize>,
    host: bool,
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => {
                if let Expr::Path(path) = &*call.func {
                    let name = path.path.get_ident().map(ToString::to_string);
                    let called = name.and_then(|name| self.origins.get(&name));
                    self.called.extend(called);
                }
            }
            Expr::Field(field) => {
                let named = matches!(&field.member, Member::Named(name) if name == "host");
                let of_self = matches!(&*field.base, Expr::Path(p) if p.path.is_ident("self"));
                self.host |= named && of_self;
            }
            _ => {}
        }
        visit::visit_expr(self, expression);
    }
}
