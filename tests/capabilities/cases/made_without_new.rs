//! An instance comes from instantiation only.

use herkos_runtime::BoxedMemory;
use herkos_tests_capabilities::{other, Granted};

fn main() {
    let _ = other::Module {
        memory: BoxedMemory::zeroed(65536),
        host: Granted::default(),
    };
}
