//! Makes a module that fails smaller, as long as it fails in the same way.

use crate::compare::{compare, kind, Outcome};
use crate::generate::{Body, Case, Content, Model};
use crate::judges::Judges;
use crate::run::Run;

/// Attempts for one module; each asks all judges.
const ATTEMPTS: usize = 3000;

pub fn shrink(run: &Run, case: &Case) -> Result<Vec<u8>, String> {
    let mut judges = Judges::new(&run.folder.join("shrink"), &run.herkos_c)?;
    let mut failure = |bytes: &[u8]| -> Result<Option<String>, String> {
        let outcome = compare(bytes, &judges.judge(bytes)?, case.promise, &run.known);
        Ok(match outcome {
            Outcome::Failed(why) => Some(kind(&why)),
            _ => None,
        })
    };
    let wanted = failure(&case.bytes)?;
    let Some(mut best) = Model::parse(&case.bytes).filter(|_| wanted.is_some()) else {
        return Ok(case.bytes.clone());
    };
    let mut smallest = case.bytes.clone();
    let mut attempts = 0;
    let mut shrunk = true;
    while shrunk && attempts < ATTEMPTS {
        shrunk = false;
        let mut at = 0;
        // From the end: what comes last is seldom needed by what comes before it.
        while let Some(smaller) = without(&best, at).filter(|_| attempts < ATTEMPTS) {
            attempts += 1;
            let bytes = smaller.encode();
            if bytes.len() < smallest.len() && failure(&bytes)? == wanted {
                (best, smallest, shrunk) = (smaller, bytes, true);
            } else {
                at += 1;
            }
        }
    }
    Ok(smallest)
}

/// The model without its part of this number, counted from the end: sections, then items, bodies,
/// what is in bodies, and operators in ever shorter runs. None: there are no more.
fn without(model: &Model, mut at: usize) -> Option<Model> {
    let mut smaller = model.clone();
    let sections = smaller.sections.len();
    if at < sections {
        smaller.sections.remove(sections - 1 - at);
        return Some(smaller);
    }
    at -= sections;
    for section in smaller.sections.iter_mut().rev() {
        let found = match &mut section.content {
            Content::Raw(_) => false,
            Content::Items(items) => cut(items, 1, &mut at),
            Content::Code(bodies) => {
                cut(bodies, 1, &mut at) || empty(bodies, &mut at) || cut_operators(bodies, &mut at)
            }
        };
        if found {
            return Some(smaller);
        }
    }
    None
}

/// A body of any type with nothing in it: functions keep their numbers.
fn empty(bodies: &mut [Body], at: &mut usize) -> bool {
    if let Some(body) = bodies.iter_mut().nth_back(*at) {
        body.locals = vec![0];
        body.operators = vec![vec![0x00], vec![0x0b]]; // unreachable, end
        return true;
    }
    *at -= bodies.len();
    false
}

fn cut_operators(bodies: &mut [Body], at: &mut usize) -> bool {
    let runs = [64, 16, 4, 2, 1].into_iter();
    runs.into_iter().any(|run| {
        let mut bodies = bodies.iter_mut().rev();
        bodies.any(|body| cut(&mut body.operators, run, at))
    })
}

/// Takes `run` parts out, or goes past this list.
fn cut<T>(list: &mut Vec<T>, run: usize, at: &mut usize) -> bool {
    let places = list.len() / run;
    if *at < places {
        let end = list.len() - *at * run;
        list.drain(end - run..end);
        return true;
    }
    *at -= places;
    false
}
