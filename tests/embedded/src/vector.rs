//! Every vector instruction over many operands, on memory too: a line with a hash of all results each, as for
//! the numeric ones. Where the machine has no vectors, lanes are worked on one by one, to the same results.

use crate::operands::Hash;
use crate::vectors_canonical;
use core::fmt;
use herkos_runtime::{WasmTrap, V128};

type Module = vectors_canonical::Module<&'static mut vectors_canonical::Memory>;

/// Operands of an instruction that takes up to three.
#[derive(Clone, Copy)]
struct Vectors {
    a: V128,
    b: V128,
    c: V128,
}

/// An instruction; what `number` is depends on it: an address, a count, a lane's value.
struct Op {
    name: &'static str,
    call: fn(&mut Module, Vectors, i32) -> Result<u128, WasmTrap>,
}

include!(concat!(env!("OUT_DIR"), "/vectors_table.rs"));

/// Edges of lanes of all widths, and floats of all kinds.
const OPERANDS: [V128; 12] = [
    V128::ZERO,
    V128::from_bits(u128::MAX),
    V128::from_bits(0x0f0e_0d0c_0b0a_0908_0706_0504_0302_0100),
    V128::from_bits(0x7fff_8000_7f80_80ff_0080_ff7f_8001_7ffe),
    V128::from_bits(0x8000_0000_7fff_ffff_8000_0000_0000_0001),
    V128::from_bits(0x7fff_ffff_ffff_ffff_8000_0000_0000_0000),
    // 1.5, -2.5, 2^31, -0
    V128::from_bits(0x8000_0000_4f00_0000_c020_0000_3fc0_0000),
    // NaNs, infinities
    V128::from_bits(0x7fa0_0001_ff80_0000_7f80_0000_ffc0_0000),
    // -1.75, 2^32
    V128::from_bits(0x41f0_0000_0000_0000_bffc_0000_0000_0000),
    // a signalling NaN, -infinity
    V128::from_bits(0xfff0_0000_0000_0000_7ff0_0000_0000_0001),
    V128::from_bits(0x3c6e_f372_a54f_f53a_510e_527f_9b05_688c),
    V128::from_bits(0xd1b5_4a32_d192_ed03_9e37_79b9_7f4a_7c15),
];

/// Within the memory, at its end, and beyond.
const NUMBERS: [i32; 6] = [0, 1, 37, 240, 255, -1];

/// All instructions. Every one gives results; only accesses trap.
pub fn run(
    out: &mut dyn fmt::Write,
    memory: &'static mut vectors_canonical::Memory,
) -> Result<bool, fmt::Error> {
    let mut module = Module::new(memory).map_err(|_| fmt::Error)?;
    let mut good = true;
    for op in OPS {
        let (mut hash, mut results, mut traps) = (Hash::new(), 0, 0);
        for (i, a) in OPERANDS.into_iter().enumerate() {
            for (k, b) in OPERANDS.into_iter().enumerate() {
                let c = OPERANDS[(i + 3 * k + 1) % OPERANDS.len()];
                let number = NUMBERS[(i + k) % NUMBERS.len()];
                match (op.call)(&mut module, Vectors { a, b, c }, number) {
                    Ok(bits) => {
                        hash.add(bits as i64);
                        hash.add((bits >> 64) as i64);
                        results += 1;
                    }
                    Err(_) => traps += 1,
                }
            }
        }
        for byte in module.memory() {
            hash.add(i64::from(*byte));
        }
        let (name, hash) = (op.name, hash.value());
        writeln!(
            out,
            "vectors {name}: {results} results, {traps} traps, {hash:016x}"
        )?;
        let accesses = name.contains("load") || name.contains("store");
        good &= results > 0 && (traps > 0) == accesses;
    }
    Ok(good)
}
