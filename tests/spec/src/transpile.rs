//! Modules to Rust, through the crate that users put into their build scripts.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use crate::facts;

/// Memories without a maximum of their own, or with a very large one, may grow to 128 MiB: what a
/// user would write as `max-pages` or `max-memory`.
const MAX_BYTES: u64 = 1 << 27;

/// What became of a module.
#[derive(Clone, Debug)]
pub enum Transpiled {
    Rust(String),
    /// What herkos-c says about a module that it refuses.
    Refused(String),
    /// herkos-c names a feature that it does not have yet.
    Unsupported(String),
    /// herkos-c did neither: it crashed, say.
    Broken(String),
}

/// The results by the modules' bytes: the two versions of the suite have many modules in common.
pub type Results = HashMap<Vec<u8>, Transpiled>;

/// Transpiles all modules, on two threads.
pub fn all(mut modules: Vec<Vec<u8>>, scratch: &Path) -> Result<Results, String> {
    modules.sort_unstable();
    modules.dedup();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Results::new());
    let work = |thread: usize| -> Result<(), String> {
        let folder = scratch.join(thread.to_string());
        while let Some(wasm) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = transpile(wasm, &folder)?;
            let mut results = results.lock().map_err(|e| e.to_string())?;
            results.insert(wasm.clone(), result);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(1));
        work(0)?;
        other.join().map_err(|_| "a thread panicked".to_owned())?
    })?;
    results.into_inner().map_err(|e| e.to_string())
}

/// Transpiles one module as a build script would.
fn transpile(wasm: &[u8], folder: &Path) -> Result<Transpiled, String> {
    let out = folder.join("out");
    let io = |e: std::io::Error| format!("{}: {e}", folder.display());
    fs::create_dir_all(&out).map_err(io)?;
    fs::write(folder.join("module.wasm"), wasm).map_err(io)?;
    let mut module = herkos_build::Module::new("module", "module.wasm");
    match limit(wasm) {
        Some(Limit::Pages(pages)) => module = module.max_pages(pages),
        Some(Limit::Bytes(bytes)) => module = module.max_memory(bytes),
        None => {}
    }
    let built = herkos_build::Builder::new()
        .module(module)
        .manifest_dir(folder)
        .out_dir(&out)
        .cargo_directives(false)
        .try_compile();
    match built {
        Ok(generated) => {
            let rust = generated.modules.first().ok_or("no module was generated")?;
            let text = fs::read_to_string(&rust.rust).map_err(io)?;
            Ok(Transpiled::Rust(text))
        }
        Err(error) => Ok(refusal(&error.to_string())),
    }
}

/// A refusal is a message of herkos-c about the file, at an offset; anything else is a fault.
fn refusal(message: &str) -> Transpiled {
    let Some((_, said)) = message.split_once("module.wasm:0x") else {
        return Transpiled::Broken(message.replace('\n', ";"));
    };
    let said = said.split_once(": ").map_or(said, |(_, said)| said);
    let said = said.trim_end().to_owned();
    if said.contains("not supported") {
        return Transpiled::Unsupported(said);
    }
    Transpiled::Refused(said)
}

/// Where the memory may end: in pages, or in bytes if its pages are not of 64 KiB.
enum Limit {
    Pages(u32),
    Bytes(u64),
}

fn limit(wasm: &[u8]) -> Option<Limit> {
    let facts = facts::read(wasm).ok()?;
    if facts.memory_import.is_some() {
        return None;
    }
    let memory = facts.memory?;
    if memory.memory64 {
        return None; // refused
    }
    let page_size = 1 << memory.page_size_log2.unwrap_or(16);
    let most = MAX_BYTES / page_size;
    if memory.maximum.is_some_and(|maximum| maximum <= most) {
        return None;
    }
    let pages = memory.initial.max(most);
    if page_size == 65536 {
        return u32::try_from(pages.min(65536)).ok().map(Limit::Pages);
    }
    Some(Limit::Bytes(pages * page_size))
}
