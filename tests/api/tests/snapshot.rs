//! Snapshots of generated modules: a run goes on from one as if nothing had happened, and one that
//! is wrong or hostile does no harm.

use herkos_runtime::snapshot::{CompareError, EndOfSlice, Error, Sink};
use herkos_runtime::{BoxedMemory, ExternRef, Snapshot, WasmTrap};
use herkos_tests_api::{pure, state, state_of_a_page, state_without_fuel, tool};
use std::hash::{DefaultHasher, Hasher};

/// Bytes before the state itself: `herkos`, version, hash, layout.
const HEAD: usize = 6 + 2 + 64 + 8;

/// Its numbers go on from wherever they are set to.
#[derive(Clone, Default)]
struct Numbers {
    next: i32,
    shared: i32,
}

macro_rules! impl_env {
    ($($module:ident)*) => {$(
        impl $module::Env for Numbers {
            fn next(&mut self, _: &mut [u8]) -> Result<i32, WasmTrap> {
                self.next += 1;
                Ok(self.next * 1000)
            }
            fn base(&mut self) -> i32 {
                42
            }
            fn shared(&mut self) -> i32 {
                self.shared
            }
            fn set_shared(&mut self, value: i32) {
                self.shared = value;
            }
        }
    )*};
}

impl_env!(state state_of_a_page state_without_fuel);

type Module = state::Module<BoxedMemory, Numbers>;

fn fresh() -> Module {
    state::Module::boxed(Numbers::default()).unwrap()
}

/// Everything about it is other than at first.
fn used() -> Module {
    let mut module = fresh();
    for _ in 0..5 {
        module.step().unwrap();
    }
    assert_eq!(module.grow(), Ok(1 + 3));
    module.init_text().unwrap();
    module.init_ops().unwrap();
    module.drop_text().unwrap();
    module.drop_ops().unwrap();
    module.take(ExternRef::new(77)).unwrap();
    module.set_fuel(1_000_000);
    module
}

fn saved(module: &impl Snapshot) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Ok(()) = Snapshot::save_state(module, &mut bytes);
    assert_eq!(bytes.len(), module.state_size());
    bytes
}

fn restore(module: &mut impl Snapshot, bytes: &[u8]) -> Result<(), Error<EndOfSlice>> {
    Snapshot::restore_state(module, &mut &*bytes)
}

fn hash(module: &impl Snapshot) -> u64 {
    let mut hasher = DefaultHasher::new();
    module.hash_state(&mut hasher);
    hasher.finish()
}

/// What a module does from here on, to the end of its fuel.
fn run_on(module: &mut Module) -> Vec<Result<i64, WasmTrap>> {
    let mut results = Vec::new();
    for turn in 0..30 {
        results.push(module.step());
        results.push(module.use_op(turn));
        results.push(module.grow().map(i64::from));
    }
    results.push(module.init_text().map(|()| 0));
    results.push(module.init_ops().map(|()| 0));
    results.push(Ok(module.thing().get().map_or(-1, i64::from)));
    results.push(Ok(i64::from(module.things().size())));
    results.push(module.spin().map(|()| 0));
    results
}

#[test]
fn a_run_goes_on_from_a_snapshot() {
    let mut module = used();
    let (bytes, numbers) = (saved(&module), module.host().clone());
    let first = run_on(&mut module);
    assert_eq!(first.last(), Some(&Err(WasmTrap::FuelExhausted)));
    let end = saved(&module);
    assert_ne!(bytes, end);

    for mut other in [module, fresh(), used()] {
        restore(&mut other, &bytes).unwrap();
        assert_eq!(saved(&other), bytes);
        *other.host_mut() = numbers.clone();
        assert_eq!(run_on(&mut other), first);
        assert_eq!(saved(&other), end);
    }
    // The results do depend on the state.
    let mut other = fresh();
    other.set_fuel(1_000_000);
    assert_ne!(run_on(&mut other), first);
}

#[test]
fn states_are_compared_and_hashed() {
    let (mut module, other) = (used(), used());
    let bytes = saved(&other);
    assert_eq!(module.compare_state(&mut bytes.as_slice()), Ok(()));
    assert_eq!(hash(&module), hash(&other));
    *module.memory_mut().last_mut().unwrap() ^= 1;
    let last_of_memory = HEAD + 3 * 8 + module.memory().len() - 1;
    let different = CompareError::Different { at: last_of_memory };
    assert_eq!(module.compare_state(&mut bytes.as_slice()), Err(different));
    assert_ne!(hash(&module), hash(&other));
}

