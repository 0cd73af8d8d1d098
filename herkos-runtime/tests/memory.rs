//! Storage, growing and the bulk instructions (§4.2.8, §4.4.7).

use herkos_runtime::{prelude::*, Memory, OutOfBounds, PAGE_SIZE};

const OOB: Result<(), WasmTrap> = Err(WasmTrap::OutOfBounds);
type Pages3 = Memory<{ 3 * PAGE_SIZE }>;

/// What every storage of three pages must do.
fn check_storage(mut storage: impl MemoryStorage) {
    assert!(storage.bytes().is_empty());
    assert_eq!(storage.reset(3 * PAGE_SIZE + 1), OOB);
    storage.reset(PAGE_SIZE).unwrap();
    assert_eq!(storage.bytes().len(), PAGE_SIZE);
    storage.bytes_mut().fill(0xaa);

    let mut memory = storage.growable();
    assert_eq!((memory.size(), memory_size(memory.bytes())), (1, 1));
    assert_eq!(memory_grow(&mut memory, 0), 1);
    assert_eq!(memory_grow(&mut memory, 3), -1);
    assert_eq!(memory.size(), 1);
    assert_eq!(memory_grow(&mut memory, 2), 1);
    assert_eq!(memory.size(), 3);
    let (old, new) = memory.bytes().split_at(PAGE_SIZE);
    assert!(old.iter().all(|&b| b == 0xaa) && new.iter().all(|&b| b == 0));
    for delta in [1, 65533, 65534, 65536, i32::MAX, i32::MIN, -1] {
        assert_eq!(memory_grow(&mut memory, delta), -1, "{delta}");
    }
    assert_eq!(memory_grow(&mut memory, 0), 3);
    memory.bytes_mut().fill(0xbb);
    assert_eq!(storage.bytes().len(), 3 * PAGE_SIZE);

    // A failed reset changes nothing; a second instance sees nothing of the first.
    assert_eq!(storage.reset(usize::MAX), OOB);
    assert!(storage.bytes().iter().all(|&b| b == 0xbb));
    storage.reset(PAGE_SIZE).unwrap();
    assert_eq!(storage.bytes().len(), PAGE_SIZE);
    assert!(storage.bytes().iter().all(|&b| b == 0));
    assert_eq!(storage.growable().grow(2), 1);
    assert!(storage.bytes().iter().all(|&b| b == 0));
    storage.reset(0).unwrap();
    assert!(storage.bytes().is_empty());
    assert_eq!(storage.growable().grow(1), 0);
}

#[test]
fn memory_as_storage() {
    let mut memory = Box::new(Pages3::default());
    check_storage(&mut *memory);
    check_storage(Pages3::new());
}

#[cfg(feature = "alloc")]
#[test]
fn boxed_memory_as_storage() {
    check_storage(herkos_runtime::BoxedMemory::zeroed(3 * PAGE_SIZE));
    let dynamic: &mut dyn MemoryStorage = &mut herkos_runtime::BoxedMemory::zeroed(3 * PAGE_SIZE);
    check_storage(dynamic);
}

/// Even when the instance in between was smaller.
#[test]
fn nothing_leaks_through_a_smaller_instance() {
    let mut memory = Pages3::new();
    memory.reset(3 * PAGE_SIZE).unwrap();
    memory.bytes_mut().fill(0xcc);
    memory.reset(PAGE_SIZE).unwrap();
    memory.reset(3 * PAGE_SIZE).unwrap();
    assert!(memory.bytes().iter().all(|&b| b == 0));
}

#[test]
fn growing_zeroes_a_callers_own_storage() {
    let mut storage = vec![0xee; 2 * PAGE_SIZE];
    let mut active = 0;
    let mut memory = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(memory.grow(1), 0);
    assert!(memory.bytes().iter().all(|&b| b == 0));
    assert_eq!(active, PAGE_SIZE);
    assert_eq!(storage[PAGE_SIZE], 0xee);
    // More active bytes than there are: what there is.
    let mut active = usize::MAX;
    assert_eq!(
        GrowableMemory::new(&mut storage, &mut active).bytes().len(),
        2 * PAGE_SIZE
    );
}

/// The maximum of a module, in storage that has more.
#[test]
fn growing_ends_at_the_maximum() {
    let mut storage = Pages3::new();
    storage.reset(PAGE_SIZE).unwrap();
    let mut memory = storage.growable().at_most(2 * PAGE_SIZE);
    assert_eq!(memory.capacity(), 2 * PAGE_SIZE);
    let mut fuel = 10;
    assert_eq!(memory_grow_fueled(&mut memory, &mut fuel, 2), Ok(-1));
    assert_eq!(fuel, 10, "it fails for nothing");
    assert_eq!(memory.grow(2), -1);
    assert_eq!(memory.grow(1), 1);
    assert_eq!(memory.grow(1), -1);
    assert_eq!(memory.grow_bytes(1), -1);
    // More than the storage has is no more than it has.
    let mut memory = storage.growable().at_most(usize::MAX);
    assert_eq!(memory.capacity(), 3 * PAGE_SIZE);
    assert_eq!((memory.grow(1), memory.grow(1)), (2, -1));
}

#[test]
fn pages_of_one_byte() {
    let mut storage = vec![0xee; 5000];
    let mut active = 4000;
    let mut memory = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(memory_size_bytes(memory.bytes()), 4000);
    for delta in [1001, i32::MAX, i32::MIN, -1] {
        assert_eq!(memory_grow_bytes(&mut memory, delta), -1, "{delta}");
    }
    assert_eq!(memory_grow_bytes(&mut memory, 1000), 4000);
    assert_eq!(memory_size_bytes(memory.bytes()), 5000);
    assert_eq!(memory.bytes()[3999], 0xee);
    assert!(memory.bytes()[4000..].iter().all(|&b| b == 0));
    assert_eq!(memory_grow_bytes(&mut memory, 0), 5000);
}

