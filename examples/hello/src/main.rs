//! Calls a C library that became safe Rust when this project was built.

use herkos_runtime::{BoxedMemory, WasmTrap};

herkos_runtime::include_modules!(); // `mod codec`, from wasm/codec.wasm

type Codec = codec::Module<BoxedMemory>;

/// Copies data to an address in the module's memory.
fn put(codec: &mut Codec, address: i32, data: &[u8]) {
    let start = address as usize;
    codec.memory_mut()[start..start + data.len()].copy_from_slice(data);
}

fn get(codec: &Codec, address: i32, length: i32) -> &[u8] {
    let start = address as usize;
    &codec.memory()[start..start + length as usize]
}

fn main() -> Result<(), WasmTrap> {
    let mut codec = Codec::boxed()?;
    let (input, output) = (codec.input()?, codec.output()?);
    let room = codec.capacity()?;

    put(&mut codec, input, b"123456789");
    let crc = codec.crc32(input, 9)?;
    println!("crc32(\"123456789\") = {crc:08x}");
    assert_eq!(crc as u32, 0xcbf4_3926); // the check value that every CRC-32 must give

    let text = format!("{}{}{}", "-".repeat(400), " herkos ", "=".repeat(400));
    put(&mut codec, input, text.as_bytes());
    let packed = codec.pack(input, text.len() as i32, output, room)?;
    println!("packed {} bytes into {packed}", text.len());
    let unpacked = codec.unpack(output, packed, input, room)?;
    assert_eq!(get(&codec, input, unpacked), text.as_bytes());
    println!("unpacked {unpacked} bytes, the same");

    // A bad pointer cannot leave the module's own memory: it is an error value.
    let trap = codec.crc32(-4, 100).unwrap_err();
    println!("crc32 of 100 bytes at 0xfffffffc: {trap}");
    assert_eq!(trap, WasmTrap::OutOfBounds);
    Ok(())
}
