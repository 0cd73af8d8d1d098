//! A module that calls back: what it may do is what this host implements, and nothing else.

use herkos_runtime::WasmTrap;

herkos_runtime::include_modules!(); // `mod sensor`, from wasm/sensor.wasm

/// A board with a clock and four temperature sensors.
struct Board {
    now: i64,
    readings: [f32; 4],
    lines_logged: u32,
}

/// The capabilities of the import module `env`: leave one out, and the project doesn't compile.
impl sensor::Env for Board {
    fn milliseconds(&mut self, _memory: &mut [u8]) -> Result<i64, WasmTrap> {
        self.now += 250;
        Ok(self.now)
    }

    fn log(&mut self, memory: &mut [u8], text: i32, length: i32) -> Result<(), WasmTrap> {
        let start = text as u32 as usize;
        let end = start.saturating_add(length as u32 as usize);
        let bytes = memory.get(start..end).ok_or(WasmTrap::OutOfBounds)?;
        println!("  log: {}", String::from_utf8_lossy(bytes));
        self.lines_logged += 1;
        Ok(())
    }
}

/// The capability of the import module `sensor`. An error ends the module's call with a trap.
impl sensor::Sensor for Board {
    fn read_celsius(&mut self, _memory: &mut [u8], channel: i32) -> Result<f32, WasmTrap> {
        let reading = self.readings.get(channel as u32 as usize);
        reading.copied().ok_or(WasmTrap::Host(1))
    }
}

fn main() -> Result<(), WasmTrap> {
    let board = Board {
        now: 0,
        readings: [21.5, 64.0, 40.25, 93.5],
        lines_logged: 0,
    };
    let mut controller = sensor::Module::boxed(board)?;
    for channel in 0..4 {
        println!("channel {channel}");
        let stop = controller.poll_channel(channel)? != 0;
        assert_eq!(stop, channel == 3);
    }
    let (highest, at) = (controller.highest_celsius()?, controller.highest_time()?);
    println!("highest: {highest} degrees, after {at} ms");
    assert_eq!((highest, at), (93.5, 750));
    assert_eq!(controller.host().lines_logged, 4);

    let refused = controller.poll_channel(4).unwrap_err();
    println!("channel 4: the host refuses: {refused}");
    assert_eq!(refused, WasmTrap::Host(1));
    Ok(())
}
