//! Generated modules as Rust that herkos made, the *subject*, and in wasmtime, the *reference*: both get
//! the same calls, and after each the results or the trap, memory, globals, tables and what the host was
//! asked must be the same, in debug and in release builds.
//!
//!     cargo run -- [--modules N] [--seconds N] [--seed N] [--first N] [--batch N]
//!
//! Modules `first` and on of a seed, in batches, until so many are done or so much time has passed. What
//! differs is made smaller and kept in found/, which every run begins with.

mod batch;
mod compare;
mod found;
mod generate;
mod module;
mod reference;
mod run;
mod shrink;
mod subject;
mod variation;

// Of other tests.
#[path = "../../e2e/src/arguments.rs"]
mod arguments;
#[rustfmt::skip] // tests/validity has its own style
#[path = "../../validity/src/generate/model.rs"]
#[allow(dead_code)]
mod model;
#[path = "../../e2e/src/trap.rs"]
mod trap;
#[path = "../../e2e/src/value.rs"]
#[allow(dead_code)]
mod value;
#[rustfmt::skip] // tests/validity has its own style
#[path = "../../validity/src/generate/wasm_opt.rs"]
mod wasm_opt;

use std::process::ExitCode;
use std::time::Duration;

use value::Value;

/// What a source says of validity; here each module is validated anyway.
#[derive(Clone, Copy)]
pub enum Promise {
    Nothing,
    Valid,
}

pub struct Options {
    modules: u32,
    seconds: Option<u64>,
    seed: u64,
    first: u32,
    batch: u32,
}

impl Options {
    fn time(&self) -> Option<Duration> {
        self.seconds.map(Duration::from_secs)
    }
}

fn main() -> ExitCode {
    // wasmtime runs on this thread's stack.
    let thread = std::thread::Builder::new().stack_size(2 * reference::STACK);
    let ended = thread.spawn(|| options().and_then(|options| run::run(&options)));
    match ended.map_err(|e| e.to_string()).map(|thread| thread.join()) {
        Ok(Ok(Ok(true))) => ExitCode::SUCCESS,
        Ok(Ok(Ok(false))) | Ok(Err(_)) => ExitCode::FAILURE,
        Ok(Ok(Err(why))) | Err(why) => {
            eprintln!("differ: {why}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options { modules: u32::MAX, seconds: None, seed: 1, first: 0, batch: 120 };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let value = args.next().unwrap_or_default();
        let bad = || format!("{arg} needs a number, not {value:?}");
        let parsed: u64 = value.parse().map_err(|_| bad())?;
        let small = || u32::try_from(parsed).map_err(|_| bad());
        match arg.as_str() {
            "--modules" => options.modules = small()?,
            "--seconds" => options.seconds = Some(parsed),
            "--seed" => options.seed = parsed,
            "--first" => options.first = small()?,
            "--batch" => options.batch = small()?.max(1),
            _ => return Err(format!("there is no option {arg}")),
        }
    }
    if options.modules == u32::MAX && options.seconds.is_none() {
        options.modules = options.batch;
    }
    Ok(options)
}
