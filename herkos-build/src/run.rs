//! Runs the tools on each module, and has the results installed when all of them are done.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use crate::audit::{self, Subject};
use crate::cargo::Cargo;
use crate::collect::Collection;
use crate::compile;
use crate::config::{Module, Nan};
use crate::error::{problem, Error};
use crate::install::{self, Work};
use crate::link;
use crate::output::{Generated, GeneratedModule};
use crate::process::{lines_of, plain, start};
use crate::report::{Report, Reports};
use crate::tools::Tools;

/// Where a build takes from and puts to.
#[derive(Debug)]
pub(crate) struct Folders {
    pub(crate) manifest: PathBuf,
    /// What goes before a path below `manifest` for Cargo: nothing if that is the package's folder,
    /// so that a project that moves is not built anew.
    pub(crate) watched: PathBuf,
    pub(crate) out: PathBuf,
}

/// One build.
struct Run<'a> {
    folders: &'a Folders,
    tools: Tools,
    work: Work,
    /// What the compiled sources include.
    read: Vec<PathBuf>,
    /// Of the modules that were translated.
    reports: Reports,
    warnings: Vec<Warning>,
}

/// What a tool said although all went well.
struct Warning {
    /// The name of the module that it is about.
    module: String,
    /// As the module's report has it.
    text: String,
    /// As Cargo shows it, among those of other modules.
    shown: String,
}

impl Warning {
    fn of(module: &Module, text: String) -> Self {
        Self {
            module: module.name.clone(),
            shown: format!("{}: {text}", module.title()),
            text,
        }
    }

    /// One of clang, which says itself where it is.
    fn of_clang(module: &Module, line: &str) -> Self {
        let text = format!("clang: {line}");
        Self {
            module: module.name.clone(),
            shown: text.clone(),
            text,
        }
    }
}

/// Translates all modules: optimise, translate; and when all are done, install.
pub(crate) fn run(
    cargo: &Cargo,
    folders: &Folders,
    modules: &[Module],
) -> Result<Generated, Error> {
    let mut run = Run {
        folders,
        tools: Tools::find(cargo, folders, modules)?,
        work: Work::create(&folders.out)?,
        read: Vec::new(),
        reports: Reports::new(),
        warnings: Vec::new(),
    };
    let mut problems = Vec::new();
    let collection = Collection::of(cargo, &folders.manifest);
    for module in modules {
        let problem = run.module(module).err();
        if let (Some(why), Some(collection)) = (&problem, &collection) {
            collection.refuse(module, why)?;
        }
        problems.extend(problem);
    }
    run.read.sort();
    run.read.dedup();
    for path in &run.read {
        cargo.watch(&folders.watched.join(path));
    }
    for warning in &run.warnings {
        cargo.warn(&format!("herkos: {}", warning.shown));
    }
    if problems.is_empty() {
        problems = run.link(modules)?;
    }
    if !problems.is_empty() {
        return Err(Error::new(problems));
    }
    let summaries = run.audit(modules)?;
    install::install(modules, &folders.out, &run.work)?;
    let generated = modules.iter().map(|m| GeneratedModule::of(m, &folders.out));
    let generated: Vec<_> = generated.collect();
    for (module, summary) in generated.iter().zip(summaries) {
        let line = format!("herkos: module `{}`: {summary}", module.name);
        let Some(collection) = &collection else {
            cargo.say(&line);
            continue;
        };
        collection.add(module)?;
        cargo.warn(&format!("{line} ({})", collection.page(module).display()));
    }
    Ok(Generated {
        root: folders.out.join("herkos.rs"),
        modules: generated,
        warnings: run.warnings.into_iter().map(|w| w.shown).collect(),
    })
}

