//! Linear memory (§4.2.8): where its bytes lie, how it grows, and the bulk instructions.
//!
//! Storage has its full size from the start; the *active* bytes are the memory a module sees.
//! Growing moves that border and allocates nothing. Generated code works on the active bytes as a
//! plain slice, whose length is the bound of every access.

use crate::cast::{count_of, index_of};
use crate::range::{copy, first, first_mut, move_within, window, window_mut};
use crate::WasmTrap;
use core::fmt;

/// A page: 64 KiB (§4.2.8).
pub const PAGE_SIZE: usize = 65536;

/// The most pages that 32-bit addresses reach, and the most pages of one byte that `memory.size`
/// can count.
const MAX_PAGES: usize = 65536;
const MAX_BYTES: usize = 0xffff_ffff;

/// Storage for a memory. Implemented by [`Memory`], by `BoxedMemory` (feature `alloc`) and by
/// mutable references to them; your own (external RAM, a shared arena) may implement it too.
///
/// What an implementation must keep: [`bytes`](Self::bytes) and [`bytes_mut`](Self::bytes_mut) give
/// the same bytes, and as many as the last `reset` or grow left active; only those two, `reset` and
/// the view of `growable` change them. Getting this wrong breaks the module, never memory safety.
///
/// ```
/// use herkos_runtime::{GrowableMemory, MemoryStorage, WasmTrap};
///
/// /// Memory in RAM that somebody else found: on another bus, or a part of an arena.
/// struct Borrowed<'a> { ram: &'a mut [u8], active: usize }
///
/// impl MemoryStorage for Borrowed<'_> {
///     fn bytes(&self) -> &[u8] {
///         self.ram.get(..self.active).unwrap_or_default()
///     }
///     fn bytes_mut(&mut self) -> &mut [u8] {
///         self.ram.get_mut(..self.active).unwrap_or_default()
///     }
///     fn growable(&mut self) -> GrowableMemory<'_> {
///         GrowableMemory::new(self.ram, &mut self.active)
///     }
///     fn reset(&mut self, initial_bytes: usize) -> Result<(), WasmTrap> {
///         let initial = self.ram.get_mut(..initial_bytes).ok_or(WasmTrap::OutOfBounds)?;
///         initial.fill(0);
///         self.active = initial_bytes;
///         Ok(())
///     }
/// }
///
/// let mut ram = [7; 1000];
/// let mut memory = Borrowed { ram: &mut ram, active: 0 };
/// memory.reset(100)?;
/// assert_eq!(memory.bytes(), [0; 100]);
/// assert_eq!(memory.growable().grow_bytes(50), 100);
/// assert_eq!(memory.bytes(), [0; 150]);
/// assert_eq!(memory.reset(1001), Err(WasmTrap::OutOfBounds));
/// # Ok::<(), WasmTrap>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no storage for a module's memory",
    label = "not a storage that one module has for itself",
    note = "give the module its `Memory` by value or as `&mut Memory`; one in a static: \
            `static MEMORY: ConstStaticCell<…::Memory>` and `MEMORY.take()`; on the heap: \
            `Module::boxed` with the feature `alloc`"
)]
pub trait MemoryStorage {
    /// The active bytes.
    fn bytes(&self) -> &[u8];

    /// The active bytes, to write to.
    fn bytes_mut(&mut self) -> &mut [u8];

    /// A view that can grow.
    fn growable(&mut self) -> GrowableMemory<'_>;

    /// Prepares for a new instance: afterwards exactly `initial_bytes` are active, all zero. What an
    /// earlier instance left must not be seen again; storage that no instance used yet should not
    /// be touched, so that its pages stay lazily mapped.
    ///
    /// # Errors
    /// [`WasmTrap::OutOfBounds`] when the storage is smaller than that; nothing has changed then.
    fn reset(&mut self, initial_bytes: usize) -> Result<(), WasmTrap>;
}

impl<S: MemoryStorage + ?Sized> MemoryStorage for &mut S {
    #[inline]
    fn bytes(&self) -> &[u8] {
        (**self).bytes()
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        (**self).bytes_mut()
    }

    #[inline]
    fn growable(&mut self) -> GrowableMemory<'_> {
        (**self).growable()
    }

    #[inline]
    fn reset(&mut self, initial_bytes: usize) -> Result<(), WasmTrap> {
        (**self).reset(initial_bytes)
    }
}

