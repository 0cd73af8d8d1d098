//! How much stack modules take. To make an instance: less than 1 KiB beside the instance, which is large
//! only with tables that change, and is copied around then. A call of an exported function: no more than
//! its bound says.

#![no_std]
#![no_main]

use board::println;
use core::hint::black_box;
use core::mem::size_of_val;
use herkos_runtime::{Memory, StackBound, WasmTrap, PAGE_SIZE};
use herkos_tests_embedded::probe::{self, Meter, MEASURES};
use static_cell::ConstStaticCell;

herkos_runtime::include_modules!();

const UNOPTIMIZED: bool = cfg!(debug_assertions);
/// The most stack beside the instance.
const MOST: usize = 1024;
/// How often the instance lies on the stack while it is made, at most.
const COPIES: usize = if UNOPTIMIZED { 8 } else { 2 };

/// One for all modules of this program.
static MEMORY: ConstStaticCell<Memory<{ 2 * PAGE_SIZE }>> = ConstStaticCell::new(Memory::new());

#[board::entry]
fn main() -> ! {
    let (room, memory) = (probe::lent(), MEMORY.take());
    let mut marks = Marks::default();
    for (module, measure) in MEASURES {
        marks.module = module;
        measure(room, &mut marks);
    }
    measure_own(memory, &mut marks);
    board::exit(marks.good())
}

/// Everything that was measured.
#[derive(Default)]
struct Marks {
    module: &'static str,
    modules: usize,
    /// The most that an instance took beside itself.
    instance: usize,
    /// Calls by how many quarters of their bound they took; the last are beyond it.
    calls: [usize; 5],
    /// The call that took most of its bound: how many percent, and which it is.
    closest: (usize, &'static str, &'static str),
}

impl Meter for Marks {
    fn instance(&mut self, make: &mut dyn FnMut() -> usize) {
        let most = 64 * 1024;
        let (size, used) = board::stack::used_by(most, make);
        let beside = used.saturating_sub(COPIES * size);
        if beside >= MOST {
            println!("{}: stack {used} for an instance of {size}", self.module);
        }
        self.instance = self.instance.max(beside);
        self.modules += 1;
    }

    fn call(
        &mut self,
        export: &'static str,
        bound: StackBound,
        operands: &[i32],
        call: &mut dyn FnMut(),
    ) {
        let bound = if UNOPTIMIZED {
            bound.unoptimized()
        } else {
            bound.optimized()
        } as usize;
        for &operand in operands {
            probe::set_operand(operand);
            let ((), used) = board::stack::used_by(bound + MOST, &mut *call);
            probe::set_operand(0);
            if used > bound {
                println!(
                    "{}::{export}({operand}): {used} where {bound} is the bound",
                    self.module
                );
            }
            self.calls[(used.saturating_sub(1) * 4 / bound).min(4)] += 1;
            let taken = (used * 100 / bound, self.module, export);
            self.closest = self.closest.max(taken);
        }
    }
}

impl Marks {
    /// Prints the result.
    fn good(&self) -> bool {
        let Self {
            modules,
            instance,
            calls,
            closest,
            ..
        } = self;
        let (percent, module, export) = closest;
        println!(
            "{modules} instances: at most {instance} bytes beside {COPIES} times the instance"
        );
        println!("calls by quarters of their bounds: {calls:?}");
        println!(
            "{} calls, {} beyond their bounds; the closest took {percent} %: {module}::{export}",
            calls.iter().sum::<usize>(),
            calls[4],
        );
        *instance < MOST && calls[4] == 0 && *modules > 80 && calls.iter().sum::<usize>() > 3000
    }
}

/// What the modules of this program import: a function that no optimiser sees through.
struct Host;

macro_rules! host {
    ($($module:ident)+) => {$(
        impl $module::Env for Host {
            #[inline(never)]
            fn turn(&mut self, _: &mut [u8], x: i32) -> Result<i32, WasmTrap> {
                Ok(black_box(x))
            }
        }
    )+};
}

host!(frames_i32 frames_i64 frames_f32 frames_f64 frames_v128);

/// From a list of modules with their exports, the function that has them measured.
macro_rules! measured {
    ($($module:ident($($host:expr)?) { $($export:ident $bound:ident, $operands:expr;)+ })+) => {
        fn measure_own(memory: &mut Memory<{ 2 * PAGE_SIZE }>, marks: &mut Marks) {$(
            marks.module = stringify!($module);
            marks.instance(&mut || {
                size_of_val(black_box(&$module::Module::new(&mut *memory $(, $host)?)))
            });
            if let Ok(mut module) = $module::Module::new(&mut *memory $(, $host)?) {$(
                let call = &mut || {
                    let _ = black_box(module.$export(probe::operand()));
                };
                marks.call(stringify!($export), $module::stack_bounds::$bound, $operands, call);
            )+}
        )+}
    };
}

include!(concat!(env!("OUT_DIR"), "/measured.rs"));
