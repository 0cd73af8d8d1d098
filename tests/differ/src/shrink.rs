//! Makes a module that differs smaller, as long as it differs: many attempts at once, since rustc takes
//! most of the time, and of those that still differ the smallest.

use crate::batch::{Profile, Workspace};
use crate::compare::{compare, Outcome};
use crate::generate::{Case, FEATURES};
use crate::model::{Body, Content, Model};
use crate::module::{exporting, normalize, Normal, GROWTH};
use crate::reference::{self, Transcript};
use crate::run::item;

/// Attempts that are compiled at once, and how often that is done.
const ATTEMPTS: usize = 60;
const ROUNDS: usize = 40;

/// Rounds in vain, one after the other, before it is enough.
const VAIN: usize = 4;

/// The smaller module with the options that it needs, and the calls that it takes.
pub fn shrink(
    workspace: &Workspace,
    case: &Case,
    transcript: &Transcript,
    profile: Profile,
) -> Result<(Case, Vec<String>), String> {
    let mut search = Search { workspace, profile, open: case.normal.facts.open };
    let mut script = transcript.script.clone();
    for calls in [1, 4, usize::MAX] {
        let shorter = search.shorter(case, &script, calls)?;
        if let Some(shorter) = shorter {
            script = shorter;
            break;
        }
    }
    let mut best = search.plainer(case, &script)?;
    if best.variation.spec_nan {
        // A part of the module that hides the bits of NaNs would not be missed.
        return Ok((best, script));
    }
    let (mut skip, mut vain) = (0, 0);
    for round in 0..ROUNDS {
        let smaller = search.attempts(&best, &script, skip);
        if smaller.is_empty() || vain == VAIN {
            break;
        }
        match search.first_that_differs(&smaller, &script)? {
            Some(found) => {
                best = smaller[found].clone();
                (skip, vain) = (0, 0);
                eprintln!("differ: round {round}: {} bytes", best.normal.subject.len());
            }
            None => (skip, vain) = (skip + ATTEMPTS, vain + 1),
        }
    }
    Ok((best, script))
}

struct Search<'a> {
    workspace: &'a Workspace,
    profile: Profile,
    open: bool,
}

impl Search<'_> {
    /// The last `calls` before the difference on an instance of their own, if they suffice.
    fn shorter(
        &mut self,
        case: &Case,
        script: &[String],
        calls: usize,
    ) -> Result<Option<Vec<String>>, String> {
        // Wherever the difference is, the scripts that end there are tried at once.
        let ends: Vec<usize> = (1..=script.len()).filter(|end| script[end - 1] != "new").collect();
        let cuts = ends.iter().map(|&end| {
            let start = script[..end].iter().rposition(|line| line == "new").unwrap_or(0) + 1;
            let from = start.max(end.saturating_sub(calls));
            let mut cut = vec!["new".to_owned()];
            cut.extend_from_slice(&script[from..end]);
            cut
        });
        let cuts: Vec<Vec<String>> = cuts.chain([vec!["new".to_owned()]]).collect();
        let copies: Vec<Case> =
            (0..).zip(&cuts).map(|(number, _)| Case { number, ..case.clone() }).collect();
        let found = self.differing(&copies, &cuts)?;
        Ok(found.map(|found| cuts[found].clone()))
    }

    /// The module with no option that the difference does not need.
    fn plainer(&mut self, case: &Case, script: &[String]) -> Result<Case, String> {
        let mut best = case.clone();
        loop {
            let simpler = (0..).zip(best.variation.simpler());
            let simpler: Vec<Case> = simpler
                .map(|(number, variation)| Case { number, variation, ..best.clone() })
                .collect();
            match self.first_that_differs(&simpler, script)? {
                Some(found) => best = simpler[found].clone(),
                None => return Ok(best),
            }
        }
    }

    fn first_that_differs(
        &mut self,
        cases: &[Case],
        script: &[String],
    ) -> Result<Option<usize>, String> {
        let scripts = vec![script.to_vec(); cases.len()];
        self.differing(cases, &scripts)
    }

    fn differing(
        &mut self,
        cases: &[Case],
        scripts: &[Vec<String>],
    ) -> Result<Option<usize>, String> {
        let transcripts = cases.iter().zip(scripts);
        let transcripts = transcripts.map(|(case, script)| reference::replay(case, script));
        let transcripts: Vec<Transcript> = transcripts.collect::<Result<_, _>>()?;
        let pairs = cases.iter().zip(&transcripts);
        let items: Vec<_> = pairs.map(|(case, transcript)| item(case, transcript)).collect();
        let logs = self.workspace.run(&items, &[self.profile])?;
        let differs = |i: &usize| {
            let log = logs.get(&items[*i].id).and_then(|logs| logs.as_ref().ok());
            let log = log.and_then(|logs| logs.get(&self.profile));
            let t = &transcripts[*i];
            log.is_some_and(|log| matches!(compare(t, log), Outcome::Differs(_)))
        };
        let found = (0..items.len()).find(differs);
        self.workspace.clean(&items.iter().map(|item| item.id).collect());
        Ok(found)
    }

    /// Valid modules that are smaller in one place, smallest first.
    fn attempts(&self, case: &Case, script: &[String], skip: usize) -> Vec<Case> {
        let Some(model) = Model::parse(&case.normal.subject) else {
            return Vec::new();
        };
        let calls = |function: usize| {
            let call = format!("call {function}");
            script.iter().any(|line| *line == call || line.starts_with(&(call.clone() + " ")))
        };
        let mut smaller: Vec<Normal> = variants(&model)
            .iter()
            .filter_map(|bytes| {
                // What is not called need not be exported.
                let bytes = exporting(bytes, &calls)?;
                let normal = normalize(&bytes, true, self.open, GROWTH).ok()?;
                let valid = wasmparser::Validator::new_with_features(FEATURES)
                    .validate_all(&normal.reference)
                    .is_ok();
                (valid && normal.subject.len() < case.normal.subject.len()).then_some(normal)
            })
            .collect();
        smaller.sort_by_key(|normal| normal.subject.len());
        let numbered = (0..).zip(smaller.into_iter().skip(skip).take(ATTEMPTS));
        numbered.map(|(number, normal)| Case { number, normal, ..case.clone() }).collect()
    }
}

