//! The mutations of tests/validity for libFuzzer and AFL++, which are told in C.

#[allow(dead_code)]
#[path = "../../../validity/src/generate/model.rs"]
mod model;
#[path = "../../../validity/src/generate/mutate.rs"]
mod mutate;

use std::slice;

use fastrand::Rng;

/// Changes the module in `data[..size]`, for which there is room up to `most`. The new size, or 0
/// where the outcome does not fit: then nothing is changed.
///
/// # Safety
/// `data` points to `most` bytes that nobody else uses meanwhile, `size` of them initialised.
#[no_mangle]
pub unsafe extern "C" fn herkos_mutate(
    data: *mut u8,
    size: usize,
    most: usize,
    seed: u32,
) -> usize {
    // SAFETY: the caller's promise.
    let bytes = unsafe { slice::from_raw_parts(data, size) };
    let mut rng = Rng::with_seed(seed.into());
    let (_, changed) = mutate::mutate(&mut rng, bytes, &[]);
    if changed.len() > most {
        return 0;
    }
    // SAFETY: likewise; `bytes` is not used any more.
    let place = unsafe { slice::from_raw_parts_mut(data, changed.len()) };
    place.copy_from_slice(&changed);
    changed.len()
}