/// Each part by itself, through what the host can set, makes another state.
#[test]
fn no_part_is_left_out() {
    type Change = fn(&mut Module);
    let changes: [(&str, Change); 10] = [
        ("memory", |m| m.memory_mut()[9] ^= 1),
        ("active pages", |m| {
            assert_eq!(m.memory_growable().grow(1), 1)
        }),
        ("global", |m| m.set_thing(ExternRef::new(1))),
        ("null and 0", |m| m.set_thing(ExternRef::new(0))),
        ("function", |m| m.set_op(herkos_runtime::FuncRef::NULL)),
        ("entry", |m| {
            m.things_mut().set(0, ExternRef::new(0)).unwrap()
        }),
        ("size", |m| {
            assert_eq!(m.things_mut().grow(1, ExternRef::NULL), 1)
        }),
        ("data", |m| m.drop_text().unwrap()),
        ("elements", |m| m.drop_ops().unwrap()),
        ("fuel", |m| m.set_fuel(5)),
    ];
    for (part, change) in changes {
        let (mut module, bytes) = (fresh(), saved(&fresh()));
        let fuel = module.fuel();
        change(&mut module);
        if part != "fuel" {
            module.set_fuel(fuel);
        }
        assert!(
            module.compare_state(&mut bytes.as_slice()).is_err(),
            "{part}"
        );
        assert_ne!(hash(&module), hash(&fresh()), "{part}");
        restore(&mut module, &bytes).unwrap();
        assert_eq!(
            module.compare_state(&mut bytes.as_slice()),
            Ok(()),
            "{part}"
        );
    }
    // But not what is the host's.
    let mut module = fresh();
    *module.host_mut() = Numbers { next: 9, shared: 9 };
    assert_eq!(saved(&module), saved(&fresh()));
}

/// Exports keep their names; a path tells them from the trait's methods.
#[test]
fn exports_named_like_the_methods() {
    let mut module = fresh();
    assert_eq!(Module::save_state(&mut module), Ok(1));
    assert_eq!(Module::restore_state(&mut module, 5), Ok(5));
}

/// The same bytes everywhere: this test runs in debug and in release; `make embedded` does the like on
/// targets of 32 bits.
#[test]
fn the_bytes_are_the_same_on_every_target() {
    let fnv = |bytes: &[u8]| {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        })
    };
    let (bytes, source) = (
        saved(&used()),
        include_str!(concat!(env!("OUT_DIR"), "/herkos/state.rs")),
    );
    assert_eq!(&bytes[..8], b"herkos\x01\0");
    let hash = std::str::from_utf8(&bytes[8..HEAD - 8]).unwrap();
    assert!(source.contains(&format!("SHA-256\n// {hash}\n")));
    assert_eq!(fnv(&bytes[HEAD..]), 12_624_735_624_252_733_336);
}

#[test]
fn snapshots_of_something_else_are_refused() {
    let (mut module, before) = (used(), saved(&used()));
    let mut without_fuel = state_without_fuel::Module::boxed(Numbers::default()).unwrap();
    let mut of_a_page = state_of_a_page::Module::boxed(Numbers::default()).unwrap();
    let pure = pure::Module::new().unwrap();
    assert_eq!(restore(&mut module, &saved(&pure)), Err(Error::OtherModule));
    let result = restore(&mut module, &saved(&without_fuel));
    assert_eq!(result, Err(Error::OtherLayout));
    let result = restore(&mut without_fuel, &before);
    assert_eq!(result, Err(Error::OtherLayout));
    assert_eq!(restore(&mut module, b""), Err(Error::Source(EndOfSlice)));
    assert_eq!(saved(&module), before, "nothing has changed");
    // Of another size is no difference, as long as the state fits.
    let result = restore(&mut of_a_page, &before);
    assert_eq!(result, Err(Error::MemorySize(2 * 65536)));
    assert_eq!(saved(&of_a_page), saved(&fresh()));
    restore(&mut module, &saved(&of_a_page)).unwrap();
    assert_eq!(saved(&module), saved(&fresh()));
    // However large the storage is.
    let storage = BoxedMemory::zeroed(2 * 65536);
    let mut of_a_page = state_of_a_page::Module::new(storage, Numbers::default()).unwrap();
    let result = restore(&mut of_a_page, &before);
    assert_eq!(result, Err(Error::MemorySize(2 * 65536)));
}

#[test]
fn a_module_without_state_has_a_snapshot_too() {
    let mut module = pure::Module::new().unwrap();
    assert_eq!(saved(&module).len(), HEAD);
    restore(&mut module, &saved(&pure::Module::new().unwrap())).unwrap();
}

/// Ends of the source at every place of the head and of the state; in the memory at some.
#[test]
fn a_snapshot_cut_short() {
    let bytes = saved(&used());
    let memory = HEAD + 24;
    let behind = memory + 2 * 65536;
    let mut module = fresh();
    let all = (0..memory)
        .chain((memory..behind).step_by(4099))
        .chain(behind..bytes.len());
    for length in all {
        let before = saved(&module);
        match restore(&mut module, &bytes[..length]) {
            Err(Error::Source(EndOfSlice)) => {
                assert!(length < memory, "{length}");
                assert_eq!(saved(&module), before, "{length}");
            }
            Err(Error::Incomplete(EndOfSlice)) => assert!(length >= memory, "{length}"),
            other => panic!("{length}: {other:?}"),
        }
        module.set_fuel(10_000);
        run_on(&mut module);
    }
    restore(&mut module, &bytes).unwrap();
    assert_eq!(saved(&module), bytes);
}

struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as usize) % below
    }
}

/// Bytes that nobody saved: each is refused or is a state, in which calls return or trap.
#[test]
fn hostile_bytes() {
    let good = saved(&used());
    // The memory's contents matter least: there are too many of them.
    let memory = HEAD + 24..HEAD + 24 + 2 * 65536;
    let places: Vec<usize> = (0..good.len()).filter(|at| !memory.contains(at)).collect();
    let (mut random, mut module) = (Random(6), used());
    let (mut refused, mut restored, mut traps) = (0, 0, 0);
    for turn in 0..3000 {
        let mut bad = good.clone();
        for _ in 0..1 + turn % 4 {
            // The head in one of four turns only: nearly all of that is refused.
            let place = places[random.next(places.len())];
            if place >= HEAD + 24 || turn % 4 == 0 {
                bad[place] = random.next(256) as u8;
            }
        }
        match restore(&mut module, &bad) {
            Ok(()) => restored += 1,
            Err(_) => refused += 1,
        }
        module.set_fuel(10_000);
        traps += run_on(&mut module).iter().filter(|r| r.is_err()).count();
    }
    assert!(
        refused > 100 && restored > 1000 && traps > 3000,
        "{refused} {restored} {traps}"
    );
}

/// References to functions that do not exist, or not with that type, or not for the table.
#[test]
fn forged_references() {
    let (mut module, bytes) = (used(), saved(&used()));
    let global = bytes.len() - 8 - 3 - 2 * 8 - 4 * 8 - 8 - 8;
    let type_of_op = &bytes[global..global + 4];
    let result = |bytes: &[u8], module: &mut Module| {
        restore(module, bytes).unwrap();
        module.use_op(7)
    };
    assert_eq!(result(&bytes, &mut module), Ok(7 ^ 0x5555_5555_5555_5555));
    let mut forged = bytes.clone();
    for function in [0, 4, 5, 100, u32::MAX] {
        forged[global + 4..global + 8].copy_from_slice(&u32::to_le_bytes(function));
        let mismatch = Err(WasmTrap::IndirectCallTypeMismatch);
        assert_eq!(result(&forged, &mut module), mismatch, "{function}");
    }
    for ty in [0, 1, 2, u32::MAX] {
        let mut forged = bytes.clone();
        forged[global..global + 4].copy_from_slice(&u32::to_le_bytes(ty));
        assert_ne!(type_of_op, u32::to_le_bytes(ty));
        assert!(result(&forged, &mut module).is_err(), "{ty}");
    }
}

/// What the module has no instruction for: docs/isolation.md says that a snapshot can do it.
#[test]
fn what_only_a_snapshot_can_set() {
    let (mut module, bytes) = (fresh(), saved(&fresh()));
    // The immutable global `base`, which the host was asked for once.
    let mut forged = bytes.clone();
    let base = HEAD + 24 + module.memory().len();
    assert_eq!(forged[base..base + 4], 42_i32.to_le_bytes());
    forged[base..base + 4].copy_from_slice(&43_i32.to_le_bytes());
    restore(&mut module, &forged).unwrap();
    module.step().unwrap();
    assert_eq!(module.host().shared, 43);
    // A reference that the host never gave away.
    let mut forged = bytes.clone();
    let thing = bytes.len() - 8 - 3 - 8 - 3 * 8 - 8;
    assert_eq!(module.thing(), ExternRef::NULL);
    forged[thing..thing + 8].copy_from_slice(&[1, 0, 0, 0, 99, 0, 0, 0]);
    restore(&mut module, &forged).unwrap();
    assert_eq!(module.thing(), ExternRef::new(99));
    // Fuel, which is the last.
    let mut forged = bytes;
    let fuel = forged.len() - 8;
    forged[fuel..].copy_from_slice(&[0xff; 8]);
    restore(&mut module, &forged).unwrap();
    assert_eq!(module.fuel(), u64::MAX);
}

/// A library's snapshot is of its own state; who owns the memory saves that.
#[test]
fn a_library_and_the_memory_it_is_lent() {
    let mut memory = vec![0; 65536];
    let mut library = tool::LibraryModule::new(&mut memory).unwrap();
    library.mark(&mut memory, 8).unwrap();
    assert_eq!(library.state_size(), HEAD + 4);
    let mut bytes = saved(&library);
    bytes.write(&memory).unwrap();

    assert_eq!(library.mark(&mut memory, 100), Ok(2));
    let source = &mut bytes.as_slice();
    library.restore_state(source).unwrap();
    memory.copy_from_slice(source);
    assert_eq!(memory[100], 0);
    assert_eq!(library.mark(&mut memory, 100), Ok(2));
}
