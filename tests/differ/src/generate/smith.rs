//! Modules by wasm-smith with all that herkos supports, which end by themselves: the generator puts
//! fuel into them, a global that both sides see.

use arbitrary::Unstructured;
use fastrand::Rng;
use wasm_smith::{Config, Module};
use wasmparser::{Operator, Parser, Payload};

const IMPORTS: &str = r#"(module
    (import "env" "ping" (func (param i32)))
    (import "env" "pong" (func (result i32)))
    (import "env" "mix" (func (param f64 i64 f32 i32) (result i64)))
    (import "env" "clamp" (func (param f64) (result f64)))
    (import "env" "single" (func (param f32 i32) (result f32)))
    (import "env" "lanes" (func (param v128 i32) (result v128)))
    (import "env" "keep" (func (param externref) (result externref)))
    (import "env" "find" (func (param i64 funcref) (result funcref)))
    (import "env" "two" (func (param i32) (result i64 f32)))
    (import "env" "base" (global i32))
    (import "env" "scale" (global f64))
    (import "env" "thing" (global externref)))"#;

/// Loops and calls until a module traps by itself.
const FUEL: [u32; 3] = [50, 500, 5000];

/// `canonical`: the module makes NaNs canonical itself.
pub fn generate(rng: &mut Rng, canonical: bool) -> Result<Vec<u8>, String> {
    let config = Config { canonicalize_nans: canonical, ..config(rng) };
    let mut bytes = vec![0; 1 << rng.u32(7..14)];
    rng.fill(&mut bytes);
    let module = Module::new(config, &mut Unstructured::new(&bytes));
    let mut module = module.map_err(|e| e.to_string())?;
    let fuel = FUEL[rng.usize(..FUEL.len())];
    module.ensure_termination(fuel).map_err(|e| e.to_string())?;
    let bytes = module.to_bytes();
    if canonical && converts_floats(&bytes).map_err(|e| e.to_string())? {
        return Err("conversions between floats, whose NaNs wasm-smith does not hide".to_owned());
    }
    Ok(bytes)
}

fn converts_floats(bytes: &[u8]) -> wasmparser::Result<bool> {
    for payload in Parser::new(0).parse_all(bytes) {
        let Payload::CodeSectionEntry(body) = payload? else {
            continue;
        };
        for operator in body.get_operators_reader()? {
            if matches!(
                operator?,
                Operator::F32DemoteF64
                    | Operator::F64PromoteF32
                    | Operator::F32x4DemoteF64x2Zero
                    | Operator::F64x2PromoteLowF32x4
            ) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn config(rng: &mut Rng) -> Config {
    let most = [3, 6, 12][rng.usize(..3)];
    let mut config = Config {
        max_types: most + 3,
        min_funcs: 1,
        max_funcs: most,
        max_globals: most,
        max_element_segments: most,
        max_data_segments: most,
        max_exports: 0,
        max_instructions: [20, 60, 200][rng.usize(..3)],
        // With traps few calls get far.
        disallow_traps: rng.bool(),
        max_tables: 3,
        min_memories: u32::from(rng.u8(..4) != 0),
        max_memory32_bytes: 3 << 16,
        memory_max_size_required: true,
        max_table_elements: 40,
        table_max_size_required: true,
        allow_floats: rng.u8(..8) != 0,
        simd_enabled: rng.u8(..3) != 0,
        reference_types_enabled: rng.u8(..4) != 0,
        compact_imports_enabled: false,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        relaxed_simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    };
    if config.reference_types_enabled && rng.bool() {
        config.available_imports = Some(wat::parse_str(IMPORTS).expect("IMPORTS is a module"));
        config.max_imports = 6;
    } else {
        config.max_imports = 0;
    }
    config
}
