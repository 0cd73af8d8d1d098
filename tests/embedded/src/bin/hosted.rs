//! The checks on the machine that builds.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut text = String::new();
    let good = herkos_tests_embedded::run(&mut text);
    print!("{text}");
    match good {
        Ok(true) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
