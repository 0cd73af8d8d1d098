//! The folder that `HERKOS_REPORT` names: the reports of all packages of a build, each package's in
//! a folder of its own, for a reviewer or a CI job to keep.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::cargo::Cargo;
use crate::config::Module;
use crate::error::Error;
use crate::install;
use crate::output::GeneratedModule;

/// What the names of a module's files end in.
const REPORTS: [&str; 3] = ["json", "md", "html"];
const REFUSAL: &str = "refused.txt";

pub(crate) struct Collection {
    folder: PathBuf,
}

impl Collection {
    /// None if `HERKOS_REPORT` is not set. A relative path counts from the package's folder.
    pub(crate) fn of(cargo: &Cargo, manifest: &Path) -> Option<Self> {
        let name = cargo.watched_env("HERKOS_REPORT")?;
        let package = cargo.env("CARGO_PKG_NAME").unwrap_or_default();
        let folder = manifest.join(name).join(package);
        Some(Self { folder })
    }

    /// Copies a module's reports; where a refusal was, it goes.
    pub(crate) fn add(&self, module: &GeneratedModule) -> Result<(), Error> {
        let files = [&module.report, &module.report_markdown, &module.report_html];
        for (from, suffix) in files.into_iter().zip(REPORTS) {
            let to = self.file(&module.name, suffix);
            let text = fs::read_to_string(from).map_err(|e| Error::io("read", from, &e))?;
            install::write(&to, &text)?;
        }
        remove(&self.file(&module.name, REFUSAL))
    }

    /// Says why there is no report; what an earlier build left goes, it is of another file.
    pub(crate) fn refuse(&self, module: &Module, why: &str) -> Result<(), Error> {
        for suffix in REPORTS {
            remove(&self.file(&module.name, suffix))?;
        }
        install::write(&self.file(&module.name, REFUSAL), &format!("{why}\n"))
    }

    /// Where to look for the page on a module.
    pub(crate) fn page(&self, module: &GeneratedModule) -> PathBuf {
        self.file(&module.name, "html")
    }

    fn file(&self, module: &str, suffix: &str) -> PathBuf {
        self.folder.join(format!("{module}.{suffix}"))
    }
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::io("remove", path, &e)),
        _ => Ok(()),
    }
}
