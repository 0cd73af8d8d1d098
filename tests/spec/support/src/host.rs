//! The host module `spectest` that the tests import from: what of it has a state.

use herkos_runtime::{FuncRef, GrowableMemory, Table, PAGE_SIZE};

/// A memory of one page, which may grow to two, and a table of 10 entries, which may grow to 20.
#[derive(Debug)]
pub struct Spectest {
    storage: Vec<u8>,
    active: usize,
    table: Table<FuncRef, 20>,
}

impl Default for Spectest {
    fn default() -> Self {
        Self {
            storage: vec![0; 2 * PAGE_SIZE],
            active: PAGE_SIZE,
            table: Table::new(10),
        }
    }
}

/// All that can be lent, at once.
pub struct Lent<'a> {
    /// The memory.
    pub memory: GrowableMemory<'a>,
    /// The table.
    pub table: &'a mut Table<FuncRef, 20>,
}

/// The methods are called as those of an instance are.
impl Spectest {
    /// The active bytes of the memory.
    pub fn memory_mut(&mut self) -> &mut [u8] {
        &mut self.storage[..self.active]
    }

    /// The memory, to be grown.
    pub fn memory_growable(&mut self) -> GrowableMemory<'_> {
        GrowableMemory::new(&mut self.storage, &mut self.active)
    }

    /// The table.
    pub fn table_mut(&mut self) -> &mut Table<FuncRef, 20> {
        &mut self.table
    }

    /// Both.
    pub fn lend(&mut self) -> Lent<'_> {
        Lent {
            memory: GrowableMemory::new(&mut self.storage, &mut self.active),
            table: &mut self.table,
        }
    }
}
