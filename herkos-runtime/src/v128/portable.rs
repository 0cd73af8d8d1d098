//! The instructions on arrays of lanes, for every target.

// Where others take their place, they are what the tests compare those with.
#![cfg_attr(
    all(feature = "simd", target_arch = "x86_64", target_feature = "sse2"),
    allow(dead_code, unused_imports)
)]

mod bits;
mod compare;
mod convert;
mod float;
mod float_lane;
mod int;
mod lane;
mod multiply;
pub(super) mod shape;

pub use bits::*;
pub use compare::*;
pub use convert::*;
pub use float::*;
pub use int::*;
pub use lane::*;
pub use multiply::*;
