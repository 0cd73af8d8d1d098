//! The kernel as clang compiles it for this processor.

pub struct Kernel;

mod c {
    extern "C" {
        pub fn run(rounds: u32) -> u32;
    }
}

impl Kernel {
    pub fn new() -> Option<Self> {
        Some(Self)
    }

    pub fn run(&mut self, rounds: u32) -> Option<u32> {
        // SAFETY: a C function of this type; single-threaded as it must be.
        Some(unsafe { c::run(rounds) })
    }
}
