//! What generated code may consist of: no unsafe code, no function pointers, no trait objects, no
//! statics, nothing foreign, no macros but three of the runtime's, and no path that leads out of the file
//! but to the runtime and to the primitive types.
//!
//! Names of one part aren't looked up: rustc can find them in the file, in the runtime's prelude and in
//! Rust's own only, and Rust's own has no function with an effect outside its arguments.

use std::collections::BTreeSet;

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemUse, Path, UseTree};

/// What a path of several parts may begin with, besides a type of the file or of the runtime.
const ROOTS: [&str; 13] = [
    "herkos_runtime",
    "Self",
    "bool",
    "f32",
    "f64",
    "i32",
    "i64",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "super",
];

const ATTRIBUTES: [&str; 4] =
    ["doc", "inline", "rustfmt :: skip", "diagnostic :: on_unimplemented"];

/// The one lint that may be allowed.
const ALLOWED: &str = "allow (unused_imports)";

/// All that is wrong with the file.
pub fn check(file: &File, runtime: &BTreeSet<String>) -> Vec<String> {
    let mut names: BTreeSet<String> = ROOTS.iter().map(|&root| root.to_owned()).collect();
    names.extend(runtime.iter().cloned());
    names.extend(file.items.iter().filter_map(name_of));
    let mut visitor = Constituents { names, wrong: Vec::new(), depth: 0 };
    visitor.visit_file(file);
    visitor.wrong
}

fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

struct Constituents {
    names: BTreeSet<String>,
    wrong: Vec<String>,
    /// How many modules of the file are open: `super` leads out of it at 0.
    depth: usize,
}

impl Constituents {
    fn wrong(&mut self, span: Span, what: &str) {
        self.wrong.push(format!("line {}: {what}", span.start().line));
    }

    /// `names` are those of the path, the first ones at least.
    fn root(&mut self, span: Span, names: &[String]) {
        let Some(first) = names.first() else { return };
        let up = names.iter().take_while(|name| *name == "super").count();
        if !self.names.contains(first) || up > self.depth {
            self.wrong(span, &format!("a path out of the module: {first}::"));
        }
    }
}

