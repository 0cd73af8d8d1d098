//! One instance can't run on two threads at a time.

use herkos_tests_capabilities::pure;

fn main() {
    let mut pure = pure::Module::new().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| pure.twice(1));
        scope.spawn(|| pure.twice(2));
    });
}
