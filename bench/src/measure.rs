//! Runs a program by all engines in turns, so that whatever else the machine does hits all alike.

use std::time::{Duration, Instant};

use crate::engines::{Engine, Run};

/// Runs that are measured at least, however long they take.
const LEAST_RUNS: usize = 5;

/// Of one engine, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    pub min: f64,
    pub median: f64,
}

pub struct Measured {
    /// What `run` gave in the first run.
    pub checksum: u32,
    pub runs: usize,
    pub times: Vec<(Engine, Times)>,
}

/// Runs all engines in turns for about so many seconds. The first of `engines` is the one that the
/// others' checksums are compared with, in every run.
pub fn measure(
    engines: &mut [(Engine, Run)],
    rounds: u32,
    seconds: f64,
) -> Result<Measured, String> {
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut samples = vec![Vec::new(); engines.len()];
    // Not measured: pages are touched, caches filled, and functions bound.
    let checksum = turn(engines, rounds, 0, &mut samples)?;
    samples.iter_mut().for_each(Vec::clear);
    while samples[0].len() < LEAST_RUNS || Instant::now() < end {
        let first = samples[0].len();
        turn(engines, rounds, first, &mut samples)?;
    }
    let times = engines.iter().zip(&mut samples).map(|((engine, _), s)| (*engine, times(s)));
    let times = times.collect();
    Ok(Measured { checksum, runs: samples[0].len(), times })
}

/// Each engine once, another one first each time. The checksum that all agree on.
fn turn(
    engines: &mut [(Engine, Run)],
    rounds: u32,
    first: usize,
    samples: &mut [Vec<f64>],
) -> Result<u32, String> {
    let count = engines.len();
    let mut sums = vec![0; count];
    for i in 0..count {
        let i = (first + i) % count;
        let (engine, run) = &mut engines[i];
        let start = Instant::now();
        let sum = run(rounds);
        samples[i].push(start.elapsed().as_secs_f64());
        sums[i] = sum.map_err(|why| format!("{}: {why}", engine.name()))?;
    }
    let wrong = sums.iter().position(|sum| *sum != sums[0]);
    wrong.map_or(Ok(sums[0]), |i| {
        let (this, that) = (engines[i].0.name(), engines[0].0.name());
        Err(format!("{this}: checksum {:08x}, but {that} has {:08x}", sums[i], sums[0]))
    })
}

fn times(samples: &mut [f64]) -> Times {
    samples.sort_by(f64::total_cmp);
    let middle = samples.len() / 2;
    let median = match samples.len() % 2 {
        0 => (samples[middle - 1] + samples[middle]) / 2.0,
        _ => samples[middle],
    };
    Times { min: samples[0], median }
}
