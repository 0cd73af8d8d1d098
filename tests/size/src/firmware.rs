//! Builds the firmware with one kernel, runs it in QEMU, and reads the sizes from its ELF file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use object::{Object, ObjectSection, ObjectSymbol, SectionKind};

use crate::kernels::Kernel;

pub const CLANG: &str = "clang-19";
const TARGET: &str = "thumbv7m-none-eabi";
/// The firmware that users copy from.
pub const EXAMPLE: &str = "examples/cortex-m";
/// The emulated board and its clock: an instruction takes 64 ns, whatever the host does.
const QEMU: [&str; 12] = [
    "-M",
    "mps2-an385",
    "-nographic",
    "-monitor",
    "none",
    "-serial",
    "none",
    "-icount",
    "shift=6,sleep=off",
    "-semihosting-config",
    "enable=on,target=native",
    "-kernel",
];

/// Levels of optimisation: clang's `-O` and rustc's `opt-level` alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Size,
    Speed,
}

impl Level {
    pub const ALL: [Self; 2] = [Self::Size, Self::Speed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Size => "s",
            Self::Speed => "3",
        }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Speed => "release",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// No kernel.
    Empty,
    Native,
    Herkos,
}

impl Side {
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Native => "native",
            Self::Herkos => "herkos",
        }
    }

    fn feature(self) -> &'static str {
        match self {
            Self::Empty => "",
            Self::Native | Self::Herkos => self.name(),
        }
    }
}

/// What a firmware costs. Bytes and instructions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// Code, constants, and the initial values of variables.
    pub flash: u64,
    /// Variables: .data and .bss, without the stack.
    pub ram: u64,
    /// Instructions that `run` takes.
    pub instructions: u64,
}

impl Costs {
    /// What is beyond the firmware without a kernel.
    pub fn beyond(self, empty: Self) -> Self {
        Self {
            flash: self.flash.saturating_sub(empty.flash),
            ram: self.ram.saturating_sub(empty.ram),
            instructions: self.instructions.saturating_sub(empty.instructions),
        }
    }
}

pub struct Measured {
    pub costs: Costs,
    pub checksum: u32,
    /// Bytes of code and constants by demangled name.
    pub symbols: BTreeMap<String, u64>,
}

/// Where things are; one for each thread, as Cargo locks its target folder.
pub struct Workshop {
    tests: PathBuf,
    target: PathBuf,
    kept: PathBuf,
}

impl Workshop {
    pub fn new(tests: &Path, target: &Path, number: usize) -> Result<Self, String> {
        let kept = target.join("elf");
        fs::create_dir_all(&kept).map_err(|e| format!("{}: {e}", kept.display()))?;
        let target = target.join(format!("cargo-{number}"));
        Ok(Self { tests: tests.to_owned(), target, kept })
    }

    /// The checksum that this machine finds.
    pub fn reference(&self, kernel: &Kernel) -> Result<u32, String> {
        let program = self.kept.join(format!("{}-host", kernel.name));
        output(
            Command::new(CLANG)
                .args(["-std=gnu11", "-O1", "-o"])
                .arg(&program)
                .arg(self.tests.join(format!("c/{}.c", kernel.name)))
                .arg(self.tests.join("host/main.c")),
        )?;
        let output = output(Command::new(&program).arg(kernel.rounds.to_string()))?;
        hexadecimal(String::from_utf8_lossy(&output.stdout).trim())
    }

    pub fn measure(
        &self,
        kernel: &Kernel,
        side: Side,
        level: Level,
        lto: bool,
    ) -> Result<Measured, String> {
        let program = self.build(kernel, side, level, lto)?;
        let (checksum, ticks) = run(&program)?;
        let bytes = fs::read(&program).map_err(|e| format!("{}: {e}", program.display()))?;
        let elf =
            object::File::parse(&*bytes).map_err(|e| format!("{}: {e}", program.display()))?;
        let (flash, ram) = sizes(&elf);
        // 25 ticks are a microsecond: 5 instructions of 64 ns take 8 ticks.
        let instructions = (u64::from(ticks) * 5 + 4) / 8;
        let symbols = symbols(&elf);
        if let Some(name) = symbols.keys().find(|name| name.contains("core::panicking")) {
            return Err(format!("{}: a way to panic: {name}", program.display()));
        }
        Ok(Measured { costs: Costs { flash, ram, instructions }, checksum, symbols })
    }

