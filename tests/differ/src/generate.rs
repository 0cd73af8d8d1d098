//! The modules, each made anew from a run's seed and its own number.

mod csmith;
mod loops;
mod operators;
mod smith;
mod trees;

use std::path::Path;

use fastrand::Rng;
use wasmparser::WasmFeatures;

use crate::module::{importing_global, normalize, Normal, GROWTH};
use crate::variation::Variation;

/// A module, and how it came about.
#[derive(Clone)]
pub struct Case {
    pub number: u32,
    pub source: &'static str,
    pub normal: Normal,
    /// How it is transpiled.
    pub variation: Variation,
    /// The name from which arguments follow.
    pub name: String,
    /// What the program gives natively.
    pub native: Option<u32>,
}

/// A round of numbers has as many modules by each source. One program of csmith is compiled at each
/// level.
const ROUND: u32 = 40;
const CSMITH: u32 = csmith::LEVELS.len() as u32;
const WASM_OPT: u32 = 6;
const TREES: u32 = 14;
const LOOPS: u32 = 5;

/// Tries for one number. Some random bytes are no module, or one with what tests of other kinds are for.
const TRIES: usize = 50;

/// The module of a number; None where csmith's program takes too long natively.
pub fn case(seed: u64, number: u32, scratch: &Path) -> Result<Option<Case>, String> {
    let place = number % ROUND;
    let mut options = rng(!seed, number);
    let mut rng = rng(seed, number);
    let name = format!("{seed}.{number}");
    if place < CSMITH {
        let program = rng_of_program(seed, number / ROUND);
        let Some((bytes, native)) = csmith::generate(program, place as usize, scratch)? else {
            return Ok(None);
        };
        let normal = normalize(&bytes, true, true, growth(&mut options))?;
        let variation = Variation::choose(&mut options, false);
        let (source, native) = (csmith::LEVELS[place as usize].0, Some(native));
        return Ok(Some(Case { number, source, normal, variation, name, native }));
    }
    let growth = growth(&mut options);
    let mut variation = Variation::choose(&mut options, place >= CSMITH + WASM_OPT);
    let relaxed = options.u8(..4) == 0;
    let imports_global = options.u8(..4) == 0;
    let mut last = String::new();
    for _ in 0..TRIES {
        let (source, bytes) = if place < CSMITH + WASM_OPT {
            ("wasm-opt -ttf", crate::wasm_opt::generate(&mut rng, scratch)?.0)
        } else if place < CSMITH + WASM_OPT + TREES {
            ("trees", trees::generate(&mut rng, variation.spec_nan, relaxed)?)
        } else if place < CSMITH + WASM_OPT + TREES + LOOPS {
            variation = variation.rolling();
            ("loops", loops::generate(&mut rng)?)
        } else {
            match smith::generate(&mut rng, variation.spec_nan) {
                Ok(bytes) => ("wasm-smith", bytes),
                Err(why) => {
                    last = why;
                    continue;
                }
            }
        };
        let bytes = match imports_global {
            true => importing_global(&bytes).unwrap_or(bytes),
            false => bytes,
        };
        match fit(&bytes, &mut rng, growth) {
            Ok(normal) => {
                let native = None;
                return Ok(Some(Case { number, source, normal, variation, name, native }));
            }
            Err(why) => last = why,
        }
    }
    Err(format!("no module of number {number}: {last}"))
}

/// One module in four cannot grow at all: herkos gives it a memory of fixed size.
fn growth(rng: &mut Rng) -> u64 {
    if rng.u8(..4) == 0 {
        0
    } else {
        GROWTH
    }
}

pub const FEATURES: WasmFeatures = WasmFeatures::WASM2.union(WasmFeatures::RELAXED_SIMD);

/// Larger modules take rustc too long.
const LARGEST: usize = 12_000;

fn fit(bytes: &[u8], rng: &mut Rng, growth: u64) -> Result<Normal, String> {
    let normal = normalize(bytes, false, rng.u8(..3) != 0, growth)?;
    let length = normal.subject.len();
    if length > LARGEST {
        return Err(format!("{length} bytes"));
    }
    if normal.facts.called.is_empty() {
        return Err("no function".to_owned());
    }
    wasmparser::Validator::new_with_features(FEATURES)
        .validate_all(&normal.reference)
        .map_err(|e| e.to_string())?;
    Ok(normal)
}

/// Another stream for each number; seeds that are near each other give streams that are not.
fn rng(seed: u64, number: u32) -> Rng {
    let seed = (seed ^ 0xd1ff).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Rng::with_seed(seed ^ u64::from(number))
}

/// Seeds of csmith have 32 bits.
fn rng_of_program(seed: u64, round: u32) -> u32 {
    rng(seed, round).u32(..)
}
