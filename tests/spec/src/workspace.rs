//! The generated Cargo workspace: a library for each .wast file, one for each module that must not
//! link, and one executable with all of them. A file that did not change is not written, so Cargo
//! compiles only what did.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::emit;
use crate::plan::{Module, Plan};

pub struct Workspace {
    /// Of herkos-runtime.
    features: &'static str,
    root: PathBuf,
    target: PathBuf,
    members: BTreeSet<String>,
}

/// A crate that is expected not to compile: what rustc says, or None where it compiles.
pub type Refusals = BTreeMap<String, Option<Vec<String>>>;

/// The name of the library of a module that must not link.
pub fn unlinkable_name(plan: &Plan, module: &Module) -> String {
    format!("{}_u{}", plan.crate_name(), module.number)
}

impl Workspace {
    /// Writes the libraries of all files. If these are `all` there are, what earlier runs left of
    /// others is removed.
    pub fn write(root: &Path, plans: &[Plan], all: bool, simd: bool) -> Result<Self, String> {
        let mut workspace = Self {
            features: if simd { "\"std\", \"simd\"" } else { "\"std\"" },
            root: root.join("crates"),
            target: root.join("build"),
            members: BTreeSet::new(),
        };
        for plan in plans {
            let modules: Vec<&Module> = plan.modules.iter().filter(|m| !m.unlinkable).collect();
            workspace.library(&plan.crate_name(), &emit::library(plan), &modules, &[])?;
            for module in plan.modules.iter().filter(|module| module.unlinkable) {
                let text = emit::unlinkable(plan, module);
                let name = unlinkable_name(plan, module);
                workspace.library(&name, &text, &[module], &[plan.crate_name()])?;
            }
        }
        workspace.members.insert("run".to_owned());
        if all {
            workspace.remove_others()?;
        }
        workspace.keep_or_empty_executable()?;
        workspace.root_manifest()?;
        Ok(workspace)
    }

    fn library(
        &mut self,
        name: &str,
        text: &str,
        modules: &[&Module],
        needs: &[String],
    ) -> Result<(), String> {
        let folder = self.root.join(name);
        write(&folder.join("Cargo.toml"), &self.manifest(name, needs))?;
        write(&folder.join("src/lib.rs"), text)?;
        for module in modules {
            let path = folder.join(format!("src/m{}.rs", module.number));
            write(&path, &module.text)?;
        }
        self.members.insert(name.to_owned());
        Ok(())
    }

    fn manifest(&self, name: &str, needs: &[String]) -> String {
        let (here, features) = (env!("CARGO_MANIFEST_DIR"), self.features);
        let mut text = format!(
            "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\npublish = false\n\n\
             [dependencies]\nherkos-runtime = {{ path = \"{here}/../../herkos-runtime\", \
             features = [{features}] }}\nherkos-spec-support = {{ path = \"{here}/support\" }}\n"
        );
        for need in needs {
            let _ = writeln!(text, "{need} = {{ path = \"../{need}\" }}");
        }
        text
    }

    fn root_manifest(&self) -> Result<(), String> {
        let mut text = "[workspace]\nresolver = \"2\"\nmembers = [\n".to_owned();
        for member in &self.members {
            let _ = writeln!(text, "    {member:?},");
        }
        text += "]\n\n[profile.dev]\ndebug = false\nincremental = false\n";
        write(&self.root.join("Cargo.toml"), &text)
    }

