//! Traces of traps (`trace = true`).

use herkos_runtime::trace::MAX_FRAMES;
use herkos_runtime::{Traced, TrapTrace, WasmTrap, PAGE_SIZE};
use herkos_tests_api::{traced, traced_fuel, traced_library, traced_start};

static BINARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/traced.wasm"));

/// Opcodes (§5.4).
const UNREACHABLE: u8 = 0x00;
const LOOP: u8 = 0x03;
const CALL: u8 = 0x10;
const CALL_INDIRECT: u8 = 0x11;
const I32_LOAD: u8 = 0x28;
const I32_DIV_S: u8 = 0x6d;
const I32_TRUNC_F64_S: u8 = 0xaa;
const PREFIX_FC: u8 = 0xfc;

struct Host(Result<i32, WasmTrap>);

impl traced::Env for Host {
    fn ask(&mut self, _: &mut [u8], _: i32) -> Result<i32, WasmTrap> {
        self.0
    }
}

impl traced_fuel::Env for Host {
    fn ask(&mut self, _: &mut [u8], _: i32) -> Result<i32, WasmTrap> {
        self.0
    }
}

fn instance() -> traced::Module<herkos_runtime::BoxedMemory, Host> {
    traced::Module::boxed(Host(Err(WasmTrap::Host(3)))).unwrap()
}

/// The frames: functions, and the opcodes that stand in the binary at their offsets.
fn frames(trace: &TrapTrace) -> Vec<(&'static str, u8)> {
    let frames = trace.frames();
    frames
        .map(|frame| (frame.function, BINARY[frame.offset as usize]))
        .collect()
}

#[test]
fn every_kind_of_trap_says_where() {
    let mut m = instance();
    let trace = |m: &traced::Module<_, _>| frames(m.trap_trace());

    assert_eq!(m.divide(0), Err(WasmTrap::DivisionByZero));
    assert_eq!(trace(&m), [("divide", I32_DIV_S)]);
    assert_eq!(m.overflow(1e10), Err(WasmTrap::IntegerOverflow));
    assert_eq!(trace(&m), [("overflow", I32_TRUNC_F64_S)]);
    assert_eq!(m.fill(65_536), Err(WasmTrap::OutOfBounds));
    assert_eq!(trace(&m), [("fill", PREFIX_FC)]);
    assert_eq!(m.never(1), Err(WasmTrap::Unreachable));
    assert_eq!(trace(&m), [("never", UNREACHABLE)]);
    assert_eq!(m.indirect(0, 2), Err(WasmTrap::IndirectCallTypeMismatch));
    assert_eq!(trace(&m), [("indirect", CALL_INDIRECT)]);
    assert_eq!(m.indirect(0, 9), Err(WasmTrap::TableOutOfBounds));
    assert_eq!(trace(&m), [("indirect", CALL_INDIRECT)]);
    let through_table = [("divide", I32_DIV_S), ("indirect", CALL_INDIRECT)];
    assert_eq!(m.indirect(0, 1), Err(WasmTrap::DivisionByZero));
    assert_eq!(trace(&m), through_table);
}

#[test]
fn a_trap_of_the_host_says_where_it_was_called() {
    let mut m = instance();
    assert_eq!(m.ask(1), Err(WasmTrap::Host(3)));
    assert_eq!(frames(m.trap_trace()), [("ask", CALL)]);
    assert_eq!(m.indirect(0, 3), Err(WasmTrap::Host(3)));
    assert_eq!(frames(m.trap_trace()), [("indirect", CALL_INDIRECT)]);
    m.host_mut().0 = Ok(4);
    assert_eq!(m.ask(1), Ok(4));
    assert!(m.trap_trace().is_empty());
}

#[test]
fn calls_are_traced_from_the_inside_out() {
    let mut m = instance();
    let nested = [("load", I32_LOAD), ("middle", CALL), ("nested", CALL)];
    assert_eq!(m.nested(65_533), Err(WasmTrap::OutOfBounds));
    assert_eq!(frames(m.trap_trace()), nested);
    // Of two instructions in one expression the one that trapped.
    let inner = m.trap_trace().frames().next().unwrap().offset;
    m.memory_mut()[8..12].copy_from_slice(&[0xff; 4]);
    assert_eq!(m.nested(8), Err(WasmTrap::OutOfBounds));
    assert_eq!(frames(m.trap_trace()), nested);
    assert_eq!(m.trap_trace().frames().next().unwrap().offset, inner + 3);
    let shown = m.traced(WasmTrap::OutOfBounds).to_string();
    let outer = format!(
        "#2 nested at {:#x}",
        m.trap_trace().frames().last().unwrap().offset
    );
    assert!(shown.starts_with("out of bounds memory access\n#0 load at 0x"));
    assert!(shown.ends_with(&outer));
}

