//! Writes what fuzzing starts from into a folder: the modules of other tests, and those of its own, as
//! binaries.
//!
//!     seeds REPOSITORY FOLDER

#[path = "../../../validity/src/generate/seeds.rs"]
mod seeds;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [root, folder] = arguments.as_slice() else {
        eprintln!("usage: seeds REPOSITORY FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(root), Path::new(folder)) {
        Ok(count) => {
            println!("seeds: {count} modules");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("seeds: {why}");
            ExitCode::FAILURE
        }
    }
}

fn write(root: &Path, folder: &Path) -> Result<usize, String> {
    let mut modules = seeds::valid(root)?;
    modules.append(&mut seeds::invalid(root)?);
    modules.append(&mut seeds::read(root, &["tests/fuzz/seeds"])?);
    let at = |e: std::io::Error| format!("{}: {e}", folder.display());
    fs::create_dir_all(folder).map_err(at)?;
    for (number, bytes) in modules.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:03}.wasm")), bytes).map_err(at)?;
    }
    Ok(modules.len())
}
