//! Runs one kernel on a Cortex-M3 in QEMU and prints `checksum instructions`, in hexadecimal.

#![no_std]
#![no_main]

use core::hint::black_box;
use core::panic::PanicInfo;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hio};

#[cfg_attr(feature = "herkos", path = "herkos.rs")]
#[cfg_attr(all(feature = "native", not(feature = "herkos")), path = "native.rs")]
#[cfg_attr(not(any(feature = "native", feature = "herkos")), path = "empty.rs")]
mod kernel;

include!(concat!(env!("OUT_DIR"), "/rounds.rs"));

/// The FPGAIO block's counter of 25 MHz. With `-icount shift=6` an instruction takes 64 ns, 1.6 ticks.
fn ticks() -> u32 {
    // SAFETY: a readable device register of the machine that this firmware is linked for.
    unsafe { (0x4002_8018 as *const u32).read_volatile() }
}

fn hexadecimal(value: u32) -> [u8; 8] {
    let mut text = *b"00000000";
    for (i, digit) in text.iter_mut().rev().enumerate() {
        let nibble = (value >> (4 * i)) as u8 & 15;
        *digit = if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    }
    text
}

fn exit(text: &[u8], status: debug::ExitStatus) -> ! {
    if let Ok(mut out) = hio::hstdout() {
        let _ = out.write_all(text);
    }
    loop {
        debug::exit(status);
    }
}

#[entry]
fn main() -> ! {
    let Some(mut kernel) = kernel::Kernel::new() else {
        exit(b"no instance\n", debug::EXIT_FAILURE);
    };
    let start = ticks();
    let result = kernel.run(black_box(ROUNDS));
    let end = ticks();
    match result {
        Some(checksum) => {
            let mut line = *b"00000000 00000000\n";
            line[..8].copy_from_slice(&hexadecimal(checksum));
            line[9..17].copy_from_slice(&hexadecimal(end.wrapping_sub(start)));
            exit(&line, debug::EXIT_SUCCESS)
        }
        None => exit(b"trap\n", debug::EXIT_FAILURE),
    }
}

/// Functions of compiler_builtins that compilers call for copies, moves and fills. Hardly a firmware is
/// without them: linked into each, so that no kernel pays for being the first to call one.
#[used]
static MEMORY_FUNCTIONS: [unsafe extern "C" fn(); 12] = {
    extern "C" {
        fn memcpy();
        fn memmove();
        fn memset();
        fn __aeabi_memcpy();
        fn __aeabi_memcpy4();
        fn __aeabi_memcpy8();
        fn __aeabi_memmove();
        fn __aeabi_memmove4();
        fn __aeabi_memset();
        fn __aeabi_memset4();
        fn __aeabi_memclr();
        fn __aeabi_memclr4();
    }
    [
        memcpy,
        memmove,
        memset,
        __aeabi_memcpy,
        __aeabi_memcpy4,
        __aeabi_memcpy8,
        __aeabi_memmove,
        __aeabi_memmove4,
        __aeabi_memset,
        __aeabi_memset4,
        __aeabi_memclr,
        __aeabi_memclr4,
    ]
};

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    exit(b"panic\n", debug::EXIT_FAILURE)
}
