//! Links everything that could panic if anything could; tests/run-embedded looks for the symbols.

#![no_std]
#![no_main]

#[cfg(feature = "heap")]
extern crate alloc;

#[board::entry]
fn main() -> ! {
    herkos_tests_embedded::probe::call_all();
    #[cfg(feature = "panicking")]
    core::hint::black_box([0, 1][core::hint::black_box(2)]);
    #[cfg(feature = "heap")]
    core::hint::black_box(alloc::boxed::Box::new(core::hint::black_box(2)));
    board::exit(true)
}
