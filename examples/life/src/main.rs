//! Shows what a program in C draws: `life` plays, `life GENERATION` prints that one and ends.

use std::io::Write;
use std::time::Duration;

use herkos_runtime::{BoxedMemory, Snapshot, WasmTrap};

herkos_runtime::include_modules!(); // `mod life`, from c/life.c

type Life = life::Module<BoxedMemory>;

const SEED: i32 = 2026;

/// What it looks like now.
fn picture(life: &mut Life) -> Result<String, WasmTrap> {
    life.draw()?;
    let (start, length) = (life.text()? as usize, life.text_length()? as usize);
    let text = &life.memory()[start..start + length];
    Ok(String::from_utf8_lossy(text).into_owned())
}

fn advance(life: &mut Life, generations: u32) -> Result<i32, WasmTrap> {
    let mut alive = 0;
    for _ in 0..generations {
        alive = life.step()?;
    }
    Ok(alive)
}

/// A picture, and another one when time has been turned back and has run again.
fn print(life: &mut Life, generation: u32) -> Result<(), Box<dyn std::error::Error>> {
    advance(life, generation / 2)?;
    let mut halfway = Vec::new();
    life.save_state(&mut halfway)?;
    let alive = advance(life, generation - generation / 2)?;
    let first = picture(life)?;
    print!("{first}");
    println!("generation {generation}: {alive} alive");

    life.restore_state(&mut halfway.as_slice())?;
    advance(life, generation - generation / 2)?;
    let same = picture(life)? == first;
    println!(
        "again from generation {}: {}",
        generation / 2,
        ["different", "the same"][usize::from(same)]
    );
    Ok(())
}

/// Draws in place until the user ends it.
fn play(life: &mut Life) -> Result<(), Box<dyn std::error::Error>> {
    print!("\x1b[2J");
    loop {
        let picture = picture(life)?;
        let alive = life.step()?;
        print!("\x1b[H{picture}{alive} alive; Ctrl-C ends it \x1b[K");
        std::io::stdout().flush()?;
        std::thread::sleep(Duration::from_millis(60));
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut life = Life::boxed()?;
    life.seed(SEED)?;
    match std::env::args().nth(1) {
        Some(text) => print(&mut life, text.parse()?),
        None => play(&mut life),
    }
}
