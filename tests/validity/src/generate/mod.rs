//! What is judged: modules by number, each made anew from the seed, whoever asks and in whatever
//! order. This half knows nothing of the judges.
//!
//! A *base* is a module from one of the sources; its *variants* are the base itself (0) and mutants
//! of it.

mod model;
mod mutate;
mod seeds;
mod smith;
mod wasm_opt;

pub use model::{Body, Content, Model};
pub use smith::{Group, GROUPS};

use std::fmt;
use std::path::Path;

use fastrand::Rng;

/// The variants of each base.
pub const VARIANTS: u32 = 8;

/// Which module of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    pub base: u32,
    pub variant: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.base, self.variant)
    }
}

/// What its source promises of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    Nothing,
    /// If it is valid by a proposal that herkos does not support, that is to be named.
    Named,
    /// Valid, without such proposals.
    Valid,
}

/// A module to judge.
pub struct Case {
    pub number: Number,
    /// The row of the report.
    pub source: &'static str,
    /// What was done to the base.
    pub mutations: String,
    pub bytes: Vec<u8>,
    pub promise: Promise,
}

enum Source {
    Smith(&'static Group),
    WasmOpt,
    Seed,
    Invalid,
}

/// All that modules are made from.
pub struct Generator {
    seed: u64,
    seeds: Vec<Vec<u8>>,
    invalid: Vec<Vec<u8>>,
    donors: Vec<Model>,
    cycle: Vec<Source>,
}

/// How often the other sources come, in a cycle that has each group of wasm-smith once or twice.
const WASM_OPT_SHARE: usize = 8;
const SEED_SHARE: usize = 8;

impl Generator {
    /// `root` is the repository's folder: the seeds are modules of other tests.
    pub fn new(seed: u64, root: &Path) -> Result<Self, String> {
        let seeds = seeds::valid(root)?;
        let donors = seeds.iter().filter_map(|bytes| Model::parse(bytes));
        let groups = GROUPS.iter();
        let mut cycle: Vec<Source> = groups
            .flat_map(|group| (0..group.share).map(move |_| Source::Smith(group)))
            .collect();
        cycle.extend((0..WASM_OPT_SHARE).map(|_| Source::WasmOpt));
        cycle.extend((0..SEED_SHARE).map(|_| Source::Seed));
        cycle.extend((0..SEED_SHARE).map(|_| Source::Invalid));
        Ok(Self {
            seed,
            donors: donors.collect(),
            seeds,
            invalid: seeds::invalid(root)?,
            cycle,
        })
    }

    /// All variants of a base. `scratch` is a folder for the caller alone.
    pub fn base(&self, base: u32, scratch: &Path) -> Result<Vec<Case>, String> {
        let place = base as usize % self.cycle.len();
        let mut rng = self.rng(base, u32::MAX);
        // One after the other: a share stands together in the cycle, each round goes on.
        let turn = |list: &[Vec<u8>]| {
            let round = base as usize / self.cycle.len();
            list[(round * SEED_SHARE + place % SEED_SHARE) % list.len()].clone()
        };
        let (source, bytes, promise) = match self.cycle[place] {
            Source::Smith(group) => (group.name, group.generate(&mut rng)?, group.promise),
            Source::WasmOpt => {
                let (bytes, promise) = wasm_opt::generate(&mut rng, scratch)?;
                ("wasm-opt -ttf", bytes, promise)
            }
            Source::Seed => ("valid test modules", turn(&self.seeds), Promise::Valid),
            Source::Invalid => (
                "invalid test modules",
                turn(&self.invalid),
                Promise::Nothing,
            ),
        };
        let mut cases = Vec::new();
        for variant in 0..VARIANTS {
            let mut rng = self.rng(base, variant);
            let (mutations, bytes) = match variant {
                0 => ("as it is".to_owned(), bytes.clone()),
                _ => mutate::mutate(&mut rng, &bytes, &self.donors),
            };
            cases.push(Case {
                number: Number { base, variant },
                source,
                mutations,
                bytes,
                promise: if variant == 0 {
                    promise
                } else {
                    Promise::Nothing
                },
            });
        }
        Ok(cases)
    }

    /// Another stream for each seed, base and variant: small seeds are spread over all bits, or one
    /// seed's variant 2 would be another's variant 1.
    fn rng(&self, base: u32, variant: u32) -> Rng {
        let seed = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Rng::with_seed(seed ^ (u64::from(base) << 32 | u64::from(variant)))
    }
}
