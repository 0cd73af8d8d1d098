//! Tables that are lent to the modules that import them.

use herkos_runtime::{FuncRef, GrowableMemory, Table, TableView, WasmTrap, PAGE_SIZE};
use herkos_tests_api::{double, lender, lent, square};
use static_cell::ConstStaticCell;
use WasmTrap::{IndirectCallTypeMismatch, OutOfBounds, TableOutOfBounds, UndefinedElement};

/// Has `double` do what `square` asks for, on the table that `square` was lent.
struct Host(double::LibraryModule);

impl square::Env for Host {
    fn call(
        &mut self,
        memory: &mut [u8],
        table_0: &mut TableView<FuncRef>,
        at: i32,
        x: i32,
    ) -> Result<i32, WasmTrap> {
        memory[4] = 1;
        self.0.call(table_0, at, x)
    }
}

#[test]
fn two_modules_share_a_table() {
    static TABLE: ConstStaticCell<Table<FuncRef, 16>> = ConstStaticCell::new(Table::new(4));
    let table = TABLE.take();
    let mut memory = vec![0; PAGE_SIZE];
    let mut double = double::LibraryModule::new(table).unwrap();
    let host = Host(double::LibraryModule::new(table).unwrap());
    let mut square = square::LibraryModule::new(&mut memory, table, host).unwrap();
    assert_eq!(double.call(table, 0, 21), Ok(42));
    assert_eq!(square.call(&mut memory, table, 1, 5), Ok(25));
    assert_eq!(memory[0], 25);
    // Each finds the other's function there, and cannot call it.
    assert_eq!(double.call(table, 1, 5), Err(IndirectCallTypeMismatch));
    let refused = square.call(&mut memory, table, 0, 5);
    assert_eq!(refused, Err(IndirectCallTypeMismatch));
    assert_eq!(double.call(table, 2, 5), Err(UndefinedElement));
    assert_eq!(double.call(table, 4, 5), Err(TableOutOfBounds));
    // What one does to the table the other sees.
    assert_eq!(double.grow(table, 12), Ok(4));
    assert_eq!(square.size(&mut memory, table), Ok(16));
    assert_eq!(double.grow(table, 1), Ok(-1));
    let of_double = table.get(0).unwrap();
    table.set(7, of_double).unwrap();
    assert_eq!(double.call(table, 7, 3), Ok(6));
}

#[test]
fn imports_are_passed_what_the_module_was_lent() {
    let mut table = Table::<FuncRef, 4>::new(4);
    let mut memory = vec![0; PAGE_SIZE];
    let host = Host(double::LibraryModule::new(&mut table).unwrap());
    let mut square = square::LibraryModule::new(&mut memory, &mut table, host).unwrap();
    assert_eq!(square.other(&mut memory, &mut table, 0, 21), Ok(42));
    assert_eq!(memory[4], 1);
    let refused = square.other(&mut memory, &mut table, 1, 21);
    assert_eq!(refused, Err(IndirectCallTypeMismatch));
}

#[test]
fn a_lent_table_is_within_the_limits_of_the_import() {
    assert_eq!((double::MIN_TABLE_0, double::MAX_TABLE_0), (4, 16));
    let mut good = Table::<FuncRef, 16>::new(4);
    let mut module = double::LibraryModule::new(&mut good).unwrap();
    let mut small = Table::<FuncRef, 16>::new(3);
    assert_eq!(module.call(&mut small, 0, 1), Err(TableOutOfBounds));
    assert!(double::LibraryModule::new(&mut small).is_err());
    let mut large = Table::<FuncRef, 17>::new(4);
    assert_eq!(module.call(&mut large, 0, 1), Err(TableOutOfBounds));
    assert_eq!(large, Table::new(4), "nothing was written");
    assert_eq!(module.call(&mut good, 0, 1), Ok(2));
}

#[test]
fn an_instance_lends_its_memory_and_its_table_at_once() {
    let mut lender = lender::Module::boxed().unwrap();
    let host = Host(double::LibraryModule::new(lender.table_mut()).unwrap());
    let mut parts = lender.lend();
    let mut square =
        square::LibraryModule::new(parts.memory.bytes_mut(), parts.table, host).unwrap();
    let called = square.call(parts.memory.bytes_mut(), parts.table, 1, 9);
    assert_eq!(called, Ok(81));
    assert_eq!(lender.peek(0), Ok(81));
    assert_eq!(lender.call(3, 5), Ok(-5));
    assert_eq!(lender.call(1, 5), Err(IndirectCallTypeMismatch));
}

#[test]
fn instances_of_one_module_mean_the_same_function() {
    let mut table = Table::<FuncRef, 4>::new(4);
    let _first = double::LibraryModule::new(&mut table).unwrap();
    let mut other = Table::<FuncRef, 4>::new(4);
    let mut second = double::LibraryModule::new(&mut other).unwrap();
    assert_eq!(second.call(&mut table, 0, 4), Ok(8));
}

#[test]
fn a_lent_memory_is_within_the_limits_of_the_import() {
    assert_eq!(lent::MAX_MEMORY_BYTES, 8 * PAGE_SIZE);
    let (mut storage, mut active) = (vec![0; 8 * PAGE_SIZE + 1], PAGE_SIZE);
    let mut large = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(
        lent::LibraryModule::new(&mut large).err(),
        Some(OutOfBounds)
    );
    let mut right = GrowableMemory::new(&mut storage[1..], &mut active);
    assert!(lent::LibraryModule::new(&mut right).is_ok());
}
