//! What runs both on a microcontroller and on the machine that builds: the bytes that it prints must be
//! the same. A line each, so that a difference says what differs.

#![no_std]

mod access;
mod instructions;
mod operands;
pub mod probe;
mod snapshot;
mod vector;

use core::fmt;
use cortex_m_firmware::{decoder, station};
use static_cell::ConstStaticCell;

herkos_runtime::include_modules!();

static MEMORIES: ConstStaticCell<access::Memories> = ConstStaticCell::new(access::Memories::new());
static VECTORS: ConstStaticCell<vectors_canonical::Memory> =
    ConstStaticCell::new(vectors_canonical::Memory::new());
static ROOM: ConstStaticCell<snapshot::Room> = ConstStaticCell::new(snapshot::Room::new());
static DECODER: ConstStaticCell<decoder::Memory> = ConstStaticCell::new(decoder::Memory::new());
static STATION: ConstStaticCell<station::Memory> = ConstStaticCell::new(station::Memory::new());

/// Everything, once; whether it all did what it should.
pub fn run(out: &mut dyn fmt::Write) -> Result<bool, fmt::Error> {
    cortex_m_firmware::run(DECODER.take(), STATION.take(), &mut *out).map_err(|_| fmt::Error)?;
    let instructions = instructions::run(out)?;
    let vectors = vector::run(out, VECTORS.take())?;
    let access = access::run(out, MEMORIES.take())?;
    let snapshot = snapshot::run(out, ROOM.take())?;
    Ok(instructions && vectors && access && snapshot)
}
