//! The checks on what herkos generates.

mod modules;
mod mutants;
mod samples;
