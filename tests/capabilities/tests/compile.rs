//! What rustc refuses: `cases/*.rs`, each a program that reaches for what it was not given. The message
//! that a user sees is `cases/*.stderr`; after a change that is meant, `TRYBUILD=overwrite make
//! capabilities` writes them anew.

#[cfg(not(pinned_rustc))]
mod codes;

#[test]
#[cfg_attr(not(pinned_rustc), ignore = "cases/*.stderr hold the messages of rustc 1.95")]
fn refused_with_a_readable_message() {
    let tests = trybuild::TestCases::new();
    tests.pass("cases/accepted/*.rs");
    tests.compile_fail("cases/*.rs");
}
