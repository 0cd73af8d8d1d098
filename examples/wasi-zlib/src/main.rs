//! zlib, a C library that nobody here wrote, compresses a file in a directory that is all it can
//! reach; flate2, natively, decompresses it. And the other way round.

use flate2::{read::GzDecoder, write::GzEncoder, Compression};
use herkos_runtime::wasi::{self, System};
use std::error::Error;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

herkos_runtime::include_modules!(); // `mod zlib`

/// Runs the program on the files of a folder; its exit status.
fn zlib(folder: &Path, args: [&str; 3]) -> Result<i32, Box<dyn Error>> {
    let host = System::new()
        .with_args(["zlib"])
        .with_args(args)
        .with_stderr(std::io::stderr())
        .with_dir(folder, "/work")?;
    Ok(wasi::exit_status(zlib::Module::boxed(host)?._start())?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let text: String = (0..100_000)
        .map(|i| format!("{i} bottles of beer\n"))
        .collect();
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);

    fs::write(path("text"), &text)?;
    assert_eq!(
        zlib(folder.path(), ["gzip", "/work/text", "/work/text.gz"])?,
        0
    );
    let compressed = fs::read(path("text.gz"))?;
    println!("zlib as Rust: {} bytes to {}", text.len(), compressed.len());

    let mut back = String::new();
    GzDecoder::new(&compressed[..]).read_to_string(&mut back)?;
    assert_eq!(back, text);
    println!("flate2: decompresses it to the same text");

    let mut encoder = GzEncoder::new(File::create(path("other.gz"))?, Compression::fast());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()?;
    assert_eq!(
        zlib(folder.path(), ["gunzip", "/work/other.gz", "/work/other"])?,
        0
    );
    assert_eq!(fs::read_to_string(path("other"))?, text);
    println!("zlib as Rust: decompresses what flate2 compressed");

    let mut broken = compressed;
    broken[100_000] ^= 1;
    fs::write(path("broken.gz"), broken)?;
    assert_eq!(
        zlib(folder.path(), ["gunzip", "/work/broken.gz", "/work/broken"])?,
        1
    );
    assert_eq!(
        zlib(folder.path(), ["gzip", "/etc/hostname", "/work/stolen"])?,
        1
    );
    println!("zlib as Rust: refuses a broken file, and finds none outside of its directory");
    Ok(())
}