impl Run<'_> {
    /// Translates one module from a file that stays what it is meanwhile: of one that is being
    /// written, the first part may be a valid module.
    fn module(&mut self, module: &Module) -> Result<(), String> {
        if module.sources.is_some() {
            self.compile(module)?;
            self.optimise(module)?;
            self.translate(module)?;
            return self.check_exports(module);
        }
        let input = self.folders.manifest.join(&module.wasm);
        let before = stamp(&input);
        let done = self.optimise(module).and_then(|()| self.translate(module));
        if stamp(&input) == before {
            return done;
        }
        let title = module.title();
        let what = format!("{title}: the file changed while it was translated");
        Err(problem(&what, ["build again when it is complete"]))
    }

    /// Runs clang on the module's sources.
    fn compile(&mut self, module: &Module) -> Result<(), String> {
        let files = self.work.files(module);
        let (Some(sources), Some(wasm), Some(tools)) =
            (&module.sources, &files.compiled, &self.tools.clang)
        else {
            return Ok(());
        };
        let tools = tools.as_ref().map_err(|missing| {
            let (prefix, title) = (sources.places.files.prefix(), module.title());
            let what = format!("{prefix}{title}: `sources` needs clang: {}", missing.why);
            problem(&what, [&missing.advice])
        })?;
        install::create_parent(wasm).map_err(|e| e.to_string())?;
        let done = compile::compile(module, sources, tools, self.folders, wasm)?;
        let warnings = done.warnings.iter();
        let warnings = warnings.map(|line| Warning::of_clang(module, line));
        self.warnings.extend(warnings);
        self.read.extend(done.read);
        Ok(())
    }

    /// Sources of which nothing is exported were all thrown away by the linker.
    fn check_exports(&self, module: &Module) -> Result<(), String> {
        let report = self.reports.get(&module.name).into_iter();
        let mut exports = report.flat_map(|report| &report.exports);
        if exports.any(|e| e.kind == "function" && e.name != "_initialize") {
            return Ok(());
        }
        let title = module.title();
        let places = module.sources.as_ref().map(|sources| sources.places);
        let prefix = places.unwrap_or_default().files.prefix();
        let advice = [
            "list the functions that Rust is to call, as in exports = [\"decode\"]",
            "or mark them in the source: __attribute__((export_name(\"decode\")))",
        ];
        Err(problem(
            &format!("{prefix}{title}: no function is exported"),
            advice,
        ))
    }

    /// Runs wasm-opt if the module asks for it. The result has the input's file name, because that
    /// is what the generated file names as its source.
    fn optimise(&mut self, module: &Module) -> Result<(), String> {
        let (Some(output), Some(tool)) = (self.work.files(module).optimized, &self.tools.wasm_opt)
        else {
            return Ok(());
        };
        let title = module.title();
        let prefix = module.places.optimize.prefix();
        let program = tool.as_ref().map_err(|missing| {
            let what = format!(
                "{prefix}{title}: `optimize` needs wasm-opt: {}",
                missing.why
            );
            problem(&what, [&missing.advice])
        })?;
        install::create_parent(&output).map_err(|e| e.to_string())?;
        let mut command = Command::new(program);
        command.arg(self.input(module));
        command.args(module.wasm_opt_flags()).arg("-o").arg(&output);
        let done = start(&mut command)
            .map_err(|e| format!("{title}: cannot run wasm-opt ({}): {e}", program.display()))?;
        let said = lines_of(&done);
        if !done.status.success() || !output.is_file() {
            let what = format!("{prefix}{title}: wasm-opt failed ({})", done.status);
            return Err(problem(&what, said.into_iter().chain(feature_hint(&done))));
        }
        let warnings = said.iter().map(|line| format!("wasm-opt: {line}"));
        let warnings = warnings.map(|text| Warning::of(module, text));
        self.warnings.extend(warnings);
        Ok(())
    }

    /// The .wasm file of the user, or the one that was compiled from sources.
    fn input(&self, module: &Module) -> PathBuf {
        let compiled = self.work.files(module).compiled;
        compiled.unwrap_or_else(|| self.folders.manifest.join(&module.wasm))
    }

    /// Runs herkos-c on the module or on what wasm-opt made of it.
    fn translate(&mut self, module: &Module) -> Result<(), String> {
        let title = module.title();
        let program = &self.tools.herkos_c;
        let files = self.work.files(module);
        install::create_parent(&files.rust).map_err(|e| e.to_string())?;
        let outputs = [&files.rust, &files.report, &files.map];
        let mut command = Command::new(program);
        command.args(options(module));
        command
            .arg("-o")
            .arg(outputs[0])
            .arg("--report")
            .arg(outputs[1])
            .arg("--map")
            .arg(outputs[2]);
        // With a relative path the messages name the file as the user does.
        let made = files.optimized.as_deref().or(files.compiled.as_deref());
        let (folder, input) = match made.and_then(split) {
            Some((folder, file)) => (folder, file),
            None => (self.folders.manifest.as_path(), module.wasm.as_path()),
        };
        command.current_dir(folder).arg(plain(input));
        let done = start(&mut command)
            .map_err(|e| format!("{title}: cannot run herkos-c ({}): {e}", program.display()))?;
        if !done.status.success() {
            return Err(rejected(module, &done));
        }
        if let Some(missing) = outputs.iter().find(|path| !path.is_file()) {
            return Err(format!("{title}: herkos-c wrote no {}", missing.display()));
        }
        let said = lines_of(&done);
        let texts = said.iter().map(|line| warning_text(line).to_owned());
        let warnings = texts.map(|text| Warning::of(module, text));
        self.warnings.extend(warnings);
        let report = Report::read(&files.report)
            .map_err(|why| format!("{title}: cannot read the report of herkos-c: {why}"))?;
        self.reports.insert(module.name.clone(), report);
        Ok(())
    }

    /// Writes the link files. The problems are those of the links.
    fn link(&self, modules: &[Module]) -> Result<Vec<String>, Error> {
        if modules.iter().all(|module| module.links.is_empty()) {
            return Ok(Vec::new());
        }
        let problems = link::check(modules, &self.reports);
        if !problems.is_empty() {
            return Ok(problems.into_iter().map(|problem| problem.text).collect());
        }
        for module in modules {
            if let Some(path) = self.work.files(module).link {
                install::write(&path, &link::text(module, &self.reports))?;
            }
        }
        Ok(Vec::new())
    }

    /// Writes the reports in all forms. The result are their summaries.
    fn audit(&self, modules: &[Module]) -> Result<Vec<String>, Error> {
        let mut summaries = Vec::new();
        for module in modules {
            let Some(report) = self.reports.get(&module.name) else {
                continue;
            };
            let warnings = self.warnings.iter().filter(|w| w.module == module.name);
            let audit = audit::audit(&Subject {
                module,
                report,
                linked: link::use_of(modules, &module.name, &self.reports),
                warnings: warnings.map(|w| w.text.as_str()).collect(),
            });
            let files = self.work.files(module);
            install::write(&files.report, &audit.json)?;
            install::write(&files.report_markdown, &audit.markdown)?;
            install::write(&files.report_html, &audit.html)?;
            summaries.push(audit.summary);
        }
        Ok(summaries)
    }
}