#[test]
fn a_fixed_memory_grows_by_nothing() {
    assert_eq!(memory_grow_fixed(3, 0), 3);
    for delta in [1, i32::MAX, i32::MIN, -1] {
        assert_eq!(memory_grow_fixed(3, delta), -1, "{delta}");
    }
}

/// The number of bytes stays one that `memory.size` can say.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
#[test]
fn growing_by_bytes_ends_before_4_gib() {
    let mut storage = vec![0; 65537 * PAGE_SIZE];
    let mut active = 0xffff_fff0;
    let mut memory = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(memory.grow_bytes(16), -1);
    assert_eq!(memory.grow_bytes(15), -16);
    assert_eq!(memory_size_bytes(memory.bytes()), -1);
    assert_eq!(memory.grow_bytes(1), -1);
}

/// 4 GiB and a page of storage, of which the operating system maps what is touched: little.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
#[test]
fn growing_ends_at_65536_pages() {
    let mut storage = vec![0; 65537 * PAGE_SIZE];
    let mut active = 65535 * PAGE_SIZE;
    let mut memory = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(memory.grow(2), -1);
    assert_eq!(memory.grow(1), 65535);
    assert_eq!((memory.size(), memory_size(memory.bytes())), (65536, 65536));
    assert_eq!(memory.grow(1), -1);
    assert_eq!(memory.grow(0), 65536);
    // The last byte, and the one after it.
    assert_eq!(i32_load8_u(memory.bytes(), -1, 0), Ok(0));
    assert_eq!(i32_load8_u(memory.bytes(), -1, 1), Err(OutOfBounds));
    assert_eq!(
        i32_load8_u(memory.bytes(), i32::MIN, 0x8000_0000),
        Err(OutOfBounds)
    );
}

#[test]
fn copy() {
    let mut m = [0, 1, 2, 3, 4, 5, 6, 7];
    memory_copy(&mut m, 2, 0, 6).unwrap();
    assert_eq!(m, [0, 1, 0, 1, 2, 3, 4, 5]);
    memory_copy(&mut m, 0, 3, 5).unwrap();
    assert_eq!(m, [1, 2, 3, 4, 5, 3, 4, 5]);
    let before = m;
    for (dst, src, len) in [(0, 0, 8), (8, 8, 0), (0, 8, 0), (8, 0, 0)] {
        assert_eq!(
            memory_copy(&mut m, dst, src, len),
            Ok(()),
            "{dst} {src} {len}"
        );
    }
    for (dst, src, len) in [
        (1, 0, 8),
        (0, 1, 8),
        (9, 0, 0),
        (0, 9, 0),
        (-1, 0, 2),
        (0, -1, 2),
        (0, 0, -1),
        (1, 1, -1),
    ] {
        assert_eq!(memory_copy(&mut m, dst, src, len), OOB, "{dst} {src} {len}");
    }
    assert_eq!(m, before);
}

#[test]
fn limits_of_a_lent_memory() {
    let (mut storage, mut active) = ([0; 8], 4);
    let memory = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(memory.capacity(), 8);
    assert_eq!(memory_check(memory.bytes(), 4), Ok(()));
    assert_eq!(memory_check(memory.bytes(), 5), OOB);
    assert_eq!(memory_check_capacity(&memory, 8), Ok(()));
    assert_eq!(memory_check_capacity(&memory, 7), OOB);
}

#[test]
fn fill() {
    let mut m = [0; 6];
    memory_fill(&mut m, 1, 0x1ff, 3).unwrap();
    assert_eq!(m, [0, 0xff, 0xff, 0xff, 0, 0]);
    assert_eq!(memory_fill(&mut m, 6, 1, 0), Ok(()));
    for (dst, len) in [(7, 0), (6, 1), (0, 7), (1, -1), (-1, 1), (-1, 2)] {
        assert_eq!(memory_fill(&mut m, dst, 1, len), OOB, "{dst} {len}");
    }
    assert_eq!(m, [0, 0xff, 0xff, 0xff, 0, 0]);
    memory_fill(&mut m, 0, 7, 6).unwrap();
    assert_eq!(m, [7; 6]);
}

#[test]
fn init() {
    let data = [1, 2, 3];
    let mut m = [0; 4];
    memory_init(&mut m, &data, 1, 0, 3).unwrap();
    assert_eq!(m, [0, 1, 2, 3]);
    memory_init(&mut m, &data, 0, 2, 1).unwrap();
    assert_eq!(m, [3, 1, 2, 3]);
    for (dst, src, len) in [(4, 3, 0), (0, 3, 0), (4, 0, 0)] {
        assert_eq!(
            memory_init(&mut m, &data, dst, src, len),
            Ok(()),
            "{dst} {src} {len}"
        );
    }
    for (dst, src, len) in [
        (2, 0, 3),
        (0, 1, 3),
        (5, 0, 0),
        (0, 4, 0),
        (-1, 0, 1),
        (0, -1, 2),
    ] {
        assert_eq!(
            memory_init(&mut m, &data, dst, src, len),
            OOB,
            "{dst} {src} {len}"
        );
    }
    // A dropped segment is empty.
    assert_eq!(memory_init(&mut m, &[], 0, 0, 0), Ok(()));
    assert_eq!(memory_init(&mut m, &[], 0, 0, 1), OOB);
    assert_eq!(m, [3, 1, 2, 3]);
}
