//! Keeps every operation of herkos-runtime in a small no_std library, each without a caller whose
//! values would prove its checks away.
#![no_std]

use core::hint::black_box;
use herkos_runtime::{prelude::*, Snapshot};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

macro_rules! keep {
    ($args:tt: $($name:ident)+) => {$( keep!(@ $args $name); )+};
    (@ (_) $name:ident) => { black_box($name as fn(_) -> _) };
    (@ (_ _ _) $name:ident) => { black_box($name as fn(_, _, _) -> _) };
    (@ (& _ _ _ _) $name:ident) => { black_box($name as fn(&_, _, _, _, _) -> _) };
    (@ (&mut _ _ _ _) $name:ident) => { black_box($name as fn(&mut _, _, _, _, _) -> _) };
    (@ (_ _) $name:ident) => { black_box($name as fn(_, _) -> _) };
    (@ (&) $name:ident) => { black_box($name as fn(&_) -> _) };
    (@ (& _ _) $name:ident) => { black_box($name as fn(&_, _, _) -> _) };
    (@ (&mut _) $name:ident) => { black_box($name as fn(&mut _, _) -> _) };
    (@ (&mut _ _ _) $name:ident) => { black_box($name as fn(&mut _, _, _, _) -> _) };
}

mod v128;
mod wasi;

#[no_mangle]
pub extern "C" fn keep_all() {
    keep!((& _ _): i32_load i64_load f32_load f64_load i32_load8_s i32_load8_u i32_load16_s
        i32_load16_u i64_load8_s i64_load8_u i64_load16_s i64_load16_u i64_load32_s i64_load32_u);
    keep!((&mut _ _ _): i32_store i64_store f32_store f64_store i32_store8 i32_store16 i64_store8
        i64_store16 i64_store32 memory_copy memory_fill);
    keep!((_ _): i32_div_s i32_div_u i32_rem_s i32_rem_u i64_div_s i64_div_u i64_rem_s i64_rem_u
        i32_shl i32_shr_s i32_shr_u i32_rotl i32_rotr i64_shl i64_shr_s i64_shr_u i64_rotl i64_rotr
        i32_lt_u i32_gt_u i32_le_u i32_ge_u i64_lt_u i64_gt_u i64_le_u i64_ge_u
        f32_min f32_max f32_copysign f64_min f64_max f64_copysign);
    keep!((_): i32_clz i32_ctz i32_popcnt i64_clz i64_ctz i64_popcnt i32_wrap_i64 i64_extend_i32_u
        i32_extend8_s i32_extend16_s i64_extend8_s i64_extend16_s i64_extend32_s);
    keep!((_): f32_abs f32_neg f32_ceil f32_floor f32_trunc f32_nearest f32_sqrt f32_canonical
        f64_abs f64_neg f64_ceil f64_floor f64_trunc f64_nearest f64_sqrt f64_canonical
        f32_demote_f64 f64_promote_f32 i32_reinterpret_f32 i64_reinterpret_f64 f32_reinterpret_i32
        f64_reinterpret_i64);
    keep!((_): i32_trunc_f32_s i32_trunc_f32_u i32_trunc_f64_s i32_trunc_f64_u
        i64_trunc_f32_s i64_trunc_f32_u i64_trunc_f64_s i64_trunc_f64_u
        i32_trunc_sat_f32_s i32_trunc_sat_f32_u i32_trunc_sat_f64_s i32_trunc_sat_f64_u
        i64_trunc_sat_f32_s i64_trunc_sat_f32_u i64_trunc_sat_f64_s i64_trunc_sat_f64_u
        f32_convert_i32_s f32_convert_i32_u f32_convert_i64_s f32_convert_i64_u
        f64_convert_i32_s f64_convert_i32_u f64_convert_i64_s f64_convert_i64_u);
    keep!((&): memory_size memory_size_bytes);
    black_box(memory_grow as fn(&mut GrowableMemory<'_>, _) -> _);
    black_box(memory_grow_bytes as fn(&mut GrowableMemory<'_>, _) -> _);
    black_box(memory_init as fn(&mut _, &_, _, _, _) -> _);
    type Memory = herkos_runtime::Memory<131_072>;
    black_box(Memory::reset as fn(&mut _, _) -> _);
    black_box(Memory::bytes as fn(&_) -> &_);
    black_box(Memory::bytes_mut as fn(&mut _) -> &mut _);
    black_box(Memory::growable as fn(&mut _) -> GrowableMemory<'_>);
    black_box(GrowableMemory::at_most as fn(_, _) -> _);
    type Table = herkos_runtime::Table<FuncRef, 100>;
    black_box(Table::new as fn(_) -> _);
    type View = herkos_runtime::TableView<FuncRef>;
    black_box(View::get as fn(&_, _) -> _);
    black_box(View::set as fn(&mut _, _, _) -> _);
    black_box(View::lookup as fn(&_, _, _) -> _);
    black_box(View::grow as fn(&mut _, _, _) -> _);
    black_box(View::fill as fn(&mut _, _, _, _) -> _);
    black_box(View::copy_within as fn(&mut _, _, _, _) -> _);
    black_box(View::init as fn(&mut _, &_, _, _, _) -> _);
    v128::keep_all();
    wasi::keep_all(black_box(&mut [0; 64]));
    black_box(Parts::save_state::<&mut [u8]> as fn(&_, &mut _) -> _);
    black_box(Parts::restore_state::<&[u8]> as fn(&mut _, &mut _) -> _);
    black_box(Parts::compare_state::<&[u8]> as fn(&_, &mut _) -> _);
    black_box(Parts::state_size as fn(&Parts) -> _);
}

/// One of each part of a snapshot.
struct Parts {
    memory: herkos_runtime::Memory<131_072>,
    funcs: Table<FuncRef, 100>,
    externs: Table<ExternRef, 100>,
    float: f64,
    dropped: DroppedSegments<3>,
}

const STATE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567";

impl Snapshot for Parts {
    fn save_state<S: snapshot::Sink>(&self, sink: &mut S) -> Result<(), S::Error> {
        let mut to = snapshot::Saver::new(sink, STATE)?;
        to.table_size(&self.funcs)?;
        to.table_size(&self.externs)?;
        to.memory(self.memory.bytes())?;
        to.value(&self.float)?;
        to.table(&self.funcs)?;
        to.table(&self.externs)?;
        to.dropped(&self.dropped)
    }

    fn restore_state<S: snapshot::Source>(
        &mut self,
        source: &mut S,
    ) -> Result<(), snapshot::Error<S::Error>> {
        let mut from = snapshot::Restorer::new(source, STATE)?;
        let funcs = from.table_size(&self.funcs, 1)?;
        let externs = from.table_size(&self.externs, 0)?;
        from.memory(&mut self.memory, 65536..=131_072)?;
        from.value(&mut self.float)?;
        from.table(&mut self.funcs, funcs)?;
        from.table(&mut self.externs, externs)?;
        from.dropped(&mut self.dropped)
    }
}