/// Operators that a longer run may be replaced by: `unreachable`, `drop`, a constant of each type.
const STUBS: [&[u8]; 7] = [
    &[0x00],
    &[0x1a],
    &[0x41, 0],
    &[0x42, 0],
    &[0x43, 0, 0, 0, 0],
    &[0x44, 0, 0, 0, 0, 0, 0, 0, 0],
    &[0xd0, 0x70],
];

/// The module with one part less, in every way.
fn variants(model: &Model) -> Vec<Vec<u8>> {
    let mut variants = Vec::new();
    for (s, section) in model.sections.iter().enumerate() {
        let mut with = |content: Content| {
            let mut smaller = model.clone();
            smaller.sections[s].content = content;
            variants.push(smaller.encode());
        };
        match &section.content {
            Content::Raw(_) => {}
            Content::Items(items) => {
                with(Content::Items(Vec::new()));
                for i in 0..items.len() {
                    let mut items = items.clone();
                    items.remove(i);
                    with(Content::Items(items));
                }
            }
            Content::Code(bodies) => {
                for (b, body) in bodies.iter().enumerate() {
                    for body in smaller_bodies(body) {
                        let mut bodies = bodies.clone();
                        bodies[b] = body;
                        with(Content::Code(bodies));
                    }
                }
            }
        }
        let mut smaller = model.clone();
        smaller.sections.remove(s);
        variants.push(smaller.encode());
    }
    variants
}

fn smaller_bodies(body: &Body) -> Vec<Body> {
    let length = body.operators.len();
    let empty = Body { locals: vec![0], operators: vec![vec![0x00], vec![0x0b]] };
    let mut bodies = vec![empty];
    let mut without = |from: usize, to: usize, stub: Option<&[u8]>| {
        let mut body = body.clone();
        body.operators.splice(from..to, stub.map(<[u8]>::to_vec));
        bodies.push(body);
    };
    let mut run = length;
    while run > 0 {
        for from in (0..length - run).step_by(run.div_ceil(4)) {
            without(from, from + run, None);
            for stub in STUBS {
                without(from, from + run, Some(stub));
            }
        }
        run = run * 2 / 3;
    }
    bodies
}
