//! Everything that generated code and the runtime can do. The probe links it, and never runs it: none of
//! it may be able to panic. The program `stack` runs and measures the modules' part of it.

use core::hash::Hasher;
use core::hint::black_box;
use core::mem::size_of_val;
use core::sync::atomic::{AtomicI32, Ordering};
use herkos_runtime::prelude::*;
use herkos_runtime::wasi::{self, Errno, Fd, FdStat, FileStat, FileType, Minimal, Rights};
use herkos_runtime::{Memory, Snapshot, StackBound};
use static_cell::ConstStaticCell;

include!(concat!(env!("OUT_DIR"), "/probe_calls.rs"));

/// Implements every import of every module.
struct Host;

/// Measures how much stack something takes.
pub trait Meter {
    /// Is handed what makes an instance of the module, and says how large it is.
    fn instance(&mut self, make: &mut dyn FnMut() -> usize);

    /// Is handed a call of an exported function, to be made once for each [operand](set_operand).
    fn call(
        &mut self,
        export: &'static str,
        bound: StackBound,
        operands: &[i32],
        call: &mut dyn FnMut(),
    );
}

/// With which the functions of the modules here are called: small, and too large.
const OPERANDS: &[i32] = &[0, 1, 7, 1000, -1];

static OPERAND: AtomicI32 = AtomicI32::new(0);

/// What all arguments of calls are from now on, and what the host answers, if it is a number.
pub fn set_operand(operand: i32) {
    OPERAND.store(operand, Ordering::Relaxed);
}

/// The number that was set last.
pub fn operand() -> i32 {
    black_box(OPERAND.load(Ordering::Relaxed))
}

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
    i32: operand();
    u32: 0;
    i64: i64::from(operand());
    u64: 0;
    usize: 0;
    f32: operand() as f32;
    f64: f64::from(operand());
    V128: i32x4_splat(operand());
    bool: false;
    FuncRef: FuncRef::new(0, 0);
    ExternRef: ExternRef::new(0);
    WasmTrap: WasmTrap::Unreachable;
    &str: "";
    &[u8]: &[];
    &[&str]: &[];
    Option<&[u8]>: None;
    Errno: Errno::Io;
    Fd: Fd(0);
    wasi::RoFlags: wasi::RoFlags::empty();
    FdStat: FdStat {
        filetype: FileType::Unknown,
        flags: wasi::FdFlags::empty(),
        rights_base: Rights::empty(),
        rights_inheriting: Rights::empty(),
    };
    FileStat: FileStat {
        dev: 0,
        ino: 0,
        filetype: FileType::Unknown,
        nlink: 0,
        size: 0,
        atim: 0,
        mtim: 0,
        ctim: 0,
    };
    Option<wasi::Dirent<'_>>: None;
}

impl<A: Opaque, B: Opaque> Opaque for (A, B) {
    fn value() -> Self {
        (A::value(), B::value())
    }
}

/// More results than are recorded.
impl<T: Opaque> Opaque for (T, T, T, T, T, T, T, T, T) {
    fn value() -> Self {
        (
            T::value(),
            T::value(),
            T::value(),
            T::value(),
            T::value(),
            T::value(),
            T::value(),
            T::value(),
            T::value(),
        )
    }
}

/// Whether it is an error, nobody knows.
impl<T: Opaque, E> Opaque for Result<T, E> {
    fn value() -> Self {
        Ok(T::value())
    }
}

static LENT: ConstStaticCell<[u8; 65536]> = ConstStaticCell::new([0; 65536]);

/// What modules that import their memory are lent; once.
pub fn lent() -> &'static mut [u8] {
    match LENT.try_take() {
        Some(memory) => memory,
        None => &mut [],
    }
}

/// The state of an instance, to a slice and from one.
#[inline(never)]
fn snapshots<M: Snapshot>(module: &mut M, room: &mut [u8]) {
    let state = black_box(room);
    let _ = black_box(module.save_state(&mut &mut *state));
    let _ = black_box(module.compare_state(&mut &*state));
    let _ = black_box(module.restore_state(&mut &*state));
    let mut hash = Sum(0);
    module.hash_state(&mut hash);
    black_box((hash.finish(), module.state_size()));
}

struct Sum(u64);

impl Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(5) ^ u64::from(*byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The host for programs that only print, all of it.
#[inline(never)]
fn minimal() {
    let mut host = Minimal::new(|fd: Fd, text: &[u8]| {
        black_box((fd, text));
    })
    .with_args(opaque())
    .with_variables(opaque());
    black_box(&mut host as &mut dyn wasi::Args);
    black_box(&mut host as &mut dyn wasi::Environ);
    black_box(&mut host as &mut dyn wasi::Clocks);
    black_box(&mut host as &mut dyn wasi::Random);
    black_box(&mut host as &mut dyn wasi::Fds);
    black_box(&mut host as &mut dyn wasi::Paths);
    black_box(&mut host as &mut dyn wasi::Poll);
    black_box(&mut host as &mut dyn wasi::Process);
    black_box(&mut host as &mut dyn wasi::Sockets);
}

/// What a host may call and generated code does not, or not with operands like these.
#[inline(never)]
fn runtime(room: &mut [u8]) {
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
    let mut growable = memory.growable().at_most(opaque());
    black_box((
        growable.grow(opaque()),
        growable.grow_bytes(opaque()),
        growable.size(),
    ));
    let _ = black_box(memory_check_capacity(&growable, opaque()));
    let _ = black_box(memory_grow_bytes_fueled(
        &mut growable,
        &mut opaque(),
        opaque(),
    ));
    black_box((growable.bytes_mut(), memory_size_bytes(room)));
    let mut active = opaque();
    black_box(GrowableMemory::new(room, &mut active).bytes());
    black_box((f32_quiet(opaque()), f64_quiet(opaque())));
    let _ = black_box((
        stack_enter(opaque(), opaque()),
        fuel_consume(&mut opaque(), opaque()),
    ));
    let _ = black_box((memory_check(room, opaque()), memory_at_least::<9>(room)));
    black_box(memory_grow_fixed(opaque(), opaque()));
    let bound = StackBound::new(opaque(), opaque());
    black_box((bound.optimized(), bound.unoptimized()));
    minimal();
}
