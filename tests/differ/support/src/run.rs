//! The subject's side: runs a script on one of the modules that it is given.

use std::fs;
use std::io::Write as _;
use std::thread;

use herkos_runtime::WasmTrap;

use crate::{outcome, USED};

/// An instance of a generated module. The tool writes the implementations.
pub trait Subject {
    /// Calls an exported function, and appends its results.
    ///
    /// # Errors
    /// The trap.
    fn call(&mut self, function: u32, args: &[&str], results: &mut String) -> Result<(), WasmTrap>;
    /// Everything of its state that both sides see.
    fn state(&self) -> String;
    /// Where the module counts its work: what it may do from now on.
    fn set_fuel(&mut self, _fuel: u64) {}
    /// What is left of that; None if it does not count.
    fn fuel(&self) -> Option<u64> {
        None
    }
}

/// More than any call needs: the reference has ended.
const FUEL: u64 = 1 << 40;

/// A module's number and how to instantiate it.
pub type Entry = (u32, fn() -> Result<Box<dyn Subject>, WasmTrap>);

/// Recursion without optimisation takes that much: `max-stack`, and as much again for all else.
const STACK: usize = 1 << 30;

/// `subject NUMBER SCRIPT LOG`: each line of the log is written before the next call begins.
///
/// # Panics
/// If a file cannot be read or written.
pub fn main(entries: &'static [Entry]) {
    let run = move || {
        let args: Vec<String> = std::env::args().collect();
        let number: u32 = args[1].parse().expect("a number");
        let entry = entries.iter().find(|(n, _)| *n == number);
        let (_, instantiate) = entry.expect("a module of this number");
        let script = fs::read_to_string(&args[2]).expect("the script");
        let mut log = fs::File::create(&args[3]).expect("the log");
        let mut subject = None;
        for line in script.lines() {
            let shown = step(&mut subject, *instantiate, line);
            log.write_all((shown + "\n").as_bytes()).expect("written");
        }
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(run);
    let ended = thread.expect("a thread").join();
    std::process::exit(i32::from(ended.is_err()));
}

fn step(
    subject: &mut Option<Box<dyn Subject>>,
    instantiate: fn() -> Result<Box<dyn Subject>, WasmTrap>,
    line: &str,
) -> String {
    let mut words = line.split(' ');
    let (mut results, ended);
    results = String::new();
    if words.next() == Some("new") {
        *subject = None;
        ended = instantiate().map(|instance| *subject = Some(instance));
    } else {
        let Some(subject) = subject else {
            return "no instance".to_owned();
        };
        let function = words.next().and_then(|word| word.parse().ok());
        let args: Vec<&str> = words.collect();
        subject.set_fuel(FUEL);
        ended = subject.call(function.expect("a function"), &args, &mut results);
    }
    let state = subject.as_ref().map(|subject| subject.state());
    let left = subject.as_ref().and_then(|subject| subject.fuel());
    let used = left.and_then(|left| FUEL.checked_sub(left));
    let used = used.map_or(String::new(), |used| format!("{USED}{used}"));
    outcome(ended, &results) + " |" + &state.unwrap_or_default() + &used
}
