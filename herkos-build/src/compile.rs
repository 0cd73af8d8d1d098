//! Compiles C sources to WebAssembly: clang once for each file, then once to link.
//!
//! The same sources give the same bytes wherever they lie, as far as clang's version is the same:
//! the processor is pinned (clang's default gained features from version to version), paths are
//! relative to Cargo.toml, and what the environment says about include folders does not count. No
//! `-O` when linking: clang would run wasm-opt if it happened to find one.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

use crate::config::{slashes, Module};
use crate::depfile;
use crate::error::problem;
use crate::process::{lines_of, plain, start};
use crate::run::Folders;
use crate::sources::Sources;
use crate::symbols;
use crate::toolchain::Toolchain;

/// WebAssembly 1.0, and of 2.0 what makes code smaller. Bulk memory is also what makes clang turn
/// memcpy, memmove and memset into instructions, so that they need no library.
const MACHINE: [&str; 4] = [
    "-mcpu=mvp",
    "-mbulk-memory",
    "-msign-ext",
    "-mnontrapping-fptoint",
];

/// For code without a C library. With wasi-libc it is the linker's own, 64 KiB.
const STACK_SIZE: &str = "-Wl,-z,stack-size=32768";

/// Variables by which a machine's own headers would get in.
const INCLUDE_VARIABLES: [&str; 3] = ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"];

/// What compiling one module gave, beside the .wasm file.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    /// Every file that was included, relative to Cargo.toml or absolute.
    pub(crate) read: Vec<PathBuf>,
    /// What clang and the linker said although all went well.
    pub(crate) warnings: Vec<String>,
}

/// The compilation of one module.
struct Compilation<'a> {
    module: &'a Module,
    sources: &'a Sources,
    tools: &'a Toolchain,
    folders: &'a Folders,
    /// Where the object files go.
    work: PathBuf,
    done: Compiled,
}

/// Compiles a module's sources to the file `wasm`.
pub(crate) fn compile(
    module: &Module,
    sources: &Sources,
    tools: &Toolchain,
    folders: &Folders,
    wasm: &Path,
) -> Result<Compiled, String> {
    let work = wasm.with_extension("objects");
    let title = module.title();
    fs::create_dir_all(&work).map_err(|e| format!("{title}: {}: {e}", work.display()))?;
    let mut compilation = Compilation {
        module,
        sources,
        tools,
        folders,
        work,
        done: Compiled::default(),
    };
    compilation.compile_all()?;
    compilation.link(wasm)?;
    Ok(compilation.done)
}

