//! Addresses: base and offset are 32-bit numbers whose sum is not (§4.4.7), so every access at the top of
//! the index space must trap where 32-bit arithmetic would wrap to a valid address. Each load, store and
//! bulk instruction meets operands around every border, and a model in 64-bit numbers says what is right.

use crate::operands::Hash;
use crate::{capped, fixed, growable, lent, small};
use core::fmt;
use herkos_runtime::WasmTrap;

/// The address as the function makes it from its parameter.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    Plus8,
    Minus8,
    Times4,
}

struct Place {
    name: &'static str,
    size: u32,
    offset: u32,
    form: Form,
}

struct Load<M> {
    place: Place,
    signed: bool,
    /// Whether the value has 32 bits.
    narrow: bool,
    call: fn(&mut M, i32) -> Result<i64, WasmTrap>,
}

struct Store<M> {
    place: Place,
    call: fn(&mut M, i32, i64) -> Result<(), WasmTrap>,
}

/// An instruction on ranges; `source` is the number of items there, if it has one.
struct Bulk<M> {
    name: &'static str,
    items: u32,
    source: Option<u32>,
    call: fn(&mut M, i32, i32, i32) -> Result<(), WasmTrap>,
}

struct Element<M> {
    name: &'static str,
    call: fn(&mut M, i32) -> Result<(), WasmTrap>,
}

/// A module under test.
trait Subject: Sized + 'static {
    const NAME: &'static str;
    const BYTES: u32;
    const LOADS: &'static [Load<Self>];
    const STORES: &'static [Store<Self>];
    const BULK: &'static [Bulk<Self>];
    const TABLE: &'static [Element<Self>];
    fn bytes(&mut self) -> &mut [u8];
}

/// A library module with the memory that it is lent.
struct Lent<M> {
    module: M,
    memory: &'static mut [u8],
}

include!(concat!(env!("OUT_DIR"), "/access_table.rs"));

/// Storage for every module under test.
pub struct Memories {
    pub fixed: fixed::Memory,
    pub growable: growable::Memory,
    pub capped: capped::Memory,
    pub small: small::Memory,
    pub lent: [u8; 65536],
}

impl Memories {
    pub const fn new() -> Self {
        Self {
            fixed: fixed::Memory::new(),
            growable: growable::Memory::new(),
            capped: capped::Memory::new(),
            small: small::Memory::new(),
            lent: [0; 65536],
        }
    }
}

/// All kinds of memory; whether every access did what the model says.
pub fn run(out: &mut dyn fmt::Write, memories: &'static mut Memories) -> Result<bool, fmt::Error> {
    let failed = |_: WasmTrap| fmt::Error;
    let mut wrong = 0;
    let mut fixed = fixed::Module::new(&mut memories.fixed).map_err(failed)?;
    wrong += check(out, &mut fixed)?;
    let mut capped = capped::Module::new(&mut memories.capped).map_err(failed)?;
    wrong += check(out, &mut capped)?;
    let mut growable = growable::Module::new(&mut memories.growable).map_err(failed)?;
    wrong += check(out, &mut growable)?;
    wrong += grows(out, 1, 1, |pages| growable.grow(pages))?;
    let mut small = small::Module::new(&mut memories.small).map_err(failed)?;
    wrong += check(out, &mut small)?;
    wrong += grows(out, 5001, 999, |bytes| small.grow(bytes))?;
    let module = lent::LibraryModule::new(&mut memories.lent).map_err(failed)?;
    let mut lent = Lent {
        module,
        memory: &mut memories.lent,
    };
    wrong += check(out, &mut lent)?;
    Ok(wrong == 0)
}

