//! wasmparser's verdict: the third opinion, which decides where wabt is known to be wrong.

use wasmparser::{Validator, WasmFeatures};

use super::Verdict;

/// WebAssembly 2.0, relaxed SIMD, and pages of other sizes.
pub fn supported() -> WasmFeatures {
    WasmFeatures::WASM2 | WasmFeatures::RELAXED_SIMD | WasmFeatures::CUSTOM_PAGE_SIZES
}

/// And the proposals that herkos-c is to name when it refuses them.
pub fn with_proposals() -> WasmFeatures {
    supported()
        | WasmFeatures::WASM3
        | WasmFeatures::LEGACY_EXCEPTIONS
        | WasmFeatures::THREADS
        | WasmFeatures::ACQUIRE_RELEASE_ATOMICS
        | WasmFeatures::WIDE_ARITHMETIC
        | WasmFeatures::COMPACT_IMPORTS
        | WasmFeatures::CUSTOM_DESCRIPTORS
        | WasmFeatures::MULTIBYTE_ARRAY_ACCESS
}

pub fn validate(bytes: &[u8], features: WasmFeatures) -> Verdict {
    match Validator::new_with_features(features).validate_all(bytes) {
        Ok(_) => Verdict::Accepts,
        Err(error) => Verdict::Refuses(error.message().to_owned()),
    }
}
