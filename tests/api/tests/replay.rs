//! A module with import traits of its own, recorded with its host and replayed without.

use herkos_runtime::replay::{Error, Recorder, Replayer, Sink, STOPPED};
use herkos_runtime::snapshot::EndOfSlice;
use herkos_runtime::{BoxedMemory, ExternRef, Snapshot, WasmTrap, PAGE_SIZE, V128};
use herkos_tests_api::sensor;
use std::hash::{DefaultHasher, Hasher};

/// No two answers are the same.
#[derive(Default)]
struct World {
    time: u32,
    count: i32,
}

impl World {
    fn tick(&mut self) -> u32 {
        self.time += 1;
        self.time.wrapping_mul(2_654_435_761)
    }
}

impl sensor::Env for World {
    fn sample(&mut self, memory: &mut [u8], l0: i32, l1: f64) -> Result<i32, WasmTrap> {
        // Far apart, at both ends, and next to each other.
        let tick = self.tick();
        for (at, byte) in [0, 1, 5, 20, 50_000, 2 * PAGE_SIZE - 1]
            .into_iter()
            .zip(1..)
        {
            memory[at] = memory[at].wrapping_add(byte);
        }
        match l0 {
            9 => Err(WasmTrap::Host(tick)),
            _ => Ok((tick as i32).wrapping_add((l1 * 8.0) as i32)),
        }
    }
    fn fill(&mut self, memory: &mut [u8], l0: i32, l1: i32) -> Result<(), WasmTrap> {
        let byte = self.tick().to_le_bytes()[3];
        let range = l0 as usize..(l0 + l1) as usize;
        memory
            .get_mut(range)
            .ok_or(WasmTrap::OutOfBounds)?
            .fill(byte);
        Ok(())
    }
    fn pair(&mut self, _: &mut [u8]) -> Result<(i64, f32), WasmTrap> {
        // The sum of a NaN has its bits.
        Ok((i64::from(self.tick()) << 20, f32::from_bits(0x7fc1_2345)))
    }
    fn thing(&mut self, _: &mut [u8], l0: ExternRef) -> Result<ExternRef, WasmTrap> {
        Ok(ExternRef::new(l0.get().unwrap_or(77) + 1))
    }
    fn turn(&mut self, _: &mut [u8], l0: V128) -> Result<V128, WasmTrap> {
        let tick = u128::from(self.tick());
        Ok(V128::from_bits(l0.to_bits().rotate_left(40) ^ tick << 70))
    }
    fn scale(&mut self) -> i32 {
        self.tick() as i32
    }
    fn count(&mut self) -> i32 {
        self.count
    }
    fn set_count(&mut self, value: i32) {
        self.count = value * 3;
    }
}

impl sensor::S for World {
    fn s(&mut self, _: &mut [u8]) -> Result<(), WasmTrap> {
        Ok(())
    }
}

fn hash(state: &impl Snapshot) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.hash_state(&mut hasher);
    hasher.finish()
}

/// What the calls returned, and the state after them.
type Run = (Vec<Result<i64, WasmTrap>>, u64);

/// The last call traps, since the host refuses; the one before, since 100 + 140000 is outside.
const STEPS: [i32; 6] = [5, 0, 3, 300, 140_000, 9];

fn run<H: sensor::Host>(module: &mut sensor::Module<BoxedMemory, H>) -> Run {
    let results = STEPS.map(|step| module.step(step));
    (results.into(), hash(module))
}

fn recorded() -> (Vec<u8>, Run) {
    let mut recording = Vec::new();
    let Ok(recorder) = Recorder::new(World::default(), &mut recording);
    let mut module = sensor::Module::boxed(recorder).unwrap();
    let result = run(&mut module);
    assert_eq!(module.host().error(), None);
    let entries = module.host().entries();
    // Instantiation asks for the global; a step makes 9 calls, fewer where it traps.
    assert_eq!(entries, 1 + 4 * 9 + 2 + 7);
    drop(module);
    (recording, result)
}

#[test]
fn replayed_without_the_host() {
    let (recording, expected) = recorded();
    assert_eq!(expected.0[4], Err(WasmTrap::OutOfBounds));
    assert!(matches!(expected.0[5], Err(WasmTrap::Host(_))));

    let mut alone = sensor::Module::boxed(World::default()).unwrap();
    assert_eq!(run(&mut alone), expected, "a recorder changes nothing");

    let replayer = Replayer::new(recording.as_slice()).unwrap();
    let mut module = sensor::Module::boxed(replayer).unwrap();
    assert_eq!(run(&mut module), expected);
    assert_eq!(module.memory(), alone.memory());
    assert_eq!(module.host().error(), None);
    assert_eq!(*module.host_mut().source_mut(), b"");

    // One call more than is recorded.
    assert_eq!(module.step(1), Err(STOPPED));
    let (entry, call, error) = (46, "S::s", EndOfSlice);
    let ended = Error::Stream { entry, call, error };
    assert_eq!(module.host().error(), Some(&ended));
}

