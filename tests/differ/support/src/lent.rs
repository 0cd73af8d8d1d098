//! The memory of modules that import it.

use herkos_runtime::{GrowableMemory, PAGE_SIZE};

/// A memory that a module is lent with each call.
#[derive(Debug)]
pub struct Lent {
    storage: Vec<u8>,
    active: usize,
}

impl Lent {
    /// All zero; sizes are in pages.
    #[must_use]
    pub fn new(initial: usize, most: usize) -> Self {
        Self { storage: vec![0; most * PAGE_SIZE], active: initial * PAGE_SIZE }
    }

    /// What is in use.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.storage[..self.active]
    }

    /// The same, for modules that never grow it.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.storage[..self.active]
    }

    /// The same, for modules that may.
    pub fn growable(&mut self) -> GrowableMemory<'_> {
        GrowableMemory::new(&mut self.storage, &mut self.active)
    }
}
