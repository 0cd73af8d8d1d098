//! How much stack it takes to make an instance of each module: less than 1 KiB beside the instance, which
//! is large only with tables that change, and is copied around then.

#![no_std]
#![no_main]

use board::println;
use herkos_tests_embedded::probe::INSTANCES;

const MOST: usize = 1024;
/// How often the instance lies on the stack while it is made, at most.
const COPIES: usize = if cfg!(debug_assertions) { 7 } else { 2 };

#[board::entry]
fn main() -> ! {
    let mut most = 0;
    for (name, instantiate) in INSTANCES {
        let mut size = 0;
        let ((), used) = board::stack::used_by(|| instantiate(&mut size));
        println!("{name}: instance {size}, stack {used}");
        most = most.max(used.saturating_sub(COPIES * size));
    }
    println!("at most {most} beside {COPIES} times the instance");
    board::exit(most < MOST)
}
