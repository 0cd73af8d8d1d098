//! A script: one directive a line, `LINE VERB MODULE ...`, where LINE is that of the .wast file.
//!
//! ```text
//! 12 start 0                         instantiates
//! 12 start 0 ! OutOfBounds           instantiates, which must trap so
//! 12 refuse 3                        instantiates, which must fail in whatever way
//! 14 call 0 2 i32:00000001 = i32:2   calls export 2 of module 0, and compares the results
//! 15 call 0 2 ! Unreachable          the call must trap so
//! 16 call 0 2                        the call must not trap
//! ```
//!
//! For each line one of output: `ok LINE` or `bad LINE`, then what was expected and what came.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::{take_conflict, Failure, StartRefused, Value, World};

/// The stack of an ordinary thread. Deep recursion must end in a trap before it ends.
const STACK: usize = 2 << 20;

/// Runs the script in the file on a thread of its own, and exits.
pub fn main<W: World + Default + 'static>(
    script: &str,
    refused: &'static [(u32, StartRefused<W>)],
) -> ! {
    let text = std::fs::read_to_string(script).unwrap_or_else(|e| panic!("{script}: {e}"));
    let run = move || {
        let mut world = W::default();
        for line in text.lines() {
            let (number, outcome) = directive(&mut world, refused, line);
            show(number, outcome);
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    let done = thread.expect("a thread can be started").join();
    // The instances are gone, nothing is left to be dropped.
    std::process::exit(i32::from(done.is_err()))
}

fn show(number: &str, outcome: Result<(), String>) {
    let mut out = std::io::stdout().lock();
    let written = match outcome {
        Ok(()) => writeln!(out, "ok {number}"),
        Err(why) => writeln!(out, "bad {number} {why}"),
    };
    // Flushed line by line: if a test brings the process down, the last line shows which.
    written.and_then(|()| out.flush()).expect("stdout is open");
}

/// Carries out one line. The result is what went wrong.
fn directive<'a, W: World>(
    world: &mut W,
    refused: &[(u32, StartRefused<W>)],
    line: &'a str,
) -> (&'a str, Result<(), String>) {
    let mut words = line.split_ascii_whitespace();
    let mut word = || words.next().unwrap_or_default();
    let (number, verb, module) = (word(), word(), word().parse().unwrap_or(u32::MAX));
    let rest: Vec<&str> = words.collect();
    take_conflict();
    let outcome = match verb {
        "start" => judge(world.start(module).map(|()| Vec::new()), &rest),
        "refuse" => judge_refusal(world, refused, module),
        "call" => call(world, module, &rest),
        _ => Err(format!("the script says {line:?}")),
    };
    if take_conflict() {
        let why = "the call needs an instance that is lent out already";
        return (number, Err(why.to_owned()));
    }
    (number, outcome)
}

fn judge_refusal<W>(
    world: &mut W,
    refused: &[(u32, StartRefused<W>)],
    module: u32,
) -> Result<(), String> {
    let Some((_, start)) = refused.iter().find(|(number, _)| *number == module) else {
        return Err(format!("there is no module {module} to be refused"));
    };
    match start(world) {
        Ok(()) => Err("expected a refusal; it was instantiated".to_owned()),
        Err(Failure::Trap(_)) => Ok(()),
        Err(Failure::Impossible(why)) => Err(why),
    }
}

fn call<W: World>(world: &mut W, module: u32, words: &[&str]) -> Result<(), String> {
    let Some((export, words)) = words.split_first() else {
        return Err("the script names no export".to_owned());
    };
    let end = words.iter().position(|word| matches!(*word, "=" | "!"));
    let (args, expected) = words.split_at(end.unwrap_or(words.len()));
    let export = export.parse().unwrap_or(u32::MAX);
    let args: Option<Vec<Value>> = args.iter().map(|word| Value::parse(word)).collect();
    let args = args.ok_or("the script has an argument that is no value")?;
    judge(world.call(module, export, &args), expected)
}

/// Compares an outcome with `= VALUES`, `! TRAP`, or nothing: no trap.
fn judge(outcome: Result<Vec<Value>, Failure>, expected: &[&str]) -> Result<(), String> {
    let good = match (&outcome, expected) {
        (Err(Failure::Impossible(why)), _) => return Err(why.clone()),
        (Ok(_), []) => true,
        (Ok(values), ["=", expected @ ..]) => all_match(values, expected),
        (Err(Failure::Trap(trap)), ["!", name]) => format!("{trap:?}") == *name,
        _ => false,
    };
    if good {
        return Ok(());
    }
    let came = match outcome {
        Ok(values) => values.iter().fold("=".to_owned(), |mut text, value| {
            let _ = write!(text, " {value}");
            text
        }),
        Err(Failure::Trap(trap)) => format!("! {trap:?}"),
        Err(Failure::Impossible(why)) => why,
    };
    let expected = match expected {
        [] => "no trap".to_owned(),
        words => words.join(" "),
    };
    Err(format!("expected {expected}; came {came}"))
}

/// Each value against its pattern; alternatives are separated by `|`.
fn all_match(values: &[Value], expected: &[&str]) -> bool {
    let matches = |(value, pattern): (&Value, &&str)| {
        let mut alternatives = pattern.split('|');
        alternatives.any(|alternative| value.matches(alternative))
    };
    values.len() == expected.len() && values.iter().zip(expected).all(matches)
}
