//! wasmtime's traps under herkos's names.

use herkos_runtime::WasmTrap;
use wasmtime::{Error, Trap};

/// Why a call had no outcome: it ran for too long.
#[derive(Debug)]
pub struct Endless;

/// The host's own error, or the trap under herkos's name.
pub fn trap(error: &Error) -> Result<WasmTrap, Endless> {
    if let Some(trap) = error.downcast_ref::<WasmTrap>() {
        return Ok(*trap);
    }
    Ok(match error.downcast_ref::<Trap>() {
        Some(Trap::MemoryOutOfBounds) => WasmTrap::OutOfBounds,
        Some(Trap::TableOutOfBounds) => WasmTrap::TableOutOfBounds,
        Some(Trap::IndirectCallToNull) => WasmTrap::UndefinedElement,
        Some(Trap::BadSignature) => WasmTrap::IndirectCallTypeMismatch,
        Some(Trap::IntegerOverflow | Trap::BadConversionToInteger) => WasmTrap::IntegerOverflow,
        Some(Trap::IntegerDivisionByZero) => WasmTrap::DivisionByZero,
        Some(Trap::UnreachableCodeReached) => WasmTrap::Unreachable,
        Some(Trap::StackOverflow) => WasmTrap::StackExhausted,
        Some(Trap::OutOfFuel) => return Err(Endless),
        _ => panic!("{error:?}"),
    })
}
