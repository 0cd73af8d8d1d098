//! The host module `spectest` that the tests import from: what of it has a state.

use herkos_runtime::{GrowableMemory, PAGE_SIZE};

/// The memory of `spectest`: one page, which may grow to two.
#[derive(Debug)]
pub struct Spectest {
    storage: Vec<u8>,
    active: usize,
}

impl Default for Spectest {
    fn default() -> Self {
        Self {
            storage: vec![0; 2 * PAGE_SIZE],
            active: PAGE_SIZE,
        }
    }
}

impl Spectest {
    /// The active bytes of the memory.
    pub fn memory_mut(&mut self) -> &mut [u8] {
        &mut self.storage[..self.active]
    }

    /// The memory, to be grown.
    pub fn growable(&mut self) -> GrowableMemory<'_> {
        GrowableMemory::new(&mut self.storage, &mut self.active)
    }
}
