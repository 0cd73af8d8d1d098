//! Everything that generated code and the runtime can do, so that the linker keeps it: none of it may be
//! able to panic. It is linked and never run.

use core::hint::black_box;
use core::mem::size_of_val;
use herkos_runtime::prelude::*;
use herkos_runtime::{Memory, StackBound};
use static_cell::ConstStaticCell;

include!(concat!(env!("OUT_DIR"), "/probe_calls.rs"));

/// Implements every import of every module.
struct Host;

/// A value that no optimiser knows.
fn opaque<T: Opaque>() -> T {
    black_box(T::value())
}

trait Opaque {
    fn value() -> Self;
}

macro_rules! opaque {
    ($($ty:ty: $value:expr;)+) => {
        $(impl Opaque for $ty {
            fn value() -> Self { $value }
        })+
    };
}

opaque! {
    (): ();
    i32: 0;
    u32: 0;
    i64: 0;
    u64: 0;
    usize: 0;
    f32: 0.0;
    f64: 0.0;
    bool: false;
    FuncRef: FuncRef::new(0, 0);
    ExternRef: ExternRef::new(0);
}

impl<A: Opaque, B: Opaque> Opaque for (A, B) {
    fn value() -> Self {
        (A::value(), B::value())
    }
}

impl<T: Opaque> Opaque for Result<T, WasmTrap> {
    fn value() -> Self {
        Ok(T::value())
    }
}

static LENT: ConstStaticCell<[u8; 65536]> = ConstStaticCell::new([0; 65536]);

fn lent() -> &'static mut [u8] {
    match LENT.try_take() {
        Some(memory) => memory,
        None => &mut [],
    }
}

/// What a host may call and generated code does not, or not with operands like these.
#[inline(never)]
fn runtime() {
    let mut table = Table::<FuncRef, 4>::new(opaque());
    let _ = black_box((table.set(opaque(), opaque()), table.get(opaque())));
    let _ = black_box((
        table.fill(opaque(), opaque(), opaque()),
        table.grow(opaque(), opaque()),
    ));
    let _ = black_box(table.copy_within(opaque(), opaque(), opaque()));
    let _ = black_box((table.lookup(opaque(), opaque()), table.size()));
    let segment = [FuncRef::new(1, 2); 3];
    let dropped = DroppedSegments::<2>::new();
    let segment = dropped.get(opaque(), black_box(&segment));
    let _ = black_box(table.init(segment, opaque(), opaque(), opaque()));
    let reference = table.entries().first().copied().unwrap_or(opaque());
    black_box((reference.is_null(), reference.ty(), reference.func()));
    black_box(opaque::<ExternRef>().get());

    let mut memory = Memory::<5000>::new();
    let _ = black_box(memory.reset(opaque()));
    let mut growable = memory.growable();
    black_box((
        growable.grow(opaque()),
        growable.grow_bytes(opaque()),
        growable.size(),
    ));
    black_box((growable.bytes_mut(), memory_size_bytes(lent())));
    let (storage, mut active) = (lent(), opaque());
    black_box(GrowableMemory::new(storage, &mut active).bytes());
    black_box((f32_quiet(opaque()), f64_quiet(opaque())));
    let _ = black_box((
        stack_enter(opaque(), opaque()),
        fuel_consume(&mut opaque(), opaque()),
    ));
    let _ = black_box(memory_check(lent(), opaque()));
    black_box(memory_grow_fixed(opaque(), opaque()));
    let bound = StackBound::new(opaque(), opaque());
    black_box((bound.optimized(), bound.unoptimized()));
}
