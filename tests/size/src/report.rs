//! Tables for people, and the same numbers for machines.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::firmware::{self, Costs, Level, Measured, EXAMPLE};
use crate::kernels::LEAST;

/// A kernel at a level, less the firmware around it.
pub struct Row {
    pub kernel: &'static str,
    pub level: Level,
    pub native: Costs,
    pub herkos: Costs,
    /// The same linked without link-time optimisation, if that was asked for.
    pub without_lto: Option<Costs>,
    pub symbols: BTreeMap<String, u64>,
}

/// The firmware without a kernel.
pub struct Empty {
    pub with_lto: Measured,
    pub without_lto: Option<Measured>,
}

/// Costs of herkos' side by kernel and level, from an earlier run.
pub type Before = BTreeMap<(String, String), Costs>;

pub struct Report {
    rows: Vec<Row>,
    least: Vec<Row>,
    empty: Vec<Empty>,
    example: Vec<Costs>,
}

/// What is compared.
type Cost = fn(&Costs) -> u64;
const FLASH: Cost = |costs| costs.flash;
const RAM: Cost = |costs| costs.ram;
const INSTRUCTIONS: Cost = |costs| costs.instructions;

const COMMAND: &str = "make size";
const HEADER: &str = "kernel,level,native_flash,herkos_flash,native_ram,herkos_ram,\
                      native_instructions,herkos_instructions";