#[test]
fn changes_of_the_memory_are_recorded_as_runs() {
    let mut recording = Vec::new();
    let Ok(mut recorder) = Recorder::new(World::default(), &mut recording);
    let mut memory = vec![0; 2 * PAGE_SIZE];
    sensor::Env::sample(&mut recorder, &mut memory, 1, 0.0).unwrap();
    let head = 18 + 8 + 1 + 4;
    let number = |at: usize| u32::from_le_bytes(recording[at..at + 4].try_into().unwrap());
    let mut runs = Vec::new();
    let mut at = head;
    while number(at) != 0 {
        runs.push((number(at + 4), number(at)));
        at += 8 + number(at) as usize;
    }
    assert_eq!(at + 4, recording.len());
    assert_eq!(runs, [(0, 6), (20, 1), (50_000, 1), (131_071, 1)]);

    // All of it, in runs of at most 64 KiB.
    recording.clear();
    let Ok(mut recorder) = Recorder::new(World::default(), &mut recording);
    let (mut before, length) = (memory.clone(), memory.len() as i32);
    sensor::Env::fill(&mut recorder, &mut memory, 0, length).unwrap();
    assert_eq!(recording.len(), 18 + 8 + 1 + 2 * (8 + PAGE_SIZE) + 4);
    let mut replayer = Replayer::new(recording.as_slice()).unwrap();
    sensor::Env::fill(&mut replayer, &mut before, 0, length).unwrap();
    assert!(before == memory);
}

#[test]
fn another_run_is_noticed_at_once() {
    let (recording, _) = recorded();
    let replay = || {
        let replayer = Replayer::new(recording.as_slice()).unwrap();
        sensor::Module::boxed(replayer).unwrap()
    };
    let mut module = replay();
    assert_eq!(module.step(6), Err(STOPPED));
    let (entry, call) = (2, "Env::fill");
    assert_eq!(
        module.host().error(),
        Some(&Error::OtherArguments { entry, call })
    );

    let mut module = replay();
    assert_eq!(sensor::Env::count(module.host_mut()), 0);
    let (entry, call) = (1, "Env::count");
    assert_eq!(
        module.host().error(),
        Some(&Error::OtherCall { entry, call })
    );
    assert_eq!(module.step(5), Err(STOPPED));
}

/// Whatever a recording holds, the module gets an answer or the call ends.
#[test]
fn recordings_that_are_wrong() {
    let (recording, expected) = recorded();
    for length in 0..recording.len() {
        let Ok(replayer) = Replayer::new(&recording[..length]) else {
            continue;
        };
        match sensor::Module::boxed(replayer) {
            Ok(mut module) => {
                assert_ne!(run(&mut module), expected);
                assert!(module.host().error().is_some());
            }
            Err(trap) => assert_eq!(trap, STOPPED),
        }
    }
    let mut unnoticed = 0;
    for at in 18..recording.len() {
        let mut wrong = recording.clone();
        wrong[at] ^= 0xff;
        let replayer = Replayer::new(wrong.as_slice()).unwrap();
        let Ok(mut module) = sensor::Module::boxed(replayer) else {
            continue;
        };
        let same = run(&mut module) == expected && module.host().error().is_none();
        unnoticed += usize::from(same);
    }
    // What no one reads before it is overwritten; and any four bytes but zeros say that a reference
    // is not null.
    assert!(
        unnoticed < recording.len() / 8,
        "{unnoticed} of {}",
        recording.len()
    );
}

/// A change outside of the memory.
#[test]
fn a_change_that_is_outside() {
    let mut recording = Vec::new();
    let Ok(mut recorder) = Recorder::new(World::default(), &mut recording);
    let mut memory = vec![0; 16];
    sensor::Env::fill(&mut recorder, &mut memory, 12, 4).unwrap();
    recording[18 + 8 + 1 + 4] = 13;
    let mut replayer = Replayer::new(recording.as_slice()).unwrap();
    let result = sensor::Env::fill(&mut replayer, &mut [0; 16], 12, 4);
    assert_eq!(result, Err(STOPPED));
    let (entry, call) = (0, "Env::fill");
    assert_eq!(replayer.error(), Some(&Error::Damaged { entry, call }));
}

#[test]
fn a_sink_that_fails_ends_the_run() {
    struct Flash(usize);
    impl Sink for Flash {
        type Error = &'static str;
        fn write(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or("full")?;
            Ok(())
        }
    }
    let recorder = Recorder::new(World::default(), Flash(200)).unwrap();
    let mut module = sensor::Module::boxed(recorder).unwrap();
    let (results, _) = run(&mut module);
    assert_eq!(*results.last().unwrap(), Err(STOPPED));
    assert!(matches!(
        module.host().error(),
        Some(Error::Stream { error: "full", .. })
    ));
    let asked = module.host().host().time;
    assert_eq!(module.step(1), Err(STOPPED));
    assert_eq!(module.host().host().time, asked);
}

/// A recording from the middle of a run on, with a snapshot of that moment.
#[test]
fn from_a_snapshot_on() {
    let mut saved = Vec::new();
    let mut recording = Vec::new();
    let Ok(recorder) = Recorder::new(World::default(), &mut recording);
    let mut module = sensor::Module::boxed(recorder).unwrap();
    run(&mut module);
    let Ok(()) = module.save_state(&mut saved);
    let Ok(later) = Recorder::new(World::default(), Vec::new());
    let mut module = sensor::Module::boxed(later).unwrap();
    // Instantiation is recorded as well, and replayed before the state is restored.
    module.restore_state(&mut saved.as_slice()).unwrap();
    let expected = run(&mut module);
    let recording = std::mem::take(module.host_mut().sink_mut());

    let replayer = Replayer::new(recording.as_slice()).unwrap();
    let mut module = sensor::Module::boxed(replayer).unwrap();
    module.restore_state(&mut saved.as_slice()).unwrap();
    assert_eq!(run(&mut module), expected);
}
