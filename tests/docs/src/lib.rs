//! The Rust blocks of the documentation, compiled, each as a module; those with assertions are run as tests.
#![forbid(unsafe_code)]
// A block shows what it is about; nobody calls it.
#![allow(dead_code, unused_imports, clippy::needless_doctest_main)]

pub mod blocks;

/// The modules that the pages speak of.
pub mod modules {
    herkos_runtime::include_modules!();
}

#[cfg(test)]
mod pages {
    include!(concat!(env!("OUT_DIR"), "/blocks.rs"));
}