/// The folder and the name of a file.
fn split(path: &Path) -> Option<(&Path, &Path)> {
    Some((path.parent()?, Path::new(path.file_name()?)))
}

/// wasm-opt takes the features of a module from its section `target_features`, which not every
/// compiler writes, and refuses what needs a feature that is not enabled.
fn feature_hint(done: &Output) -> Option<String> {
    let text = String::from_utf8_lossy(&done.stderr);
    let words = ["disabled", "features should be allowed", "--enable-"];
    let about_features = words.iter().any(|words| text.contains(words));
    about_features.then(|| {
        "name the features that the module uses in `optimize`, for example \
         \"-O3 --enable-bulk-memory --enable-sign-ext\" (see `wasm-opt --help`)"
            .to_owned()
    })
}

/// The command line's form of a module's options.
fn options(module: &Module) -> Vec<String> {
    let mut options = vec!["--name".to_owned(), module.name.clone()];
    let mut add = |option: &str, value: Option<String>| {
        options.extend(
            value
                .into_iter()
                .flat_map(|value| [option.to_owned(), value]),
        );
    };
    add("--max-pages", module.max_pages.map(|n| n.to_string()));
    add("--max-memory", module.max_memory.map(|n| n.to_string()));
    add("--nan", module.nan.map(Nan::as_str).map(str::to_owned));
    add("--max-stack", module.max_stack.map(|n| n.to_string()));
    if module.fuel {
        options.push("--fuel".to_owned());
    }
    if module.trace {
        options.push("--trace".to_owned());
    }
    options
}

/// What to say when herkos-c did not translate a module.
fn rejected(module: &Module, done: &Output) -> String {
    let title = module.title();
    let said = lines_of(done);
    let (what, advice) = match done.status.code() {
        Some(1) if module.optimize.is_some() => (
            format!("{title}: herkos-c rejects what wasm-opt made of it"),
            Some("the offset counts in wasm-opt's output; without `optimize` it fits the file"),
        ),
        Some(1) => (format!("{title}: herkos-c rejects the file"), None),
        Some(2) => (
            format!("{title}: herkos-c does not know how herkos-build calls it"),
            Some("does HERKOS_C name another version?"),
        ),
        _ => (
            format!("{title}: herkos-c crashed ({})", done.status),
            Some("no input may do that: please report it, with the .wasm file"),
        ),
    };
    problem(&what, said.iter().map(String::as_str).chain(advice))
}

/// `input.wasm: warning: text` without what the message says already.
fn warning_text(line: &str) -> &str {
    line.split_once("warning: ").map_or(line, |(_, text)| text)
}

/// What changes with a file's content.
fn stamp(path: &Path) -> Option<(u64, SystemTime)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}
