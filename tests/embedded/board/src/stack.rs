//! How deep the stack gets while something runs: the free stack is painted before, and the paint that
//! is left is looked for after.

use core::arch::asm;
use core::ptr;

const PAINT: u32 = 0x5aa5_c33c;

extern "C" {
    /// Where .bss ends; the stack may grow down to here.
    #[link_name = "__sheap"]
    static END_OF_STATICS: u32;
}

/// Runs `f`, and says how many bytes of stack were written to meanwhile, rounded up to words; of more than
/// `most`, at least that it is more. The frame of `f` itself counts, and so does what a panic or an
/// interrupt uses; bytes that a function reserves and never writes to count when something below them is
/// written. Panics if the stack has not as many bytes.
#[inline(never)]
pub fn used_by<R>(most: usize, f: impl FnOnce() -> R) -> (R, usize) {
    let sp = stack_pointer();
    let bottom = sp.saturating_sub(most + 4) & !3;
    assert!(
        bottom >= ptr::addr_of!(END_OF_STATICS) as usize,
        "no stack of {most} bytes"
    );
    paint(bottom, sp);
    let result = call(f);
    (result, sp.wrapping_sub(deepest(bottom, sp)))
}

/// Not inlined, so that the frame of `f` lies below the stack pointer of `used_by`.
#[inline(never)]
fn call<R>(f: impl FnOnce() -> R) -> R {
    f()
}

#[inline(always)]
fn stack_pointer() -> usize {
    let sp: usize;
    // SAFETY: only reads the register.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!("mov {sp}, sp", sp = out(reg) sp, options(nomem, nostack, preserves_flags));
        #[cfg(target_arch = "riscv32")]
        asm!("mv {sp}, sp", sp = out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    sp
}

/// Paints from `bottom` to the stack pointer, without using the stack itself.
#[inline(always)]
fn paint(bottom: usize, sp: usize) {
    // SAFETY: between the statics and the stack pointer lies nothing.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!(
            "2:", "cmp {at}, {sp}", "bhs 3f", "str {paint}, [{at}], #4", "b 2b",
            "3:",
            at = inout(reg) bottom => _, paint = in(reg) PAINT, sp = in(reg) sp,
        );
        #[cfg(target_arch = "riscv32")]
        asm!(
            "2:", "bgeu {at}, {sp}, 3f", "sw {paint}, 0({at})", "addi {at}, {at}, 4", "j 2b",
            "3:",
            at = inout(reg) bottom => _, paint = in(reg) PAINT, sp = in(reg) sp,
        );
    }
}

/// The lowest address that is not painted any more.
#[inline(always)]
fn deepest(bottom: usize, sp: usize) -> usize {
    let deepest: usize;
    // SAFETY: reads what `paint` wrote.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!(
            "2:", "cmp {at}, {sp}", "bhs 3f", "ldr {word}, [{at}]", "cmp {word}, {paint}", "bne 3f",
            "add {at}, {at}, #4", "b 2b",
            "3:",
            at = inout(reg) bottom => deepest, paint = in(reg) PAINT, sp = in(reg) sp, word = out(reg) _,
        );
        #[cfg(target_arch = "riscv32")]
        asm!(
            "2:", "bgeu {at}, {sp}, 3f", "lw {word}, 0({at})", "bne {word}, {paint}, 3f",
            "addi {at}, {at}, 4", "j 2b",
            "3:",
            at = inout(reg) bottom => deepest, paint = in(reg) PAINT, sp = in(reg) sp, word = out(reg) _,
        );
    }
    deepest
}
