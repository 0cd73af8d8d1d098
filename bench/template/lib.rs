//! A program by herkos as a shared object. Written by `make bench`.

use std::cell::RefCell;

use herkos_runtime::{BoxedMemory, WasmTrap};

herkos_runtime::include_modules!();

type Program = program::Module<BoxedMemory/* , host */>;

thread_local! {
    static PROGRAM: RefCell<Option<Program>> = const { RefCell::new(None) };
}

/// The checksum, or less than 0 after a trap.
#[no_mangle]
pub extern "C" fn bench_run(rounds: u32) -> i64 {
    PROGRAM.with_borrow_mut(|program| match run(program, rounds) {
        Ok(sum) => sum.into(),
        Err(trap) => {
            eprintln!("bench: herkos: {trap}");
            -1
        }
    })
}

fn run(program: &mut Option<Program>, rounds: u32) -> Result<u32, WasmTrap> {
    let program = match program {
        Some(program) => program,
        None => program.insert(instantiate()?),
    };
    Ok(program.run(rounds as i32)? as u32)
}

#[allow(unused_mut)]
fn instantiate() -> Result<Program, WasmTrap> {
    let mut program = Program::boxed(/* host */)?;
    /* initialize */
    Ok(program)
}
