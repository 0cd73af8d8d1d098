//! The instructions by those of x86-64: SSE2, which every processor has, and later ones where the target
//! has them (feature `simd`). The same results as those of the modules beside, which the tests compare.
//!
//! `core::arch` can be called without `unsafe` only by functions that name the processor's features, and
//! these only by others: not by generated code. The crate `safe_arch` is what stands between. Between two
//! instructions a value is a register here, which LLVM need not find among lanes.

mod convert;
mod float;
mod int;
mod lane;
mod multiply;
#[cfg(test)]
mod tests;

pub use convert::*;
pub use float::*;
pub use int::*;
pub use lane::*;
pub use multiply::*;

use safe_arch::{
    bitand_m128i, bitandnot_m128i, bitor_m128i, bitxor_m128i, cast_to_m128_from_m128i,
    cast_to_m128d_from_m128i, cast_to_m128i_from_m128, cast_to_m128i_from_m128d, m128, m128d,
    m128i, set_splat_i8_m128i,
};

use super::V128;

/// A type of the processor's that a vector is taken for.
trait Register: Copy {
    fn of(a: V128) -> Self;
    fn vector(self) -> V128;
}

impl Register for m128i {
    #[inline(always)]
    fn of(a: V128) -> Self {
        Self::from(a.0)
    }

    #[inline(always)]
    fn vector(self) -> V128 {
        V128(self.into())
    }
}

impl Register for m128 {
    #[inline(always)]
    fn of(a: V128) -> Self {
        cast_to_m128_from_m128i(m128i::of(a))
    }

    #[inline(always)]
    fn vector(self) -> V128 {
        cast_to_m128i_from_m128(self).vector()
    }
}

impl Register for m128d {
    #[inline(always)]
    fn of(a: V128) -> Self {
        cast_to_m128d_from_m128i(m128i::of(a))
    }

    #[inline(always)]
    fn vector(self) -> V128 {
        cast_to_m128i_from_m128d(self).vector()
    }
}

/// Rows `name(operands) = value;`, each a function of registers and an instruction that calls it.
macro_rules! instructions {
    ($register:ident: $($(#[$attr:meta])* $name:ident($($arg:ident),+) = $value:expr;)+) => {$(
        #[doc = concat!("See `portable::", stringify!($name), "`.")]
        $(#[$attr])*
        #[inline]
        #[must_use]
        pub fn $name($($arg: crate::V128),+) -> crate::V128 {
            $(let $arg = <$register as $crate::v128::sse2::Register>::of($arg);)+
            $crate::v128::sse2::Register::vector($value)
        }
    )+};
}

use instructions;

#[inline(always)]
fn ones() -> m128i {
    set_splat_i8_m128i(-1)
}

#[inline(always)]
fn not(a: m128i) -> m128i {
    bitxor_m128i(a, ones())
}

/// The bits of `a` where `mask` has ones, else those of `b`.
#[inline(always)]
fn select(mask: m128i, a: m128i, b: m128i) -> m128i {
    bitor_m128i(bitand_m128i(mask, a), bitandnot_m128i(mask, b))
}
