//! Bulk instructions that pay: the price, and that nothing happens when the fuel does not suffice.

use herkos_runtime::{prelude::*, PAGE_SIZE};

const NO_FUEL: WasmTrap = WasmTrap::FuelExhausted;

/// What a call costs, given plenty.
fn cost<T: PartialEq + std::fmt::Debug>(
    expected: Result<T, WasmTrap>,
    call: impl FnOnce(&mut u64) -> Result<T, WasmTrap>,
) -> u64 {
    let mut fuel = u64::MAX;
    assert_eq!(call(&mut fuel), expected);
    u64::MAX - fuel
}

#[test]
fn memory_pays_for_eight_bytes_at_a_time() {
    let mut memory = [7; 64];
    for (len, price) in [(0, 0), (1, 1), (8, 1), (9, 2), (64, 8)] {
        assert_eq!(
            cost(Ok(()), |fuel| memory_fill_fueled(
                &mut memory,
                fuel,
                0,
                7,
                len
            )),
            price
        );
        assert_eq!(
            cost(Ok(()), |fuel| memory_copy_fueled(
                &mut memory,
                fuel,
                0,
                0,
                len
            )),
            price
        );
        let data = [7; 64];
        let init = |fuel: &mut u64| memory_init_fueled(&mut memory, fuel, &data, 0, 0, len);
        assert_eq!(cost(Ok(()), init), price);
    }
    let outside = |fuel: &mut u64| memory_fill_fueled(&mut memory, fuel, 0, 1, -1);
    assert_eq!(cost(Err(WasmTrap::OutOfBounds), outside), 1 << 29);
    for fuel in [0, 1, 7] {
        let mut left = fuel;
        assert_eq!(
            memory_fill_fueled(&mut memory, &mut left, 0, 1, 64),
            Err(NO_FUEL)
        );
        assert_eq!(left, 0);
    }
    assert_eq!(memory, [7; 64]);
}

#[test]
fn growing_pays_for_what_it_zeroes() {
    let mut storage = vec![0; 3 * PAGE_SIZE];
    let mut active = PAGE_SIZE;
    let mut memory = GrowableMemory::new(&mut storage, &mut active);
    let page = PAGE_SIZE as u64 / 8;
    for impossible in [3, 65536, i32::MAX, -1] {
        let grow = |fuel: &mut u64| memory_grow_fueled(&mut memory, fuel, impossible);
        assert_eq!(cost(Ok(-1), grow), 0, "{impossible}");
    }
    assert_eq!(
        memory_grow_fueled(&mut memory, &mut (page - 1), 1),
        Err(NO_FUEL)
    );
    assert_eq!(memory.size(), 1);
    assert_eq!(
        cost(Ok(1), |fuel| memory_grow_fueled(&mut memory, fuel, 1)),
        page
    );
    let bytes = PAGE_SIZE as i32;
    assert_eq!(
        cost(Ok(2 * bytes), |fuel| memory_grow_bytes_fueled(
            &mut memory,
            fuel,
            9
        )),
        2
    );
    assert_eq!(
        memory_grow_bytes_fueled(&mut memory, &mut 0, 1),
        Err(NO_FUEL)
    );
    assert_eq!(
        cost(Ok(-1), |fuel| memory_grow_bytes_fueled(
            &mut memory,
            fuel,
            bytes
        )),
        0
    );
}

#[test]
fn tables_pay_for_each_reference() {
    let mut table = Table::<FuncRef, 8>::new(4);
    let f = FuncRef::new(1, 2);
    assert_eq!(
        cost(Ok(()), |fuel| table_fill_fueled(&mut table, fuel, 0, f, 4)),
        4
    );
    assert_eq!(
        cost(Ok(()), |fuel| table_copy_fueled(&mut table, fuel, 0, 1, 3)),
        3
    );
    assert_eq!(
        cost(Ok(()), |fuel| table_init_fueled(
            &mut table, fuel, &[f; 2], 0, 0, 2
        )),
        2
    );
    assert_eq!(
        cost(Ok(-1), |fuel| table_grow_fueled(&mut table, fuel, f, 5)),
        0
    );
    assert_eq!(table_grow_fueled(&mut table, &mut 3, f, 4), Err(NO_FUEL));
    assert_eq!(table.size(), 4);
    assert_eq!(
        cost(Ok(4), |fuel| table_grow_fueled(&mut table, fuel, f, 4)),
        4
    );
    let null = FuncRef::NULL;
    assert_eq!(
        table_fill_fueled(&mut table, &mut 7, 0, null, 8),
        Err(NO_FUEL)
    );
    assert_eq!(table_copy_fueled(&mut table, &mut 0, 0, 1, 1), Err(NO_FUEL));
    assert_eq!(
        table_init_fueled(&mut table, &mut 0, &[null], 0, 0, 1),
        Err(NO_FUEL)
    );
    assert!(table.entries().iter().all(|&entry| entry == f));
}
