//! One instance can't run on two threads at a time.

use herkos_tests_capabilities::pure;

fn on_two_threads(_: impl FnOnce() + Send, _: impl FnOnce() + Send) {}

fn main() {
    let mut pure = pure::Module::new().unwrap();
    on_two_threads(|| drop(pure.twice(1)), || drop(pure.twice(2)));
}
