//! The whole state of an instance: saved, restored, compared and hashed.
//!
//! Every generated `Module` and `LibraryModule` implements [`Snapshot`]. A state goes to a [`Sink`]
//! and comes from a [`Source`], piece by piece: there is no buffer, so a microcontroller can write it
//! straight to flash. Slices, `Vec<u8>` (feature `alloc`), files and the like (feature `std`:
//! [`IoSink`], [`IoSource`]) and hashers ([`HashSink`]) are ready; another is one method.
//!
//! ```
//! use herkos_runtime::snapshot::{CompareError, Error, Snapshot};
//! # // Written as herkos-c writes it, for a module of one page and one global.
//! # use herkos_runtime::{prelude::*, Memory, PAGE_SIZE};
//! # struct Module { memory: Memory<PAGE_SIZE>, count: i32 }
//! # const STATE: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08c4ca4238";
//! # impl Snapshot for Module {
//! #     fn save_state<S: snapshot::Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
//! #         let mut to = snapshot::Saver::new(sink, STATE)?;
//! #         to.memory(self.memory.bytes())?;
//! #         to.value(&self.count)
//! #     }
//! #     fn restore_state<S: snapshot::Source>(&mut self, source: &mut S) -> Result<(), Error<S::Error>> {
//! #         let mut from = snapshot::Restorer::new(source, STATE)?;
//! #         from.memory(&mut self.memory, PAGE_SIZE..=PAGE_SIZE)?;
//! #         from.value(&mut self.count)
//! #     }
//! # }
//! # let mut module = Module { memory: Memory::new(), count: 5 };
//! # module.memory.reset(PAGE_SIZE)?;
//! # #[cfg(feature = "alloc")] {
//! let mut saved = Vec::new();
//! let Ok(()) = module.save_state(&mut saved);
//!
//! module.count += 1;
//! let different = CompareError::Different { at: saved.len() - 4 };
//! assert_eq!(module.compare_state(&mut saved.as_slice()), Err(different));
//!
//! module.restore_state(&mut saved.as_slice()).unwrap();
//! assert_eq!(module.compare_state(&mut saved.as_slice()), Ok(()));
//! # }
//! # Ok::<(), WasmTrap>(())
//! ```
//!
//! # What is saved
//! The memory that the module owns, its globals, its tables, which segments it dropped, and its fuel
//! (`fuel = true`). Not what belongs to others: the host, with the mutable globals that the module
//! imports from it, and what a `LibraryModule` is lent. A memory or table is saved with the module
//! that owns it; your own memory by `sink.write(memory)`, your own table by a [`Saver`] and a
//! [`Restorer`].
//!
//! References are numbers and are saved as such: a `FuncRef` means the same function after restoring,
//! an `ExternRef` whatever its number then means to the host.
//!
//! # Trust
//! The bytes need not be trusted with the program's safety. Whatever they are, restoring them neither
//! panics nor does more than set the instance's own state: memory and tables of a size between their
//! initial one and their storage's, then any contents.
//!
//! They are trusted with the module. The hash in them tells modules apart, and is no signature: who can
//! change a snapshot decides in what state the module's code runs on, and so with what arguments it calls
//! its imports. That holds for what the module could have come to by itself, and for four things that it
//! could not:
//!
//! - Its fuel. Set it anew after restoring.
//! - Globals that are immutable, where their value is not a constant.
//! - An `ExternRef` may be any number: the host must check it.
//! - A `FuncRef` may be any function of the module's to which it makes a reference (with all other numbers
//!   calls trap); in a table that it shares with another module, also any of those of the other.
//!
//! Where that matters, let a [`Sink`] and a [`Source`] of your own authenticate what passes through them.
//! What follows a failed authentication is up to you: the state is set by then, so drop the instance.
//!
//! # Format
//! Version 1; integers are little-endian. The same state is the same bytes on every target.
//!
//! | bytes | what |
//! |---|---|
//! | 6 | `herkos` |
//! | 2 | version of the format |
//! | 64 | SHA-256 of the module, in hexadecimal, as in the head of the generated file |
//! | 8 | fingerprint of what is saved below, which depends on options and on the version of herkos |
//! | 8 each | sizes of the tables, in entries, in order |
//! | 8, and as many | size of the memory, in bytes, and its bytes |
//! | 4 or 8 each | globals that are not constants, in order; floats by their bits |
//! | 8 each | entries of the tables: type + 1 and function; or 1 and the number; null is all zero |
//! | 1 each | 1 for a segment that was dropped: of data, then of elements |
//! | 8 | fuel |
//!
//! Parts that a module does not have are left out. There is no padding and no end mark: what follows
//! a snapshot in the same source is left there, so several can stand behind each other. Nothing is
//! compressed; memories are mostly zeros, which any compressing `Write` below an [`IoSink`] removes.

mod error;
mod parts;
mod stream;

pub use error::{CompareError, EndOfSlice, Error};
pub use parts::{Restorer, Saver, Value};
pub use stream::{HashSink, Sink, Source};
#[cfg(feature = "std")]
pub use stream::{IoSink, IoSource};

use core::convert::Infallible;
use core::hash::Hasher;
use stream::{CompareSink, CountSink};

/// An instance whose whole state can be saved and restored; see the [module](self)'s page for what
/// that is. Generated code implements it; so can your own, for several instances that belong
/// together.
///
/// Where a module exports a function of one of these names, and this trait is in scope, a path says
/// which is meant: `Module::save_state(&mut module)` is the exported function,
/// `Snapshot::save_state(&module, &mut sink)` this.
pub trait Snapshot {
    /// Writes the state.
    ///
    /// # Errors
    /// The sink's.
    fn save_state<S: Sink>(&self, sink: &mut S) -> Result<(), S::Error>;

    /// Replaces the state by one that [`save_state`](Self::save_state) wrote, of this or another
    /// instance of the same module. The host stays.
    ///
    /// # Errors
    /// Those of [`Error`]. After [`Error::Incomplete`] the instance is safe to use, but in a state
    /// that no run leads to: restore again, or drop it. After all others nothing has changed.
    fn restore_state<S: Source>(&mut self, source: &mut S) -> Result<(), Error<S::Error>>;

    /// Is the state the one that was saved?
    ///
    /// # Errors
    /// [`CompareError::Different`] if it is not, or the source's own.
    fn compare_state<S: Source>(&self, saved: &mut S) -> Result<(), CompareError<S::Error>> {
        self.save_state(&mut CompareSink::new(saved))
    }

    /// Feeds the state to a hasher: equal states give equal hashes, on every target if the hasher
    /// does. (`std`'s `DefaultHasher` may change with the version of Rust.)
    fn hash_state<H: Hasher>(&self, hasher: &mut H) {
        let Ok(()) = self.save_state(&mut HashSink(hasher));
    }

    /// How many bytes [`save_state`](Self::save_state) writes.
    fn state_size(&self) -> usize {
        let mut count = CountSink(0);
        let result: Result<(), Infallible> = self.save_state(&mut count);
        let Ok(()) = result;
        count.0
    }
}
