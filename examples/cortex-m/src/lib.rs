//! What the firmware does, without the board: frames from the radio are decoded by a module that
//! nobody trusts, and reported by one that may write to the UART.

#![no_std]
#![forbid(unsafe_code)]

use core::fmt;

use herkos_runtime::WasmTrap;

herkos_runtime::include_modules!(); // `mod decoder`, `mod station`

/// Whatever takes text.
struct Uart<W>(W);

/// The capability that `station` imports. `decoder` imports nothing, so there is no way from it to the
/// UART.
impl<W: fmt::Write> station::Console for Uart<W> {
    fn write(&mut self, memory: &mut [u8], text: i32, length: i32) -> Result<(), WasmTrap> {
        let bytes = part(memory, text, length)?;
        let text = core::str::from_utf8(bytes).map_err(|_| WasmTrap::Host(1))?;
        self.0.write_str(text).map_err(|_| WasmTrap::Host(2))
    }
}

/// What the radio received: the second frame claims to have 65,535 samples.
const FRAMES: [&[u8]; 3] = [
    &[3, 0, 0xae, 0x03, 0x04, 0x05],
    &[0xff, 0xff, 0x02, 0x02],
    &[2, 0, 0xf9, 0x01, 0x0a],
];

/// Decodes and reports all frames; the modules' memories are the caller's.
///
/// # Errors
/// A trap of `station`, which is trusted not to have any. Those of `decoder` are dealt with.
pub fn run(
    decoder_memory: &mut decoder::Memory,
    station_memory: &mut station::Memory,
    uart: impl fmt::Write,
) -> Result<(), WasmTrap> {
    let mut station = station::Module::new(station_memory, Uart(uart))?;
    let mut decoder = decoder::Module::new(&mut *decoder_memory)?;
    for (number, frame) in (1..).zip(FRAMES) {
        match decode(&mut decoder, frame) {
            Ok(samples) => {
                station.begin(number)?;
                for sample in samples.chunks_exact(4).filter_map(<[u8]>::first_chunk) {
                    station.sample(i32::from_le_bytes(*sample))?;
                }
                station.end()?;
            }
            Err(trap) => {
                // What the frame did to the decoder's memory ends with this instance.
                decoder = decoder::Module::new(&mut *decoder_memory)?;
                let _ = writeln!(station.host_mut().0, "frame {number}: dropped, {trap}");
            }
        }
    }
    station.summary()
}

/// The samples of a frame, in the decoder's memory. Nothing that the decoder says is believed.
fn decode<'a>(
    decoder: &'a mut decoder::Module<&mut decoder::Memory>,
    frame: &[u8],
) -> Result<&'a [u8], WasmTrap> {
    let (input, capacity) = (decoder.input()?, decoder.capacity()?);
    let length = i32::try_from(frame.len()).unwrap_or(i32::MAX);
    if length > capacity {
        return Err(WasmTrap::OutOfBounds);
    }
    part_mut(decoder.memory_mut(), input, length)?.copy_from_slice(frame);
    let count = decoder.decode()?;
    let output = decoder.output()?;
    part(decoder.memory(), output, count.saturating_mul(4))
}

/// A part of a module's memory that the module names by two numbers.
fn part(memory: &[u8], address: i32, length: i32) -> Result<&[u8], WasmTrap> {
    let rest = memory.get(address as u32 as usize..);
    let part = rest.and_then(|rest| rest.get(..length as u32 as usize));
    part.ok_or(WasmTrap::OutOfBounds)
}

fn part_mut(memory: &mut [u8], address: i32, length: i32) -> Result<&mut [u8], WasmTrap> {
    let rest = memory.get_mut(address as u32 as usize..);
    let part = rest.and_then(|rest| rest.get_mut(..length as u32 as usize));
    part.ok_or(WasmTrap::OutOfBounds)
}
