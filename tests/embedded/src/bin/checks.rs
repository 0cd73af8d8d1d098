//! The checks on a board of QEMU.

#![no_std]
#![no_main]

#[board::entry]
fn main() -> ! {
    board::exit(herkos_tests_embedded::run(&mut board::Console) == Ok(true))
}