impl Report {
    /// `empty` and `example` by level, as in [`Level::ALL`].
    pub fn new(rows: Vec<Row>, empty: Vec<Empty>, example: Vec<Costs>) -> Self {
        let (least, rows) = rows.into_iter().partition(|row| row.kernel == LEAST.name);
        Self { rows, least, empty, example }
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn at(&self, level: Level) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.level == level)
    }

    /// Bytes of flash that herkos takes besides the kernel, at its best for size.
    pub fn overhead(&self) -> Option<u64> {
        let row = self.least.iter().find(|row| row.level == Level::Size)?;
        Some(row.herkos.flash - row.native.flash)
    }

    /// herkos over native, the geometric mean over the kernels.
    fn mean(&self, level: Level, cost: Cost) -> f64 {
        mean(self.at(level).map(|row| ratio(cost(&row.herkos), cost(&row.native))))
    }

    /// The same without link-time optimisation, of the kernels that were measured so.
    fn mean_without_lto(&self, level: Level, cost: Cost) -> f64 {
        let measured = self.at(level).filter_map(|row| Some((row, row.without_lto.as_ref()?)));
        mean(measured.map(|(row, costs)| ratio(cost(costs), cost(&row.native))))
    }

    /// What the example's firmware costs.
    pub fn example(&self) -> String {
        let mut text = format!("| `{EXAMPLE}` | flash | RAM |\n|---|--:|--:|\n");
        for (level, costs) in Level::ALL.into_iter().zip(&self.example) {
            let _ = writeln!(text, "| at `{}` | {} | {} |", level.name(), costs.flash, costs.ram);
        }
        text
    }

    /// In a few words, each followed by a separator.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        if !self.is_empty() {
            let _ = write!(
                text,
                "{} kernels, herkos/native flash {:.2} at s, {:.2} at 3; instructions {:.2} at s, {:.2} at 3; ",
                self.at(Level::Size).count(),
                self.mean(Level::Size, FLASH),
                self.mean(Level::Speed, FLASH),
                self.mean(Level::Size, INSTRUCTIONS),
                self.mean(Level::Speed, INSTRUCTIONS),
            );
        }
        if let Some(overhead) = self.overhead() {
            let _ = write!(text, "herkos itself {overhead} bytes; ");
        }
        text
    }

    pub fn tables(&self, before: Option<&Before>) -> String {
        let mut text = String::new();
        for level in Level::ALL {
            let _ = writeln!(text, "{}", self.table(level, before));
        }
        text
    }

    fn table(&self, level: Level, before: Option<&Before>) -> String {
        let mut text = format!(
            "| at `{}` | flash native | herkos | ratio | RAM native | herkos | instructions native | herkos | ratio |",
            level.name()
        );
        let mut rule = "\n|---|--:|--:|--:|--:|--:|--:|--:|--:|".to_owned();
        if before.is_some() {
            text += " flash/before | instructions/before |";
            rule += "--:|--:|";
        }
        text += &rule;
        let old =
            |row: &Row| before?.get(&(row.kernel.to_owned(), row.level.name().to_owned())).copied();
        for row in self.at(level) {
            let Row { kernel, native, herkos, .. } = row;
            let _ = write!(
                text,
                "\n| {kernel} | {} | {} | {:.2} | {} | {} | {} | {} | {:.2} |",
                native.flash,
                herkos.flash,
                ratio(herkos.flash, native.flash),
                native.ram,
                herkos.ram,
                native.instructions,
                herkos.instructions,
                ratio(herkos.instructions, native.instructions),
            );
            if let Some(old) = old(row) {
                let flash = ratio(herkos.flash, old.flash);
                let instructions = ratio(herkos.instructions, old.instructions);
                let _ = write!(text, " {flash:.3} | {instructions:.3} |");
            }
        }
        let _ = write!(
            text,
            "\n| **geometric mean** | | | **{:.2}** | | | | | **{:.2}** |",
            self.mean(level, FLASH),
            self.mean(level, INSTRUCTIONS),
        );
        if before.is_some() {
            let change = |cost: Cost| {
                let pairs = self.at(level).filter_map(|row| Some((row, old(row)?)));
                mean(pairs.map(|(row, old)| ratio(cost(&row.herkos), cost(&old))))
            };
            let _ = write!(text, " **{:.3}** | **{:.3}** |", change(FLASH), change(INSTRUCTIONS));
        }
        text + "\n"
    }

    /// What each firmware holds that the empty one doesn't, the largest first.
    pub fn symbols(&self) -> String {
        let mut text = String::new();
        for row in self.rows.iter().chain(&self.least) {
            let _ = writeln!(text, "{} at {}:", row.kernel, row.level.name());
            for (name, bytes) in self.parts(row) {
                let _ = writeln!(text, "{bytes:8} {name}");
            }
        }
        text
    }

    /// Symbols that are larger than in the firmware without a kernel, and by how much.
    fn parts<'a>(&'a self, row: &'a Row) -> Vec<(&'a str, u64)> {
        let level = Level::ALL.iter().position(|level| *level == row.level).unwrap_or(0);
        let there = |name: &str| self.empty[level].with_lto.symbols.get(name).copied().unwrap_or(0);
        let mut parts: Vec<_> = row
            .symbols
            .iter()
            .filter_map(|(name, bytes)| Some((&**name, bytes.checked_sub(there(name))?)))
            .filter(|(_, bytes)| *bytes > 0)
            .collect();
        parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        parts
    }

    /// `size.md` and `size.csv`.
    pub fn write(&self, docs: &Path) -> Result<(), String> {
        write(&docs.join("size.md"), &self.markdown(&firmware::compilers()?))?;
        self.write_csv(docs)
    }

    pub fn write_csv(&self, folder: &Path) -> Result<(), String> {
        write(&folder.join("size.csv"), &self.csv())
    }

    fn markdown(&self, compilers: &str) -> String {
        let mut text = format!("<!-- Generated by `{COMMAND}`. Do not edit. -->\n{INTRODUCTION}");
        let _ = writeln!(
            text,
            "Compilers: {compilers}.\n\n| `{COMMAND}` | at `s` | at `3` |\n|---|--:|--:|\n\
             | flash, herkos over native | {:.2} | {:.2} |\n\
             | RAM, herkos over native | {:.2} | {:.2} |\n\
             | instructions, herkos over native | {:.2} | {:.2} |\n\
             | flash without `lto` | {:.2} | {:.2} |\n\
             | instructions without `lto` | {:.2} | {:.2} |\n",
            self.mean(Level::Size, FLASH),
            self.mean(Level::Speed, FLASH),
            self.mean(Level::Size, RAM),
            self.mean(Level::Speed, RAM),
            self.mean(Level::Size, INSTRUCTIONS),
            self.mean(Level::Speed, INSTRUCTIONS),
            self.mean_without_lto(Level::Size, FLASH),
            self.mean_without_lto(Level::Speed, FLASH),
            self.mean_without_lto(Level::Size, INSTRUCTIONS),
            self.mean_without_lto(Level::Speed, INSTRUCTIONS),
        );
        text += &self.tables(None);
        text += "## A whole firmware\n\nThe example's, with two modules, their memories (6,144 bytes) and its console:\n\n";
        text += &self.example();
        text += "\n";
        text + &self.itself()
    }

    /// What of the runtime the firmwares hold.
    fn itself(&self) -> String {
        let mut text = "## What herkos itself takes\n\n".to_owned();
        for row in &self.least {
            let _ = writeln!(
                text,
                "A module of one addition and 1,024 bytes of memory, less the C function in its place: {} bytes of \
                 flash and {}\nof RAM at `{}`.\n",
                row.herkos.flash - row.native.flash,
                row.herkos.ram - row.native.ram,
                row.level.name(),
            );
        }
        text += "Everything of the runtime that a module does not use falls away, and most of the rest is inlined. \
                 What remains as functions:\n\n| function | kernels at `s` | bytes at most | kernels at `3` | bytes at most |\n\
                 |---|--:|--:|--:|--:|\n";
        for (name, parts) in self.runtime_functions() {
            let [(small, small_bytes), (fast, fast_bytes)] = parts;
            let _ =
                writeln!(text, "| `{name}` | {small} | {small_bytes} | {fast} | {fast_bytes} |");
        }
        text
    }

    /// Functions of the runtime that were not inlined: by level in how many kernels, and their size.
    fn runtime_functions(&self) -> BTreeMap<&str, [(usize, u64); 2]> {
        let mut functions = BTreeMap::new();
        for row in &self.rows {
            for (name, bytes) in
                row.symbols.iter().filter(|(name, _)| name.contains("herkos_runtime::"))
            {
                let levels: &mut [(usize, u64); 2] = functions.entry(&**name).or_default();
                let (kernels, most) = &mut levels[row.level as usize];
                *kernels += 1;
                *most = (*most).max(*bytes);
            }
        }
        functions
    }

    fn csv(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for row in self.rows.iter().chain(&self.least) {
            let Row { kernel, native, herkos, .. } = row;
            let _ = writeln!(
                text,
                "{kernel},{},{},{},{},{},{},{}",
                row.level.name(),
                native.flash,
                herkos.flash,
                native.ram,
                herkos.ram,
                native.instructions,
                herkos.instructions,
            );
        }
        text
    }
}

