//! Runs that end where nobody wanted them to: the host fails, fuel or stack end at every point where
//! they can. The state is one that the module passes through, and the instance goes on from there.

use herkos_runtime::{BoxedMemory, WasmTrap, PAGE_SIZE};
use herkos_tests_api::ledger;

const NUMBERS: i32 = 6;

/// Hands out 1, 2, 4, …; fails at the call of that number.
#[derive(Default)]
struct Host {
    calls: u32,
    fails_at: Option<u32>,
    told: Vec<i32>,
}

impl Host {
    fn call(&mut self) -> Result<(), WasmTrap> {
        self.calls += 1;
        match self.fails_at {
            Some(at) if at == self.calls => Err(WasmTrap::Host(at)),
            _ => Ok(()),
        }
    }
}

impl ledger::Env for Host {
    fn next(&mut self, _memory: &mut [u8], i: i32) -> Result<i32, WasmTrap> {
        self.call()?;
        Ok(1_i32.wrapping_shl(u32::try_from(i).unwrap_or(0)))
    }

    fn told(&mut self, _memory: &mut [u8], sum: i32) -> Result<(), WasmTrap> {
        self.call()?;
        self.told.push(sum);
        Ok(())
    }
}

type Ledger = ledger::Module<BoxedMemory, Host>;

fn ledger() -> Ledger {
    ledger::Module::boxed(Host::default()).expect("instantiates")
}

/// What is entered: numbers in memory, their count, their sum, and how many sums were told.
fn state(ledger: &Ledger) -> (usize, i32, i32, usize) {
    let words = ledger.memory()[..4 * NUMBERS as usize].chunks_exact(4);
    let numbers = words.map(|word| i32::from_le_bytes(word.try_into().expect("4 bytes")));
    let numbers: Vec<i32> = numbers.take_while(|&number| number != 0).collect();
    assert!(
        numbers
            .iter()
            .enumerate()
            .all(|(i, &number)| number == 1 << i),
        "{numbers:?}"
    );
    (
        numbers.len(),
        ledger.count(),
        ledger.sum(),
        ledger.host().told.len(),
    )
}

/// A state between two steps: each step makes one part of it greater, in turn.
fn assert_passed_through(ledger: &Ledger) {
    let (numbers, count, sum, told) = state(ledger);
    let count = usize::try_from(count).expect("not negative");
    let summed = sum.count_ones() as usize;
    assert_eq!(sum, (1 << summed) - 1, "the sum of the first numbers");
    let order = [numbers, count, summed, told];
    assert!(order.is_sorted_by(|a, b| a >= b), "{order:?}");
    assert!(numbers - told <= 1, "{order:?}");
}

/// The instance goes on where it stopped, as a new one would with this state.
fn assert_usable(ledger: &mut Ledger) {
    ledger.host_mut().fails_at = None;
    ledger.set_fuel(u64::MAX);
    ledger.set_count(0);
    ledger.set_sum(0);
    assert_eq!(ledger.run(NUMBERS, 0), Ok((1 << NUMBERS) - 1));
    assert_eq!(state(ledger).0, NUMBERS as usize);
}

#[test]
fn the_host_fails_at_every_call() {
    let mut whole = ledger();
    assert_eq!(whole.run(NUMBERS, 0), Ok((1 << NUMBERS) - 1));
    let calls = whole.host().calls;
    assert_eq!(calls, 2 * NUMBERS as u32);
    for at in 1..=calls {
        let mut ledger = ledger();
        ledger.host_mut().fails_at = Some(at);
        assert_eq!(
            ledger.run(NUMBERS, 0),
            Err(WasmTrap::Host(at)),
            "as the host gave it"
        );
        assert_eq!(ledger.host().calls, at, "nothing is called after it");
        assert_passed_through(&ledger);
        assert_eq!(state(&ledger).3, (at as usize - 1) / 2, "call {at}");
        assert_usable(&mut ledger);
    }
}

