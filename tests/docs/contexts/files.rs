use crate::modules::program;
use herkos_runtime::replay::{Recorder, Replayer};
use herkos_runtime::snapshot::{IoSink, IoSource};
use herkos_runtime::wasi::{self, System};
use std::fs::File;
use std::io::{BufReader, BufWriter};

fn run(system: System) -> Result<(), Box<dyn std::error::Error>> {
    block!();
    Ok(())
}
