//! What a user's build script does, for tests that start it themselves.

#![forbid(unsafe_code)]

fn main() {
    herkos_build::compile();
}
