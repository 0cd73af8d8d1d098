//! Storages, hosts, exports and limits of generated modules.

use herkos_runtime::{BoxedMemory, GrowableMemory, StackBound, WasmTrap};
use herkos_tests_api::{
    app, capped, deep, front, fueled, held, lender, lent, library, owner, pure, small,
};
use static_cell::ConstStaticCell;

/// Grants what `owner` needs, and remembers.
#[derive(Default)]
struct Host {
    said: Vec<String>,
    shared: i32,
    refuses: bool,
}

impl owner::Env for Host {
    fn log(&mut self, memory: &mut [u8], at: i32, length: i32) -> Result<(), WasmTrap> {
        if self.refuses {
            return Err(WasmTrap::Host(7));
        }
        let (at, length) = (at as usize, length as usize);
        self.said
            .push(String::from_utf8_lossy(&memory[at..at + length]).into_owned());
        Ok(())
    }
    fn scale(&mut self) -> i32 {
        3
    }
    fn shared(&mut self) -> i32 {
        self.shared
    }
    fn set_shared(&mut self, value: i32) {
        self.shared = value;
    }
}

#[test]
fn memory_in_a_static_by_reference() {
    static MEMORY: ConstStaticCell<owner::Memory> = ConstStaticCell::new(owner::Memory::new());
    let mut module = owner::Module::new(MEMORY.take(), Host::default()).unwrap();
    assert_eq!(module.memory().len(), 65536);
    assert_eq!(module.peek(8), Ok(i32::from(b'h')));
    assert_eq!(module.peek(65535), Ok(i32::from(b'd')));
    assert_eq!(module.peek(65536), Err(WasmTrap::OutOfBounds));
    assert_eq!(module.peek(-1), Err(WasmTrap::OutOfBounds));
}

#[test]
fn memory_by_value() {
    // 192 KiB pass over the stack here: a test's thread has 2 MiB.
    let mut module = owner::Module::new(owner::Memory::new(), Host::default()).unwrap();
    assert_eq!(module.grow(2), Ok(1));
    assert_eq!(module.grow(1), Ok(-1));
    assert_eq!(module.memory().len(), owner::MEMORY_BYTES);
    assert_eq!(owner::MAX_PAGES, 3);
}

#[test]
fn a_storage_used_again_keeps_nothing() {
    let mut memory = Box::new(owner::Memory::new());
    let mut first = owner::Module::new(&mut *memory, Host::default()).unwrap();
    first.grow(2).unwrap();
    first.poke(70_000, 42).unwrap();
    first.poke(100, 42).unwrap();
    drop(first);
    let mut second = owner::Module::new(&mut *memory, Host::default()).unwrap();
    assert_eq!(second.peek(100), Ok(0));
    assert_eq!(second.memory().len(), 65536);
    second.grow(2).unwrap();
    assert_eq!(second.peek(70_000), Ok(0));
}

#[test]
fn the_host_is_called_and_its_errors_come_back() {
    let mut module = owner::Module::boxed(Host::default()).unwrap();
    module.say().unwrap();
    module.memory_mut()[8] = b'J';
    module.say().unwrap();
    assert_eq!(module.host().said, ["hello", "Jello"]);
    module.host_mut().refuses = true;
    assert_eq!(module.say(), Err(WasmTrap::Host(7)));
    assert_eq!(module.counter(), 7, "nothing behind the trap was done");
}

#[test]
fn globals_exported_and_imported() {
    let mut module = owner::Module::boxed(Host::default()).unwrap();
    assert_eq!((module.counter(), module.limit()), (5, 77));
    module.set_counter(-1);
    module.say().unwrap();
    assert_eq!(module.counter(), 0);
    assert_eq!(module.scaled(14), Ok(42));
    assert_eq!(module.host().shared, 1);
}