/// `reset` for storage whose bytes beyond the active ones are zero, as [`GrowableMemory`] leaves
/// them: what earlier instances wrote lies in the active bytes, and fresh storage has none.
fn reset(storage: &mut [u8], active: &mut usize, initial_bytes: usize) -> Result<(), WasmTrap> {
    if initial_bytes > storage.len() {
        return Err(WasmTrap::OutOfBounds);
    }
    GrowableMemory::new(storage, active).bytes_mut().fill(0);
    *active = initial_bytes;
    Ok(())
}

/// Storage of a fixed size, without heap.
///
/// All of it is zero when new, so a `static` of it takes no room in the program's image (.bss).
///
/// ```
/// use herkos_runtime::{Memory, MemoryStorage, PAGE_SIZE};
/// let mut memory = Memory::<{ 2 * PAGE_SIZE }>::new();
/// memory.reset(PAGE_SIZE)?;                        // instantiation does this
/// assert_eq!(memory.bytes().len(), PAGE_SIZE);
/// assert_eq!(memory.growable().grow(1), 1);
/// assert_eq!(memory.growable().grow(1), -1);       // the storage ends here
/// # Ok::<(), herkos_runtime::WasmTrap>(())
/// ```
pub struct Memory<const BYTES: usize> {
    bytes: [u8; BYTES],
    active: usize,
}

impl<const BYTES: usize> Memory<BYTES> {
    /// Storage of zeros, with no active bytes yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bytes: [0; BYTES],
            active: 0,
        }
    }
}

impl<const BYTES: usize> Default for Memory<BYTES> {
    fn default() -> Self {
        Self::new()
    }
}

/// The sizes, not the contents.
impl<const BYTES: usize> fmt::Debug for Memory<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("bytes", &BYTES)
            .field("active", &self.active)
            .finish()
    }
}

impl<const BYTES: usize> MemoryStorage for Memory<BYTES> {
    #[inline]
    fn bytes(&self) -> &[u8] {
        first(&self.bytes, self.active)
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        first_mut(&mut self.bytes, self.active)
    }

    #[inline]
    fn growable(&mut self) -> GrowableMemory<'_> {
        GrowableMemory::new(&mut self.bytes, &mut self.active)
    }

    fn reset(&mut self, initial_bytes: usize) -> Result<(), WasmTrap> {
        reset(&mut self.bytes, &mut self.active, initial_bytes)
    }
}

/// Storage on the heap; it never passes over the stack.
///
/// ```
/// use herkos_runtime::{BoxedMemory, MemoryStorage, PAGE_SIZE};
/// let mut memory = BoxedMemory::zeroed(4 * PAGE_SIZE);
/// memory.reset(PAGE_SIZE)?;
/// assert_eq!(memory.growable().grow(3), 1);
/// # Ok::<(), herkos_runtime::WasmTrap>(())
/// ```
#[cfg(feature = "alloc")]
pub struct BoxedMemory {
    bytes: alloc::boxed::Box<[u8]>,
    active: usize,
}

#[cfg(feature = "alloc")]
impl BoxedMemory {
    /// Storage of this many zero bytes, with none active yet. The operating system, if there is
    /// one, maps pages as they are first used.
    #[must_use]
    pub fn zeroed(bytes: usize) -> Self {
        Self {
            bytes: alloc::vec![0; bytes].into_boxed_slice(),
            active: 0,
        }
    }
}

/// The sizes, not the contents.
#[cfg(feature = "alloc")]
impl fmt::Debug for BoxedMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoxedMemory")
            .field("bytes", &self.bytes.len())
            .field("active", &self.active)
            .finish()
    }
}

#[cfg(feature = "alloc")]
impl MemoryStorage for BoxedMemory {
    #[inline]
    fn bytes(&self) -> &[u8] {
        first(&self.bytes, self.active)
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        first_mut(&mut self.bytes, self.active)
    }

    #[inline]
    fn growable(&mut self) -> GrowableMemory<'_> {
        GrowableMemory::new(&mut self.bytes, &mut self.active)
    }

    fn reset(&mut self, initial_bytes: usize) -> Result<(), WasmTrap> {
        reset(&mut self.bytes, &mut self.active, initial_bytes)
    }
}

