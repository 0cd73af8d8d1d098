//! A function for each vector instruction (§2.4.3), by herkos-c's own table of them.

use std::fmt::Write;
use std::fs;

const TABLE: &str = "../../herkos-c/src/opcodes_simd.h";

pub fn wat() -> String {
    println!("cargo::rerun-if-changed={TABLE}");
    let table = fs::read_to_string(TABLE).expect("herkos-c's table");
    let mut text = String::from("(module (memory 1)\n");
    let mut count = 0;
    for row in table.lines().filter(|line| line.starts_with("HK_OP(")) {
        // HK_OP(0xfd0d, I8X16_SHUFFLE, "i8x16.shuffle", "vv:v", SHUFFLE, ...
        let [_, name, _, types, rest, ..] = row.split('"').collect::<Vec<_>>()[..] else {
            panic!("{TABLE}: {row}");
        };
        let immediate = match rest.split(", ").nth(1).map(str::trim) {
            Some("LANE" | "MEMARG_LANE") => " 1",
            Some("SHUFFLE") => " 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31",
            _ => "",
        };
        let (params, results) = types.split_once(':').expect("operands and results");
        let operands: String = (0..params.len())
            .map(|i| format!(" (local.get {i})"))
            .collect();
        writeln!(
            text,
            "(func (export \"{}\") (param{}) (result{}) ({name}{immediate}{operands}))",
            name.replace('.', "_"),
            value_types(params),
            value_types(results),
        )
        .expect("memory");
        count += 1;
    }
    assert!(count > 200, "{TABLE}: {count} instructions");
    text + ")"
}

fn value_types(letters: &str) -> String {
    let names = letters.chars().map(|letter| match letter {
        'i' => " i32",
        'I' => " i64",
        'f' => " f32",
        'F' => " f64",
        'v' => " v128",
        _ => panic!("{TABLE}: what is {letter}?"),
    });
    names.collect()
}
