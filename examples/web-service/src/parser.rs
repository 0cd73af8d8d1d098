//! The C library behind a safe interface: text in, a sum or what is wrong with the text out.

use herkos_runtime::{BoxedMemory, Snapshot, WasmTrap};

herkos_runtime::include_modules!(); // `mod table`, from c/table.c

/// Work that one text may take: about as many WebAssembly instructions.
const FUEL: u64 = 10_000_000;

/// Why a text has no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is longer than this.
    TooLong(usize),
    /// The parser refuses it at this position.
    Syntax(u32),
    /// The parser did what it must not do, and was stopped.
    Trap(WasmTrap),
}

impl From<WasmTrap> for Fault {
    fn from(trap: WasmTrap) -> Self {
        Self::Trap(trap)
    }
}

/// An instance of the module, and the state that it had when it was new.
pub struct Parser {
    module: table::Module<BoxedMemory>,
    new: Vec<u8>,
}

impl Parser {
    pub fn new() -> Result<Self, WasmTrap> {
        let module = table::Module::boxed()?;
        let mut new = Vec::new();
        module.save_state(&mut new).expect("a Vec takes everything");
        Ok(Self { module, new })
    }

    /// Parses with a module as new: whatever an earlier text did to it, even one that was answered,
    /// has no effect on this one.
    pub fn sum(&mut self, text: &[u8]) -> Result<i32, Fault> {
        self.module
            .restore_state(&mut self.new.as_slice())
            .expect("it is its own state");
        self.module.set_fuel(FUEL);
        let room = self.module.input_size()? as usize;
        if text.len() > room {
            return Err(Fault::TooLong(room));
        }
        let start = self.module.input()? as usize;
        let memory = self.module.memory_mut();
        let place = memory
            .get_mut(start..)
            .and_then(|rest| rest.get_mut(..text.len()));
        place.ok_or(WasmTrap::OutOfBounds)?.copy_from_slice(text);
        match self.module.parse(text.len() as i32)? {
            0 => Ok(self.module.sum()?),
            position => Err(Fault::Syntax(position as u32)),
        }
    }
}
