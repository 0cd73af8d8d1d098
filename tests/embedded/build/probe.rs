//! For the probe: what calls every exported function of every module, with operands that no optimiser
//! knows, and a host that implements every import. Read from the generated Rust, so nothing is left out.

use herkos_build::{Module, Nan};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, ToTokens};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use syn::{FnArg, ImplItem, Item, ItemImpl, ItemTrait, Signature, TraitItem, TraitItemFn, Type};

const GOLDEN: &str = "../golden";
const RUNTIME: &str = "../../herkos-runtime/src";
/// Where its operations are; those of WASI are imports of the golden test wasi-all.
const FILES: [&str; 11] = [
    "access",
    "convert",
    "float",
    "fueled",
    "int",
    "limits",
    "memory",
    "segments",
    "snapshot",
    "snapshot/parts",
    "table",
];
/// What looks like a public function in there and is not.
const INTERNAL: [&str; 4] = ["place", "place_mut", "_of_f32", "_of_f64"];

/// The modules of the golden tests: name, file, options of herkos-c.
pub fn golden(out: &Path) -> Vec<(String, PathBuf, String)> {
    println!("cargo::rerun-if-changed={GOLDEN}");
    let mut modules = Vec::new();
    for entry in fs::read_dir(GOLDEN).expect("tests/golden") {
        let path = entry.expect("entry").path();
        if path.extension().is_none_or(|extension| extension != "wat") {
            continue;
        }
        let stem = path.file_stem().expect("stem").to_string_lossy();
        let name = format!("golden_{}", stem.replace('-', "_"));
        let text = fs::read_to_string(&path).expect("text");
        let first = text.lines().next().unwrap_or_default();
        let options = first.strip_prefix(";; herkos-c:").unwrap_or_default();
        modules.push((
            name.clone(),
            crate::assemble(out, &name, &text),
            options.to_owned(),
        ));
    }
    modules.sort();
    assert!(modules.len() > 20, "the golden tests are gone");
    modules
}

/// Options of the command line as those of herkos-build.
pub fn options(mut module: Module, options: &str) -> Module {
    let mut words = options.split_whitespace();
    while let Some(option) = words.next() {
        let mut number = || {
            words
                .next()
                .and_then(|word| word.parse().ok())
                .expect("a number")
        };
        module = match option {
            "--fuel" => module.fuel(true),
            "--max-pages" => module.max_pages(number() as u32),
            "--max-memory" => module.max_memory(number()),
            "--max-stack" => module.max_stack(number() as u32),
            "--nan" => {
                words.next();
                module.nan(Nan::Canonical)
            }
            _ => panic!("golden tests: what is {option}?"),
        };
    }
    module
}

/// `call_all`, and `INSTANCES`: for each module what makes an instance and says its size.
pub fn calls(out: &Path) -> String {
    let mut modules: Vec<PathBuf> = fs::read_dir(out.join("herkos"))
        .expect("herkos-build made it")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    modules.sort();
    let mut texts = vec![fs::read_to_string("src/probe.rs").expect("src/probe.rs")];
    let mut parts = wasi_host();
    let mut names = Vec::new();
    for path in modules {
        let text = fs::read_to_string(&path).expect("generated text");
        let name = format_ident!(
            "{}",
            path.file_stem().expect("stem").to_string_lossy().as_ref()
        );
        parts.extend(module(
            &name,
            &syn::parse_file(&text).expect("generated Rust"),
        ));
        names.push(name);
        texts.push(text);
    }
    all_operations_are_used(&texts);
    let labels = names.iter().map(ToString::to_string);
    let labels = labels.collect::<Vec<_>>();
    let file = quote! {
        #parts
        pub fn call_all() { runtime(); #(#names::call();)* }
        pub const INSTANCES: &[(&str, fn(&mut usize))] = &[#((#labels, #names::instantiate)),*];
    };
    prettyplease::unparse(&syn::parse2(file).expect("Rust"))
}

/// A module `name` with `call` and `instantiate` for the module under test of that name.
fn module(name: &syn::Ident, file: &syn::File) -> TokenStream {
    let hosts = file.items.iter().filter_map(|item| match item {
        Item::Trait(item) if item.ident != "Exports" && !item.items.is_empty() => Some(host(item)),
        _ => None,
    });
    let (ty, methods) = instance(file).unwrap_or_else(|| panic!("{name}: no instance"));
    let (new, methods): (Vec<&Signature>, Vec<&Signature>) =
        methods.into_iter().partition(|sig| sig.ident == "new");
    let new = new[0];
    let has_memory = new.inputs.iter().any(|input| type_of(input) == "M");
    let storage = has_memory.then(|| {
        quote! {
            static MEMORY: ConstStaticCell<under_test::Memory> =
                ConstStaticCell::new(under_test::Memory::new());
        }
    });
    let own = has_memory
        .then(|| quote! { let Some(memory) = black_box(MEMORY.try_take()) else { return }; });
    let lent = lent([new].into_iter().chain(methods.iter().copied()));
    let arguments: Vec<TokenStream> = new.inputs.iter().filter_map(argument).collect();
    let instance = quote! { under_test::#ty::new(#(#arguments),*) };
    let calls = methods.into_iter().map(|sig| call(sig, ty));
    quote! {
        mod #name {
            use super::*;
            use crate::#name as under_test;
            #(#hosts)*
            #storage
            #[inline(never)]
            pub fn call() {
                #own
                #lent
                let Ok(mut module) = black_box(#instance) else { return };
                #(#calls)*
                snapshots(&mut module);
            }
            #[inline(never)]
            pub fn instantiate(size: &mut usize) {
                #own
                #lent
                let module = #instance;
                *size = size_of_val(black_box(&module));
            }
        }
    }
}

/// What a caller lends to a module that imports it.
fn lent<'a>(methods: impl Iterator<Item = &'a Signature>) -> TokenStream {
    let types: HashSet<String> = methods
        .flat_map(|sig| sig.inputs.iter().map(type_of))
        .collect();
    let mut lent = TokenStream::new();
    if types.contains("&mutGrowableMemory<'_>") {
        lent.extend(quote! {
            let mut active = opaque();
            let mut lent_memory = GrowableMemory::new(lent(), &mut active);
        });
    }
    if types.contains("&mutTableView<FuncRef>") {
        lent.extend(quote! { let mut functions = Table::<FuncRef, 4>::new(opaque()); });
    }
    if types.contains("&mutTableView<ExternRef>") {
        lent.extend(quote! { let mut externs = Table::<ExternRef, 4>::new(opaque()); });
    }
    lent
}

/// `Module` or `LibraryModule`, and the functions of the `impl` that has the constructor.
fn instance(file: &syn::File) -> Option<(&syn::Ident, Vec<&Signature>)> {
    file.items.iter().find_map(|item| {
        let Item::Impl(ItemImpl {
            trait_: None,
            self_ty,
            items,
            ..
        }) = item
        else {
            return None;
        };
        let functions = items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(&function.sig),
            _ => None,
        });
        let functions: Vec<&Signature> = functions.collect();
        let Type::Path(path) = &**self_ty else {
            return None;
        };
        let is_it = functions.iter().any(|sig| sig.ident == "new");
        is_it.then(|| (&path.path.segments[0].ident, functions))
    })
}

