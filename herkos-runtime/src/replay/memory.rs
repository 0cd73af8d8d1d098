//! What a call changed in the memory: runs of bytes, each with its length and address.

use super::values::{bytes, Stop};
use super::{Sink, Source};
use crate::cast::offset_of;
use alloc::collections::TryReserveError;
use alloc::vec::Vec;

/// A run ends before so many bytes that are the same: they would take as much as the head of another.
const GAP: usize = 8;
/// Longest run.
const MAX_RUN: usize = 1 << 16;
/// Memory is compared in blocks of this size, which is fast, and then by bytes.
const BLOCK: usize = 4096;

/// Copies the memory.
pub fn keep(before: &mut Vec<u8>, memory: &[u8]) -> Result<(), TryReserveError> {
    before.clear();
    before.try_reserve(memory.len())?;
    before.extend_from_slice(memory);
    Ok(())
}

/// How many bytes are the same at the beginning of both.
fn same(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks(BLOCK).zip(b.chunks(BLOCK));
    let mut count = 0_usize;
    for (a, b) in blocks {
        if a == b {
            count = count.saturating_add(a.len());
        } else {
            let bytes = a.iter().zip(b).take_while(|(a, b)| a == b);
            return count.saturating_add(bytes.count());
        }
    }
    count
}

/// The length of the run that both begin with: all that differs, up to a gap.
fn run(a: &[u8], b: &[u8]) -> usize {
    let mut length = 0;
    for (end, (a, b)) in (1_usize..=MAX_RUN).zip(a.iter().zip(b)) {
        if a != b {
            length = end;
        } else if end.saturating_sub(length) >= GAP {
            break;
        }
    }
    length
}

/// Writes what has become of the memory.
pub fn save_changes<S: Sink>(before: &[u8], memory: &[u8], sink: &mut S) -> Result<(), S::Error> {
    let (mut before, mut now, mut address) = (before, memory, 0_usize);
    loop {
        let skipped = same(before, now);
        before = before.get(skipped..).unwrap_or_default();
        now = now.get(skipped..).unwrap_or_default();
        address = address.saturating_add(skipped);
        let length = run(before, now);
        sink.write(&number(length))?;
        if length == 0 {
            return Ok(());
        }
        sink.write(&number(address))?;
        sink.write(now.get(..length).unwrap_or_default())?;
        before = before.get(length..).unwrap_or_default();
        now = now.get(length..).unwrap_or_default();
        address = address.saturating_add(length);
    }
}

/// Of 32 bits, as addresses have.
fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

/// Changes the memory likewise.
pub fn load_changes<S: Source>(memory: &mut [u8], source: &mut S) -> Result<(), Stop<S::Error>> {
    loop {
        let length = offset_of(u32::from_le_bytes(bytes(source)?));
        if length == 0 {
            return Ok(());
        }
        let address = offset_of(u32::from_le_bytes(bytes(source)?));
        let rest = memory.get_mut(address..).unwrap_or_default();
        let changed = rest.get_mut(..length).ok_or(Stop::Damaged)?;
        source.read(changed)?;
    }
}
