//! Replays a recording: `replay PROGRAM FILE`. Prints what became of it, on one line.

use herkos_runtime::replay::Replayer;
use herkos_runtime::snapshot::IoSource;
use herkos_tests_wasi::run_to_hash;
use std::env;
use std::error::Error;
use std::fs::File;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let (Some(name), Some(file)) = (args.next(), args.next()) else {
        return Err("usage: replay PROGRAM FILE".into());
    };
    let source = IoSource(BufReader::new(File::open(file)?));
    let mut replayer = Replayer::new(source)?;
    let (result, hash) = run_to_hash(&name, &mut replayer);
    if let Some(error) = replayer.error() {
        return Err(error.to_string().into());
    }
    let entries = replayer.entries();
    println!("{result:?} {hash:08x} after {entries} calls");
    Ok(())
}