/// A borrowed memory that can grow within its storage; what functions that reach `memory.grow` are
/// passed.
///
/// ```
/// use herkos_runtime::{GrowableMemory, PAGE_SIZE};
/// let mut storage = vec![0xff; 2 * PAGE_SIZE];
/// let mut active = PAGE_SIZE;
/// let mut memory = GrowableMemory::new(&mut storage, &mut active);
/// assert_eq!(memory.grow(1), 1);
/// assert_eq!(memory.bytes()[PAGE_SIZE], 0);        // new pages are zero
/// ```
#[derive(Debug)]
pub struct GrowableMemory<'a> {
    storage: &'a mut [u8],
    /// The same as `*active`, at hand: generated code asks for it after each call that may grow the
    /// memory.
    len: usize,
    active: &'a mut usize,
}

impl<'a> GrowableMemory<'a> {
    /// The first `active` bytes of `storage`, which may grow to all of it.
    #[inline]
    #[must_use]
    pub fn new(storage: &'a mut [u8], active: &'a mut usize) -> Self {
        let len = storage.len().min(*active);
        *active = len;
        Self {
            storage,
            len,
            active,
        }
    }

    /// The same memory, which grows to no more than `most` bytes, however large its storage is: the
    /// maximum of its module.
    #[inline]
    #[must_use]
    pub fn at_most(self, most: usize) -> Self {
        Self::new(first_mut(self.storage, most), self.active)
    }

    /// The active bytes.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        first(self.storage, self.len)
    }

    /// The active bytes, to write to.
    #[inline]
    #[must_use]
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        first_mut(self.storage, self.len)
    }

    /// The most bytes that it can grow to: the size of its storage, or less ([`at_most`](Self::at_most)).
    #[inline]
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.storage.len()
    }

    /// The number of active pages of 64 KiB: `memory.size`.
    #[inline]
    #[must_use]
    pub fn size(&self) -> i32 {
        count_of(self.len / PAGE_SIZE)
    }

    /// `memory.grow` (§4.4.7): activates `delta` (unsigned) more pages, all zero. The previous
    /// number of pages, or -1 and nothing changed when the storage or the address space ends first.
    #[inline]
    pub fn grow(&mut self, delta: i32) -> i32 {
        let previous = self.size();
        match index_of(delta).checked_mul(PAGE_SIZE) {
            Some(bytes) if self.activate(bytes, MAX_PAGES.saturating_mul(PAGE_SIZE)) => previous,
            _ => -1,
        }
    }

    /// The same for a memory whose pages have one byte (custom-page-sizes proposal).
    #[inline]
    pub fn grow_bytes(&mut self, delta: i32) -> i32 {
        let previous = count_of(self.len);
        if self.activate(index_of(delta), MAX_BYTES) {
            previous
        } else {
            -1
        }
    }

    /// The bytes by which it may still grow.
    pub(crate) fn room(&self) -> usize {
        self.storage.len().saturating_sub(self.len)
    }

    /// Makes so many more bytes active, unless that would be more than `most` in all.
    fn activate(&mut self, bytes: usize, most: usize) -> bool {
        let old = self.len;
        let new = match old.checked_add(bytes) {
            Some(new) if new <= most => new,
            _ => return false,
        };
        match self.storage.get_mut(old..new) {
            // Zeroed even though storage of this crate is zero there: a caller's own need not be.
            Some(added) => added.fill(0),
            None => return false,
        }
        self.len = new;
        *self.active = new;
        true
    }
}

/// `memory.size` (§4.4.7): the number of pages.
#[inline]
#[must_use]
pub fn memory_size(memory: &[u8]) -> i32 {
    count_of(memory.len() / PAGE_SIZE)
}

/// `memory.size` of a memory whose pages have one byte (custom-page-sizes proposal).
#[inline]
#[must_use]
pub fn memory_size_bytes(memory: &[u8]) -> i32 {
    count_of(memory.len())
}

/// `memory.grow` (§4.4.7): see [`GrowableMemory::grow`].
#[inline]
pub fn memory_grow(memory: &mut GrowableMemory<'_>, delta: i32) -> i32 {
    memory.grow(delta)
}

