//! Each .wat of `wat/` becomes a module of its name.

use herkos_build::{Builder, Module};
use std::path::Path;
use std::{env, fs};

fn main() {
    let out = env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR");
    let mut builder = Builder::new();
    println!("cargo::rerun-if-changed=wat");
    for name in [
        "owner",
        "library",
        "lent",
        "pure",
        "app",
        "fueled",
        "deep",
        "small",
        "capped",
        "front",
        "double",
        "square",
        "lender",
        "state",
        "tool",
        "sensor",
        "ledger",
        "held",
        "traced",
        "traced_library",
        "traced_start",
    ] {
        let wasm = Path::new(&out).join(format!("{name}.wasm"));
        let bytes = wat::parse_file(format!("wat/{name}.wat")).expect("the text is right");
        fs::write(&wasm, bytes).expect("OUT_DIR can be written to");
        let mut module = Module::new(name, wasm);
        match name {
            "fueled" => module = module.fuel(true),
            "ledger" => module = module.fuel(true).max_stack(20_000),
            "deep" => module = module.max_stack(100_000),
            "traced" => {
                let binary = Path::new(&out).join("traced.wasm");
                let fueled = Module::new("traced_fuel", &binary).fuel(true).trace(true);
                builder = builder.module(fueled);
                module = module.max_stack(100_000).trace(true);
            }
            "traced_library" | "traced_start" => module = module.trace(true),
            "small" => module = module.max_memory(6000),
            "capped" => module = module.max_memory(5000),
            "front" => module = module.link("math", "pure").link("sums", "library"),
            "state" => {
                // The same binary once more, with other options.
                let binary = Path::new(&out).join("state.wasm");
                builder = builder
                    .module(Module::new("state_without_fuel", &binary))
                    .module(
                        Module::new("state_of_a_page", &binary)
                            .fuel(true)
                            .max_pages(1),
                    );
                module = module.fuel(true);
            }
            _ => {}
        }
        builder = builder.module(module);
    }
    builder.compile();
}