fn check<S: Subject>(out: &mut dyn fmt::Write, subject: &mut S) -> Result<u32, fmt::Error> {
    let mut wrong = 0;
    if subject.bytes().len() != S::BYTES as usize {
        wrong += 1;
    }
    for (i, byte) in subject.bytes().iter_mut().enumerate() {
        *byte = pattern(i);
    }
    for access in S::LOADS {
        wrong += tally(out, S::NAME, &access.place, S::BYTES, |parameter, start| {
            load(subject, access, parameter, start)
        })?;
    }
    for access in S::STORES {
        wrong += tally(out, S::NAME, &access.place, S::BYTES, |parameter, start| {
            store(subject, access, parameter, start)
        })?;
    }
    // Each store was undone where it should have gone to.
    let strays = subject
        .bytes()
        .iter()
        .enumerate()
        .filter(|(i, byte)| **byte != pattern(*i));
    wrong += strays.count() as u32;
    for bulk in S::BULK {
        wrong += ranges(out, subject, bulk)?;
    }
    for element in S::TABLE {
        for index in [0, 9, 10, 11, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff_u32] {
            let outside = (element.call)(subject, index as i32) == Err(WasmTrap::TableOutOfBounds);
            wrong += u32::from(outside != (index >= 10));
        }
        writeln!(out, "{} {}", S::NAME, element.name)?;
    }
    let mut hash = Hash::new();
    for byte in subject.bytes() {
        hash.add(i64::from(*byte));
    }
    let hash = hash.value();
    writeln!(out, "{}: {wrong} wrong, memory {hash:016x}", S::NAME)?;
    Ok(wrong)
}

/// What lies at an address at first.
fn pattern(address: usize) -> u8 {
    ((address as u32).wrapping_mul(0x9e37_79b1) >> 24) as u8
}

/// All parameters of interest for one access: `good` performs it and says whether it was right, given
/// where it starts, or that it is out of bounds.
fn tally(
    out: &mut dyn fmt::Write,
    memory: &str,
    place: &Place,
    bytes: u32,
    mut good: impl FnMut(u32, Option<usize>) -> bool,
) -> Result<u32, fmt::Error> {
    let (mut inside, mut outside, mut wrong) = (0, 0, 0);
    for address in addresses(place, bytes) {
        for parameter in place.form.parameters(address) {
            let start = u64::from(place.form.address(parameter)) + u64::from(place.offset);
            let fits = start + u64::from(place.size) <= u64::from(bytes);
            if fits {
                inside += 1;
            } else {
                outside += 1;
            }
            let start = fits.then_some(start as usize);
            wrong += u32::from(!good(parameter, start));
        }
    }
    let Place { name, offset, .. } = place;
    writeln!(
        out,
        "{memory} {name} offset {offset:#x}: {inside} in, {outside} out, {wrong} wrong"
    )?;
    Ok(wrong)
}

/// Around both ends of the memory, the middle and the end of the index space, and where address and
/// offset together reach 2^32.
fn addresses(place: &Place, bytes: u32) -> impl Iterator<Item = u32> {
    let (bytes, size, offset) = (
        i64::from(bytes),
        i64::from(place.size),
        i64::from(place.offset),
    );
    let borders = [
        0,
        8,
        bytes - size - offset,
        bytes - offset,
        bytes,
        0x8000_0000,
        0xffff_fff0,
        0x1_0000_0000 - size,
        0x1_0000_0000 - offset,
        0x1_0000_0000 - offset - size,
        0x1_0000_0000 + bytes - size - offset,
    ];
    borders
        .into_iter()
        .flat_map(|border| (border - 2..=border + 2).map(|address| address as u32))
}

impl Form {
    fn address(self, parameter: u32) -> u32 {
        match self {
            Self::Plain => parameter,
            Self::Plus8 => parameter.wrapping_add(8),
            Self::Minus8 => parameter.wrapping_sub(8),
            Self::Times4 => parameter << 2,
        }
    }

    /// Parameters from which the function makes the address, or one near it.
    fn parameters(self, address: u32) -> [u32; 2] {
        match self {
            Self::Plain => [address; 2],
            Self::Plus8 => [address.wrapping_sub(8), address],
            Self::Minus8 => [address.wrapping_add(8), address],
            Self::Times4 => [address >> 2, address >> 2 | 0xc000_0000],
        }
    }
}

