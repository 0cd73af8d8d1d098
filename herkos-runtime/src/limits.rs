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

/// The most stack, in bytes, that a call of an exported function takes: what a generated module's
/// `stack_bounds` holds. The host's own functions come on top.
///
/// The frames are estimates on the safe side, for builds of two kinds; the paths are those of the
/// call graph. With recursion the bound holds the whole budget (`max-stack`).
///
/// ```
/// use herkos_runtime::StackBound;
/// const DECODE: StackBound = StackBound::new(5_120, 880);
/// const _: () = assert!(DECODE.optimized() <= 1024, "the task's stack is too small");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StackBound {
    unoptimized: u32,
    optimized: u32,
}

impl StackBound {
    /// The bounds of builds without optimisation (`opt-level = 0`), and of all others.
    #[must_use]
    pub const fn new(unoptimized: u32, optimized: u32) -> Self {
        Self {
            unoptimized,
            optimized,
        }
    }

    /// In a build with `opt-level = 0`.
    #[must_use]
    pub const fn unoptimized(self) -> u32 {
        self.unoptimized
    }

    /// In a build with any other `opt-level`.
    #[must_use]
    pub const fn optimized(self) -> u32 {
        self.optimized
    }
}