    /// The firmware, copied to where the next build doesn't overwrite it.
    fn build(
        &self,
        kernel: &Kernel,
        side: Side,
        level: Level,
        lto: bool,
    ) -> Result<PathBuf, String> {
        let (name, rounds) = match side {
            Side::Empty => ("none", 1),
            Side::Native | Side::Herkos => (kernel.name, kernel.rounds),
        };
        let mut cargo = Command::new("cargo");
        if !lto {
            // As Cargo has it where a firmware says nothing.
            let profile = format!("CARGO_PROFILE_{}", level.profile().to_uppercase());
            cargo.env(format!("{profile}_LTO"), "false");
            cargo.env(format!("{profile}_CODEGEN_UNITS"), "16");
        }
        output(
            cargo
                .current_dir(self.tests.join("firmware"))
                .args(["build", "--quiet", "--target", TARGET])
                .args(["--profile", level.profile(), "--features", side.feature()])
                .env("CARGO_TARGET_DIR", &self.target)
                .env("SIZE_CLANG", CLANG)
                .env("SIZE_KERNEL", name)
                .env("SIZE_ROUNDS", rounds.to_string()),
        )?;
        let made = self.target.join(TARGET).join(level.profile()).join("firmware");
        let lto = if lto { "" } else { "-no-lto" };
        let kept = self.kept.join(format!("{name}-{}-{}{lto}", side.name(), level.name()));
        fs::copy(&made, &kept).map_err(|e| format!("{}: {e}", made.display()))?;
        Ok(kept)
    }
}

/// Flash and RAM of the example's firmware, with its own profile at that level.
pub fn example(repository: &Path, target: &Path, level: Level) -> Result<Costs, String> {
    output(
        Command::new("cargo")
            .current_dir(repository.join(EXAMPLE))
            .args(["build", "--quiet", "--target", TARGET, "--release"])
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level.name()),
    )?;
    let program = target.join(TARGET).join("release/cortex-m-firmware");
    let bytes = fs::read(&program).map_err(|e| format!("{}: {e}", program.display()))?;
    let elf = object::File::parse(&*bytes).map_err(|e| format!("{}: {e}", program.display()))?;
    let (flash, ram) = sizes(&elf);
    Ok(Costs { flash, ram, instructions: 0 })
}

/// The compilers, as they call themselves.
pub fn compilers() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut names = Vec::new();
    for compiler in [rustc.as_os_str(), CLANG.as_ref()] {
        let output = output(Command::new(compiler).arg("--version"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        names.extend(text.lines().next().map(|line| line.trim().to_owned()));
    }
    Ok(names.join(", "))
}

/// The checksum and the ticks.
fn run(program: &Path) -> Result<(u32, u32), String> {
    let output =
        output(Command::new("timeout").arg("60").arg("qemu-system-arm").args(QEMU).arg(program))?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        [checksum, ticks] => Ok((hexadecimal(checksum)?, hexadecimal(ticks)?)),
        _ => Err(format!("{}: unexpected output: {text}", program.display())),
    }
}

fn hexadecimal(text: &str) -> Result<u32, String> {
    u32::from_str_radix(text, 16).map_err(|e| format!("`{text}`: {e}"))
}

/// A command's output, if it succeeds.
fn output(command: &mut Command) -> Result<Output, String> {
    let name = format!("{command:?}");
    let output = command.output().map_err(|e| format!("{name}: {e}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    Err(format!("{name}: {}\n{}", output.status, String::from_utf8_lossy(&text)))
}

/// Flash and RAM of the sections that are loaded or reserved.
fn sizes(elf: &object::File) -> (u64, u64) {
    let (mut flash, mut ram) = (0, 0);
    for section in elf.sections() {
        match section.kind() {
            SectionKind::Text | SectionKind::ReadOnlyData => flash += section.size(),
            SectionKind::Data => {
                flash += section.size();
                ram += section.size();
            }
            SectionKind::UninitializedData => ram += section.size(),
            _ => {}
        }
    }
    (flash, ram)
}

fn symbols(elf: &object::File) -> BTreeMap<String, u64> {
    let mut sizes = BTreeMap::new();
    let in_flash = |symbol: &object::Symbol| {
        let section = symbol.section_index().and_then(|i| elf.section_by_index(i).ok());
        section.is_some_and(|s| matches!(s.kind(), SectionKind::Text | SectionKind::ReadOnlyData))
    };
    for symbol in elf.symbols().filter(|s| s.size() > 0 && in_flash(s)) {
        let name = symbol.name().unwrap_or("?");
        *sizes.entry(format!("{:#}", rustc_demangle::demangle(name))).or_default() += symbol.size();
    }
    sizes
}
