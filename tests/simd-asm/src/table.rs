//! What instructions become: classes, the table of them, and what is worse than it.

use crate::asm::Counts;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Better ones first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// One instruction, or just a load or a store.
    Single,
    /// Several, on all lanes at once.
    Sequence,
    /// Lane by lane.
    Scalar,
}

impl Class {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Single, "single"),
        (Self::Sequence, "sequence"),
        (Self::Scalar, "scalar"),
    ];

    fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(class, _)| *class == self)
            .map_or("", |(_, name)| name)
    }
}

/// One instruction's code at one CPU level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    pub class: Class,
    pub vector: u32,
    pub scalar: u32,
}

/// Scalar instructions that aren't work on lanes: a loop and its checks, the check of an access, the masking
/// of a count, the making of a number.
fn allowed(name: &str) -> u32 {
    let last = name.rsplit('_').next().unwrap_or("");
    if name == "chain_rotations" {
        12 // without memory
    } else if name == "chain_bitmask" {
        70 // counts bits too
    } else if name.starts_with("chain_") {
        45
    } else if name.starts_with("v128_load") || name.starts_with("v128_store") {
        9
    } else if last == "bitmask" {
        13 // there is no way to `pmovmskb`
    } else if last == "true" {
        3
    } else if name.contains("replace_lane") {
        2
    } else if name.contains("_shl") || name.contains("_shr") || name.contains("_lane") {
        1
    } else {
        0
    }
}

pub fn code(name: &str, counts: Counts) -> Code {
    let Counts {
        vector,
        scalar,
        calls,
    } = counts;
    let memory = name.starts_with("v128_load") || name.starts_with("v128_store");
    let number = if memory { vector } else { vector + scalar };
    let class = if calls > 0 || scalar > allowed(name) {
        Class::Scalar
    } else if number <= 1 {
        Class::Single
    } else {
        Class::Sequence
    };
    Code {
        class,
        vector,
        scalar: scalar + calls,
    }
}

/// One way to compile the probes.
pub struct Build {
    /// As the .csv calls it.
    pub name: &'static str,
    pub title: &'static str,
    pub cpu: &'static str,
    /// Arguments for Cargo.
    pub features: &'static [&'static str],
}

pub const BUILDS: [Build; 4] = [
    Build {
        name: "sse2",
        title: "SSE2",
        cpu: "x86-64",
        features: &[],
    },
    Build {
        name: "v3",
        title: "x86-64-v3",
        cpu: "x86-64-v3",
        features: &[],
    },
    Build {
        name: "simd_sse2",
        title: "`simd`, SSE2",
        cpu: "x86-64",
        features: &["--features", "simd"],
    },
    Build {
        name: "simd_v3",
        title: "`simd`, x86-64-v3",
        cpu: "x86-64-v3",
        features: &["--features", "simd"],
    },
];

/// The code of each build, in the order of [`BUILDS`].
pub type Table = BTreeMap<String, Vec<Code>>;

fn header() -> String {
    let columns = BUILDS.map(|Build { name, .. }| format!(",{name},{name}_vector,{name}_scalar"));
    format!("instruction{}", columns.concat())
}

pub fn to_csv(table: &Table) -> String {
    let mut text = format!("{}\n", header());
    for (name, codes) in table {
        text.push_str(name);
        for code in codes {
            let _ = write!(
                text,
                ",{},{},{}",
                code.class.name(),
                code.vector,
                code.scalar
            );
        }
        text.push('\n');
    }
    text
}

pub fn from_csv(text: &str) -> Result<Table, String> {
    let mut lines = text.lines();
    if lines.next() != Some(&header()) {
        return Err(format!(
            "the first line is not {}; run with --update",
            header()
        ));
    }
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let code = |at: usize| {
            let class = Class::ALL
                .iter()
                .find(|(_, name)| cells.get(at) == Some(name))?
                .0;
            let number = |at: usize| cells.get(at)?.parse().ok();
            Some(Code {
                class,
                vector: number(at + 1)?,
                scalar: number(at + 2)?,
            })
        };
        let name = (*cells.first()?).to_string();
        let codes = (0..BUILDS.len()).map(|i| code(1 + 3 * i));
        Some((name, codes.collect::<Option<_>>()?)).filter(|_| cells.len() == 1 + 3 * BUILDS.len())
    };
    lines
        .map(|line| row(line).ok_or_else(|| format!("not a row: {line}")))
        .collect()
}

/// Why the code is worse than expected: a worse class, or more instructions than another version of LLVM
/// would explain.
pub fn worse(expected: Code, found: Code) -> Option<String> {
    let number = |code: Code| code.vector + code.scalar;
    let limit = number(expected) + number(expected) / 4 + 2;
    if found.class > expected.class {
        let (found, expected) = (found.class.name(), expected.class.name());
        Some(format!("{found}, and should be {expected}"))
    } else if number(found) > limit {
        Some(format!(
            "{} instructions, and should be {}",
            number(found),
            number(expected)
        ))
    } else {
        None
    }
}

const INTRODUCTION: &str = "\
<!-- Generated by `make simd UPDATE=--update`. Do not edit. -->

# What vector instructions become on x86-64

Each instruction of WebAssembly's vectors, called with operands of which nothing is known, as rustc's code for it at
`-O`: for the baseline (SSE2) and for `-C target-cpu=x86-64-v3` (AVX2), without and with the runtime's feature `simd`.
`make simd` compiles them again, and fails when one is worse than here.

