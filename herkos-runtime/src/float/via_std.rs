//! Rounding and square root as the standard library has them.

macro_rules! methods {
    ($($name:ident: $ty:ident.$method:ident;)+) => {$(
        #[inline]
        pub(super) fn $name(a: $ty) -> $ty {
            a.$method()
        }
    )+};
}

methods! {
    f32_ceil: f32.ceil;
    f32_floor: f32.floor;
    f32_trunc: f32.trunc;
    f32_nearest: f32.round_ties_even;
    f32_sqrt: f32.sqrt;
    f64_ceil: f64.ceil;
    f64_floor: f64.floor;
    f64_trunc: f64.trunc;
    f64_nearest: f64.round_ties_even;
    f64_sqrt: f64.sqrt;
}
