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
        let mut bytes = wat::parse_file(format!("wat/{name}.wat")).expect("the text is right");
        if name == "traced_library" {
            bytes.extend(line_section());
        }
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

/// A custom section `.debug_line` (DWARF 4): from the byte 3 of the code section on line 300 of lib.c, from byte 5 on line 7.
fn line_section() -> Vec<u8> {
    let header =
        b"\x01\x01\x01\xfb\x0e\x0d\0\x01\x01\x01\x01\0\0\0\x01\0\0\x01\0sub/lib.c\0\0\0\0\0";
    let program = b"\0\x05\x02\x03\0\0\0\x03\xab\x02\x01\x02\x02\x03\xdb\x7d\x01\x02\x09\0\x01\x01";
    let mut unit = vec![4, 0, header.len() as u8, 0, 0, 0];
    unit.extend_from_slice(header);
    unit.extend_from_slice(program);
    let name = b"\x0b.debug_line";
    let mut section = vec![0, (name.len() + 4 + unit.len()) as u8];
    section.extend_from_slice(name);
    section.extend([unit.len() as u8, 0, 0, 0]);
    section.extend(unit);
    section
}
