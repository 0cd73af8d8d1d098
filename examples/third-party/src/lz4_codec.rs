//! lz4-wasm 0.9.2: the crate lz4_flex, compiled with wasm-bindgen. What its .js file does for a
//! browser is done here by [`Lz4`], and its one import by [`Strings`].

use crate::lz4::{Lz4WasmBgJs, Module};
use herkos_runtime::{BoxedMemory, WasmTrap};

/// The strings that the module makes: its error messages. It knows them by number.
#[derive(Default)]
struct Strings(Vec<String>);

impl Lz4WasmBgJs for Strings {
    fn __wbindgen_string_new(
        &mut self,
        memory: &mut [u8],
        at: i32,
        length: i32,
    ) -> Result<i32, WasmTrap> {
        let bytes = bytes(memory, at, length)?;
        self.0.push(String::from_utf8_lossy(bytes).into_owned());
        Ok(self.0.len() as i32 - 1)
    }
}

struct Lz4(Module<BoxedMemory, Strings>);

fn bytes(memory: &[u8], at: i32, length: i32) -> Result<&[u8], WasmTrap> {
    let (start, length) = (at as u32 as usize, length as u32 as usize);
    let end = start.checked_add(length).ok_or(WasmTrap::OutOfBounds)?;
    memory.get(start..end).ok_or(WasmTrap::OutOfBounds)
}

impl Lz4 {
    fn new() -> Result<Self, WasmTrap> {
        Ok(Self(Module::boxed(Strings::default())?))
    }

    /// Copies data to memory that the module's own allocator gives; the module frees it.
    fn pass(&mut self, data: &[u8]) -> Result<(i32, i32), WasmTrap> {
        let at = self.0.__wbindgen_malloc(data.len() as i32)?;
        let start = at as u32 as usize;
        self.0.memory_mut()[start..start + data.len()].copy_from_slice(data);
        Ok((at, data.len() as i32))
    }

    fn word(&self, at: i32) -> Result<i32, WasmTrap> {
        let word = bytes(self.0.memory(), at, 4)?;
        Ok(i32::from_le_bytes(word.try_into().unwrap_or_default()))
    }

    /// Takes over what the module allocated.
    fn take(&mut self, at: i32, length: i32) -> Result<Vec<u8>, WasmTrap> {
        let data = bytes(self.0.memory(), at, length)?.to_vec();
        self.0.__wbindgen_free(at, length)?;
        Ok(data)
    }

    /// The length as four bytes, then an LZ4 block.
    fn compress(&mut self, data: &[u8]) -> Result<Vec<u8>, WasmTrap> {
        let results = self.0.__wbindgen_add_to_stack_pointer(-16)?;
        let (at, length) = self.pass(data)?;
        self.0.compress(results, at, length)?;
        let (at, length) = (self.word(results)?, self.word(results + 4)?);
        self.0.__wbindgen_add_to_stack_pointer(16)?;
        self.take(at, length)
    }

    /// The data, or the module's complaint.
    fn decompress(&mut self, data: &[u8]) -> Result<Result<Vec<u8>, String>, WasmTrap> {
        let results = self.0.__wbindgen_add_to_stack_pointer(-16)?;
        let (at, length) = self.pass(data)?;
        self.0.decompress(results, at, length)?;
        let (at, length) = (self.word(results)?, self.word(results + 4)?);
        let (error, failed) = (self.word(results + 8)?, self.word(results + 12)? != 0);
        self.0.__wbindgen_add_to_stack_pointer(16)?;
        if failed {
            let text = self.0.host().0.get(error as u32 as usize);
            return Ok(Err(text.cloned().unwrap_or_default()));
        }
        self.take(at, length).map(Ok)
    }
}

const TEXT: &str = "the quick brown fox jumps over the lazy dog; \
                    the quick brown fox jumps again, the lazy dog sleeps";

/// `TEXT` as lz4 1.9.4, the reference implementation, compresses it (one block, `lz4 -9`), and its
/// length before it.
const BLOCK: &[u8] = b"\x61\0\0\0\
    \xf0\x10the quick brown fox jumps over \x1f\0\xaflazy dog; -\0\x07iagain,/\0p sleeps";

pub fn demo() -> Result<(), WasmTrap> {
    let mut lz4 = Lz4::new()?;
    let text = lz4.decompress(BLOCK)?;
    println!("lz4: a block of the reference implementation -> the text it was made from");
    assert_eq!(text.as_deref(), Ok(TEXT.as_bytes()));

    let numbers: String = (0..20_000).map(|i| format!("{} ", i % 321)).collect();
    let noise = (0u32..70_000)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for data in [
        Vec::new(),
        TEXT.into(),
        numbers.into(),
        vec![0; 300_000],
        noise,
    ] {
        let packed = lz4.compress(&data)?;
        let unpacked = lz4.decompress(&packed)?;
        println!("lz4: {} bytes -> {} -> the same", data.len(), packed.len());
        assert_eq!(unpacked, Ok(data));
    }

    let complaint = lz4.decompress(&BLOCK[..40])?.unwrap_err();
    println!("lz4: a block cut short: {complaint}");
    Ok(())
}
