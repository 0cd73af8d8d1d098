//! Whether two logs say the same.

use herkos_differ_support::{EXHAUSTED, USED};

use crate::reference::Transcript;

/// What came out for one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Same {
        calls: usize,
        traps: usize,
        /// Ended early: one side ran out of stack.
        exhausted: bool,
    },
    Differs(String),
}

/// Does the subject's log say what the reference's transcript does?
pub fn compare(transcript: &Transcript, found: &[String]) -> Outcome {
    let Transcript { script, log: expected, fuel, .. } = transcript;
    let mut traps = 0;
    for (i, (line, expected)) in script.iter().zip(expected).enumerate() {
        let found = found.get(i).map_or("no line", String::as_str);
        if expected.starts_with(EXHAUSTED) || found.starts_with(EXHAUSTED) {
            return Outcome::Same { calls: i, traps, exhausted: true };
        }
        let (found, used) = match found.split_once(USED) {
            Some((found, used)) => (found, used.parse::<u64>().ok()),
            None => (found, None),
        };
        if expected != found {
            return Outcome::Differs(format!("{line}: expected {expected} / found {found}"));
        }
        // Instructions are paid for before they run, and those that are jumped over, too.
        if let (Some(used), Some(&least)) = (used, fuel.get(i)) {
            if used < least {
                return Outcome::Differs(format!("{line}: {used} of fuel, at least {least} done"));
            }
        }
        traps += usize::from(expected.starts_with("trap"));
    }
    match found.get(script.len()) {
        Some(more) => Outcome::Differs(format!("after the last call: {more}")),
        None => Outcome::Same { calls: script.len(), traps, exhausted: false },
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, Outcome};
    use crate::reference::Transcript;

    fn says(expected: &[&str], found: &[&str]) -> Outcome {
        let owned = |lines: &[&str]| -> Vec<String> { lines.iter().map(|&l| l.into()).collect() };
        let transcript = Transcript {
            script: owned(&["new", "call 0", "call 1"][..expected.len()]),
            log: owned(expected),
            fuel: vec![0, 10, 10],
            endless: false,
        };
        compare(&transcript, &owned(found))
    }

    #[test]
    fn the_same() {
        let log = ["ok |", "trap OutOfBounds | memory 1", "ok 5 |"];
        assert_eq!(says(&log, &log), Outcome::Same { calls: 3, traps: 1, exhausted: false });
    }

    #[test]
    fn every_part_of_a_line_counts_and_so_does_its_absence() {
        let differs = |found: &[&str]| {
            let log = ["ok |", "ok 5 | memory 65536 0123"];
            matches!(says(&log, found), Outcome::Differs(_))
        };
        assert!(!differs(&["ok |", "ok 5 | memory 65536 0123"]));
        assert!(differs(&["ok |", "ok 6 | memory 65536 0123"]));
        assert!(differs(&["ok |", "ok 5 | memory 65536 0124"]));
        assert!(differs(&["ok |", "trap Unreachable | memory 65536 0123"]));
        assert!(differs(&["ok |"]));
        assert!(differs(&["ok |", "ended: hangs"]));
        assert!(differs(&["ok |", "ok 5 | memory 65536 0123", "ended: signal 11"]));
    }

    #[test]
    fn nothing_after_exhaustion_is_compared() {
        let same = Outcome::Same { calls: 1, traps: 0, exhausted: true };
        assert_eq!(says(&["ok |", "ok 1 |"], &["ok |", "exhausted |"]), same);
        assert_eq!(says(&["ok |", "exhausted | 1", "ok |"], &["ok |", "trap Unreachable |"]), same);
    }

    #[test]
    fn fuel_is_no_less_than_the_reference_counts() {
        let same = Outcome::Same { calls: 2, traps: 0, exhausted: false };
        assert_eq!(says(&["ok |", "ok 5 |"], &["ok | used 3", "ok 5 | used 10"]), same);
        let less = says(&["ok |", "ok 5 |"], &["ok |", "ok 5 | used 9"]);
        assert!(matches!(less, Outcome::Differs(_)));
    }
}
