//! The same calls on both sides, and what must be the same after each.

use crate::arguments::{self, Random};
use crate::{Entry, Reference, Subject, Value};

/// How many calls of each function.
#[derive(Clone, Copy)]
pub struct Effort {
    pub edges: usize,
    pub random: usize,
    /// Both sides start anew after so many calls.
    pub renew: usize,
}

impl Effort {
    /// For programs.
    pub const KERNEL: Self = Self { edges: 40, random: 20, renew: 16 };
    /// For functions of a few instructions.
    pub const SMALL: Self = Self { edges: 1000, random: 200, renew: 64 };
}

/// What happened, so that a test can ask whether it tested anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    pub calls: usize,
    pub traps: usize,
    pub endless: usize,
}

impl std::ops::AddAssign for Statistics {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.traps += other.traps;
        self.endless += other.endless;
    }
}

/// Both sides of one module.
struct Pair<'a> {
    entry: &'a Entry,
    reference: Reference,
    subject: Option<Box<dyn Subject>>,
}

/// Calls every exported function of the module on both sides.
///
/// # Panics
/// At the first difference.
pub fn differential(entry: &Entry, effort: Effort) -> Statistics {
    let mut statistics = Statistics::default();
    let mut pair = Pair { entry, reference: Reference::new(entry), subject: None };
    if !pair.renew() {
        return Statistics { calls: 1, traps: 1, endless: 0 };
    }
    for (export, types) in pair.reference.functions() {
        let memory = pair.reference.memory().len();
        let mut random = Random::new(&export);
        let lists = arguments::lists(&types, memory, effort.edges, effort.random, &mut random);
        for (i, args) in lists.iter().enumerate() {
            if i % effort.renew == 0 {
                pair.renew();
            }
            statistics.calls += 1;
            match pair.call(&export, args) {
                Called::Returned => {}
                Called::Trapped => statistics.traps += 1,
                Called::Endless => {
                    statistics.endless += 1;
                    pair.renew();
                }
            }
        }
    }
    statistics
}

enum Called {
    Returned,
    Trapped,
    Endless,
}

impl Pair<'_> {
    /// Instantiates both sides; false if that traps.
    fn renew(&mut self) -> bool {
        let reference = self.reference.instantiate();
        let subject = (self.entry.instantiate)();
        let trap = subject.as_ref().err().copied();
        assert_eq!(trap, reference.err(), "{}: trap of the instantiation", self.entry.name);
        self.subject = subject.ok();
        if trap.is_none() {
            self.compare_state(&"instantiation");
        }
        trap.is_none()
    }

    fn call(&mut self, export: &str, args: &[Value]) -> Called {
        let Ok(expected) = self.reference.call(export, args) else {
            return Called::Endless;
        };
        let found = self.subject.as_mut().expect("an instance").call(export, args);
        let same = match (&expected, &found) {
            (Ok(expected), Ok(found)) => {
                let exact = self.entry.canonical;
                expected.len() == found.len()
                    && expected.iter().zip(found).all(|(e, f)| e.same(*f, exact))
            }
            (Err(expected), Err(found)) => expected == found,
            _ => false,
        };
        let call = format!("{export}({args:?})");
        assert!(same, "{}: {call}: expected {expected:?}, found {found:?}", self.entry.name);
        self.compare_state(&call);
        match found {
            Ok(_) => Called::Returned,
            Err(_) => Called::Trapped,
        }
    }

    /// Memory, globals, and what the host was asked.
    fn compare_state(&mut self, after: &dyn std::fmt::Display) {
        let name = self.entry.name;
        let subject = self.subject.as_ref().expect("an instance");
        let (expected, found) = (self.reference.memory(), subject.memory());
        if !expected.is_empty() {
            assert_eq!(expected.len(), found.len(), "{name}: size of the memory after {after}");
        }
        if !expected.is_empty() && expected != found {
            let at = expected.iter().zip(found).position(|(e, f)| e != f).expect("a difference");
            let (e, f) = (expected[at], found[at]);
            panic!("{name}: memory at {at:#x} after {after}: expected {e:#x}, found {f:#x}");
        }
        if let Some(host) = subject.host() {
            assert_eq!(*self.reference.host(), *host, "{name}: what the host was asked by {after}");
        }
        for (global, found) in subject.globals() {
            let expected = self.reference.global(global);
            let same = expected.same(found, self.entry.canonical);
            assert!(
                same,
                "{name}: global {global} after {after}: expected {expected:?}, found {found:?}"
            );
        }
    }
}
