//! What modules import. Everything follows from what it was asked so far, so both sides see the same.

use std::collections::BTreeMap;

use herkos_runtime::WasmTrap;

use crate::{mix, Wire};

/// The host of either side.
#[derive(Debug, Default)]
pub struct Host {
    asked: u64,
    state: u64,
    text: String,
    /// What was put into mutable globals, as text.
    globals: BTreeMap<u32, String>,
}

/// Often at the edges, where modules behave differently.
const EDGES: [u64; 8] = [0, 1, u64::MAX, 31, 1 << 31, 0x7fc0_0000, 0x7ff0_0000_0000_0000, 65535];

impl Host {
    /// Function `import` is called.
    pub fn ask(&mut self, import: u32) {
        self.asked += 1;
        self.state = mix(self.state, u64::from(import));
    }

    /// An argument of the call.
    pub fn take<T: Wire>(&mut self, value: &T) {
        self.text.clear();
        value.put(&mut self.text);
        self.state = mix(self.state, crate::hash(self.text.as_bytes()));
    }

    /// Reads and sometimes changes the memory of its caller, and sometimes fails.
    ///
    /// # Errors
    /// [`WasmTrap::Host`].
    pub fn meet(&mut self, memory: &mut [u8]) -> Result<(), WasmTrap> {
        let place = self.state >> 8;
        if let Some(at) = usize::try_from(place).ok().and_then(|p| p.checked_rem(memory.len())) {
            if let Some(byte) = memory.get_mut(at) {
                self.state = mix(self.state, u64::from(*byte));
                if self.state & 3 == 0 {
                    *byte = byte.wrapping_add(1);
                }
            }
        }
        match self.state & 63 {
            63 => Err(WasmTrap::Host(self.state as u32)),
            _ => Ok(()),
        }
    }

    /// A result of the call.
    pub fn answer<T: Wire>(&mut self) -> T {
        self.state = mix(self.state, 1);
        let (high, low) = (self.state, mix(self.state, 2));
        let low = match low & 1 {
            0 => EDGES[(low >> 1) as usize % EDGES.len()],
            _ => low,
        };
        T::from_host(u128::from(high) << 64 | u128::from(low))
    }

    /// The value of an imported global, which no call comes before.
    pub fn global<T: Wire>(import: u32) -> T {
        let low = mix(7, u64::from(import));
        T::from_host(u128::from(low) << 64 | u128::from(low >> 40))
    }

    /// The value of an imported global that is mutable.
    #[must_use]
    pub fn get<T: Wire>(&self, import: u32) -> T {
        let text = self.globals.get(&import);
        text.map_or_else(|| Self::global(import), |text| T::get(text.trim_start()))
    }

    /// Changes it.
    pub fn set<T: Wire>(&mut self, import: u32, value: &T) {
        let text = self.globals.entry(import).or_default();
        text.clear();
        value.put(text);
    }

    /// What it was asked, all in all.
    #[must_use]
    pub fn shown(&self) -> String {
        format!(" host {} {:016x}", self.asked, self.state)
    }
}
