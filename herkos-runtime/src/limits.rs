//! Bounds beyond the specification: host stack and fuel, both exact and the same on every target.

use crate::WasmTrap;

/// Enters a function of a call-graph cycle: what is left of the stack's budget below it.
///
/// The budget is passed by value, so returning needs no bookkeeping.
///
/// # Errors
/// [`WasmTrap::StackExhausted`] when `left` is less than `frame`, both in bytes.
#[inline]
pub fn stack_enter(left: u32, frame: u32) -> Result<u32, WasmTrap> {
    left.checked_sub(frame).ok_or(WasmTrap::StackExhausted)
}

/// Pays for work: `cost` is the number of instructions up to the next payment.
///
/// # Errors
/// [`WasmTrap::FuelExhausted`] when less is left; the fuel is then zero.
#[inline]
pub fn fuel_consume(fuel: &mut u64, cost: u32) -> Result<(), WasmTrap> {
    match fuel.checked_sub(u64::from(cost)) {
        Some(left) => {
            *fuel = left;
            Ok(())
        }
        None => {
            *fuel = 0;
            Err(WasmTrap::FuelExhausted)
        }
    }
}
