//! The same on your own machine: `cargo run --example hosted`.

use cortex_m_firmware::{decoder, run, station};

fn main() {
    let mut text = String::new();
    let (mut decoder, mut station) = (decoder::Memory::new(), station::Memory::new());
    run(&mut decoder, &mut station, &mut text).expect("no trap");
    print!("{text}");
}
