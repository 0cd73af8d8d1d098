//! Traps: the only way in which a module's execution fails.
//!
//! The texts are those of the specification's test suite, where it has the trap.

use core::fmt;

/// Why a module stopped (§4.4: an instruction may trap). A trap is an ordinary error value: nothing
/// unwinds, panics or aborts.
///
/// ```
/// use herkos_runtime::WasmTrap;
/// assert_eq!(WasmTrap::OutOfBounds.to_string(), "out of bounds memory access");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WasmTrap {
    /// An access outside the active pages of a memory, or outside a data segment.
    OutOfBounds,
    /// An integer division or remainder by zero.
    DivisionByZero,
    /// A signed division whose quotient has no representation, or a truncation of a NaN or of a
    /// float outside the integer's range.
    IntegerOverflow,
    /// The `unreachable` instruction.
    Unreachable,
    /// `call_indirect` found a function of another type.
    IndirectCallTypeMismatch,
    /// An access outside a table, or outside an element segment.
    TableOutOfBounds,
    /// `call_indirect` found a null reference.
    UndefinedElement,
    /// Recursion used up the stack budget (`max-stack`).
    StackExhausted,
    /// The work budget is used up (`fuel`).
    FuelExhausted,
    /// The module asked to end with this status (WASI `proc_exit`).
    Exit(i32),
    /// The host's own error, with a code of the host's choice.
    Host(u32),
}

impl fmt::Display for WasmTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfBounds => "out of bounds memory access",
            Self::DivisionByZero => "integer divide by zero",
            Self::IntegerOverflow => "integer overflow",
            Self::Unreachable => "unreachable",
            Self::IndirectCallTypeMismatch => "indirect call type mismatch",
            Self::TableOutOfBounds => "out of bounds table access",
            Self::UndefinedElement => "uninitialized element",
            Self::StackExhausted => "call stack exhausted",
            Self::FuelExhausted => "fuel exhausted",
            Self::Exit(status) => return write!(f, "exit with status {status}"),
            Self::Host(code) => return write!(f, "host error {code}"),
        })
    }
}

impl core::error::Error for WasmTrap {}

/// How a load or store fails: [`WasmTrap::OutOfBounds`], which `?` makes of it.
///
/// A type of its own because it has one value: the way out of each access then carries nothing, and rustc
/// compiles a large module in less than two thirds of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OutOfBounds;

impl From<OutOfBounds> for WasmTrap {
    #[inline(always)]
    fn from(_: OutOfBounds) -> Self {
        Self::OutOfBounds
    }
}

impl fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        WasmTrap::from(*self).fmt(f)
    }
}

impl core::error::Error for OutOfBounds {}

#[cfg(test)]
mod tests {
    use super::{OutOfBounds, WasmTrap};
    use std::string::ToString;

    #[test]
    fn out_of_bounds_is_the_trap_of_that_name() {
        let trap = WasmTrap::OutOfBounds;
        assert_eq!(WasmTrap::from(OutOfBounds), trap);
        assert_eq!(OutOfBounds.to_string(), trap.to_string());
        assert_eq!(size_of::<Result<i32, OutOfBounds>>(), 8);
    }
}
