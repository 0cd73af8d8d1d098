//! C to WebAssembly, natively, and by way of wasm2c. All by the same clang with `-O3`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasmparser::{Parser, Payload, TypeRef, ValType};

use crate::engines::Engine;
use crate::files::{self, Folders};
use crate::libraries::Packages;
use crate::programs::{Program, Source};

pub const CLANG: &str = "clang-19";

/// No contraction of `a * b + c`, which WebAssembly has not: the results are to be equal. No
/// `errno` of sqrt, which would cost native code a branch.
const COMMON: [&str; 4] = ["-O3", "-std=gnu11", "-ffp-contract=off", "-fno-math-errno"];
const POSITION: [&str; 2] = ["-fPIC", "-fvisibility=hidden"];
const SHARED: [&str; 2] = ["-shared", "-lm"];
/// What clang enables by itself from version 20 on.
const WASM: [&str; 3] = ["-mbulk-memory", "-msign-ext", "-mnontrapping-fptoint"];
const VECTORS: [&str; 1] = ["-msimd128"];
const WASM_TARGET: &str = "--target=wasm32";
const WASM_LINK: [&str; 4] = [WASM_TARGET, "-nostdlib", "-Wl,--no-entry", "-Wl,--stack-first"];
const WASI_TARGET: &str = "--target=wasm32-wasi";
/// wasi-libc, with as much stack as libraries may want, and memory that may grow.
const WASI_LINK: [&str; 3] = [
    WASI_TARGET,
    "-mexec-model=reactor",
    "-Wl,--stack-first,-z,stack-size=262144,--max-memory=33554432",
];
/// What wasm2c's documentation says that its output needs to be compiled right.
const WASM2C: [&str; 3] = ["-O3", "-fno-optimize-sibling-calls", "-frounding-math"];
const WASM2C_RUNTIME: &str = "/usr/share/wabt/wasm2c";