impl Compilation<'_> {
    /// Compiles each file, and says what is wrong with any of them.
    fn compile_all(&mut self) -> Result<(), String> {
        let mut rejected = Vec::new();
        let mut said = Vec::new();
        for (i, file) in self.sources.files.iter().enumerate() {
            let done = self.compile(i, file).map_err(|e| self.cannot_run(&e))?;
            let lines = lines_of(&done);
            if done.status.success() {
                let warnings = lines
                    .into_iter()
                    .filter(|line| !line.ends_with(" generated."));
                self.done.warnings.extend(warnings);
                let text = fs::read_to_string(self.object(i, "d")).unwrap_or_default();
                let read = depfile::prerequisites(&text);
                let included = read.into_iter().filter(|path| path != file); // it is watched already
                self.done.read.extend(included);
            } else {
                rejected.push(slashes(file));
                said.extend(lines);
            }
        }
        if rejected.is_empty() {
            return Ok(());
        }
        said.extend(symbols::header_advice(&said, self.sources.wasi));
        let what = format!("clang rejects {}", rejected.join(", "));
        Err(self.problem(&what, said))
    }

    fn compile(&self, number: usize, file: &Path) -> io::Result<Output> {
        let mut command = self.clang();
        command.args(MACHINE).arg("-O2");
        let folder = self.folders.manifest.display();
        command.arg(format!("-ffile-prefix-map={folder}=."));
        command.args(&self.sources.flags);
        command.args(["-c", "-MD", "-MT", "object", "-MF"]);
        command.arg(self.object(number, "d"));
        command.arg("-o").arg(self.object(number, "o"));
        start(command.arg(plain(file)))
    }

    fn link(&mut self, wasm: &Path) -> Result<(), String> {
        let mut command = self.clang();
        let mut fuse = std::ffi::OsString::from("-fuse-ld=");
        fuse.push(&self.tools.linker);
        command.arg(fuse);
        if self.sources.wasi {
            command.arg("-mexec-model=reactor");
        } else {
            command.args(["-nostdlib", "-Wl,--no-entry", STACK_SIZE]);
        }
        // The stack first: one that overflows then leaves the memory, which is a trap.
        command.args(["-Wl,--gc-sections", "-Wl,--stack-first"]);
        let exports = self.sources.exports.iter();
        command.args(exports.map(|name| format!("-Wl,--export={name}")));
        let objects = 0..self.sources.files.len();
        command.args(objects.map(|number| self.object(number, "o")));
        command.args(&self.sources.link_flags);
        let done = start(command.arg("-o").arg(wasm)).map_err(|e| self.cannot_run(&e))?;
        let said = lines_of(&done);
        let said = said
            .iter()
            .filter(|line| !line.contains("(use -v to see invocation)"));
        let said: Vec<String> = said.map(|line| self.in_words(line)).collect();
        if done.status.success() && wasm.is_file() {
            self.done.warnings.extend(said);
            return self.check_constructors(wasm);
        }
        let faults = symbols::faults(&said);
        let what = faults
            .summary()
            .unwrap_or("they cannot be linked".to_owned());
        let advice = faults.advice(&self.words(), self.sources.wasi);
        Err(self.problem(&what, said.into_iter().chain(advice)))
    }

    /// Where nothing calls the constructors, the linker has each export call them first, by
    /// functions with names of its own: then each call from outside would begin anew.
    fn check_constructors(&self, wasm: &Path) -> Result<(), String> {
        let bytes = fs::read(wasm).map_err(|e| self.problem(&e.to_string(), []))?;
        let marked = b".command_export";
        if !bytes.windows(marked.len()).any(|part| part == marked) {
            return Ok(());
        }
        let what = "the sources have global constructors, and nothing runs them once";
        let advice = "set `wasi = true` and call `_initialize()` before all else; or add \
                      \"__wasm_call_ctors\" to `exports`, and call that";
        Err(self.problem(what, [advice.to_owned()]))
    }

    /// clang in the folder of Cargo.toml, so that paths are what the user wrote.
    fn clang(&self) -> Command {
        let mut command = Command::new(&self.tools.clang);
        command.current_dir(&self.folders.manifest);
        for name in INCLUDE_VARIABLES {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C");
        if !self.sources.wasi {
            command.arg("--target=wasm32-unknown-unknown");
            return command;
        }
        command.arg("--target=wasm32-wasi");
        if let Some(folder) = &self.tools.sysroot {
            command.arg("--sysroot").arg(folder);
        }
        command
    }

    fn object(&self, number: usize, suffix: &str) -> PathBuf {
        self.work.join(format!("{number}.{suffix}"))
    }

    /// A line of the linker, with the sources in place of the object files.
    fn in_words(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (i, file) in self.sources.files.iter().enumerate() {
            let object = self.object(i, "o").display().to_string();
            line = line.replace(&object, &slashes(file));
        }
        line
    }

    /// All words of the sources: one of them may be what was meant.
    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for file in &self.sources.files {
            let text = fs::read(self.folders.manifest.join(file)).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            let found = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            words.extend(found.filter(|word| word.len() > 1).map(str::to_owned));
        }
        words.sort();
        words.dedup();
        words
    }

    fn problem(&self, what: &str, details: impl IntoIterator<Item = String>) -> String {
        let prefix = self.sources.places.files.prefix();
        let summary = format!("{prefix}{}: {what}", self.module.title());
        problem(&summary, details)
    }

    fn cannot_run(&self, error: &io::Error) -> String {
        let what = format!("cannot run clang ({}): {error}", self.tools.clang.display());
        self.problem(&what, [])
    }
}
