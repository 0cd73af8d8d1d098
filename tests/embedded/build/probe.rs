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
/// Where its operations are, but for those of WASI, which are imports of the golden test wasi-all, and those
/// on vectors, which are in the module `vectors`.
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

/// Exports of a thousand functions that do one load or store each: the modules with large frames have those.
const ACCESSES: [&str; 2] = ["load_", "store_"];

/// The modules of the golden tests: name, file, options of herkos-c. Those with loops once more with fuel:
/// calls of them end, with any operands.
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
        if ["--without", "--part-bytes"]
            .iter()
            .any(|option| options.contains(option))
        {
            continue; // herkos-build has no such option
        }
        let wasm = crate::assemble(out, &name, &text);
        if text.contains("(loop") && !options.contains("--fuel") {
            let options = format!("{options} --fuel");
            modules.push((format!("{name}_fueled"), wasm.clone(), options));
        }
        modules.push((name, wasm, options.to_owned()));
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
            "--trace" => module.trace(true),
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

/// `call_all`, and `MEASURES`: for each module what has its instance and calls of its exports measured.
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
        pub fn call_all() {
            let room = lent();
            runtime(room);
            #(#names::call(room);)*
        }
        pub const MEASURES: &[(&str, fn(&mut [u8], &mut dyn Meter))] =
            &[#((#labels, #names::measure)),*];
    };
    prettyplease::unparse(&syn::parse2(file).expect("Rust"))
}

/// A module `name` with `call` and `measure` for the module under test of that name.
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
    let measured = measured(file, &methods, ty);
    let calls = methods.into_iter().map(|sig| call(sig, ty));
    quote! {
        mod #name {
            use super::*;
            use crate::#name as under_test;
            #(#hosts)*
            #storage
            #[inline(never)]
            pub fn call(room: &mut [u8]) {
                #own
                #lent
                let Ok(mut module) = black_box(#instance) else { return };
                #(#calls)*
                snapshots(&mut module, room);
            }
            // Compiled for those who call it only.
            #[allow(unused_variables, unused_mut)]
            #[inline]
            pub fn measure(room: &mut [u8], meter: &mut dyn Meter) {
                #own
                #lent
                meter.instance(&mut || size_of_val(black_box(&#instance)));
                let Ok(mut module) = #instance else { return };
                #(#measured)*
            }
        }
    }
}

/// Calls of the exported functions, which are those that have a bound, unless they might never end.
fn measured(file: &syn::File, methods: &[&Signature], ty: &syn::Ident) -> Vec<TokenStream> {
    let fuel = methods.iter().any(|sig| sig.ident == "set_fuel");
    if !fuel && words(&file.to_token_stream().to_string()).any(|word| word == "loop") {
        return Vec::new();
    }
    let fuel = fuel.then(|| quote! { module.set_fuel(10_000); });
    let bounds = bounds(file);
    let measured = methods.iter().filter_map(|sig| {
        let name = sig.ident.to_string();
        if ACCESSES.iter().any(|access| name.starts_with(access)) {
            return None;
        }
        let bound = name.trim_start_matches("r#").to_uppercase();
        let bound = *bounds.iter().find(|known| ***known == *bound)?;
        let call = call(sig, ty);
        Some(quote! {
            meter.call(#name, under_test::stack_bounds::#bound, OPERANDS, &mut || { #fuel #call });
        })
    });
    measured.collect()
}

/// The constants in `stack_bounds`.
fn bounds(file: &syn::File) -> Vec<&syn::Ident> {
    let constants = file.items.iter().filter_map(|item| match item {
        Item::Mod(item) if item.ident == "stack_bounds" => item.content.as_ref(),
        _ => None,
    });
    let constants = constants.flat_map(|(_, items)| items);
    let names = constants.filter_map(|item| match item {
        Item::Const(item) => Some(&item.ident),
        _ => None,
    });
    names.collect()
}

/// What a caller lends to a module that imports it, beside `room`.
fn lent<'a>(methods: impl Iterator<Item = &'a Signature>) -> TokenStream {
    let types: HashSet<String> = methods
        .flat_map(|sig| sig.inputs.iter().map(type_of))
        .collect();
    let mut lent = TokenStream::new();
    if types.contains("&mutGrowableMemory<'_>") {
        lent.extend(quote! { let mut active = black_box(65536); });
    }
    if types.contains("&mutTableView<FuncRef>") {
        lent.extend(quote! { let mut functions = Table::<FuncRef, 4>::new(black_box(4)); });
    }
    if types.contains("&mutTableView<ExternRef>") {
        lent.extend(quote! { let mut externs = Table::<ExternRef, 4>::new(black_box(4)); });
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
        // `new` calls `new_traced`.
        let functions = items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) if function.sig.ident != "new_traced" => Some(&function.sig),
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
        "M" => quote! { &mut *memory },
        "H" => quote! { Host },
        "&mut[u8]" => quote! { &mut *room },
        "&mutGrowableMemory<'_>" => quote! { &mut GrowableMemory::new(room, &mut active) },
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