/// What makes `bench_run` of the native `run`.
const NATIVE_GLUE: &str = "\
#include <stdint.h>
uint32_t run(uint32_t rounds);
__attribute__((visibility(\"default\"))) int64_t bench_run(uint32_t rounds) { return run(rounds); }
";

pub struct Compiler<'a> {
    folders: &'a Folders,
    pub packages: Packages,
    /// The versions of the tools.
    pub versions: String,
}

impl<'a> Compiler<'a> {
    pub fn new(folders: &'a Folders) -> Result<Self, String> {
        let mut versions = String::new();
        for tool in [CLANG, "wasm2c"] {
            let text = files::output(Command::new(tool).arg("--version"))?;
            let text = String::from_utf8_lossy(&text);
            let line = text.lines().next().unwrap_or_default();
            let name = if line.contains(' ') { "" } else { "wasm2c " };
            let _ = write!(versions, ", {name}{line}");
        }
        Ok(Self { folders, packages: Packages::new(folders)?, versions: versions.split_off(2) })
    }

    /// Makes what these engines need, except for herkos.
    pub fn compile(&self, program: &Program, engines: &[Engine]) -> Result<(), String> {
        let folder = self.folders.program(program.name);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        self.native(program, &folder)?;
        match program.source {
            Source::Vectors => {
                self.wasm(program, &VECTORS, &folder.join(Engine::Herkos.wasm()))?;
                self.wasm(program, &[], &folder.join(Engine::Scalar.wasm()))?;
            }
            _ => self.wasm(program, &[], &folder.join(Engine::Herkos.wasm()))?,
        }
        for engine in [Engine::Checked, Engine::Guarded] {
            if engines.contains(&engine) && engine.runs(program) {
                self.wasm2c(engine, &folder)?;
            }
        }
        Ok(())
    }

    fn native(&self, program: &Program, folder: &Path) -> Result<(), String> {
        let glue = folder.join("native_glue.c");
        files::write(&glue, NATIVE_GLUE)?;
        let mut clang = self.clang(program)?;
        clang.arg(glue).args(POSITION);
        self.build(&mut clang, &SHARED, &folder.join("native.so"))
    }

    pub fn wasm(&self, program: &Program, flags: &[&str], output: &Path) -> Result<(), String> {
        let mut clang = self.clang(program)?;
        let (target, link) = match program.is_library() {
            true => (WASI_TARGET, &WASI_LINK[..]),
            false => (WASM_TARGET, &WASM_LINK[..]),
        };
        clang.arg(target).args(WASM).args(flags);
        self.build(&mut clang, link, output)
    }

    /// clang, with what all targets have in common.
    fn clang(&self, program: &Program) -> Result<Command, String> {
        let mut clang = Command::new(CLANG);
        clang.args(COMMON);
        let own = self.folders.bench.join("c");
        let kernels = self.folders.repository.join("tests/size/c");
        let file = format!("{}.c", program.name);
        let source = match program.source {
            Source::Own => own.join(file),
            Source::Kernel => kernels.join(file),
            Source::Vectors => own.join("vectors").join(file),
            Source::Library(_) => own.join("libraries").join(program.name).join("run.c"),
        };
        match program.source {
            Source::Library(library) => {
                // Others' code: no warnings. Some of it asks for headers that are beside run.c.
                clang.arg("-w").arg("-I").arg(source.with_file_name(""));
                clang.args(self.packages.arguments(library)?)
            }
            _ => clang.args(["-Wall", "-Wextra", "-Werror"]),
        };
        clang.arg(source);
        Ok(clang)
    }

    /// Compiles and links, if what the preprocessor makes of the sources or the flags have changed.
    /// Links without `-O`: clang would run wasm-opt if it is installed, and results shall not
    /// depend on that.
    fn build(&self, clang: &mut Command, link: &[&str], output: &Path) -> Result<(), String> {
        let mut preprocess = Command::new(CLANG);
        let text = files::output(preprocess.args(clang.get_args()).args(["-E", "-P"]))?;
        let flags = format!("{clang:?} {link:?}");
        files::make(output, &(text, flags, &self.versions), || {
            let objects = output.with_extension("objects");
            let _ = fs::remove_dir_all(&objects);
            fs::create_dir_all(&objects).map_err(|e| format!("{}: {e}", objects.display()))?;
            files::output(clang.arg("-c").current_dir(&objects))?;
            let made = files::list(&objects)?;
            files::output(Command::new(CLANG).args(made).args(link).arg("-o").arg(output)).map(drop)
        })
    }

    fn wasm2c(&self, engine: Engine, folder: &Path) -> Result<(), String> {
        let wasm = files::read(&folder.join("program.wasm"))?;
        let glue = folder.join("wasm2c_glue.c");
        let text = glue_text(&wasm)?;
        files::write(&glue, &text)?;
        let source = folder.join("program.c");
        files::make(&source, &(&wasm, &self.versions), || {
            let mut wasm2c = Command::new("wasm2c");
            wasm2c.arg(folder.join("program.wasm")).args(["-n", "program", "-o"]).arg(&source);
            files::output(&mut wasm2c).map(drop)
        })?;
        let output = folder.join(engine.name()).with_extension("so");
        let mut clang = Command::new(CLANG);
        clang.args(WASM2C).args(POSITION).args(SHARED).args(["-w", "-I", WASM2C_RUNTIME]);
        if engine == Engine::Checked {
            // The depth of calls, which is counted without the signal handler, as with guard pages:
            // what the host's stack allows.
            clang.arg("-DWASM_RT_MEMCHECK_SIGNAL_HANDLER=0");
            clang.arg("-DWASM_RT_MAX_CALL_STACK_DEPTH=100000");
        }
        clang.arg(source).arg(glue).arg(PathBuf::from(WASM2C_RUNTIME).join("wasm-rt-impl.c"));
        clang.arg("-o").arg(&output);
        let command = format!("{clang:?}");
        files::make(&output, &(wasm, text, command, &self.versions), || {
            files::output(&mut clang).map(drop)
        })
    }
}

/// C that makes `bench_run` of what wasm2c generates. Imports are functions of WASI: they answer
/// EBADF.
fn glue_text(wasm: &[u8]) -> Result<String, String> {
    let facts = facts(wasm).map_err(|e| e.to_string())?;
    let mut text = String::from(
        "#include \"program.h\"\n#include \"wasm-rt-impl.h\"\n#include <stdio.h>\n\n\
         static Z_program_instance_t instance;\nstatic int state;\n\n",
    );
    let mut wasi = "";
    for Import { name, params, result } in facts.imports {
        if wasi.is_empty() {
            text.push_str("struct Z_wasi_snapshot_preview1_instance_t { int none; } wasi;\n");
            wasi = ", &wasi";
        }
        let params: String = params.iter().map(|ty| format!(", {ty}")).collect();
        let (ty, answer) = if result { ("u32", " return 8;") } else { ("void", "") };
        let _ = writeln!(
            text,
            "{ty} Z_wasi_snapshot_preview1Z_{name}(struct Z_wasi_snapshot_preview1_instance_t *host{params}) \
             {{{answer} }}"
        );
    }
    let initialize = match facts.initialize {
        true => "        Z_programZ__initialize(&instance);\n",
        false => "",
    };
    let _ = write!(
        text,
        "\n__attribute__((visibility(\"default\"))) long long bench_run(u32 rounds)\n{{\n    \
         wasm_rt_trap_t trap = wasm_rt_impl_try();\n\n    if (trap) {{\n        \
         fprintf(stderr, \"bench: wasm2c: %s\\n\", wasm_rt_strerror(trap));\n        return -1;\n    }}\n    \
         if (!state++) {{\n        wasm_rt_init();\n        Z_program_init_module();\n        \
         Z_program_instantiate(&instance{wasi});\n{initialize}    }}\n    \
         return Z_programZ_run(&instance, rounds);\n}}\n"
    );
    Ok(text)
}

/// What a host of the module must know.
#[derive(Default)]
pub struct Facts {
    /// Functions of WASI.
    pub imports: Vec<Import>,
    /// Whether it exports `_initialize`, to be called first.
    pub initialize: bool,
}

pub struct Import {
    name: String,
    /// C's types.
    params: Vec<&'static str>,
    /// Whether it answers with an errno.
    result: bool,
}

pub fn facts(wasm: &[u8]) -> Result<Facts, wasmparser::BinaryReaderError> {
    let (mut facts, mut types) = (Facts::default(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for ty in section.into_iter_err_on_gc_types() {
                    types.push(ty?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(ty) = import.ty else { panic!("import {}", import.name) };
                    assert_eq!(import.module, "wasi_snapshot_preview1", "{}", import.name);
                    let ty = &types[ty as usize];
                    let c = |ty: &ValType| if *ty == ValType::I32 { "u32" } else { "u64" };
                    facts.imports.push(Import {
                        name: import.name.to_owned(),
                        params: ty.params().iter().map(c).collect(),
                        result: !ty.results().is_empty(),
                    });
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    facts.initialize |= export?.name == "_initialize";
                }
            }
            _ => {}
        }
    }
    Ok(facts)
}
