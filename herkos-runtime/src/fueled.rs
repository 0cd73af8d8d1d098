//! The bulk instructions in modules with fuel: they pay for what they do, so that no single
//! instruction takes long for little. 8 bytes or one reference cost as much as one instruction.

use crate::cast::{index_of, u32_of};
use crate::limits::fuel_consume;
use crate::memory::{memory_copy, memory_fill, memory_init, GrowableMemory, PAGE_SIZE};
use crate::table::{Reference, TableView};
use crate::WasmTrap;

/// Pays for `len` (unsigned) bytes.
fn pay_bytes(fuel: &mut u64, len: i32) -> Result<(), WasmTrap> {
    fuel_consume(fuel, u32_of(len).div_ceil(8))
}

/// `memory.copy` (§4.4.7), paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice, [`WasmTrap::OutOfBounds`] when a
/// range leaves the memory; nothing is written.
pub fn memory_copy_fueled(
    memory: &mut [u8],
    fuel: &mut u64,
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    pay_bytes(fuel, len)?;
    memory_copy(memory, dst, src, len)
}

/// `memory.fill` (§4.4.7), paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice, [`WasmTrap::OutOfBounds`] when the
/// range leaves the memory; nothing is written.
pub fn memory_fill_fueled(
    memory: &mut [u8],
    fuel: &mut u64,
    dst: i32,
    value: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    pay_bytes(fuel, len)?;
    memory_fill(memory, dst, value, len)
}

/// `memory.init` (§4.4.7), paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice, [`WasmTrap::OutOfBounds`] when a
/// range leaves the segment or the memory; nothing is written.
pub fn memory_init_fueled(
    memory: &mut [u8],
    fuel: &mut u64,
    data: &[u8],
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    pay_bytes(fuel, len)?;
    memory_init(memory, data, dst, src, len)
}

/// Pays for the zeroing of new pages; growing by more than there is fails for nothing.
fn pay_pages(
    memory: &GrowableMemory<'_>,
    fuel: &mut u64,
    delta: i32,
    page_size: usize,
) -> Result<(), WasmTrap> {
    match index_of(delta).checked_mul(page_size) {
        Some(bytes) if bytes <= memory.room() => match u32::try_from(bytes.div_ceil(8)) {
            Ok(cost) => fuel_consume(fuel, cost),
            Err(_) => Err(WasmTrap::FuelExhausted), // beyond any address space
        },
        _ => Ok(()),
    }
}

/// `memory.grow` (§4.4.7), paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice; the memory has not grown.
pub fn memory_grow_fueled(
    memory: &mut GrowableMemory<'_>,
    fuel: &mut u64,
    delta: i32,
) -> Result<i32, WasmTrap> {
    pay_pages(memory, fuel, delta, PAGE_SIZE)?;
    Ok(memory.grow(delta))
}

/// `memory.grow` of a memory whose pages have one byte (custom-page-sizes proposal), paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice; the memory has not grown.
pub fn memory_grow_bytes_fueled(
    memory: &mut GrowableMemory<'_>,
    fuel: &mut u64,
    delta: i32,
) -> Result<i32, WasmTrap> {
    pay_pages(memory, fuel, delta, 1)?;
    Ok(memory.grow_bytes(delta))
}

/// `table.copy` (§4.4.6) within one table, paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice, [`WasmTrap::TableOutOfBounds`] when a
/// range leaves the table; nothing is written.
pub fn table_copy_fueled<R: Reference>(
    table: &mut TableView<R>,
    fuel: &mut u64,
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    fuel_consume(fuel, u32_of(len))?;
    table.copy_within(dst, src, len)
}

/// `table.fill` (§4.4.6), paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice, [`WasmTrap::TableOutOfBounds`] when
/// the range leaves the table; nothing is written.
pub fn table_fill_fueled<R: Reference>(
    table: &mut TableView<R>,
    fuel: &mut u64,
    dst: i32,
    value: R,
    len: i32,
) -> Result<(), WasmTrap> {
    fuel_consume(fuel, u32_of(len))?;
    table.fill(dst, value, len)
}

/// `table.copy` (§4.4.6) from one table to another, or, with an element segment's entries,
/// `table.init`; paid for.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice, [`WasmTrap::TableOutOfBounds`] when a
/// range is left; nothing is written.
pub fn table_init_fueled<R: Reference>(
    table: &mut TableView<R>,
    fuel: &mut u64,
    entries: &[R],
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    fuel_consume(fuel, u32_of(len))?;
    table.init(entries, dst, src, len)
}

/// `table.grow` (§4.4.6), paid for; growing by more than there is fails for nothing.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when the fuel does not suffice; the table has not grown.
pub fn table_grow_fueled<R: Reference>(
    table: &mut TableView<R>,
    fuel: &mut u64,
    value: R,
    delta: i32,
) -> Result<i32, WasmTrap> {
    let room = table.capacity().saturating_sub(table.entries().len());
    if index_of(delta) <= room {
        fuel_consume(fuel, u32_of(delta))?;
    }
    Ok(table.grow(delta, value))
}