fn load<S: Subject>(
    subject: &mut S,
    access: &Load<S>,
    parameter: u32,
    start: Option<usize>,
) -> bool {
    let expected = start.map(|start| {
        let bytes = &subject.bytes()[start..start + access.place.size as usize];
        let bits = bytes
            .iter()
            .rev()
            .fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let unused = 64 - 8 * access.place.size;
        let bits = match access.signed {
            true => (bits << unused) as i64 >> unused,
            false => bits as i64,
        };
        if access.narrow {
            bits & 0xffff_ffff
        } else {
            bits
        }
    });
    (access.call)(subject, parameter as i32) == expected.ok_or(WasmTrap::OutOfBounds)
}

fn store<S: Subject>(
    subject: &mut S,
    access: &Store<S>,
    parameter: u32,
    start: Option<usize>,
) -> bool {
    const VALUE: i64 = 0x0102_0304_0506_0708;
    let result = (access.call)(subject, parameter as i32, VALUE);
    let Some(start) = start else {
        return result == Err(WasmTrap::OutOfBounds);
    };
    let size = access.place.size as usize;
    let place = &mut subject.bytes()[start..start + size];
    let stored = place == &VALUE.to_le_bytes()[..size];
    for (i, byte) in place.iter_mut().enumerate() {
        *byte = pattern(start + i);
    }
    result == Ok(()) && stored
}

/// One bulk instruction with all triples of borders.
fn ranges<S: Subject>(
    out: &mut dyn fmt::Write,
    subject: &mut S,
    bulk: &Bulk<S>,
) -> Result<u32, fmt::Error> {
    let trap = match bulk.name.starts_with("table") {
        true => WasmTrap::TableOutOfBounds,
        false => WasmTrap::OutOfBounds,
    };
    let items = bulk.items;
    let mut borders = [
        0,
        1,
        5,
        9,
        10,
        11,
        items - 1,
        items,
        items + 1,
        0x7fff_ffff,
        0x8000_0000,
        0,
        0,
        0,
        0,
        0,
    ];
    for (border, less) in borders.iter_mut().rev().zip([1, 10, 11, items, items - 1]) {
        *border = 0u32.wrapping_sub(less);
    }
    let (mut inside, mut outside, mut wrong) = (0, 0, 0);
    for start in borders {
        for source in borders {
            for length in borders {
                let fits = |start, items| u64::from(start) + u64::from(length) <= u64::from(items);
                let good =
                    fits(start, items) && bulk.source.is_none_or(|items| fits(source, items));
                let expected = if good { Ok(()) } else { Err(trap) };
                if good {
                    inside += 1;
                } else {
                    outside += 1;
                }
                let result = (bulk.call)(subject, start as i32, source as i32, length as i32);
                wrong += u32::from(result != expected);
            }
        }
    }
    let (memory, name) = (S::NAME, bulk.name);
    writeln!(
        out,
        "{memory} {name}: {inside} in, {outside} out, {wrong} wrong"
    )?;
    Ok(wrong)
}

/// A memory of `size` units that has room for more.
fn grows(
    out: &mut dyn fmt::Write,
    size: i32,
    room: i32,
    mut grow: impl FnMut(i32) -> Result<i32, WasmTrap>,
) -> Result<u32, fmt::Error> {
    let mut wrong = 0;
    for more in [-1, i32::MIN, i32::MAX, 0x1_0000, 0xffff, room + 1, 0 - size] {
        wrong += u32::from(grow(more) != Ok(-1));
    }
    wrong += u32::from(grow(room) != Ok(size));
    wrong += u32::from(grow(1) != Ok(-1));
    wrong += u32::from(grow(0) != Ok(size + room));
    writeln!(out, "grow: {wrong} wrong")?;
    Ok(wrong)
}
