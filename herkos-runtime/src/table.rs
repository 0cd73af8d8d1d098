//! References (§4.2.1), tables of them (§4.2.7) and the instructions on tables (§4.4.6).
//!
//! Calls through a table use no function pointers: an entry is a pair of numbers, and generated code
//! matches on the function's number among those of the right type.

use crate::cast::{count_of, index_of};
use crate::range::{copy, first, first_mut, move_within, window, window_mut};
use crate::WasmTrap;
use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

/// A reference to a function of the module, or null.
///
/// ```
/// use herkos_runtime::FuncRef;
/// assert!(FuncRef::NULL.is_null());
/// assert_eq!(FuncRef::new(2, 7).func(), Some(7));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct FuncRef {
    /// Type index + 1; 0 for null, so that a table of nulls is all zero, and no type matches null.
    tag: u32,
    func: u32,
}

impl FuncRef {
    /// No function.
    pub const NULL: Self = Self { tag: 0, func: 0 };

    /// The function `func`, of type `ty`. Equal types need equal numbers. `u32::MAX` is no type: a
    /// module has fewer (§5.1.3).
    #[inline]
    #[must_use]
    pub const fn new(ty: u32, func: u32) -> Self {
        Self {
            tag: ty.wrapping_add(1),
            func,
        }
    }

    /// Whether it refers to no function: `ref.is_null`.
    #[inline]
    #[must_use]
    pub const fn is_null(self) -> bool {
        self.tag == 0
    }

    /// The number of its type.
    #[inline]
    #[must_use]
    pub const fn ty(self) -> Option<u32> {
        self.tag.checked_sub(1)
    }

    /// The number of the function.
    #[inline]
    #[must_use]
    pub const fn func(self) -> Option<u32> {
        if self.is_null() {
            None
        } else {
            Some(self.func)
        }
    }
}

impl fmt::Debug for FuncRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ty() {
            Some(ty) => f
                .debug_struct("FuncRef")
                .field("ty", &ty)
                .field("func", &self.func)
                .finish(),
            None => f.write_str("FuncRef::NULL"),
        }
    }
}

/// A reference to something of the host's, or null: what the WebAssembly type `externref` becomes.
///
/// It carries a number that the host chooses, such as an index into a table of its own. A module can
/// keep it and hand it back, but neither see the number nor make one up.
///
/// ```
/// use herkos_runtime::ExternRef;
/// assert_eq!(ExternRef::new(7).get(), Some(7));
/// assert_eq!(ExternRef::NULL.get(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ExternRef(Option<u32>);

impl ExternRef {
    /// Nothing.
    pub const NULL: Self = Self(None);

    /// The thing that the host knows by this number.
    #[inline]
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(Some(number))
    }

    /// The number, unless it is null.
    #[inline]
    #[must_use]
    pub const fn get(self) -> Option<u32> {
        self.0
    }
}

/// What a table may hold: [`FuncRef`] or [`ExternRef`].
pub trait Reference: Copy + PartialEq {
    /// The null reference.
    const NULL: Self;
}

impl Reference for FuncRef {
    const NULL: Self = Self::NULL;
}

impl Reference for ExternRef {
    const NULL: Self = Self::NULL;
}

/// `ref.is_null` (§4.4.2).
#[inline]
#[must_use]
pub fn ref_is_null<R: Reference>(reference: R) -> bool {
    reference == R::NULL
}

/// A table of at most `N` entries. Those beyond the current size are always null.
///
/// Its methods are those of [`TableView`], as which it is lent to a module that imports a table.
///
/// ```
/// use herkos_runtime::{FuncRef, Table, WasmTrap};
/// let mut table = Table::<FuncRef, 8>::new(4);
/// table.set(1, FuncRef::new(0, 42))?;
/// assert_eq!(table.lookup(1, 0), Ok(42));
/// assert_eq!(table.lookup(1, 3), Err(WasmTrap::IndirectCallTypeMismatch));
/// assert_eq!(table.lookup(2, 0), Err(WasmTrap::UndefinedElement));
/// assert_eq!(table.lookup(4, 0), Err(WasmTrap::TableOutOfBounds));
/// # Ok::<(), WasmTrap>(())
/// ```
pub struct Table<R, const N: usize>(TableView<R, [R; N]>);

impl<R: Reference, const N: usize> Table<R, N> {
    /// A table of `initial` null entries (`N`, when that is fewer).
    #[must_use]
    pub const fn new(initial: usize) -> Self {
        Self(TableView {
            of: PhantomData,
            size: if initial < N { initial } else { N },
            entries: [R::NULL; N],
        })
    }
}

impl<R, const N: usize> Deref for Table<R, N> {
    type Target = TableView<R>;

    #[inline]
    fn deref(&self) -> &TableView<R> {
        &self.0
    }
}

