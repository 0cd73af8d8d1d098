//! xxhash-wasm 1.1.0: XXH32 and XXH64, hand-written WebAssembly without imports.

use crate::xxhash::Module;
use herkos_runtime::{BoxedMemory, WasmTrap};

/// Text, seed, XXH32, XXH64: as published with xxHash and its bindings.
const VECTORS: [(&str, u32, u32, u64); 5] = [
    ("", 0, 0x02cc_5d05, 0xef46_db37_51d8_e999),
    ("", 0x9e37_79b1, 0x36b7_8ae7, 0xac75_fda2_929b_17ef),
    ("abc", 0, 0x32d1_53ff, 0x44bc_2cf5_ad77_0999),
    ("xxhash", 20_141_025, 0x67bb_40dd, 0xb559_b98d_844e_0635),
    (
        "Nobody inspects the spammish repetition",
        0,
        0xe229_3b2f,
        0xfbce_a83c_8a37_8bf1,
    ),
];

/// Where the state of a hash in the making lies, and the data for it.
const STATE: i32 = 0;
const DATA: i32 = 256;

struct Xxhash(Module<BoxedMemory>);

impl Xxhash {
    /// Copies the data into the module's memory. Its length.
    fn put(&mut self, data: &[u8]) -> i32 {
        let start = DATA as usize;
        self.0.memory_mut()[start..start + data.len()].copy_from_slice(data);
        data.len() as i32
    }

    fn xxh32(&mut self, data: &[u8], seed: u32) -> Result<u32, WasmTrap> {
        let length = self.put(data);
        Ok(self.0.xxh32(DATA, length, seed as i32)? as u32)
    }

    fn xxh64(&mut self, data: &[u8], seed: u32) -> Result<u64, WasmTrap> {
        let length = self.put(data);
        Ok(self.0.xxh64(DATA, length, i64::from(seed))? as u64)
    }

    /// The same from pieces.
    fn xxh64_stream(&mut self, data: &[u8], seed: u32) -> Result<u64, WasmTrap> {
        self.0.init64(STATE, i64::from(seed))?;
        for piece in data.chunks(1000) {
            let length = self.put(piece);
            self.0.update64(STATE, DATA, length)?;
        }
        Ok(self.0.digest64(STATE)? as u64)
    }
}

pub fn demo() -> Result<(), WasmTrap> {
    let mut hasher = Xxhash(Module::boxed()?);
    for (text, seed, xxh32, xxh64) in VECTORS {
        let found = (
            hasher.xxh32(text.as_bytes(), seed)?,
            hasher.xxh64(text.as_bytes(), seed)?,
        );
        println!("{:08x} {:016x}  {text:?}, seed {seed}", found.0, found.1);
        assert_eq!(found, (xxh32, xxh64));
    }
    let long: Vec<u8> = (0..40_000u32).map(|i| ((i * i) >> 7) as u8).collect();
    let (whole, pieces) = (hasher.xxh64(&long, 1)?, hasher.xxh64_stream(&long, 1)?);
    println!("{whole:016x} of 40000 bytes; in pieces {pieces:016x}");
    assert_eq!(whole, pieces);
    Ok(())
}