const INTRODUCTION: &str = r#"
# Flash, RAM and instructions on a Cortex-M3

Each kernel (`tests/size/c`) is compiled twice by the same clang: for the Cortex-M3 (`-mcpu=cortex-m3`), and to WebAssembly
and on by herkos, as a user does it (`herkos_build`, the memory in a static, `lto = "fat"`, `codegen-units = 1`). Both are linked
into the same firmware, whose cost without a kernel is subtracted; it holds memcpy, memmove and memset, as hardly a firmware is
without them. `s` and `3` are clang's `-O` and rustc's `opt-level` alike.

- flash: code, constants, initial values of variables. RAM: variables; the module's memory among them, which holds 1,024
  bytes of its own stack. The processor's stack is not counted.
- instructions: what `run` executes, counted by QEMU (`-icount`), the same on every machine and in every run. They are
  not cycles.
- without `lto`: as Cargo links where a firmware's profile says nothing of `lto` and `codegen-units`.
- Every checksum equals that of the same C on the host, and no firmware holds a way to panic; else the measurement fails.

"#;

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn ratio(a: u64, b: u64) -> f64 {
    a as f64 / b as f64
}

/// The geometric mean.
fn mean(ratios: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = ratios.fold((0.0, 0.0), |(sum, count), r| (sum + r.ln(), count + 1.0));
    f64::exp(sum / count)
}

pub fn read_csv(path: &Path) -> Result<Before, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let bad = || format!("{}: not written by `{COMMAND}`", path.display());
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(bad());
    }
    let mut before = Before::new();
    for line in lines {
        let [kernel, level, numbers @ ..] = &line.split(',').collect::<Vec<_>>()[..] else {
            return Err(bad());
        };
        let numbers: Vec<u64> = numbers.iter().map_while(|n| n.parse().ok()).collect();
        let [_, flash, _, ram, _, instructions] = numbers[..] else {
            return Err(bad());
        };
        before.insert(((*kernel).into(), (*level).into()), Costs { flash, ram, instructions });
    }
    Ok(before)
}