/// `memory.grow` of a memory whose pages have one byte (custom-page-sizes proposal).
#[inline]
pub fn memory_grow_bytes(memory: &mut GrowableMemory<'_>, delta: i32) -> i32 {
    memory.grow_bytes(delta)
}

/// `memory.grow` (§4.4.7) of a memory of `size` pages whose storage is full from the start: only
/// growing by nothing succeeds.
#[inline]
#[must_use]
pub const fn memory_grow_fixed(size: i32, delta: i32) -> i32 {
    if delta == 0 {
        size
    } else {
        -1
    }
}

/// The memory of a module that never grows it, all of whose `BYTES` are active: an array, whose
/// length the compiler knows wherever it is passed.
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when there are fewer: the storage is not what it should be.
#[inline]
pub fn memory_fixed<const BYTES: usize>(memory: &[u8]) -> Result<&[u8; BYTES], WasmTrap> {
    memory.first_chunk().ok_or(WasmTrap::OutOfBounds)
}

/// [`memory_fixed`], to write to.
///
/// # Errors
/// Likewise.
#[inline]
pub fn memory_fixed_mut<const BYTES: usize>(
    memory: &mut [u8],
) -> Result<&mut [u8; BYTES], WasmTrap> {
    memory.first_chunk_mut().ok_or(WasmTrap::OutOfBounds)
}

/// A memory that never has fewer than `BYTES` bytes, in a form from which the compiler knows it.
///
/// LLVM uses the least length of a slice best where the length itself is computed as a maximum: a
/// comparison alone helps it less.
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when there are fewer: the storage is not what it should be.
#[inline]
pub fn memory_at_least<const BYTES: usize>(memory: &[u8]) -> Result<&[u8], WasmTrap> {
    let length = memory.len().max(BYTES);
    memory.get(..length).ok_or(WasmTrap::OutOfBounds)
}

/// [`memory_at_least`], to write to.
///
/// # Errors
/// Likewise.
#[inline]
pub fn memory_at_least_mut<const BYTES: usize>(memory: &mut [u8]) -> Result<&mut [u8], WasmTrap> {
    let length = memory.len().max(BYTES);
    memory.get_mut(..length).ok_or(WasmTrap::OutOfBounds)
}

/// Is a lent memory as large as the module's import demands?
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when it has less than `least` bytes.
#[inline]
pub fn memory_check(memory: &[u8], least: usize) -> Result<(), WasmTrap> {
    if memory.len() < least {
        return Err(WasmTrap::OutOfBounds);
    }
    Ok(())
}

/// Is a lent memory held to the maximum that the module's import declares (§3.2.5)?
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when it may grow to more than `most` bytes.
#[inline]
pub fn memory_check_capacity(memory: &GrowableMemory<'_>, most: usize) -> Result<(), WasmTrap> {
    if memory.capacity() > most {
        return Err(WasmTrap::OutOfBounds);
    }
    Ok(())
}

/// `memory.copy` (§4.4.7): the ranges may overlap.
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when either range leaves the memory; nothing is written.
#[inline]
pub fn memory_copy(memory: &mut [u8], dst: i32, src: i32, len: i32) -> Result<(), WasmTrap> {
    move_within(memory, dst, src, len).ok_or(WasmTrap::OutOfBounds)
}

/// `memory.fill` (§4.4.7): with the low byte of `value`.
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when the range leaves the memory; nothing is written.
#[inline]
pub fn memory_fill(memory: &mut [u8], dst: i32, value: i32, len: i32) -> Result<(), WasmTrap> {
    let [low, ..] = value.to_le_bytes();
    window_mut(memory, dst, len)
        .ok_or(WasmTrap::OutOfBounds)?
        .fill(low);
    Ok(())
}

/// `memory.init` (§4.4.7): from the data segment `data`, empty once dropped.
///
/// # Errors
/// [`WasmTrap::OutOfBounds`] when a range leaves the segment or the memory; nothing is written.
#[inline]
pub fn memory_init(
    memory: &mut [u8],
    data: &[u8],
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    let source = window(data, src, len).ok_or(WasmTrap::OutOfBounds)?;
    let target = window_mut(memory, dst, len).ok_or(WasmTrap::OutOfBounds)?;
    copy(target, source);
    Ok(())
}
