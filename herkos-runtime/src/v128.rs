//! The vector type and its instructions (§4.4.3, of the relaxed ones too), under their opcodes' names.
//!
//! A [`V128`] is 16 bytes in the order of memory. An instruction takes them apart into lanes (byte 0 is
//! the low byte of lane 0, on every host), works on arrays of lanes, and puts the result together:
//! safe Rust that means the same everywhere, of which LLVM makes vector instructions where there are
//! any (`make simd` shows which).
//!
//! Operands come in the order of the stack, immediates after them. Lane indices of a valid module are
//! in range; others are taken modulo the number of lanes.

mod bits;
mod compare;
mod convert;
mod float;
mod float_lane;
mod int;
mod lane;
mod memory;
mod multiply;
mod relaxed;
mod shape;

pub use bits::*;
pub use compare::*;
pub use convert::*;
pub use float::*;
pub use int::*;
pub use lane::*;
pub use memory::*;
pub use multiply::*;
pub use relaxed::*;

/// A 128-bit vector (§2.3.2): 16 bytes, which each instruction interprets as lanes of its own choice.
///
/// ```
/// use herkos_runtime::{prelude::*, V128};
/// let a = V128::from_i32x4([1, 2, 3, 4]);
/// assert_eq!(i32x4_add(a, i32x4_splat(10)).to_i32x4(), [11, 12, 13, 14]);
/// assert_eq!(a.to_i64x2(), [0x2_0000_0001, 0x4_0000_0003]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[cfg_attr(target_pointer_width = "64", repr(align(16)))]
pub struct V128([u8; 16]);

impl V128 {
    /// All bits clear.
    pub const ZERO: Self = Self([0; 16]);

    /// The vector whose bits these are; the least significant byte is byte 0.
    #[inline]
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits.to_le_bytes())
    }

    /// The bits; byte 0 is the least significant.
    #[inline]
    #[must_use]
    pub const fn to_bits(self) -> u128 {
        u128::from_le_bytes(self.0)
    }

    /// The bytes in the order of memory.
    #[inline]
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes in the order of memory.
    #[inline]
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}