#[test]
fn names_that_rust_or_the_module_has_already() {
    let mut module = owner::Module::boxed(Host::default()).unwrap();
    assert_eq!(module.r#type(9), Ok(9));
    assert_eq!(module.add_two(1, 2), Ok(3));
    // Its `new` is export 9; the name itself is the constructor's.
    assert_eq!(module.new_9(), Ok(1));
}

#[test]
fn a_library_works_on_what_it_is_lent() {
    let mut owner = owner::Module::boxed(Host::default()).unwrap();
    let mut own = vec![1; 65536];
    let mut library = library::LibraryModule::new(&mut own).unwrap();
    assert_eq!(library.sum(&mut own, 0, 10), Ok(10));
    let hello = b"hello".iter().map(|&b| i32::from(b)).sum();
    assert_eq!(library.sum(owner.memory_mut(), 8, 5), Ok(hello));
    assert_eq!(library.sum(&mut own, 65530, 7), Err(WasmTrap::OutOfBounds));
    let mut small = vec![0; library::MIN_MEMORY_BYTES - 1];
    assert_eq!(library.sum(&mut small, 0, 1), Err(WasmTrap::OutOfBounds));
}

#[test]
fn a_library_may_grow_what_it_is_lent() {
    let mut owner = owner::Module::boxed(Host::default()).unwrap();
    let mut library = lent::LibraryModule::new(&mut owner.memory_growable()).unwrap();
    assert_eq!(&owner.memory()[..4], b"lent");
    assert_eq!(library.grow(&mut owner.memory_growable(), 1), Ok(1));
    assert_eq!(owner.memory().len(), 2 * 65536);
    assert_eq!(library.grow(&mut owner.memory_growable(), 2), Ok(-1));
    let (mut storage, mut active) = (vec![0; 3 * 65536], 65536);
    let mut memory = GrowableMemory::new(&mut storage, &mut active);
    assert_eq!(library.size(&mut memory), Ok(1));
    assert_eq!(library.grow(&mut memory, 2), Ok(1));
}

/// Whoever grows it, and also where the module itself does not.
#[test]
fn memory_ends_at_its_maximum_in_larger_storage() {
    let storage = || BoxedMemory::zeroed(10 * 65536);
    let mut owner = owner::Module::new(storage(), Host::default()).unwrap();
    assert_eq!(owner.grow(3), Ok(-1));
    assert_eq!(owner.grow(1), Ok(1));
    assert_eq!(owner.memory_growable().grow(2), -1);
    assert_eq!(owner.memory_growable().capacity(), owner::MEMORY_BYTES);
    assert_eq!(owner.memory_growable().grow(1), 2);
    assert_eq!(owner.grow(1), Ok(-1));
    assert_eq!(owner.memory().len(), 3 * 65536);
    let mut lender = lender::Module::new(storage()).unwrap();
    assert_eq!(lender.memory_growable().grow(1), -1);
    assert_eq!(lender.lend().memory.grow(1), -1);
    assert_eq!(lender.lend().memory.grow(0), 1);
}

/// One module's exports are another's imports.
struct Linked<M>(M);

impl<M: pure::Exports> app::Math for Linked<M> {
    fn add(&mut self, a: i32, b: i32) -> Result<i32, WasmTrap> {
        self.0.add(a, b)
    }
}

#[test]
fn modules_are_composed_through_exports() {
    let mut app = app::Module::new(Linked(pure::Module::new().unwrap())).unwrap();
    assert_eq!(app.twice(21), Ok(42));
}

#[derive(Default)]
struct Teller {
    told: Vec<i32>,
    level: i32,
}

impl front::Env for Teller {
    fn tell(&mut self, memory: &mut [u8], l0: i32) -> Result<(), WasmTrap> {
        assert_eq!(memory.len(), 65536);
        self.told.push(l0);
        Ok(())
    }
    fn level(&mut self) -> i32 {
        self.level
    }
    fn set_level(&mut self, value: i32) {
        self.level = value;
    }
}

#[test]
fn modules_are_linked_by_the_build() {
    let linked = front::Linked {
        host: Teller {
            level: 100,
            ..Teller::default()
        },
        pure: pure::Module::new().unwrap(),
        library: library::LibraryModule::new(&mut [0; 65536]).unwrap(),
    };
    let mut front = front::Module::boxed(linked).unwrap();
    assert_eq!(front.run(), Ok(2 + 9));
    let host = &front.host().host;
    assert_eq!((host.told.as_slice(), host.level), ([110].as_slice(), 7));
    assert_eq!(front.fail(), Err(WasmTrap::OutOfBounds));
}

#[test]
fn no_memory_no_imports_no_parameters() {
    let mut module = pure::Module::new().unwrap();
    assert_eq!(std::mem::size_of_val(&module), 0);
    assert_eq!(module.add(i32::MAX, 1), Ok(i32::MIN));
    assert_eq!(module.divmod(-1, 10), Ok((429_496_729, 5)));
    assert_eq!(module.divmod(1, 0), Err(WasmTrap::DivisionByZero));
}

#[test]
fn fuel_ends_an_endless_loop_and_is_counted() {
    let mut module = fueled::Module::boxed().unwrap();
    assert_eq!(module.fuel(), u64::MAX);
    module.set_fuel(1000);
    assert_eq!(module.spin(), Err(WasmTrap::FuelExhausted));
    assert_eq!(module.fuel(), 0);
    let mut cost = |turns| {
        module.set_fuel(100_000);
        assert_eq!(module.count(turns), Ok(turns));
        100_000 - module.fuel()
    };
    let (ten, twenty, thirty) = (cost(10), cost(20), cost(30));
    assert_eq!(thirty - twenty, twenty - ten, "each turn costs the same");
    assert!(ten > 10 && ten < 1000, "{ten}");
    // The count is the same whatever the target and the optimisation.
    assert_eq!((ten, twenty), (114, 224));
    module.set_fuel(1000);
    assert_eq!(module.down(1_000_000), Err(WasmTrap::FuelExhausted));
}

#[test]
fn bulk_instructions_pay_for_their_length() {
    let mut module = fueled::Module::boxed().unwrap();
    module.set_fuel(8191);
    assert_eq!(module.fill(1, 65536), Err(WasmTrap::FuelExhausted));
    assert_eq!(module.fuel(), 0);
    assert_eq!(module.memory()[..65536], [0; 65536], "nothing is written");
    let mut cost = |call: &dyn Fn(&mut fueled::Module<_>)| {
        module.set_fuel(100_000);
        call(&mut module);
        100_000 - module.fuel()
    };
    let none = cost(&|m| m.fill(1, 0).unwrap());
    assert_eq!(cost(&|m| m.fill(1, 65536).unwrap()) - none, 65536 / 8);
    assert_eq!(
        cost(&|m| m.copy(9).unwrap()) - cost(&|m| m.copy(0).unwrap()),
        2
    );
    assert_eq!(
        cost(&|m| assert_eq!(m.copy(65536), Err(WasmTrap::OutOfBounds))) - none,
        65536 / 8,
        "tried is paid for"
    );
    let none = cost(&|m| assert_eq!(m.grow(0), Ok(1)));
    assert_eq!(
        cost(&|m| assert_eq!(m.grow(3), Ok(-1))),
        none,
        "failing is free"
    );
    assert_eq!(cost(&|m| assert_eq!(m.grow(1), Ok(1))) - none, 65536 / 8);
    module.set_fuel(100);
    assert_eq!(module.grow(1), Err(WasmTrap::FuelExhausted));
    assert_eq!(module.memory().len(), 2 * 65536);
}

#[test]
fn recursion_ends_in_a_trap() {
    let mut module = deep::Module::new().unwrap();
    assert_eq!(module.down(100), Ok(100));
    assert_eq!(module.down(1_000_000), Err(WasmTrap::StackExhausted));
    assert_eq!(module.even(101), Ok(0));
    assert_eq!(module.even(1_000_000), Err(WasmTrap::StackExhausted));
    assert_eq!(module.down(100), Ok(100), "the budget is there again");
}

#[test]
fn pages_of_one_byte() {
    assert_eq!((small::MAX_PAGES, small::MEMORY_BYTES), (6000, 6000));
    let mut module = small::Module::new(small::Memory::new()).unwrap();
    assert_eq!(module.memory().len(), 5000);
    assert_eq!(module.load(4999), Ok(i32::from(b't')));
    assert_eq!(module.load(5000), Err(WasmTrap::OutOfBounds));
    assert_eq!(module.grow(1001), Ok(-1));
    assert_eq!(module.grow(-1), Ok(-1));
    assert_eq!(module.grow(1000), Ok(5000));
    assert_eq!(module.size(), Ok(6000));
    assert_eq!(module.store(5999, 7), Ok(()));
    assert_eq!(module.load(5999), Ok(7));
    assert_eq!(module.load(6000), Err(WasmTrap::OutOfBounds));
    assert_eq!(module.grow(1), Ok(-1));
}

struct At(i32);

impl capped::Env for At {
    fn at(&mut self) -> i32 {
        self.0
    }
}

#[test]
fn a_capped_memory_ends_at_the_cap() {
    assert_eq!((capped::MAX_PAGES, capped::MEMORY_BYTES), (2, 5000));
    let mut module = capped::Module::new(capped::Memory::new(), At(4996)).unwrap();
    assert_eq!(module.memory().len(), 5000);
    assert_eq!(module.load(4999), Ok(i32::from(b'a')));
    assert_eq!(module.load(5000), Err(WasmTrap::OutOfBounds));
    assert_eq!(module.fill(4000, 1001), Err(WasmTrap::OutOfBounds));
    // The pages that the module asked for, of which the cap only makes a part accessible.
    assert_eq!(module.size(), Ok(2));
    assert_eq!(module.grow(0), Ok(2));
    assert_eq!(module.grow(1), Ok(-1));
}

/// Where a segment lies is known here only when the module is instantiated.
#[test]
fn a_segment_beyond_the_cap_fails_instantiation() {
    for at in [4997, 65535, -1] {
        let module = capped::Module::new(capped::Memory::new(), At(at));
        assert_eq!(module.err(), Some(WasmTrap::OutOfBounds), "{at}");
    }
}

#[test]
fn stack_bounds_follow_the_call_graph() {
    let both = |bound: StackBound| [bound.unoptimized(), bound.optimized()];
    let (add, deep) = (pure::stack_bounds::ADD, deep::stack_bounds::DOWN);
    for (add, deep) in both(add).into_iter().zip(both(deep)) {
        assert!(add > 0 && add < 4096, "{add}");
        assert!(
            deep > 100_000 && deep < 104_096,
            "the budget and little else: {deep}"
        );
    }
    assert!(add.optimized() < add.unoptimized());
    // One call more than the function that it calls.
    let (twice, add) = (app::stack_bounds::TWICE, pure::stack_bounds::ADD);
    assert!(twice.unoptimized() > add.unoptimized());
}

/// Optimisers give a place to what is held, not to each local.
#[test]
fn stack_bounds_follow_what_is_held() {
    use held::stack_bounds::*;
    let apart = APART.optimized();
    assert!(TOGETHER.optimized() > apart);
    assert_eq!(FROM_THE_START.optimized(), TOGETHER.optimized());
    assert!(HALF.optimized() <= apart, "two of 4 bytes are one of 8");
    assert!(OVER_A_TURN.optimized() > IN_A_TURN.optimized());
    assert!(IN_A_TURN.optimized() > apart, "loops take some");
}
