//! A run of a C program is recorded, as in production; then replayed without its file, without a clock,
//! without random numbers. Both runs end in the same state, to the bit.

use herkos_runtime::replay::{Recorder, Replayer};
use herkos_runtime::snapshot::{IoSink, IoSource, Snapshot};
use herkos_runtime::wasi::{self, System};
use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

herkos_runtime::include_modules!(); // `mod lottery`

/// Runs the program with some host; a hash of the state in which it ends.
fn run<H: lottery::Host>(host: H) -> Result<u64, Box<dyn Error>> {
    let mut program = lottery::Module::boxed(host)?;
    assert_eq!(wasi::exit_status(program._start())?, 0);
    let mut hasher = DefaultHasher::new();
    program.hash_state(&mut hasher);
    Ok(hasher.finish())
}

fn record(folder: &Path, file: &Path) -> Result<u64, Box<dyn Error>> {
    let system = System::new()
        .with_stdout(std::io::stdout())
        .with_clocks()
        .with_random()
        .with_read_only_dir(folder, "/data")?;
    let sink = IoSink(BufWriter::new(File::create(file)?));
    let mut recorder = Recorder::new(system, sink)?;
    let hash = run(&mut recorder)?;
    if let Some(error) = recorder.error() {
        return Err(error.to_string().into());
    }
    recorder.sink_mut().0.flush()?;
    Ok(hash)
}

fn replay(file: &Path) -> Result<u64, Box<dyn Error>> {
    let source = IoSource(BufReader::new(File::open(file)?));
    let mut replayer = Replayer::new(source)?;
    let hash = run(&mut replayer);
    if let Some(error) = replayer.error() {
        return Err(error.to_string().into());
    }
    hash
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let file = tempfile::NamedTempFile::new()?;
    fs::write(folder.path().join("names"), "Ada\nAlan\nGrace\nKurt\n")?;

    let recorded = record(folder.path(), file.path())?;
    println!("recorded: the state is {recorded:016x}");
    drop(folder); // the names are gone

    let bytes = fs::metadata(file.path())?.len();
    let replayed = replay(file.path())?;
    println!("replayed: the state is {replayed:016x}, from a recording of {bytes} bytes");
    assert_eq!(recorded, replayed);
    Ok(())
}
