//! Tables and indirect calls (§4.2.7, §4.4.6), traps, macros.

use herkos_runtime::prelude::*;
use WasmTrap::{IndirectCallTypeMismatch, TableOutOfBounds, UndefinedElement};

const OOB: Result<(), WasmTrap> = Err(TableOutOfBounds);

fn func(n: u32) -> FuncRef {
    FuncRef::new(0, n)
}

/// A table of 4, at most 6, holding the functions 0 to 3.
fn table() -> Table<FuncRef, 6> {
    let mut table = Table::new(4);
    table
        .init(&[func(0), func(1), func(2), func(3)], 0, 0, 4)
        .unwrap();
    table
}

fn funcs(table: &Table<FuncRef, 6>) -> Vec<Option<u32>> {
    table.entries().iter().map(|entry| entry.func()).collect()
}

#[test]
fn references() {
    assert!(FuncRef::NULL.is_null() && FuncRef::default().is_null());
    assert_eq!((FuncRef::NULL.ty(), FuncRef::NULL.func()), (None, None));
    let f = FuncRef::new(0, 0);
    assert_eq!((f.is_null(), f.ty(), f.func()), (false, Some(0), Some(0)));
    assert_ne!(f, FuncRef::NULL);
    assert_eq!(FuncRef::new(u32::MAX - 1, u32::MAX).func(), Some(u32::MAX));
    assert_eq!(
        format!("{f:?} {:?}", FuncRef::NULL),
        "FuncRef { ty: 0, func: 0 } FuncRef::NULL"
    );
}

#[test]
fn get_and_set() {
    let mut t = Table::<FuncRef, 6>::new(4);
    assert_eq!(t.size(), 4);
    assert_eq!(t.get(3), Ok(FuncRef::NULL));
    t.set(3, func(9)).unwrap();
    assert_eq!(t.get(3), Ok(func(9)));
    for index in [4, 5, 6, -1, i32::MIN] {
        assert_eq!(t.get(index), Err(TableOutOfBounds));
        assert_eq!(t.set(index, func(1)), OOB);
    }
    assert_eq!(Table::<FuncRef, 6>::new(7).size(), 6);
    assert_eq!(Table::<FuncRef, 0>::new(0).get(0), Err(TableOutOfBounds));
}

#[test]
fn lookup() {
    let mut t = Table::<FuncRef, 6>::new(4);
    t.set(0, FuncRef::new(5, 50)).unwrap();
    t.set(1, FuncRef::new(0, 0)).unwrap();
    assert_eq!(t.lookup(0, 5), Ok(50));
    assert_eq!(t.lookup(1, 0), Ok(0));
    assert_eq!(t.lookup(0, 4), Err(IndirectCallTypeMismatch));
    assert_eq!(t.lookup(2, 0), Err(UndefinedElement));
    for index in [4, 5, 6, -1, i32::MIN] {
        assert_eq!(t.lookup(index, 0), Err(TableOutOfBounds), "{index}");
    }
}

#[test]
fn grow() {
    let mut t = table();
    for delta in [3, -1, i32::MAX, i32::MIN] {
        assert_eq!(t.grow(delta, func(7)), -1);
    }
    assert_eq!(t.grow(0, func(7)), 4);
    assert_eq!(t.grow(1, func(7)), 4);
    assert_eq!(funcs(&t), [Some(0), Some(1), Some(2), Some(3), Some(7)]);
    assert_eq!(t.lookup(5, 0), Err(TableOutOfBounds));
    assert_eq!(t.grow(1, FuncRef::NULL), 5);
    assert_eq!(t.lookup(5, 0), Err(UndefinedElement));
    assert_eq!(
        (t.grow(1, func(7)), t.grow(0, func(7)), t.size()),
        (-1, 6, 6)
    );
}

#[test]
fn limits_of_a_lent_table() {
    // 4 entries now, 6 at most.
    let mut t = table();
    assert_eq!(t.capacity(), 6);
    for (least, most) in [(0, 6), (4, 6), (4, usize::MAX)] {
        assert_eq!(table_check(&t, least, most), Ok(()), "{least} {most}");
    }
    for (least, most) in [(5, 6), (4, 5), (usize::MAX, usize::MAX)] {
        assert_eq!(table_check(&t, least, most), OOB, "{least} {most}");
    }
    t.grow(1, FuncRef::NULL);
    assert_eq!(table_check(&t, 5, 6), Ok(()));
}

#[test]
fn a_view_is_the_table_itself() {
    fn change(view: &mut TableView<FuncRef>) {
        view.set(0, func(9)).unwrap();
        assert_eq!((view.grow(2, func(8)), view.grow(1, func(8))), (4, -1));
    }
    let mut t = table();
    change(&mut t);
    assert_eq!(t.size(), 6);
    assert_eq!((t.lookup(0, 0), t.lookup(5, 0)), (Ok(9), Ok(8)));
}

