//! What went wrong, in the words that the user gets to read.
//!
//! Problems are collected, not thrown: one build shows all that is wrong with Cargo.toml, and each
//! module that was rejected. A problem is a summary line, then indented lines that say what to do.

use std::fmt;
use std::path::Path;

/// Why a build failed: every problem that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    problems: Vec<String>,
}

impl Error {
    pub(crate) fn new(problems: Vec<String>) -> Self {
        Self { problems }
    }

    /// Input and output that failed for reasons outside the user's project.
    pub(crate) fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::from(format!("cannot {what} {}: {error}", path.display()))
    }

    /// The problems, each a text of one or more lines: a summary, then, indented, what to do.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        self.problems.iter().map(String::as_str)
    }
}

impl From<String> for Error {
    fn from(problem: String) -> Self {
        Self::new(vec![problem])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            let separator = if i == 0 { "" } else { "\n" };
            write!(f, "{separator}herkos: {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// A summary and its details as one text, details indented.
pub(crate) fn problem<D: AsRef<str>>(
    summary: &str,
    details: impl IntoIterator<Item = D>,
) -> String {
    let mut text = summary.to_owned();
    for detail in details {
        text.push_str("\n  ");
        text.push_str(detail.as_ref());
    }
    text
}
