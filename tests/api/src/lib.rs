//! Modules made by herkos for the tests in `tests/`.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

herkos_runtime::include_modules!();
