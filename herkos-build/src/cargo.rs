//! The two ways to Cargo: the environment it gives to a build script, and the `cargo::` lines the
//! script prints. Nothing else in this crate reads the environment or prints.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The environment, and the directives given so far.
#[derive(Debug, Default)]
pub(crate) struct Cargo {
    silent: bool,
    /// Instead of the process's environment, for tests.
    variables: Option<BTreeMap<String, OsString>>,
    given: RefCell<Vec<String>>,
}

impl Cargo {
    /// `silent`: print no directives, for use outside a build script.
    pub(crate) fn new(silent: bool) -> Self {
        Self {
            silent,
            ..Self::default()
        }
    }

    /// A variable of the environment; one that is set to nothing counts as not set.
    #[allow(clippy::disallowed_methods)] // the one place
    pub(crate) fn env(&self, name: &str) -> Option<OsString> {
        let value = match &self.variables {
            Some(variables) => variables.get(name).cloned(),
            None => std::env::var_os(name),
        };
        value.filter(|value| !value.is_empty())
    }

    /// The same for a variable that is the user's to change: Cargo runs the script again then.
    pub(crate) fn watched_env(&self, name: &str) -> Option<OsString> {
        self.give(format!("rerun-if-env-changed={name}"));
        self.env(name)
    }

    /// Runs the script again when the file changes, comes or goes.
    pub(crate) fn watch(&self, path: &Path) {
        match path.to_str() {
            Some(text) if !text.contains(['\n', '\r']) => {
                self.give(format!("rerun-if-changed={text}"));
            }
            _ => self.warn(&format!(
                "herkos: cannot watch {:?}, because Cargo takes UTF-8 paths on one line only: \
                 run `cargo clean -p` for this package after changing the file",
                path.as_os_str()
            )),
        }
    }

    pub(crate) fn warn(&self, text: &str) {
        self.give(format!("warning={text}"));
    }

    /// A line for those who ask for what a build script says (`cargo build -vv`).
    pub(crate) fn say(&self, text: &str) {
        if !self.silent {
            println!("{text}");
        }
    }

    /// One directive per line of the text.
    pub(crate) fn fail(&self, error: &Error) {
        for line in error.to_string().lines() {
            self.give(format!("error={line}"));
        }
    }

    /// The executable that a variable names, if it is set. The error says what is wrong.
    pub(crate) fn program_of(&self, variable: &str) -> Option<Result<PathBuf, String>> {
        let name = self.watched_env(variable)?;
        let program = self.program(&name);
        Some(program.ok_or_else(|| self.set_to(variable, "is no executable file")))
    }

    /// Says what is wrong with what a variable is set to.
    pub(crate) fn set_to(&self, variable: &str, fault: &str) -> String {
        let value = self.env(variable).unwrap_or_default();
        format!("{variable} is set to {value:?}, which {fault}")
    }

    /// The executable called `name`: a path as it is, a bare name looked up in `PATH`.
    pub(crate) fn program(&self, name: &OsStr) -> Option<PathBuf> {
        let path = Path::new(name);
        if path.components().count() > 1 {
            return std::path::absolute(path)
                .ok()
                .filter(|path| is_program(path));
        }
        let folders = self.env("PATH")?;
        let names = std::env::split_paths(&folders)
            .filter(|folder| folder.is_absolute())
            .flat_map(|folder| [folder.join(path), with_suffix(folder.join(path))]);
        names.into_iter().find(|path| is_program(path))
    }

    fn give(&self, directive: String) {
        if !self.silent {
            println!("cargo::{directive}");
        }
        self.given.borrow_mut().push(directive);
    }
}

fn with_suffix(path: PathBuf) -> PathBuf {
    let mut text = path.into_os_string();
    text.push(std::env::consts::EXE_SUFFIX);
    text.into()
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
impl Cargo {
    /// With this environment alone; prints nothing.
    pub(crate) fn with_variables<V: Into<OsString>>(variables: Vec<(&str, V)>) -> Self {
        let entries = variables.into_iter().map(|(k, v)| (k.to_owned(), v.into()));
        Self {
            silent: true,
            variables: Some(entries.collect()),
            ..Self::default()
        }
    }

    /// What was given to Cargo so far.
    pub(crate) fn given(&self) -> Vec<String> {
        self.given.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Cargo;
    use crate::error::{problem, Error};
    use std::path::Path;

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let cargo = Cargo::with_variables(vec![("A", ""), ("B", "b")]);
        assert_eq!(cargo.env("A"), None);
        assert_eq!(cargo.watched_env("B"), Some("b".into()));
        assert_eq!(cargo.given(), ["rerun-if-env-changed=B"]);
    }

    #[test]
    fn every_line_of_an_error_is_a_directive() {
        let cargo = Cargo::with_variables::<&str>(vec![]);
        let problems = vec![problem("one", ["do this"]), problem::<&str>("two", [])];
        cargo.fail(&Error::new(problems));
        assert_eq!(
            cargo.given(),
            ["error=herkos: one", "error=  do this", "error=herkos: two"]
        );
    }

    #[test]
    fn a_path_with_a_line_end_gives_a_warning_and_no_second_directive() {
        let cargo = Cargo::with_variables::<&str>(vec![]);
        cargo.watch(Path::new("a b/\u{e9}.wasm"));
        cargo.watch(Path::new("a\ncargo::error=x"));
        let given = cargo.given();
        assert_eq!(given[0], "rerun-if-changed=a b/\u{e9}.wasm");
        assert!(given[1].starts_with("warning=herkos: cannot watch \"a\\ncargo::error=x\""));
        assert!(!given[1].contains('\n'));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_a_file_that_may_be_run() {
        let cargo = Cargo::with_variables(vec![("PATH", "/nonexistent:/bin:/usr/bin")]);
        assert!(cargo.program("sh".as_ref()).is_some());
        assert_eq!(cargo.program("/bin/sh".as_ref()), Some("/bin/sh".into()));
        assert_eq!(cargo.program("/etc/passwd".as_ref()), None);
        assert_eq!(cargo.program("no-such-program".as_ref()), None);
    }
}
