//! A module with every kind of state: saved, and run on twice from there. The snapshot must be the
//! same bytes on all machines, and so must what comes after it.

use crate::operands::Hash;
use crate::state;
use core::convert::Infallible;
use core::fmt;
use herkos_runtime::snapshot::Sink;
use herkos_runtime::{ExternRef, Snapshot, WasmTrap};

/// The memory, and room for a snapshot of it.
pub struct Room {
    pub memory: state::Memory,
    pub saved: [u8; state::MEMORY_BYTES],
}

impl Room {
    pub const fn new() -> Self {
        Self {
            memory: state::Memory::new(),
            saved: [0; state::MEMORY_BYTES],
        }
    }
}

#[derive(Clone, Default)]
struct Host {
    next: i32,
    shared: i32,
}

impl state::Env for Host {
    fn next(&mut self, _: &mut [u8]) -> Result<i32, WasmTrap> {
        self.next += 1;
        Ok(self.next * 1000)
    }
    fn base(&mut self) -> i32 {
        42
    }
    fn shared(&mut self) -> i32 {
        self.shared
    }
    fn set_shared(&mut self, value: i32) {
        self.shared = value;
    }
}

type Module<'a> = state::Module<&'a mut state::Memory, Host>;

struct HashOfBytes(Hash);

impl Sink for HashOfBytes {
    type Error = Infallible;

    fn write(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        bytes.iter().for_each(|&byte| self.0.add(i64::from(byte)));
        Ok(())
    }
}

fn hash(module: &Module) -> u64 {
    let mut sink = HashOfBytes(Hash::new());
    let Ok(()) = Snapshot::save_state(module, &mut sink);
    sink.0.value()
}

/// All that makes the state another than at first.
fn use_it(module: &mut Module) -> Result<(), WasmTrap> {
    module.grow()?;
    module.init_text()?;
    module.init_ops()?;
    module.drop_text()?;
    module.drop_ops()?;
    module.take(ExternRef::new(77))
}

/// The last result, and the state then.
fn run_on(module: &mut Module) -> Result<(i64, u64), WasmTrap> {
    module.use_op(7)?;
    for _ in 0..5 {
        module.step()?;
    }
    Ok((module.step()?, hash(module)))
}

/// Hash of a snapshot, and what came of the runs before and after restoring it.
type Outcome = (u64, (i64, u64), (i64, u64));

fn run_twice(room: &mut Room) -> Result<Outcome, WasmTrap> {
    let mut module = state::Module::new(&mut room.memory, Host::default())?;
    use_it(&mut module)?;
    run_on(&mut module)?;
    let (host, saved) = (module.host().clone(), hash(&module));
    let failed = WasmTrap::Host(1); // never: the room is large enough, and the snapshot good
    Snapshot::save_state(&module, &mut &mut room.saved[..]).map_err(|_| failed)?;
    let first = run_on(&mut module)?;
    Snapshot::restore_state(&mut module, &mut &room.saved[..]).map_err(|_| failed)?;
    *module.host_mut() = host;
    Ok((saved, first, run_on(&mut module)?))
}

/// Whether both runs were the same.
pub fn run(out: &mut dyn fmt::Write, room: &mut Room) -> Result<bool, fmt::Error> {
    let outcome = run_twice(room);
    writeln!(out, "snapshot: {outcome:x?}")?;
    Ok(matches!(outcome, Ok((saved, first, second)) if first == second && first.1 != saved))
}
