//! What changes generated code and not what it does: options of herkos-c, and whose the memory is. They
//! follow from a module's name, and are kept with it as herkos-c has them on its command line.

use std::fmt;

use fastrand::Rng;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Variation {
    pub fuel: bool,
    trace: bool,
    /// NaNs are the machine's. The module itself makes canonical ones of them, before anything sees
    /// their bits.
    pub spec_nan: bool,
    part_bytes: Option<u32>,
    /// The subject imports its memory, and is lent one with each call.
    pub lent: Option<Lent>,
}

/// How a memory is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lent {
    /// With its maximum.
    Bounded,
    /// Without: what is lent decides.
    Unbounded,
}

/// The largest part: functions are a few hundred bytes, so that most modules have several.
const MOST_PART_BYTES: u32 = 500;

impl Variation {
    /// One of all. `may_leave_nan`: can the module be made to hide the bits of NaNs?
    pub fn choose(rng: &mut Rng, may_leave_nan: bool) -> Self {
        Self {
            fuel: rng.bool(),
            trace: rng.u8(..3) == 0,
            spec_nan: rng.u8(..3) == 0 && may_leave_nan,
            part_bytes: rng.bool().then(|| rng.u32(1..=MOST_PART_BYTES)),
            lent: match rng.u8(..6) {
                0 => Some(Lent::Bounded),
                1 => Some(Lent::Unbounded),
                _ => None,
            },
        }
    }

    /// What [`Display`](fmt::Display) wrote.
    pub fn parse(line: &str) -> Result<Self, String> {
        let mut variation = Self::default();
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "--fuel" => variation.fuel = true,
                "--trace" => variation.trace = true,
                "--nan" => variation.spec_nan = words.next() == Some("spec"),
                "--part-bytes" => {
                    let bytes = words.next().and_then(|bytes| bytes.parse().ok());
                    variation.part_bytes = Some(bytes.ok_or("--part-bytes needs a number")?);
                }
                "--lent" => {
                    variation.lent = match words.next() {
                        Some("bounded") => Some(Lent::Bounded),
                        Some("unbounded") => Some(Lent::Unbounded),
                        _ => return Err("--lent is bounded or unbounded".to_owned()),
                    };
                }
                _ => return Err(format!("{word} is no option that varies")),
            }
        }
        Ok(variation)
    }

    /// The same without what keeps loops from being rolled up.
    pub fn rolling(self) -> Self {
        Self { fuel: false, trace: false, ..self }
    }

    /// The same with one option less, in every way.
    pub fn simpler(self) -> Vec<Self> {
        let all = [
            Self { fuel: false, ..self },
            Self { trace: false, ..self },
            Self { spec_nan: false, ..self },
            Self { part_bytes: None, ..self },
            Self { lent: None, ..self },
        ];
        all.into_iter().filter(|simpler| *simpler != self).collect()
    }
}

impl Variation {
    /// Those that are options of herkos-c.
    pub fn arguments(&self) -> Vec<String> {
        let text = Self { lent: None, ..*self }.to_string();
        text.split(' ').map(str::to_owned).collect()
    }
}

impl fmt::Display for Variation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "--nan {}", if self.spec_nan { "spec" } else { "canonical" })?;
        f.write_str(if self.fuel { " --fuel" } else { "" })?;
        f.write_str(if self.trace { " --trace" } else { "" })?;
        self.part_bytes.map_or(Ok(()), |bytes| write!(f, " --part-bytes {bytes}"))?;
        f.write_str(match self.lent {
            Some(Lent::Bounded) => " --lent bounded",
            Some(Lent::Unbounded) => " --lent unbounded",
            None => "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Variation;

    #[test]
    fn what_is_written_is_read_again() {
        let mut rng = fastrand::Rng::with_seed(1);
        for _ in 0..100 {
            let variation = Variation::choose(&mut rng, true);
            assert_eq!(Variation::parse(&variation.to_string()), Ok(variation));
            for simpler in variation.simpler() {
                assert_eq!(simpler.simpler().len() + 1, variation.simpler().len());
            }
        }
        assert!(Variation::parse("--optimize").is_err());
    }
}