#[test]
fn equality_and_debug_are_about_the_entries() {
    let (t, mut longer) = (table(), Table::<FuncRef, 9>::new(4));
    assert_ne!(*t, *longer);
    longer.init(t.entries(), 0, 0, 4).unwrap();
    assert_eq!(*t, *longer);
    longer.grow(1, FuncRef::NULL);
    assert_ne!(*t, *longer);
    let mut copy = t.clone();
    assert_eq!(copy, t);
    copy.set(0, FuncRef::NULL).unwrap();
    assert_ne!(copy, t);
    let small = Table::<ExternRef, 2>::new(1);
    let shown = "Table { capacity: 2, entries: [ExternRef(None)] }";
    assert_eq!(format!("{small:?}"), shown);
}

#[test]
fn fill() {
    let mut t = table();
    t.fill(1, func(8), 2).unwrap();
    assert_eq!(funcs(&t), [Some(0), Some(8), Some(8), Some(3)]);
    assert_eq!(t.fill(4, func(9), 0), Ok(()));
    for (dst, len) in [(5, 0), (4, 1), (0, 5), (1, -1), (-1, 2)] {
        assert_eq!(t.fill(dst, func(9), len), OOB, "{dst} {len}");
    }
    assert_eq!(funcs(&t), [Some(0), Some(8), Some(8), Some(3)]);
}

#[test]
fn copy() {
    let mut t = table();
    t.copy_within(1, 0, 3).unwrap();
    assert_eq!(funcs(&t), [Some(0), Some(0), Some(1), Some(2)]);
    t.copy_within(0, 2, 2).unwrap();
    assert_eq!(funcs(&t), [Some(1), Some(2), Some(1), Some(2)]);
    assert_eq!(t.copy_within(4, 4, 0), Ok(()));
    for (dst, src, len) in [
        (1, 0, 4),
        (0, 1, 4),
        (5, 0, 0),
        (0, 5, 0),
        (-1, 0, 1),
        (0, 0, -1),
    ] {
        assert_eq!(t.copy_within(dst, src, len), OOB, "{dst} {src} {len}");
    }
    assert_eq!(funcs(&t), [Some(1), Some(2), Some(1), Some(2)]);
    let mut other = Table::<FuncRef, 3>::new(3);
    other.init(t.entries(), 1, 0, 2).unwrap();
    assert_eq!(other.entries(), [FuncRef::NULL, func(1), func(2)]);
}

#[test]
fn init() {
    let segment = [func(7), FuncRef::NULL];
    let mut t = table();
    t.init(&segment, 1, 0, 2).unwrap();
    assert_eq!(funcs(&t), [Some(0), Some(7), None, Some(3)]);
    assert_eq!(t.init(&segment, 4, 2, 0), Ok(()));
    for (dst, src, len) in [
        (3, 0, 2),
        (0, 1, 2),
        (5, 0, 0),
        (0, 3, 0),
        (-1, 0, 1),
        (0, -1, 2),
    ] {
        assert_eq!(t.init(&segment, dst, src, len), OOB, "{dst} {src} {len}");
    }
    assert_eq!(t.init(&[], 0, 0, 1), OOB);
    assert_eq!(funcs(&t), [Some(0), Some(7), None, Some(3)]);
}

#[test]
fn traps_are_errors_with_the_specifications_texts() {
    let texts = [
        (WasmTrap::OutOfBounds, "out of bounds memory access"),
        (WasmTrap::DivisionByZero, "integer divide by zero"),
        (WasmTrap::IntegerOverflow, "integer overflow"),
        (WasmTrap::Unreachable, "unreachable"),
        (
            WasmTrap::IndirectCallTypeMismatch,
            "indirect call type mismatch",
        ),
        (WasmTrap::TableOutOfBounds, "out of bounds table access"),
        (WasmTrap::UndefinedElement, "uninitialized element"),
        (WasmTrap::StackExhausted, "call stack exhausted"),
        (WasmTrap::FuelExhausted, "fuel exhausted"),
        (WasmTrap::Exit(-3), "exit with status -3"),
        (WasmTrap::Host(7), "host error 7"),
    ];
    for (trap, text) in texts {
        let error: Box<dyn std::error::Error> = trap.into();
        assert_eq!(error.to_string(), text);
    }
}

herkos_runtime::with_alloc! {
    const WITH_ALLOC: () = ();
    fn with_alloc() -> Option<()> { Some(WITH_ALLOC) }
}
#[cfg(not(feature = "alloc"))]
fn with_alloc() -> Option<()> {
    None
}

#[test]
fn with_alloc_follows_the_feature() {
    assert_eq!(with_alloc().is_some(), cfg!(feature = "alloc"));
}
