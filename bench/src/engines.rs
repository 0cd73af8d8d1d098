//! The ways to run a program, all called alike: so many rounds, a checksum.

use std::path::Path;

use libloading::os::unix::{Library, Symbol, RTLD_LOCAL, RTLD_NOW};
use wasmtime::{Engine as Wasmtime, Extern, Linker, Module, Store, Val, ValType};

use crate::programs::Program;

/// Something that a program is run by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Native,
    Herkos,
    /// herkos with `fuel = true`.
    Fuel,
    /// herkos without the runtime's feature `simd`, which it has for programs with vectors.
    Portable,
    /// herkos, of the WebAssembly without vector instructions.
    Scalar,
    Wasmtime,
    /// wasm2c with a check of bounds at each access.
    Checked,
    /// wasm2c with guard pages.
    Guarded,
}

impl Engine {
    pub const ALL: [Self; 8] = [
        Self::Native,
        Self::Herkos,
        Self::Fuel,
        Self::Portable,
        Self::Scalar,
        Self::Wasmtime,
        Self::Checked,
        Self::Guarded,
    ];

    /// As the .csv, the file names and `--engines` call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Herkos => "herkos",
            Self::Fuel => "herkos_fuel",
            Self::Portable => "herkos_portable",
            Self::Scalar => "herkos_scalar",
            Self::Wasmtime => "wasmtime",
            Self::Checked => "wasm2c_checked",
            Self::Guarded => "wasm2c_guarded",
        }
    }

    /// Whether a program is run this way. Fuel is measured on the small programs only: it doubles the time to compile.
    /// Debian's wasm2c knows no vectors.
    pub fn runs(self, program: &Program) -> bool {
        match self {
            Self::Native | Self::Herkos | Self::Wasmtime => true,
            Self::Fuel => program.kind() == "own",
            Self::Portable | Self::Scalar => program.is_vectors(),
            Self::Checked | Self::Guarded => !program.is_vectors(),
        }
    }

    /// Whether it is herkos, which Cargo builds a package for.
    pub fn is_herkos(self) -> bool {
        matches!(self, Self::Herkos | Self::Fuel | Self::Portable | Self::Scalar)
    }

    /// The WebAssembly that it runs.
    pub fn wasm(self) -> &'static str {
        match self {
            Self::Scalar => "scalar.wasm",
            _ => "program.wasm",
        }
    }

    /// As tables call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Fuel => "fuel",
            Self::Portable => "portable",
            Self::Scalar => "scalar",
            Self::Checked => "wasm2c checked",
            Self::Guarded => "wasm2c guarded",
            _ => self.name(),
        }
    }
}

/// An instance of a program: `run` as a function.
pub type Run = Box<dyn FnMut(u32) -> Result<u32, String>>;

/// A shared object that exports `bench_run`: the checksum, or less than 0 after a trap.
pub fn shared_object(path: &Path) -> Result<Run, String> {
    let name = path.display();
    // SAFETY: made here a moment ago, from a template that exports this function with this type. It
    // is never unloaded.
    let run = unsafe {
        let library = Library::open(Some(path), RTLD_NOW | RTLD_LOCAL);
        let library = library.map_err(|e| format!("{name}: {e}"))?;
        let run: Result<Symbol<unsafe extern "C" fn(u32) -> i64>, _> = library.get(b"bench_run");
        let run = *run.map_err(|e| format!("{name}: {e}"))?;
        std::mem::forget(library);
        run
    };
    // SAFETY: as above; it is called on one thread only.
    Ok(Box::new(move |rounds| u32::try_from(unsafe { run(rounds) }).map_err(|_| "trap".to_owned())))
}

/// In this process, with the default configuration.
pub fn wasmtime(path: &Path) -> Result<Run, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let instance = || -> wasmtime::Result<_> {
        let engine = Wasmtime::default();
        let module = Module::new(&engine, &bytes)?;
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        for import in module.imports() {
            let ty = import.ty();
            let ty = ty.func().expect("programs import functions only").clone();
            let result = refusal(&ty);
            linker.func_new(import.module(), import.name(), ty, move |_, _, results| {
                results.copy_from_slice(&result);
                Ok(())
            })?;
        }
        let instance = linker.instantiate(&mut store, &module)?;
        if let Some(Extern::Func(start)) = instance.get_export(&mut store, "_initialize") {
            start.typed::<(), ()>(&store)?.call(&mut store, ())?;
        }
        let run = instance.get_typed_func::<u32, u32>(&mut store, "run")?;
        Ok((store, run))
    };
    let (mut store, run) = instance().map_err(|e| format!("wasmtime: {e:?}"))?;
    Ok(Box::new(move |rounds| run.call(&mut store, rounds).map_err(|e| e.root_cause().to_string())))
}

/// What a call of WASI answers here: EBADF, there are no files.
fn refusal(ty: &wasmtime::FuncType) -> Vec<Val> {
    let none = |ty| if matches!(ty, ValType::I32) { Val::I32(8) } else { panic!("result {ty}") };
    ty.results().map(none).collect()
}
