//! Modules by wasm-smith: a group for each proposal that herkos supports, and for each that it
//! refuses by name.

use arbitrary::Unstructured;
use fastrand::Rng;
use wasm_smith::{Config, Module};

use super::Promise;

/// A kind of modules.
pub struct Group {
    pub name: &'static str,
    /// How often it comes in a cycle.
    pub share: usize,
    pub promise: Promise,
    enable: fn(&mut Config),
}

const fn supported(name: &'static str, share: usize, enable: fn(&mut Config)) -> Group {
    Group {
        name,
        share,
        promise: Promise::Valid,
        enable,
    }
}

const fn refused(name: &'static str, enable: fn(&mut Config)) -> Group {
    Group {
        name,
        share: 1,
        promise: Promise::Named,
        enable,
    }
}

pub const GROUPS: &[Group] = &[
    supported("version 1", 2, |_| {}),
    supported("sign extension", 1, |c| c.sign_extension_ops_enabled = true),
    supported("float-to-int", 1, |c| {
        c.saturating_float_to_int_enabled = true;
    }),
    supported("multi-value", 2, |c| c.multi_value_enabled = true),
    supported("bulk memory", 2, |c| c.bulk_memory_enabled = true),
    supported("reference types", 2, |c| {
        c.reference_types_enabled = true;
        c.bulk_memory_enabled = true;
        c.max_tables = 4;
    }),
    supported("SIMD", 2, |c| c.simd_enabled = true),
    supported("version 2", 6, version_2),
    supported("relaxed SIMD", 2, |c| {
        version_2(c);
        c.relaxed_simd_enabled = true;
    }),
    supported("custom page sizes", 1, |c| {
        version_2(c);
        c.custom_page_sizes_enabled = true;
    }),
    refused("raw bytes as bodies", |c| {
        version_2(c);
        c.allow_invalid_funcs = true;
    }),
    refused("threads", |c| {
        version_2(c);
        c.threads_enabled = true;
    }),
    refused("acquire-release atomics", |c| {
        version_2(c);
        c.threads_enabled = true;
        c.acquire_release_atomics_enabled = true;
    }),
    refused("shared everything", |c| {
        gc(c);
        c.threads_enabled = true;
        c.shared_everything_threads_enabled = true;
    }),
    refused("exceptions", |c| {
        version_2(c);
        c.exceptions_enabled = true;
    }),
    refused("tail calls", |c| {
        version_2(c);
        c.tail_call_enabled = true;
    }),
    refused("garbage collection", gc),
    refused("custom descriptors", |c| {
        gc(c);
        c.custom_descriptors_enabled = true;
    }),
    refused("multibyte array access", |c| {
        gc(c);
        c.multibyte_array_access_enabled = true;
    }),
    refused("memory64", |c| {
        version_2(c);
        c.memory64_enabled = true;
    }),
    refused("multi-memory", |c| {
        version_2(c);
        c.max_memories = 4;
    }),
    refused("extended constants", |c| {
        version_2(c);
        c.extended_const_enabled = true;
    }),
    refused("wide arithmetic", |c| {
        version_2(c);
        c.wide_arithmetic_enabled = true;
    }),
    refused("compact imports", |c| {
        version_2(c);
        c.compact_imports_enabled = true;
        (c.min_imports, c.max_imports) = (2, 10);
        c.available_imports = None;
    }),
];

fn version_2(c: &mut Config) {
    c.sign_extension_ops_enabled = true;
    c.saturating_float_to_int_enabled = true;
    c.multi_value_enabled = true;
    c.bulk_memory_enabled = true;
    c.reference_types_enabled = true;
    c.simd_enabled = true;
    c.max_tables = 4;
}

fn gc(c: &mut Config) {
    version_2(c);
    c.gc_enabled = true;
}

const IMPORTS: &str = r#"(module
    (import "env" "ping" (func (param i32)))
    (import "env" "pong" (func (result i32)))
    (import "env" "mix" (func (param f64 i64 f32 i32) (result i64)))
    (import "other" "clamp" (func (param f64) (result f64)))
    (import "env" "memory" (memory 1 20))
    (import "env" "table" (table 2 30 funcref))
    (import "env" "base" (global i32))
    (import "env" "counter" (global (mut i64)))
    (import "" "" (global f32)))"#;

const TRIES: usize = 100;

impl Group {
    pub fn generate(&self, rng: &mut Rng) -> Result<Vec<u8>, String> {
        let mut config = version_1();
        sizes(&mut config, rng);
        (self.enable)(&mut config);
        // Some bytes are no module to wasm-smith.
        let mut last = String::new();
        for _ in 0..TRIES {
            let mut bytes = vec![0; 1 << rng.u32(6..14)];
            rng.fill(&mut bytes);
            match Module::new(config.clone(), &mut Unstructured::new(&bytes)) {
                Ok(module) => return Ok(module.to_bytes()),
                Err(why) => last = why.to_string(),
            }
        }
        Err(format!("wasm-smith makes no module: {}: {last}", self.name))
    }
}

/// No proposal but mutable globals, which wasm-smith always has.
fn version_1() -> Config {
    Config {
        bulk_memory_enabled: false,
        compact_imports_enabled: false,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        multi_value_enabled: false,
        reference_types_enabled: false,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: false,
        sign_extension_ops_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    }
}

/// Everything about the shape that no proposal has a say in.
fn sizes(c: &mut Config, rng: &mut Rng) {
    let most = [3, 10, 30][rng.usize(..3)];
    c.max_types = most;
    c.max_funcs = most;
    c.max_globals = most;
    c.max_exports = most;
    c.max_element_segments = most;
    c.max_data_segments = most;
    c.max_imports = most;
    c.max_instructions = [20, 100, 300][rng.usize(..3)];
    c.min_funcs = rng.usize(..3);
    c.min_exports = rng.usize(..2);
    c.max_memory32_bytes = if rng.bool() { 1 << 20 } else { 1 << 32 };
    // Beyond the limit of herkos (10 million) once in a while.
    c.max_table_elements = if rng.u8(..8) == 0 { 20_000_000 } else { 1000 };
    c.export_everything = rng.u8(..4) == 0;
    c.generate_custom_sections = rng.u8(..4) == 0;
    c.allow_floats = rng.u8(..8) != 0;
    c.min_uleb_size = if rng.u8(..4) == 0 { rng.u8(1..6) } else { 1 };
    match rng.u8(..4) {
        0 => {} // any imports
        1 => c.available_imports = Some(wat::parse_str(IMPORTS).expect("IMPORTS is a module")),
        _ => c.max_imports = 0,
    }
}