impl<R, const N: usize> DerefMut for Table<R, N> {
    #[inline]
    fn deref_mut(&mut self) -> &mut TableView<R> {
        &mut self.0
    }
}

impl<R: Copy, const N: usize> Clone for Table<R, N> {
    fn clone(&self) -> Self {
        Self(TableView {
            of: PhantomData,
            size: self.0.size,
            entries: self.0.entries,
        })
    }
}

impl<R: Reference, const N: usize> PartialEq for Table<R, N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<R: Reference + Eq, const N: usize> Eq for Table<R, N> {}

impl<R: Reference + fmt::Debug, const N: usize> fmt::Debug for Table<R, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A table of any capacity: what a [`Table`] is borrowed as, wherever its `N` must not matter.
///
/// A module that imports a table is lent one so. Where a `&mut TableView<R>` is wanted `&mut table`
/// is one:
///
/// ```
/// use herkos_runtime::{ExternRef, Table, TableView};
/// fn remember(table: &mut TableView<ExternRef>, number: u32) -> i32 {
///     table.grow(1, ExternRef::new(number))
/// }
/// let mut table = Table::<ExternRef, 2>::new(1);
/// assert_eq!(remember(&mut table, 7), 1);
/// assert_eq!(remember(&mut table, 8), -1);         // its capacity is 2
/// ```
///
/// `E` is for this crate: an array in a table itself, a slice in all that is borrowed.
pub struct TableView<R, E: ?Sized = [R]> {
    of: PhantomData<R>,
    size: usize,
    entries: E,
}

impl<R: Reference> TableView<R> {
    /// The current entries.
    #[inline]
    #[must_use]
    pub fn entries(&self) -> &[R] {
        first(&self.entries, self.size)
    }

    #[inline]
    fn entries_mut(&mut self) -> &mut [R] {
        first_mut(&mut self.entries, self.size)
    }

    /// The most entries that it can grow to.
    #[inline]
    #[must_use]
    pub const fn capacity(&self) -> usize {
        self.entries.len()
    }

    /// `table.size`.
    #[inline]
    #[must_use]
    pub const fn size(&self) -> i32 {
        count_of(self.size)
    }

    /// `table.get`.
    ///
    /// # Errors
    /// [`WasmTrap::TableOutOfBounds`] beyond the last entry.
    #[inline]
    pub fn get(&self, index: i32) -> Result<R, WasmTrap> {
        self.entries()
            .get(index_of(index))
            .copied()
            .ok_or(WasmTrap::TableOutOfBounds)
    }

    /// `table.set`.
    ///
    /// # Errors
    /// [`WasmTrap::TableOutOfBounds`] beyond the last entry.
    #[inline]
    pub fn set(&mut self, index: i32, value: R) -> Result<(), WasmTrap> {
        let entry = self.entries_mut().get_mut(index_of(index));
        *entry.ok_or(WasmTrap::TableOutOfBounds)? = value;
        Ok(())
    }

    /// `table.grow`: appends `delta` (unsigned) entries of `value`. The previous size, or -1 and
    /// nothing changed when that is beyond the capacity.
    pub fn grow(&mut self, delta: i32, value: R) -> i32 {
        let old = self.size;
        let Some(new) = old.checked_add(index_of(delta)) else {
            return -1;
        };
        let Some(added) = self.entries.get_mut(old..new) else {
            return -1;
        };
        added.fill(value);
        self.size = new;
        count_of(old)
    }

    /// All entries null, and `size` of them (within the capacity): for restoring a snapshot.
    pub(crate) fn reset(&mut self, size: usize) -> &mut [R] {
        self.entries_mut().fill(R::NULL);
        self.size = self.entries.len().min(size);
        self.entries_mut()
    }

    /// `table.fill`: `len` entries from `dst`.
    ///
    /// # Errors
    /// [`WasmTrap::TableOutOfBounds`] when the range leaves the table; nothing is written.
    pub fn fill(&mut self, dst: i32, value: R, len: i32) -> Result<(), WasmTrap> {
        let target = window_mut(self.entries_mut(), dst, len);
        target.ok_or(WasmTrap::TableOutOfBounds)?.fill(value);
        Ok(())
    }

    /// `table.copy` within one table; the ranges may overlap. Between two tables:
    /// `to.init(from.entries(), dst, src, len)`.
    ///
    /// # Errors
    /// [`WasmTrap::TableOutOfBounds`] when either range leaves the table; nothing is written.
    pub fn copy_within(&mut self, dst: i32, src: i32, len: i32) -> Result<(), WasmTrap> {
        move_within(self.entries_mut(), dst, src, len).ok_or(WasmTrap::TableOutOfBounds)
    }

