//! Lua, a C program that nobody here wrote, runs a script. The script reaches one directory, the
//! clock and random numbers, and nothing else.

use herkos_runtime::wasi::{self, System};
use std::error::Error;
use std::fs;

herkos_runtime::include_modules!(); // `mod lua`

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let scripts = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts");
    let (mut output, mut errors) = (Vec::new(), Vec::new());

    let host = System::new()
        .with_args(["lua", "/scripts/demo.lua", "herkos", "50"])
        .with_stdout(&mut output)
        .with_stderr(&mut errors)
        .with_clocks()
        .with_random()
        .with_read_only_dir(scripts, "/scripts")?
        .with_dir(folder.path(), "/work")?;
    let status = wasi::exit_status(lua::Module::boxed(host)?._start())?;

    let (output, errors) = (String::from_utf8(output)?, String::from_utf8(errors)?);
    print!("{output}{errors}");
    assert_eq!(status, 1, "the script ends with an error");
    assert!(errors.contains("an error that nobody catches"));
    assert_eq!(
        output,
        fs::read_to_string(format!("{scripts}/expected.txt"))?
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("out.txt"))?,
        "15 primes below 50\n"
    );
    Ok(())
}
