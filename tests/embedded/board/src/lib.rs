//! QEMU's boards, as bare-metal tests need them: where a program starts, how it prints and ends, and
//! how much stack it uses. A firmware is
//!
//! ```text
//! #![no_std]
//! #![no_main]
//! #[board::entry]
//! fn main() -> ! {
//!     board::println!("hello");
//!     board::exit(true)
//! }
//! ```
//!
//! On the machine that builds this crate is empty.

#![no_std]
#![cfg(target_os = "none")]

pub mod stack;

#[cfg(target_arch = "arm")]
pub use cortex_m_rt::entry;
#[cfg(target_arch = "riscv32")]
pub use riscv_rt::entry;
pub use semihosting::println;

use core::fmt;
use core::panic::PanicInfo;

/// Ends QEMU, with status 0 or 1.
pub fn exit(success: bool) -> ! {
    semihosting::process::exit(i32::from(!success))
}

/// Standard output of QEMU, for what wants a `fmt::Write`.
pub struct Console;

impl fmt::Write for Console {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        semihosting::print!("{text}");
        Ok(())
    }
}

/// Says where, and ends QEMU with status 2.
#[panic_handler]
#[inline(never)]
fn panic(info: &PanicInfo) -> ! {
    println!("{info}");
    semihosting::process::exit(2)
}
