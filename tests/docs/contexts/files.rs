use crate::modules::program;
use herkos_runtime::replay::{Recorder, Replayer};
use herkos_runtime::snapshot::{IoSink, IoSource};
use herkos_runtime::wasi::{self, System};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};

#[test]
fn runs() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("herkos-docs-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::env::set_current_dir(&folder)?; // the block writes a file
    let system = System::new().with_clocks().with_args(["program"]);
    block!();
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
