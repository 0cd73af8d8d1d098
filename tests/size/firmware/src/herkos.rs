//! The kernel by way of WebAssembly and herkos, its memory in a static.

use core::ptr::addr_of_mut;

herkos_runtime::include_modules!();

static mut MEMORY: kernel::Memory = kernel::Memory::new();

pub struct Kernel(kernel::Module<&'static mut kernel::Memory>);

impl Kernel {
    pub fn new() -> Option<Self> {
        // SAFETY: `main` calls this once.
        let memory = unsafe { &mut *addr_of_mut!(MEMORY) };
        kernel::Module::new(memory).ok().map(Self)
    }

    pub fn run(&mut self, rounds: u32) -> Option<u32> {
        self.0.run(rounds.cast_signed()).ok().map(i32::cast_unsigned)
    }
}