impl<'a> Visit<'a> for Constituents {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            Item::Static(_) => self.wrong(item.span(), "a static"),
            Item::ForeignMod(_) => self.wrong(item.span(), "a foreign block"),
            Item::ExternCrate(_) => self.wrong(item.span(), "an extern crate"),
            Item::Union(_) => self.wrong(item.span(), "a union"),
            Item::Verbatim(_) => self.wrong(item.span(), "an item of an unknown kind"),
            Item::Mod(inner) if inner.content.is_none() => {
                self.wrong(item.span(), "a module in another file");
            }
            _ => {}
        }
        let opens = usize::from(matches!(item, Item::Mod(_)));
        self.depth += opens;
        visit::visit_item(self, item);
        self.depth -= opens;
    }

    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        if item.unsafety.is_some() {
            self.wrong(item.span(), "an unsafe impl");
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        if item.unsafety.is_some() {
            self.wrong(item.span(), "an unsafe trait");
        }
        visit::visit_item_trait(self, item);
    }

    /// A method's type parameters name what was handed to it.
    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        let parameters = function.sig.generics.type_params().map(|ty| ty.ident.to_string());
        let added: Vec<String> = parameters.filter(|name| !self.names.contains(name)).collect();
        self.names.extend(added.iter().cloned());
        visit::visit_impl_item_fn(self, function);
        added.iter().for_each(|name| {
            self.names.remove(name);
        });
    }

    fn visit_signature(&mut self, signature: &'a syn::Signature) {
        if signature.unsafety.is_some() {
            self.wrong(signature.span(), "an unsafe function");
        }
        if signature.abi.is_some() {
            self.wrong(signature.span(), "a function with a foreign interface");
        }
        visit::visit_signature(self, signature);
    }

    fn visit_expr(&mut self, expression: &'a syn::Expr) {
        match expression {
            syn::Expr::Unsafe(_) => self.wrong(expression.span(), "an unsafe block"),
            syn::Expr::RawAddr(_) => self.wrong(expression.span(), "a raw address"),
            syn::Expr::Closure(_) => self.wrong(expression.span(), "a closure"),
            syn::Expr::Verbatim(_) => self.wrong(expression.span(), "an unknown expression"),
            _ => {}
        }
        visit::visit_expr(self, expression);
    }

    fn visit_type(&mut self, ty: &'a syn::Type) {
        match ty {
            syn::Type::BareFn(_) => self.wrong(ty.span(), "a function pointer"),
            syn::Type::TraitObject(_) => self.wrong(ty.span(), "a trait object"),
            syn::Type::Ptr(_) => self.wrong(ty.span(), "a raw pointer"),
            syn::Type::ImplTrait(_) => self.wrong(ty.span(), "an opaque type"),
            syn::Type::Verbatim(_) => self.wrong(ty.span(), "an unknown type"),
            _ => {}
        }
        visit::visit_type(self, ty);
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        let name = attribute.path().to_token_stream().to_string();
        let inner = matches!(attribute.style, syn::AttrStyle::Inner(_));
        let allowed = attribute.meta.to_token_stream().to_string() == ALLOWED;
        if inner || !(allowed || ATTRIBUTES.contains(&name.as_str())) {
            self.wrong(attribute.span(), &format!("the attribute {name}"));
        }
    }

    fn visit_path(&mut self, path: &'a Path) {
        let leading = path.leading_colon.is_some();
        if leading || path.segments.len() > 1 {
            let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
            self.root(path.span(), &names);
        }
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        match &item.tree {
            UseTree::Path(path) if path.ident == "herkos_runtime" => {}
            UseTree::Path(path) => {
                let mut names = vec![path.ident.to_string()];
                let mut rest = &*path.tree;
                while let UseTree::Path(path) = rest {
                    names.push(path.ident.to_string());
                    rest = &*path.tree;
                }
                if matches!(rest, UseTree::Group(_)) {
                    self.wrong(item.span(), "a use of a group");
                }
                self.root(item.span(), &names);
            }
            _ => self.wrong(item.span(), "a use of what isn't the runtime's"),
        }
    }

    /// Two macros, as accesses are open: the argument of one is items, that of the other a trait, whose
    /// methods it implements for types of the runtime's.
    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let name = call.path.to_token_stream().to_string();
        let items = match name.as_str() {
            "herkos_runtime :: with_alloc" => syn::parse2::<File>(call.tokens.clone()),
            "herkos_runtime :: replay_imports" => {
                syn::parse2::<syn::ItemTrait>(call.tokens.clone()).map(|item| self.replayed(item))
            }
            _ => {
                self.wrong(call.span(), &format!("the macro {name}"));
                return;
            }
        };
        match items {
            Ok(items) => items.items.iter().for_each(|item| {
                // What lives as long as the borrow of the file can't be told to the visitor.
                let mut inner = Constituents {
                    names: self.names.clone(),
                    wrong: Vec::new(),
                    depth: self.depth,
                };
                inner.visit_item(item);
                self.wrong.append(&mut inner.wrong);
            }),
            Err(e) => self.wrong(call.span(), &format!("{name}! of something else: {e}")),
        }
    }
}

impl Constituents {
    /// A trait of the file, with methods that have no body.
    fn replayed(&mut self, item: syn::ItemTrait) -> File {
        let plain = item.items.iter().all(|item| {
            matches!(item, syn::TraitItem::Fn(method)
                if method.default.is_none() && method.attrs.is_empty())
        });
        if !plain || !self.names.contains(&item.ident.to_string()) {
            self.wrong(item.span(), "replay_imports! of something else than a trait's methods");
        }
        File { shebang: None, attrs: Vec::new(), items: vec![Item::Trait(item)] }
    }
}