- single: one vector instruction, or only a load or store.
- sequence: some of them, without work lane by lane; the number is that of vector instructions.
- scalar: lane by lane; the number is that of all instructions.

Loads and stores of operands, copies of registers and returns are not counted; nor are what isn't work on lanes: the
check of an address (`v128.load*`, `v128.store*`), the masking of a count, the making of a number (`all_true`, `bitmask`).
`chain_*` (`tests/simd-asm/probes/src/chains.rs`) are loops of several instructions on memory.
";

const GROUPS: [(&str, &[&str]); 9] = [
    ("Loops", &["chain_"]),
    ("Loads and stores", &["v128_load", "v128_store"]),
    (
        "Splats and lanes",
        &[
            "_splat", "_lane", "_shuffle", "_swizzle", "_extract", "_replace",
        ],
    ),
    (
        "Bits",
        &["_not", "_and", "_or", "_xor", "select", "_true", "_bitmask"],
    ),
    ("Comparisons", &["_eq", "_ne", "_lt", "_gt", "_le", "_ge"]),
    (
        "Widening, narrowing, products",
        &["_ext", "_narrow", "_dot", "q15mulr"],
    ),
    (
        "Conversions",
        &[
            "_convert",
            "_trunc_sat",
            "_relaxed_trunc",
            "_demote",
            "_promote",
        ],
    ),
    ("Floats", &["f32x4_", "f64x2_"]),
    ("Integers", &[""]),
];

/// Whether a name belongs to such a part; parts of comparisons are whole words.
fn belongs(name: &str, part: &str) -> bool {
    match name.find(part) {
        None => false,
        Some(_) if part.len() != 3 => true,
        Some(at) => matches!(name.as_bytes().get(at + 3), None | Some(b'_' | b'n')),
    }
}

pub fn to_markdown(table: &Table, compiler: &str) -> String {
    let mut text = format!("{INTRODUCTION}\nCompiler: {compiler}.\n\n");
    summary(&mut text, table);
    let mut left: Vec<&String> = table.keys().collect();
    for (group, parts) in GROUPS {
        let of_group = |name: &&String| parts.iter().any(|part| belongs(name, part));
        let (names, rest) = left.into_iter().partition(of_group);
        left = rest;
        let names: Vec<&String> = names;
        let _ = writeln!(
            text,
            "\n## {group}\n\n{}|---|{}",
            titles(),
            "---|".repeat(BUILDS.len())
        );
        for name in names {
            let cells = table[name].iter().map(|code| format!(" {} |", cell(*code)));
            let _ = writeln!(text, "| {name} |{}", cells.collect::<String>());
        }
    }
    text
}

fn cell(code: Code) -> String {
    match code.class {
        Class::Single => "single".to_string(),
        Class::Sequence => format!("sequence, {}", code.vector),
        Class::Scalar => format!("scalar, {}", code.vector + code.scalar),
    }
}

fn titles() -> String {
    let titles = BUILDS.map(|build| format!(" {} |", build.title));
    format!("| |{}\n", titles.concat())
}

fn summary(text: &mut String, table: &Table) {
    let _ = writeln!(text, "{}|---|{}", titles(), "--:|".repeat(BUILDS.len()));
    for (class, name) in Class::ALL {
        let number = |level: usize| {
            let codes = table.iter().filter(|(name, _)| !name.starts_with("chain_"));
            codes
                .filter(|(_, codes)| codes[level].class == class)
                .count()
        };
        let cells = (0..BUILDS.len()).map(|build| format!(" {} |", number(build)));
        let _ = writeln!(text, "| {name} |{}", cells.collect::<String>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(vector: u32, scalar: u32, calls: u32) -> Counts {
        Counts {
            vector,
            scalar,
            calls,
        }
    }

    #[test]
    fn classes() {
        let class = |name: &str, counts| code(name, counts).class;
        assert_eq!(class("i8x16_add", counted(1, 0, 0)), Class::Single);
        assert_eq!(class("i8x16_abs", counted(3, 0, 0)), Class::Sequence);
        assert_eq!(class("i8x16_add", counted(0, 16, 0)), Class::Scalar);
        assert_eq!(class("f32x4_ceil", counted(4, 0, 4)), Class::Scalar);
        assert_eq!(class("v128_load", counted(0, 6, 0)), Class::Single);
        assert_eq!(class("i16x8_shl", counted(2, 1, 0)), Class::Sequence);
    }

    #[test]
    fn worse_code_is_found() {
        let single = code("i8x16_add", counted(1, 0, 0));
        let sequence = code("i8x16_add", counted(9, 0, 0));
        assert_eq!(worse(single, single), None);
        assert_eq!(worse(sequence, single), None);
        assert!(worse(single, sequence).is_some());
        assert!(worse(sequence, code("i8x16_add", counted(13, 0, 0))).is_none());
        assert!(worse(sequence, code("i8x16_add", counted(14, 0, 0))).is_some());
    }

    #[test]
    fn tables_return() {
        let codes = vec![
            code("i8x16_add", counted(1, 0, 0)),
            code("i8x16_add", counted(0, 16, 0)),
            code("i8x16_add", counted(2, 0, 0)),
            code("i8x16_add", counted(1, 1, 0)),
        ];
        let table = Table::from([("i8x16_add".to_string(), codes)]);
        assert_eq!(from_csv(&to_csv(&table)), Ok(table));
        let row = "single,1,0,some,0,16,single,1,0,single,1,0";
        assert!(from_csv(&format!("{}\ni8x16_add,{row}\n", header())).is_err());
    }
}
