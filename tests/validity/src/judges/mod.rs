//! Those who say whether a module is valid: herkos-c, wabt and wasmparser. This half knows nothing
//! of where modules come from.

mod herkos;
mod parser;
mod wabt;

use std::fs;
use std::path::{Path, PathBuf};

pub use herkos::{Herkos, Phase};

/// What another validator says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepts,
    Refuses(String),
}

impl Verdict {
    pub fn accepts(&self) -> bool {
        *self == Self::Accepts
    }

    pub fn message(&self) -> &str {
        match self {
            Self::Accepts => "accepted",
            Self::Refuses(message) => message,
        }
    }
}

/// What all say of one module.
pub struct Verdicts {
    /// Err: a crash, or an answer that no user should get.
    pub herkos: Result<Herkos, String>,
    pub wabt: Verdict,
    pub parser: Verdict,
    /// wasmparser's verdict with the proposals that herkos refuses by name.
    pub with_proposals: Verdict,
}

/// The judges of one thread.
pub struct Judges {
    folder: PathBuf,
    worker: herkos::Worker,
    herkos_c: PathBuf,
}

impl Judges {
    /// `folder` is a folder for these judges alone.
    pub fn new(folder: &Path, herkos_c: &Path) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            worker: herkos::Worker::start(&folder.join("sanitizer"))?,
            herkos_c: herkos_c.to_path_buf(),
        })
    }

    /// Errors are those of the tests: a judge that cannot be run.
    pub fn judge(&mut self, bytes: &[u8]) -> Result<Verdicts, String> {
        let file = self.folder.join("input.wasm");
        fs::write(&file, bytes).map_err(|e| format!("{}: {e}", file.display()))?;
        let mut herkos = self.worker.transpile(bytes)?;
        if let Ok(answer) = &herkos {
            let problem = herkos::check_command(&self.herkos_c, &self.folder, answer)?;
            herkos = problem.map_or(herkos, Err);
        }
        Ok(Verdicts {
            herkos,
            wabt: wabt::validate(&file)?,
            parser: parser::validate(bytes, parser::supported()),
            with_proposals: parser::validate(bytes, parser::with_proposals()),
        })
    }

    /// Ends the worker, which looks for leaks then.
    pub fn finish(self) -> Result<(), String> {
        self.worker.finish()
    }
}