/// A trait of imports, implemented.
fn host(item: &ItemTrait) -> TokenStream {
    let name = &item.ident;
    let functions = item.items.iter().map(|function| match function {
        TraitItem::Fn(TraitItemFn { sig, .. }) => kept(sig),
        _ => panic!("{name}: functions only"),
    });
    quote! { impl under_test::#name for Host { #(#functions)* } }
}

/// All capabilities of WASI, with results that no optimiser knows.
fn wasi_host() -> TokenStream {
    let text = fs::read_to_string(format!("{RUNTIME}/wasi/capabilities.rs")).expect("runtime");
    let file = syn::parse_file(&text).expect("Rust");
    let traits = file.items.iter().filter_map(|item| match item {
        Item::Trait(item) => Some(item),
        _ => None,
    });
    let impls: Vec<TokenStream> = traits
        .map(|item| {
            let name = &item.ident;
            let functions = item.items.iter().filter_map(|item| match item {
                TraitItem::Fn(TraitItemFn { sig, .. }) => Some(kept(sig)),
                _ => None,
            });
            quote! { impl #name for Host { #(#functions)* } }
        })
        .collect();
    assert!(!impls.is_empty(), "no capabilities in herkos-runtime");
    quote! {
        mod wasi_host {
            use super::*;
            use herkos_runtime::wasi::*;
            #(#impls)*
        }
    }
}

/// A function of a host that keeps its arguments and makes up its result.
fn kept(signature: &Signature) -> TokenStream {
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&typed.pat),
        FnArg::Receiver(_) => None,
    });
    quote! { #signature { #(let _ = black_box(#arguments);)* opaque() } }
}

/// A call whose result is kept. By its path: a trait's method may have the same name.
fn call(signature: &Signature, ty: &syn::Ident) -> TokenStream {
    let name = &signature.ident;
    let receiver = match signature
        .receiver()
        .is_some_and(|this| this.mutability.is_some())
    {
        true => quote! { &mut module },
        false => quote! { &module },
    };
    let arguments = signature.inputs.iter().filter_map(argument);
    quote! { let _ = black_box(under_test::#ty::#name(#receiver, #(#arguments),*)); }
}

fn type_of(input: &FnArg) -> String {
    match input {
        FnArg::Receiver(_) => "self".to_owned(),
        FnArg::Typed(typed) => typed.ty.to_token_stream().to_string().replace(' ', ""),
    }
}

/// What to pass.
fn argument(input: &FnArg) -> Option<TokenStream> {
    Some(match type_of(input).as_str() {
        "self" => return None,
        "M" => quote! { memory },
        "H" => quote! { Host },
        "&mut[u8]" => quote! { &mut lent()[..] },
        "&mutGrowableMemory<'_>" => quote! { &mut lent_memory },
        "&mutTableView<FuncRef>" => quote! { &mut functions },
        "&mutTableView<ExternRef>" => quote! { &mut externs },
        _ => quote! { opaque() },
    })
}

/// Every function of the runtime's prelude occurs in what the probe links.
fn all_operations_are_used(texts: &[String]) {
    let used: HashSet<&str> = texts.iter().flat_map(|text| words(text)).collect();
    let mut missing = Vec::new();
    println!("cargo::rerun-if-changed={RUNTIME}");
    for file in FILES {
        let text = fs::read_to_string(format!("{RUNTIME}/{file}.rs")).expect("runtime");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in text.lines() {
            // A function, a row of `ops!`, or one of `loads!` and `stores!`.
            let line = line.trim_start();
            let function = line
                .strip_prefix("pub fn ")
                .or(line.strip_prefix("pub const fn "));
            let row =
                (line.contains(") -> ") || line.contains(" => ")) && line.ends_with([';', '=']);
            let Some(declared) = function.or(row.then_some(line)) else {
                continue;
            };
            let name = words(declared).next().unwrap_or_default();
            let internal = INTERNAL.iter().any(|end| name.ends_with(end));
            if !declared.starts_with('$') && !internal && !used.contains(name) {
                missing.push(format!("{file}::{name}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "add calls to tests/embedded/src/probe.rs: {missing:?}"
    );
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}
