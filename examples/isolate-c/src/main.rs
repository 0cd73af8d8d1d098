//! A C parser with two faults is given what sets them off. What it can damage is its own memory.

use herkos_runtime::{BoxedMemory, WasmTrap};

herkos_runtime::include_modules!(); // `mod report`, from legacy/report.c

type Parser = report::Module<BoxedMemory>;

/// The size of C's `struct report`: 16 letters, a count, 8 readings.
const REPORT: usize = 16 + 4 + 8 * 4;

/// What the parser made of some bytes, once it was checked.
#[derive(Debug, PartialEq)]
struct Report {
    station: String,
    readings: Vec<i32>,
}

/// Why there is no report.
#[derive(Debug)]
enum Fault {
    /// The parser was stopped.
    Trap(WasmTrap),
    /// It ended, and what it left makes no sense.
    Nonsense(String),
}

impl From<WasmTrap> for Fault {
    fn from(trap: WasmTrap) -> Self {
        Self::Trap(trap)
    }
}

/// `length` bytes of the module's memory, if there are so many: the address comes from the module.
fn bytes(parser: &mut Parser, address: i32, length: usize) -> Result<&mut [u8], WasmTrap> {
    let rest = parser.memory_mut().get_mut(address as usize..);
    rest.and_then(|rest| rest.get_mut(..length))
        .ok_or(WasmTrap::OutOfBounds)
}

/// Has the C library parse a message. It gets an instance of its own, so that none finds what
/// another one left; the result is copied out, and believed no more than the message is.
fn parse(message: &[u8]) -> Result<Report, Fault> {
    let mut parser = Parser::boxed()?;
    let (input, output) = (parser.input()?, parser.output()?);
    let room = parser.input_size()? as usize;
    if message.len() > room {
        return Err(Fault::Nonsense(format!("more than {room} bytes")));
    }
    bytes(&mut parser, input, message.len())?.copy_from_slice(message);
    let read = parser.parse_report(input, message.len() as i32, output)?;
    if read != message.len() as i32 {
        let what = format!("{read} of {} bytes were read", message.len());
        return Err(Fault::Nonsense(what));
    }
    let report = bytes(&mut parser, output, REPORT)?;
    let words: Vec<i32> = report[16..]
        .chunks_exact(4)
        .map(|b| i32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    let count = words[0];
    if !(0..=8).contains(&count) {
        return Err(Fault::Nonsense(format!("{count} readings")));
    }
    let letters = report[..16]
        .iter()
        .take_while(|&&letter| letter != 0)
        .count();
    Ok(Report {
        station: String::from_utf8_lossy(&report[..letters]).into_owned(),
        readings: words[1..][..count as usize].to_vec(),
    })
}

/// A message with this many readings according to itself.
fn message(station: &str, count: u32, readings: &[u8]) -> Vec<u8> {
    let mut message = vec![station.len() as u8];
    message.extend(station.bytes());
    message.extend(count.to_le_bytes());
    message.extend(readings);
    message
}

fn main() {
    let good = message("north", 3, &[21, 22, 20]);
    for (what, message) in [
        ("a message", &good),
        ("a name of 60 letters", &message(&"A".repeat(60), 1, &[7])),
        ("12 readings", &message("south", 12, &[65; 12])),
        ("a billion readings", &message("west", 1_000_000_000, &[])),
        ("a message", &good),
    ] {
        match parse(message) {
            Ok(report) => println!("{what}: {} {:?}", report.station, report.readings),
            Err(Fault::Nonsense(why)) => println!("{what}: refused, {why}"),
            Err(Fault::Trap(trap)) => println!("{what}: stopped, {trap}"),
        }
    }
}
