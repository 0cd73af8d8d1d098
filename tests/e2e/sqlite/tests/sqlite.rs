//! SQL, compared with wasmtime: answers, the module's whole memory, and its traps.

use herkos_tests_e2e::{differential, Effort};
use herkos_tests_sqlite::ENTRIES;

#[test]
fn queries() {
    let effort = Effort { edges: 60, random: 60, renew: 20 };
    let statistics = differential(&ENTRIES[0], effort);
    println!("{statistics:?}");
    assert!(statistics.calls >= 120 && statistics.endless < 10, "{statistics:?}");
    assert_eq!(statistics.traps, 0, "{statistics:?}");
}

/// A result that is known: SQLite answers at all.
#[test]
fn fibonacci() {
    let mut sqlite = (ENTRIES[0].instantiate)().expect("an instance");
    sqlite.call("query", &[1.into(), 1.into(), 3.into()]).expect("an answer");
    let memory = String::from_utf8_lossy(sqlite.memory());
    assert!(memory.contains("i=40\np=63245986\nq=102334155\n"));
}
