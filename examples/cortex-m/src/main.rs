//! The firmware for a Cortex-M: statics for the modules' memories, and a UART.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use core::panic::PanicInfo;

use cortex_m_firmware::{decoder, run, station};
use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hio};
use static_cell::ConstStaticCell;

// All zero until they are used, so they lie in .bss: no room in flash, no copy, no stack.
static DECODER: ConstStaticCell<decoder::Memory> = ConstStaticCell::new(decoder::Memory::new());
static STATION: ConstStaticCell<station::Memory> = ConstStaticCell::new(station::Memory::new());

#[entry]
fn main() -> ! {
    let done = match (DECODER.try_take(), STATION.try_take(), hio::hstdout()) {
        // The debugger's console stands for the UART of your board.
        (Some(decoder), Some(station), Ok(uart)) => run(decoder, station, uart).is_ok(),
        _ => false,
    };
    debug::exit(if done {
        debug::EXIT_SUCCESS
    } else {
        debug::EXIT_FAILURE
    });
    loop {
        cortex_m::asm::wfi();
    }
}

/// Has to be there; in a release build nothing panics, so the linker drops it.
#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    debug::exit(debug::EXIT_FAILURE);
    loop {
        cortex_m::asm::wfi();
    }
}
