//! C programs at every level of optimisation.

use herkos_tests_e2e::{differential, entries, Effort, Statistics};

fn kernel(prefix: &str) {
    let mut all = Statistics::default();
    for entry in entries(&format!("{prefix}_o")) {
        all += differential(entry, Effort::KERNEL);
    }
    println!("{prefix}: {all:?}");
    assert!(all.calls >= 200, "{prefix}: too few calls: {all:?}");
    assert!(all.endless * 50 <= all.calls, "{prefix}: too many endless calls: {all:?}");
}

macro_rules! kernels {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            kernel(stringify!($name));
        })*
    };
}
kernels!(
    sha256 crc sorts matmul nbody mandelbrot fannkuch interpreter strings base64 lz bigint heap hashmap
    json levenshtein puzzles machine text vectors
);