#[test]
fn a_call_starts_anew() {
    let mut m = instance();
    m.nested(-1).unwrap_err();
    assert_eq!(m.divide(7), Ok(1));
    assert!(m.trap_trace().is_empty());
    m.nested(-1).unwrap_err();
    // One that cannot trap; it has the name of the trait's method.
    assert_eq!(traced::Module::trap_trace(&mut m), Ok(5));
    assert!(m.trap_trace().is_empty());
}

#[test]
fn of_deep_recursion_the_innermost_frames_are_known() {
    let mut m = instance();
    assert_eq!(m.down(40), Err(WasmTrap::Unreachable));
    let found = frames(m.trap_trace());
    assert_eq!(found.len(), MAX_FRAMES);
    assert_eq!(found[0], ("down", UNREACHABLE));
    assert!(found[1..].iter().all(|&frame| frame == ("down", CALL)));
    assert_eq!(m.trap_trace().depth(), 41);
    let shown = m.trap_trace().to_string();
    assert_eq!(shown.lines().last(), Some("... and 25 more"));

    assert_eq!(m.down(-1), Err(WasmTrap::StackExhausted));
    let offsets: Vec<u32> = m.trap_trace().frames().map(|f| f.offset).collect();
    assert_eq!(BINARY[offsets[0] as usize], 0, "the body has no locals");
    assert_eq!(BINARY[offsets[1] as usize], CALL);
}

#[test]
fn fuel_ends_on_entry_or_in_a_loop() {
    let mut m = traced_fuel::Module::boxed(Host(Ok(1))).unwrap();
    m.set_fuel(1000);
    assert_eq!(m.spin(), Err(WasmTrap::FuelExhausted));
    assert_eq!(frames(m.trap_trace()), [("spin", LOOP)]);
    assert_eq!(m.divide(1), Err(WasmTrap::FuelExhausted));
    let frame = m.trap_trace().frames().next().unwrap();
    assert_eq!(
        (frame.function, BINARY[frame.offset as usize]),
        ("divide", 0)
    );
    m.set_fuel(1000);
    assert_eq!(m.divide(0), Err(WasmTrap::DivisionByZero));
    assert_eq!(frames(m.trap_trace()), [("divide", I32_DIV_S)]);
}

#[test]
fn a_library_module_is_traced_too() {
    let mut memory = [0; PAGE_SIZE];
    let mut m = traced_library::LibraryModule::new(&mut memory).unwrap();
    assert_eq!(m.load(&mut memory, -1), Err(WasmTrap::OutOfBounds));
    let frame = m.trap_trace().frames().next().unwrap();
    assert_eq!(frame.source, Some(("lib.c", 7)));
    let shown = format!("#0 load at {:#x} (lib.c:7)", frame.offset);
    assert_eq!(m.trap_trace().to_string(), shown);
}

struct Limit(i32);

impl traced_start::Env for Limit {
    fn limit(&mut self) -> i32 {
        self.0
    }
}

#[test]
fn instantiation_gives_its_trace_to_who_asks() {
    let mut trace = TrapTrace::new();
    let new = |limit, trace: &mut TrapTrace| {
        let memory = herkos_runtime::BoxedMemory::zeroed(traced_start::MEMORY_BYTES);
        traced_start::Module::new_traced(memory, Limit(limit), trace).map(|_| ())
    };
    assert_eq!(new(-4, &mut trace), Err(WasmTrap::OutOfBounds));
    let names: Vec<_> = trace.frames().map(|frame| frame.function).collect();
    assert_eq!(names, ["check", "begin"]);
    assert_eq!(new(0, &mut trace), Ok(()));
    assert!(trace.is_empty());
    let plain = traced_start::Module::boxed(Limit(-4)).map(|_| ());
    assert_eq!(plain, Err(WasmTrap::OutOfBounds));
}