    /// Removes the crates of earlier runs.
    fn remove_others(&self) -> Result<(), String> {
        let entries = fs::read_dir(&self.root).map_err(|e| e.to_string())?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() && !self.members.contains(&name) {
                fs::remove_dir_all(entry.path()).map_err(|e| e.to_string())?;
            }
        }
        Ok(())
    }

    /// Writes the executable: the files that compile, and the modules that rustc did not refuse.
    fn executable(
        &self,
        plans: &[Plan],
        failed: &BTreeSet<String>,
        refusals: &Refusals,
    ) -> Result<(), String> {
        let mut needs = Vec::new();
        let mut arms = String::new();
        for plan in plans {
            let name = plan.crate_name();
            if failed.contains(&name) {
                continue;
            }
            let mut starts = String::new();
            for module in &plan.modules {
                let unlinkable = unlinkable_name(plan, module);
                if module.unlinkable && refusals.get(&unlinkable) == Some(&None) {
                    let number = module.number;
                    let _ = write!(starts, "({number}, {unlinkable}::start_{number}), ");
                    needs.push(unlinkable);
                }
            }
            let _ = writeln!(
                arms,
                "        {name:?} => spec_support::main::<{name}::World>(script, &[{starts}]),"
            );
            needs.push(name);
        }
        let text = format!(
            "// Generated by the runner of the specification's tests. Do not edit.\n\
             fn main() {{\n    let args: Vec<String> = std::env::args().collect();\n    \
             let script = &args[2];\n    match args[1].as_str() {{\n{arms}        \
             name => panic!(\"there is no {{name}}, {{script}}\"),\n    }}\n}}\n"
        );
        let folder = self.root.join("run");
        write(&folder.join("Cargo.toml"), &self.manifest("run", &needs))?;
        write(&folder.join("src/main.rs"), &text)
    }

    /// The executable comes last, but Cargo wants each member to be there, with what it needs. That
    /// of the run before stays if it can, so that the same one need not be made again.
    fn keep_or_empty_executable(&self) -> Result<(), String> {
        let old = fs::read_to_string(self.root.join("run/Cargo.toml")).unwrap_or_default();
        let mut needs = old.lines().filter_map(|line| {
            let (_, path) = line.split_once("{ path = \"../")?;
            path.split('"').next()
        });
        let there = |name: &str| self.root.join(name).join("Cargo.toml").exists();
        if !old.is_empty() && needs.all(there) {
            return Ok(());
        }
        self.executable(&[], &BTreeSet::new(), &Refusals::new())
    }

    /// Tries to compile the modules that must not link.
    pub fn check_unlinkable(&self, plans: &[Plan]) -> Result<Refusals, String> {
        let mut names = Vec::new();
        for plan in plans {
            let unlinkable = plan.modules.iter().filter(|module| module.unlinkable);
            names.extend(unlinkable.map(|module| unlinkable_name(plan, module)));
        }
        if names.is_empty() {
            return Ok(Refusals::new());
        }
        let output = self.cargo("check", &names, &["--keep-going"])?;
        let failed = failed_crates(&output.text);
        let outcome = |name: String| {
            let said = failed
                .contains(&name)
                .then(|| errors_of(&output.text, &name));
            (name, said)
        };
        Ok(names.into_iter().map(outcome).collect())
    }

    /// Compiles everything; a file that does not compile is left out, with rustc's first error.
    pub fn build(
        &self,
        plans: &[Plan],
        refusals: &Refusals,
        release: bool,
    ) -> Result<(PathBuf, BTreeMap<String, String>), String> {
        let names: Vec<String> = plans.iter().map(Plan::crate_name).collect();
        let profile: &[&str] = if release { &["--release"] } else { &[] };
        let options = [&["--keep-going"], profile].concat();
        let output = self.cargo("build", &names, &options)?;
        let mut failed = BTreeMap::new();
        for name in failed_crates(&output.text) {
            let first = errors_of(&output.text, &name).into_iter().next();
            let why = first.unwrap_or_else(|| "rustc fails without a message".to_owned());
            failed.insert(name, why);
        }
        if !output.success && failed.is_empty() {
            return Err(format!("cargo build failed:\n{}", output.text));
        }
        let without: BTreeSet<String> = failed.keys().cloned().collect();
        self.executable(plans, &without, refusals)?;
        let output = self.cargo("build", &["run".to_owned()], profile)?;
        if !output.success {
            return Err(format!("cargo build failed:\n{}", output.text));
        }
        let folder = if release { "release" } else { "debug" };
        Ok((self.target.join(folder).join("run"), failed))
    }

    fn cargo(&self, verb: &str, names: &[String], options: &[&str]) -> Result<Output, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root).args([verb, "--quiet"]);
        command.args(["--message-format", "short", "--target-dir"]);
        command.arg(&self.target).args(options);
        // Settings of the runner's own build are no business of the tests'.
        command
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_TARGET_DIR");
        for name in names {
            command.args(["-p", name]);
        }
        let output = command.output().map_err(|e| format!("cargo: {e}"))?;
        Ok(Output {
            text: String::from_utf8_lossy(&output.stderr).into_owned(),
            success: output.status.success(),
        })
    }
}

struct Output {
    text: String,
    success: bool,
}

/// The crates of lines like "error: could not compile `name` (lib) due to 2 previous errors".
fn failed_crates(text: &str) -> BTreeSet<String> {
    let lines = text.lines();
    let names = lines.filter_map(|line| line.strip_prefix("error: could not compile `"));
    let names = names.filter_map(|rest| rest.split('`').next());
    names.map(str::to_owned).collect()
}

/// The errors of lines like "name/src/lib.rs:12:5: error[E0053]: method ...".
fn errors_of(text: &str, name: &str) -> Vec<String> {
    let prefix = format!("{name}/src/");
    let lines = text.lines().filter(|line| line.starts_with(&prefix));
    let errors = lines.filter(|line| line.contains(": error"));
    errors.map(str::to_owned).collect()
}

/// Writes a file unless it has that content.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|e| format!("{}: {e}", path.display()))
}