#[test]
fn fuel_ends_at_every_point() {
    let mut whole = ledger();
    whole.set_fuel(100_000);
    whole.run(NUMBERS, 0).expect("enough");
    let cost = 100_000 - whole.fuel();
    assert!(cost > 60, "{cost}");
    let mut states = Vec::new();
    for fuel in 0..=cost {
        let mut ledger = ledger();
        ledger.set_fuel(fuel);
        let ended = ledger.run(NUMBERS, 0);
        assert_eq!(ended.is_ok(), fuel == cost, "{fuel} of {cost}: {ended:?}");
        if fuel < cost {
            assert_eq!(ended, Err(WasmTrap::FuelExhausted));
            assert_eq!(ledger.fuel(), 0);
        }
        assert_passed_through(&ledger);
        states.push(state(&ledger));
        assert_usable(&mut ledger);
    }
    assert!(
        states.is_sorted(),
        "more fuel never leads less far: {states:?}"
    );
    states.dedup();
    assert_eq!(
        states.len(),
        NUMBERS as usize + 1,
        "it does end in between: {states:?}"
    );
}

#[test]
fn the_stack_ends_at_every_depth() {
    // The budget is the module's (build.rs); what changes is how much of it is left for the rest.
    let deepest = (0..).find(|&i| ledger().run(i, 0) == Err(WasmTrap::StackExhausted));
    let deepest = deepest.expect("the stack ends");
    assert!((4..200).contains(&deepest), "{deepest}");
    for start in 0..deepest {
        let mut ledger = ledger();
        // Where it starts near the end it needs less stack than the whole.
        let n = start + deepest - 1;
        let first = start;
        assert!(ledger.run(n, first).is_ok(), "{} calls fit", n - start);
        assert_eq!(
            ledger.run(n + 1, first),
            Err(WasmTrap::StackExhausted),
            "one more does not"
        );
        assert_eq!(ledger.count(), n + 1, "it ended in the call after the last");
    }
}

#[test]
fn a_memory_that_cannot_grow_stays_as_it_is() {
    let mut ledger = ledger();
    assert_eq!(ledger.widen(), Ok(1));
    assert_eq!(ledger.memory().len(), 2 * PAGE_SIZE);
    assert!(ledger.memory()[PAGE_SIZE..].iter().all(|&byte| byte == 7));
    let before = ledger.memory().to_vec();
    assert_eq!(ledger.widen(), Ok(-1), "the storage is full");
    assert!(ledger.memory() == before);
    assert_usable(&mut ledger);
}

#[test]
fn fuel_ends_while_the_memory_grows() {
    let mut whole = ledger();
    whole.set_fuel(100_000);
    assert_eq!(whole.widen(), Ok(1));
    let cost = 100_000 - whole.fuel();
    // Growing and filling a page dominate; around their ends every unit is tried.
    let page = PAGE_SIZE as u64 / 8;
    let near = |at: u64| at.saturating_sub(12)..=at + 12;
    for fuel in near(0).chain(near(page)).chain(near(cost)) {
        let mut ledger = ledger();
        ledger.set_fuel(fuel);
        let ended = ledger.widen();
        assert_eq!(ended.is_ok(), fuel >= cost, "{fuel} of {cost}");
        let pages = ledger.memory().len() / PAGE_SIZE;
        let filled = ledger.memory().get(PAGE_SIZE).copied();
        let expected = match ended {
            Ok(_) => (2, Some(7)),
            Err(trap) => {
                assert_eq!(trap, WasmTrap::FuelExhausted);
                if fuel > page + 20 || pages == 2 {
                    (2, Some(0))
                } else {
                    (1, None)
                }
            }
        };
        assert_eq!(
            (pages, filled),
            expected,
            "{fuel} of {cost}: a page is filled whole or not at all"
        );
        assert_usable(&mut ledger);
    }
}
