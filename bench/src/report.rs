//! Tables for people, and the same numbers for machines.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::engines::Engine;
use crate::files;
use crate::measure::{Measured, Times};
use crate::programs::Program;

pub struct Row {
    pub program: &'static Program,
    pub measured: Measured,
}

pub struct Report {
    rows: Vec<Row>,
}

/// herkos' times over native by program, from an earlier run.
pub type Before = BTreeMap<String, f64>;

impl Row {
    fn times(&self, engine: Engine) -> Option<Times> {
        self.measured.times.iter().find(|(e, _)| *e == engine).map(|(_, times)| *times)
    }

    /// The fastest run, in seconds.
    pub fn native(&self) -> f64 {
        self.times(Engine::Native).map_or(f64::NAN, |times| times.min)
    }

    /// The fastest run over that of native, or for fuel over that of herkos without.
    pub fn ratio(&self, engine: Engine) -> Option<f64> {
        let base = if engine == Engine::Fuel { Engine::Herkos } else { Engine::Native };
        Some(self.times(engine)?.min / self.times(base)?.min)
    }
}

impl Report {
    pub fn new(rows: Vec<Row>) -> Self {
        Self { rows }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The engines that were compared with native.
    fn engines(&self) -> impl Iterator<Item = Engine> + '_ {
        let measured = |engine: &Engine| self.rows.iter().any(|row| row.ratio(*engine).is_some());
        Engine::ALL.into_iter().filter(|e| *e != Engine::Native).filter(measured)
    }

    pub fn mean(&self, engine: Engine, wanted: impl Fn(&Row) -> bool) -> Option<f64> {
        let rows = self.rows.iter().filter(|row| wanted(row));
        geometric_mean(rows.filter_map(|row| row.ratio(engine)))
    }

    /// For the terminal. Means are of all programs but those with vectors, and of these.
    pub fn table(&self) -> String {
        let engines: Vec<Engine> = self.engines().collect();
        let mut text = format!("{:14} {:>9}", "program", "native");
        for engine in &engines {
            let _ = write!(text, " {:>14}", engine.title());
        }
        text.push('\n');
        for row in &self.rows {
            let _ = write!(text, "{:14} {:6.2} ms", row.program.name, row.native() * 1e3);
            for engine in &engines {
                let _ = write!(text, " {:>14}", number(row.ratio(*engine)));
            }
            text.push('\n');
        }
        for (title, vectors) in [("geometric mean", false), ("with vectors", true)] {
            if !self.rows.iter().any(|row| row.program.is_vectors() == vectors) {
                continue;
            }
            let _ = write!(text, "{title:14} {:9}", "");
            for engine in &engines {
                let mean = self.mean(*engine, |row| row.program.is_vectors() == vectors);
                let _ = write!(text, " {:>14}", number(mean));
            }
            text.push('\n');
        }
        text
    }

    /// What has changed since an earlier run.
    pub fn comparison(&self, before: &Before) -> String {
        let mut text = format!("{:14} {:>9} {:>9} {:>9}\n", "herkos", "before", "now", "now/then");
        let mut changes = Vec::new();
        for row in &self.rows {
            let then = before.get(row.program.name);
            if let (Some(now), Some(then)) = (row.ratio(Engine::Herkos), then) {
                let change = now / then;
                changes.push(change);
                let _ = writeln!(text, "{:14} {then:9.2} {now:9.2} {change:9.3}", row.program.name);
            }
        }
        let mean = geometric_mean(changes).map_or_else(String::new, |mean| format!("{mean:.3}"));
        let _ = writeln!(text, "{:14} {:9} {:9} {mean:>9}", "geometric mean", "", "");
        text
    }

    /// How herkos stands against wasmtime, and what is far from native.
    pub fn standing(&self, wanted: impl Fn(&Row) -> bool) -> String {
        let both =
            |row: &&&Row| row.ratio(Engine::Herkos).zip(row.ratio(Engine::Wasmtime)).is_some();
        let rows: Vec<&Row> = self.rows.iter().filter(|row| wanted(row)).collect();
        let faster = rows
            .iter()
            .filter(both)
            .filter(|row| row.ratio(Engine::Herkos) < row.ratio(Engine::Wasmtime));
        let mut text = format!(
            "herkos is faster than wasmtime in {} of {} programs",
            faster.count(),
            rows.iter().filter(both).count()
        );
        for engine in [Engine::Herkos, Engine::Wasmtime] {
            let slow = rows.iter().filter(|row| row.ratio(engine).is_some_and(|r| r > 2.0));
            let names: Vec<&str> = slow.map(|row| row.program.name).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            let _ = write!(text, "; beyond 2 times native by {}: {names}", engine.name());
        }
        text + "."
    }

    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        for (title, vectors) in [("programs", false), ("with vectors", true)] {
            let rows = self.rows.iter().filter(|row| row.program.is_vectors() == vectors);
            let mut part = format!("{} {title}", rows.count());
            for engine in self.engines().filter(|engine| *engine != Engine::Fuel) {
                if let Some(mean) = self.mean(engine, |row| row.program.is_vectors() == vectors) {
                    let _ = write!(part, ", {} {mean:.2}", engine.title());
                }
            }
            if !part.starts_with("0 ") {
                parts.push(part);
            }
        }
        let mut text = parts.join("; ");
        if self.engines().next().is_some() {
            text.push_str(" times native (geometric means)");
        }
        if let Some(fuel) = self.mean(Engine::Fuel, |_| true) {
            let _ = write!(text, "; with fuel {fuel:.2} times without");
        }
        text
    }

    pub fn write_csv(&self, path: &Path) -> Result<(), String> {
        let mut text = String::from("program,kind,rounds,runs,checksum");
        for engine in Engine::ALL {
            let name = engine.name();
            let _ = write!(text, ",{name}_min_ms,{name}_median_ms");
        }
        text.push('\n');
        for row in &self.rows {
            let Row { program, measured: Measured { checksum, runs, .. } } = row;
            let start = format!("{},{},{},{runs}", program.name, program.kind(), program.rounds);
            let _ = write!(text, "{start},{checksum:08x}");
            for engine in Engine::ALL {
                let _ = match row.times(engine) {
                    Some(Times { min, median }) => {
                        write!(text, ",{:.4},{:.4}", min * 1e3, median * 1e3)
                    }
                    None => write!(text, ",,"),
                };
            }
            text.push('\n');
        }
        files::write(path, text)
    }
}

/// Of nothing there is none.
fn geometric_mean(ratios: impl IntoIterator<Item = f64>) -> Option<f64> {
    let logs: Vec<f64> = ratios.into_iter().map(f64::ln).collect();
    (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())
}

pub fn number(ratio: Option<f64>) -> String {
    ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

pub fn read_csv(path: &Path) -> Result<Before, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column = |name: &str| {
        let column = header.iter().position(|title| *title == name);
        column.ok_or_else(|| format!("{}: no column {name}", path.display()))
    };
    let (native, herkos) = (column("native_min_ms")?, column("herkos_min_ms")?);
    let mut before = Before::new();
    for line in lines {
        let value = |column: usize| line.get(column)?.parse::<f64>().ok();
        if let (Some(native), Some(herkos)) = (value(native), value(herkos)) {
            before.insert(line[0].to_owned(), herkos / native);
        }
    }
    Ok(before)
}
