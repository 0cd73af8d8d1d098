//! Modules made by herkos for the tests: without unsafe code, std or alloc, so that no path of
//! theirs leads anywhere but to `core` and to `herkos_runtime`.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use herkos_runtime::{ExternRef, WasmTrap};

herkos_runtime::include_modules!();

/// A host that grants everything to every module.
#[derive(Debug, Default)]
pub struct Granted {
    /// How often it was called.
    pub calls: u32,
    /// What it was told to close.
    pub closed: Option<ExternRef>,
}

impl Granted {
    fn count(&mut self) {
        self.calls = self.calls.wrapping_add(1);
    }
}

impl app::Env for Granted {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        self.count();
        Ok(())
    }

    fn now(&mut self, _memory: &mut [u8]) -> Result<i64, WasmTrap> {
        self.count();
        Ok(1_234)
    }

    fn limit(&mut self) -> i32 {
        100
    }
}

impl app::Store for Granted {
    fn put(&mut self, _memory: &mut [u8], _key: i32, _value: i64) -> Result<i32, WasmTrap> {
        self.count();
        Ok(0)
    }
}

impl other::Env for Granted {
    fn log(&mut self, _memory: &mut [u8], _at: i32, _length: i32) -> Result<(), WasmTrap> {
        self.count();
        Ok(())
    }
}

impl library::Env for Granted {
    fn trace(&mut self, _memory: &mut [u8], _at: i32) -> Result<(), WasmTrap> {
        self.count();
        Ok(())
    }
}

impl taker::Env for Granted {
    fn close(&mut self, handle: ExternRef) -> Result<(), WasmTrap> {
        self.closed = Some(handle);
        Ok(())
    }
}
