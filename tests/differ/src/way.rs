//! How herkos is told to translate a module: what users may set and what the generated code differs by,
//! chosen anew for each module.

use std::fmt;

use fastrand::Rng;

/// Parts of a module that is cut into several have so much code.
pub const PART_BYTES: u32 = 200;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// The work is counted; there is enough for all of it.
    pub fuel: bool,
    /// Traps leave a trace.
    pub trace: bool,
    /// The module is cut into parts, as large ones are.
    pub parts: bool,
    /// Loops count as they do in the module.
    pub plain_counters: bool,
    /// herkos doesn't tell the compiler how long the memory is.
    pub opaque_memory: bool,
}

/// What is on, by names.
const NAMES: [&str; 5] = ["fuel", "trace", "parts", "plain-counters", "opaque-memory"];

impl Way {
    pub fn choose(rng: &mut Rng) -> Self {
        let mut one_of = |n: u8| rng.u8(..n) == 0;
        Self {
            fuel: one_of(4),
            trace: one_of(4),
            parts: one_of(4),
            plain_counters: one_of(8),
            opaque_memory: one_of(8),
        }
    }

    fn flags(&mut self) -> [&mut bool; NAMES.len()] {
        [
            &mut self.fuel,
            &mut self.trace,
            &mut self.parts,
            &mut self.plain_counters,
            &mut self.opaque_memory,
        ]
    }

    /// Of names with spaces between them.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut way = Self::default();
        for word in text.split_whitespace() {
            let place = NAMES.iter().position(|name| *name == word);
            let place = place.ok_or_else(|| format!("there is no way {word:?}"))?;
            *way.flags()[place] = true;
        }
        Ok(way)
    }

    /// Options of herkos-c that herkos-build has no key for.
    pub fn options(self) -> Vec<String> {
        let mut options = Vec::new();
        if self.parts {
            options.extend(["--part-bytes".to_owned(), PART_BYTES.to_string()]);
        }
        if self.plain_counters {
            options.extend(["--without", "counters"].map(str::to_owned));
        }
        if self.opaque_memory {
            options.extend(["--without", "memory-length"].map(str::to_owned));
        }
        options
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut copy = *self;
        let flags = copy.flags().map(|flag| *flag);
        let on = NAMES.iter().zip(flags).filter(|(_, on)| *on).map(|(name, _)| *name);
        f.write_str(&on.collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Way, NAMES};

    #[test]
    fn a_way_is_read_as_it_is_shown() {
        for place in 0..NAMES.len() {
            let mut way = Way::default();
            *way.flags()[place] = true;
            assert_eq!(way.to_string(), NAMES[place]);
            assert_eq!(Way::parse(NAMES[place]), Ok(way));
        }
        let all = NAMES.join(" ");
        assert_eq!(Way::parse(&all).map(|way| way.to_string()), Ok(all));
        assert!(Way::parse("fuel?").is_err());
    }
}
