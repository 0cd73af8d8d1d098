//! Hand-written modules, and the examples' modules.

use herkos_tests_e2e::{differential, entries, Effort, Statistics};

fn module(name: &str) -> Statistics {
    let entry = entries(name).find(|entry| entry.name == name);
    let statistics = differential(entry.unwrap_or_else(|| panic!("no {name}")), Effort::SMALL);
    println!("{name}: {statistics:?}");
    assert_eq!(statistics.endless, 0, "{name}: {statistics:?}");
    statistics
}

macro_rules! modules {
    ($($name:ident $calls:literal calls $traps:literal traps;)*) => {
        $(#[test]
        fn $name() {
            let statistics = module(stringify!($name));
            let least = ($calls, $traps);
            assert!(statistics.calls >= least.0, "too few calls: {statistics:?}");
            assert!(statistics.traps >= least.1, "too few traps: {statistics:?}");
        })*
    };
}

modules! {
    integers 50000 calls 500 traps;
    floats 30000 calls 500 traps;
    floats_canonical 30000 calls 500 traps;
    memory 10000 calls 5000 traps;
    order 10000 calls 1000 traps;
    control 5000 calls 100 traps;
    br_table_large 500 calls 0 traps;
    call_indirect_growable 1000 calls 300 traps;
    forms 3000 calls 10 traps;
    counters 3000 calls 100 traps;
    reroll 3000 calls 300 traps;
    reroll_growable 2000 calls 1000 traps;
    reroll_unknown 3000 calls 300 traps;
    pending 20000 calls 1000 traps;
    tables 2000 calls 1000 traps;
    growth 5000 calls 1000 traps;
    memory_least 2500 calls 1500 traps;
    start 1000 calls 0 traps;
    start_traps 1 calls 1 traps;
    data_outside 1 calls 1 traps;
    elem_outside 1 calls 1 traps;
    codec 1000 calls 100 traps;
    codec_optimized 1000 calls 100 traps;
    sensor 100 calls 1 traps;
}
