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
        for from in module.reports() {
            let text = fs::read_to_string(from).map_err(|e| Error::io("read", from, &e))?;
            install::write(&self.place(from), &text)?;
        }
        remove(&self.refusal(&module.name))
    }

    /// Says why there is no report; what an earlier build left goes, it is of another file.
    pub(crate) fn refuse(&self, module: &Module, why: &str) -> Result<(), Error> {
        for report in GeneratedModule::of(module, Path::new("")).reports() {
            remove(&self.place(report))?;
        }
        install::write(&self.refusal(&module.name), &format!("{why}\n"))
    }

    /// Where to look for the page on a module.
    pub(crate) fn page(&self, module: &GeneratedModule) -> PathBuf {
        self.place(&module.report_html)
    }

    /// A report's place in the folder.
    fn place(&self, report: &Path) -> PathBuf {
        self.folder.join(report.file_name().unwrap_or_default())
    }

    fn refusal(&self, module: &str) -> PathBuf {
        self.folder.join(format!("{module}.refused.txt"))
    }
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::io("remove", path, &e)),
        _ => Ok(()),
    }
}
