//! Every numeric instruction over many operands: a line with a hash of all results each. Between two
//! machines the lines must be the same.

use crate::operands::{Hash, Operands, Type};
use crate::{numeric, numeric_canonical};
use core::fmt;
use herkos_runtime::WasmTrap;

/// An instruction; operands and result are bits.
struct Op<M> {
    name: &'static str,
    operand: Type,
    result: Type,
    binary: bool,
    call: fn(&mut M, i64, i64) -> Result<i64, WasmTrap>,
}

include!(concat!(env!("OUT_DIR"), "/numeric_table.rs"));

/// All instructions with both settings of `nan`; whether every NaN was as it must be.
pub fn run(out: &mut dyn fmt::Write) -> Result<bool, fmt::Error> {
    let mut wrong = 0;
    let mut canonical = numeric_canonical::Module::new().map_err(|_| fmt::Error)?;
    for op in OPS_CANONICAL {
        let kept = |bits| (bits, op.result.is_canonical(bits));
        wrong += line(out, "canonical", op, &mut canonical, kept)?;
    }
    let mut spec = numeric::Module::new().map_err(|_| fmt::Error)?;
    for op in OPS {
        // Which NaN it is differs between machines; any one counts, if it is quiet (§4.3.3).
        let any = |bits| (0, op.result.is_quiet(bits));
        wrong += line(out, "spec", op, &mut spec, any)?;
    }
    Ok(wrong == 0)
}

/// Whether an instruction computes on bits, so that NaNs stay as they are.
fn keeps_nans(name: &str) -> bool {
    let (_, name) = name.split_once('.').unwrap_or_default();
    name == "abs" || name == "neg" || name == "copysign" || name.starts_with("reinterpret")
}

/// One instruction. `nan` says what to hash of a NaN that was computed, and whether it may be that one.
fn line<M>(
    out: &mut dyn fmt::Write,
    mode: &str,
    op: &Op<M>,
    module: &mut M,
    nan: impl Fn(i64) -> (i64, bool),
) -> Result<u32, fmt::Error> {
    let (mut hash, mut results, mut traps, mut wrong) = (Hash::new(), 0, 0, 0);
    for (a, b) in Operands::new(op.operand, op.binary) {
        match (op.call)(module, a, b) {
            Ok(bits) if op.result.is_nan(bits) && !keeps_nans(op.name) => {
                let (bits, good) = nan(bits);
                hash.add(bits);
                wrong += u32::from(!good);
                results += 1;
            }
            Ok(bits) => {
                hash.add(bits);
                results += 1;
            }
            Err(trap) => {
                hash.add(number_of(trap));
                traps += 1;
            }
        }
    }
    let hash = hash.value();
    let name = op.name;
    writeln!(
        out,
        "{mode} {name}: {results} results, {traps} traps, {wrong} wrong NaNs, {hash:016x}"
    )?;
    Ok(wrong)
}

/// No result: larger than 32 bits, and odd among those of 64.
fn number_of(trap: WasmTrap) -> i64 {
    match trap {
        WasmTrap::DivisionByZero => 0x7472_6170_0000_0001,
        WasmTrap::IntegerOverflow => 0x7472_6170_0000_0002,
        _ => 0x7472_6170_0000_0003,
    }
}
