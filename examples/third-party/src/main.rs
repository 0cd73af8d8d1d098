//! Runs WebAssembly that nobody here wrote, as safe Rust, and checks it against published values.

mod hash;
mod lz4_codec;

use herkos_runtime::WasmTrap;

herkos_runtime::include_modules!(); // `mod xxhash` and `mod lz4`

fn main() -> Result<(), WasmTrap> {
    hash::demo()?;
    lz4_codec::demo()
}
