//! A module that calls its host, with hosts of three kinds, to be compiled to assembly. Each function
//! here is one in the assembly; the tests know them by their names.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use caller::Env;
use herkos_runtime::WasmTrap;

herkos_runtime::include_modules!();

/// A host whose function is small.
pub struct Small(pub i32);

impl Env for Small {
    #[inline]
    fn add(&mut self, a: i32, b: i32) -> Result<i32, WasmTrap> {
        self.0 = self.0.wrapping_add(1);
        Ok(a.wrapping_add(b))
    }
}

/// A host whose function stays a function.
pub struct Large(pub i32);

impl Env for Large {
    #[inline(never)]
    fn add(&mut self, a: i32, b: i32) -> Result<i32, WasmTrap> {
        self.0 = self.0.checked_add(a).ok_or(WasmTrap::Host(1))?;
        Ok(a.wrapping_add(b))
    }
}

/// The counterexample: a host behind a table of function pointers.
pub struct Dynamic<'a>(pub &'a mut dyn Env);

impl Env for Dynamic<'_> {
    fn add(&mut self, a: i32, b: i32) -> Result<i32, WasmTrap> {
        self.0.add(a, b)
    }
}

macro_rules! entries {
    ($($host:ty: $once:ident $sum:ident $chosen:ident $by_hand:ident;)*) => {
        $(
            /// One call of the host, by way of the module.
            #[inline(never)]
            pub fn $once(module: &mut caller::Module<$host>, x: i32) -> Result<i32, WasmTrap> {
                module.once(x)
            }

            /// Calls in a loop.
            #[inline(never)]
            pub fn $sum(module: &mut caller::Module<$host>, x: i32) -> Result<i32, WasmTrap> {
                module.sum(x)
            }

            /// A call through the module's table.
            #[inline(never)]
            pub fn $chosen(
                module: &mut caller::Module<$host>,
                which: i32,
                x: i32,
            ) -> Result<i32, WasmTrap> {
                module.chosen(which, x)
            }

            /// What the first does, without the module.
            #[inline(never)]
            pub fn $by_hand(host: &mut $host, x: i32) -> Result<i32, WasmTrap> {
                host.add(x, 7)
            }
        )*
    };
}

entries! {
    Small: small_once small_sum small_chosen small_by_hand;
    Large: large_once large_sum large_chosen large_by_hand;
    Dynamic<'_>: dynamic_once dynamic_sum dynamic_chosen dynamic_by_hand;
}