    /// `table.init`: from the element segment `segment`, empty once dropped.
    ///
    /// # Errors
    /// [`WasmTrap::TableOutOfBounds`] when a range leaves the segment or the table; nothing is
    /// written.
    pub fn init(&mut self, segment: &[R], dst: i32, src: i32, len: i32) -> Result<(), WasmTrap> {
        let source = window(segment, src, len).ok_or(WasmTrap::TableOutOfBounds)?;
        let target = window_mut(self.entries_mut(), dst, len);
        copy(target.ok_or(WasmTrap::TableOutOfBounds)?, source);
        Ok(())
    }
}

impl TableView<FuncRef> {
    /// `call_indirect`'s check (§4.4.8): the number of the function at `index`, if it has type `ty`.
    ///
    /// # Errors
    /// [`WasmTrap::TableOutOfBounds`] beyond the last entry, [`WasmTrap::UndefinedElement`] for a
    /// null entry, [`WasmTrap::IndirectCallTypeMismatch`] for a function of another type.
    #[inline]
    pub fn lookup(&self, index: i32, ty: u32) -> Result<u32, WasmTrap> {
        // Entries beyond the size are null and match no type: the size matters only on failure.
        match self.entries.get(index_of(index)) {
            Some(entry) if entry.tag == ty.wrapping_add(1) => Ok(entry.func),
            _ => Err(self.lookup_trap(index)),
        }
    }

    fn lookup_trap(&self, index: i32) -> WasmTrap {
        match self.get(index) {
            Err(trap) => trap,
            Ok(entry) if entry.is_null() => WasmTrap::UndefinedElement,
            Ok(_) => WasmTrap::IndirectCallTypeMismatch,
        }
    }
}

/// As large as the other, with the same entries, whatever the capacities.
impl<R: Reference> PartialEq for TableView<R> {
    fn eq(&self, other: &Self) -> bool {
        self.entries() == other.entries()
    }
}

impl<R: Reference + Eq> Eq for TableView<R> {}

impl<R: Reference + fmt::Debug> fmt::Debug for TableView<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("capacity", &self.capacity())
            .field("entries", &self.entries())
            .finish()
    }
}

/// Is a lent table within the limits of the module's import (§3.2.4)? `most` is for its capacity.
///
/// # Errors
/// [`WasmTrap::TableOutOfBounds`] when it has fewer entries than `least` or may grow beyond `most`.
#[inline]
pub fn table_check<R: Reference>(
    table: &TableView<R>,
    least: usize,
    most: usize,
) -> Result<(), WasmTrap> {
    if table.size < least || table.capacity() > most {
        return Err(WasmTrap::TableOutOfBounds);
    }
    Ok(())
}

/// `table.get` (§4.4.6): see [`TableView::get`]; likewise the functions below.
///
/// # Errors
/// [`WasmTrap::TableOutOfBounds`] beyond the last entry.
#[inline]
pub fn table_get<R: Reference>(table: &TableView<R>, index: i32) -> Result<R, WasmTrap> {
    table.get(index)
}

/// `table.set`.
///
/// # Errors
/// [`WasmTrap::TableOutOfBounds`] beyond the last entry.
#[inline]
pub fn table_set<R: Reference>(
    table: &mut TableView<R>,
    index: i32,
    value: R,
) -> Result<(), WasmTrap> {
    table.set(index, value)
}

/// `table.size`.
#[inline]
#[must_use]
pub fn table_size<R: Reference>(table: &TableView<R>) -> i32 {
    table.size()
}

/// `table.grow`, with the operands in the instruction's order.
#[inline]
pub fn table_grow<R: Reference>(table: &mut TableView<R>, value: R, delta: i32) -> i32 {
    table.grow(delta, value)
}

/// `table.fill`.
///
/// # Errors
/// [`WasmTrap::TableOutOfBounds`] when the range leaves the table; nothing is written.
#[inline]
pub fn table_fill<R: Reference>(
    table: &mut TableView<R>,
    dst: i32,
    value: R,
    len: i32,
) -> Result<(), WasmTrap> {
    table.fill(dst, value, len)
}

/// `table.copy` within one table.
///
/// # Errors
/// [`WasmTrap::TableOutOfBounds`] when either range leaves the table; nothing is written.
#[inline]
pub fn table_copy<R: Reference>(
    table: &mut TableView<R>,
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    table.copy_within(dst, src, len)
}

/// `table.copy` from one table to another, or, with an element segment's entries, `table.init`.
///
/// # Errors
/// [`WasmTrap::TableOutOfBounds`] when either range is left; nothing is written.
#[inline]
pub fn table_init<R: Reference>(
    table: &mut TableView<R>,
    entries: &[R],
    dst: i32,
    src: i32,
    len: i32,
) -> Result<(), WasmTrap> {
    table.init(entries, dst, src, len)
}
