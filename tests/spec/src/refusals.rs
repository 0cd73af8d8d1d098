//! Is a refusal by herkos-c about what the test says is wrong?

/// What the test says, and words of which herkos-c's message has one, where it does not have the
/// test's own words.
const DIFFERENCES: &[(&str, &[&str])] = &[];

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
