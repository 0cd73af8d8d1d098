//! This crate's library as optimised assembly, function by function.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Architecture {
    X86_64,
    Thumbv7m,
}

pub struct Assembly {
    architecture: Architecture,
    /// By symbol, without directives, comments and labels.
    functions: BTreeMap<String, Vec<String>>,
}

impl Assembly {
    /// Compiles the library, in the target folder of this test: with a target named, the flags are not
    /// for what the build script needs, which is there already. Code has fixed addresses, so that a
    /// direct call is written as one.
    pub fn of(architecture: Architecture, level: &str) -> Self {
        let target = match architecture {
            Architecture::X86_64 => "x86_64-unknown-linux-gnu",
            Architecture::Thumbv7m => "thumbv7m-none-eabi",
        };
        let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = tmp.join("dispatch");
        let file = folder.join(format!("{target}-{level}.s"));
        fs::create_dir_all(&folder).unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        cargo.args(["rustc", "--quiet", "--offline", "--lib", "--target", target]);
        cargo.arg("--target-dir").arg(tmp.parent().unwrap());
        cargo.arg("--").arg(format!("--emit=asm={}", file.display()));
        let flags = [
            &format!("-Copt-level={level}"),
            "-Ccodegen-units=1",
            "-Cdebug-assertions=off",
            "-Coverflow-checks=off",
            "-Cdebuginfo=0",
            "-Crelocation-model=static",
        ];
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        assert!(cargo.status().unwrap().success(), "{cargo:?}");
        Self::read(architecture, &fs::read_to_string(file).unwrap())
    }

    fn read(architecture: Architecture, text: &str) -> Self {
        let mut functions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut aliases = Vec::new();
        let mut current = String::new();
        for line in text.lines() {
            let directive = line.trim_start();
            if let Some(name) = function_type(directive) {
                functions.insert(name.to_owned(), Vec::new());
            } else if let Some(alias) = alias(directive) {
                aliases.push(alias);
            } else if let Some(label) = line.strip_suffix(':') {
                if functions.contains_key(label) || label.starts_with(".Lfunc_end") {
                    current = label.to_owned();
                }
            } else if line.starts_with('\t') && !directive.starts_with('.') {
                let instruction = uncommented(directive, architecture).replace('\t', " ");
                functions.entry(current.clone()).or_default().push(instruction);
            }
        }
        for (name, same) in aliases {
            if let Some(body) = functions.get(same).cloned() {
                functions.insert(name.to_owned(), body);
            }
        }
        Self { architecture, functions }
    }

    /// How many functions there are.
    pub fn functions(&self) -> usize {
        self.functions.len()
    }

    /// The one symbol in which a name stands, with the length before it that mangling puts there.
    fn symbol(&self, name: &str) -> &str {
        let part = format!("{}{name}", name.len());
        let mut symbols = self.functions.keys().filter(|symbol| symbol.contains(&part));
        match (symbols.next(), symbols.next()) {
            (Some(symbol), None) => symbol,
            found => panic!("{name}: {found:?}"),
        }
    }

    /// The instructions of a function.
    pub fn instructions(&self, name: &str) -> Vec<String> {
        self.functions[self.symbol(name)].clone()
    }

    /// The functions of this crate that a function calls, or jumps to, and those which they do; itself
    /// first.
    pub fn reached(&self, name: &str) -> Vec<&str> {
        let mut reached = vec![self.symbol(name)];
        let mut next = 0;
        while let Some(name) = reached.get(next).copied() {
            for instruction in &self.functions[name] {
                let operand = instruction.split_once(' ').map_or("", |(_, operand)| operand);
                if let Some((symbol, _)) = self.functions.get_key_value(operand) {
                    if !reached.contains(&symbol.as_str()) {
                        reached.push(symbol);
                    }
                }
            }
            next += 1;
        }
        reached
    }

    /// The calls and jumps through a pointer in a function and in all of this crate that it reaches.
    pub fn indirect_calls(&self, name: &str) -> Vec<&str> {
        let instructions = self.reached(name).into_iter().flat_map(|name| &self.functions[name]);
        let indirect = instructions.filter(|instruction| match self.architecture {
            Architecture::X86_64 => indirect_on_x86_64(instruction),
            Architecture::Thumbv7m => indirect_on_thumbv7m(instruction),
        });
        indirect.map(String::as_str).collect()
    }
}

/// The name in `.type NAME,@function`, or `%function` on ARM.
fn function_type(directive: &str) -> Option<&str> {
    let name = directive.strip_prefix(".type\t")?.strip_suffix("function")?;
    Some(name.trim_end_matches(['@', '%']).trim_end_matches(','))
}

/// The names in `.set NAME, OTHER` or `NAME = OTHER`: functions that came out the same are one.
fn alias(directive: &str) -> Option<(&str, &str)> {
    match directive.strip_prefix(".set ").or(directive.strip_prefix(".set\t")) {
        Some(names) => names.split_once(", "),
        None => directive.split_once(" = "),
    }
}

fn uncommented(instruction: &str, architecture: Architecture) -> &str {
    let comment = if architecture == Architecture::X86_64 { '#' } else { '@' };
    instruction.split(comment).next().unwrap_or_default().trim_end()
}

/// `callq *%rax`, `jmpq *24(%rsi)`; but not a jump through a table of labels.
fn indirect_on_x86_64(instruction: &str) -> bool {
    let (mnemonic, operand) = instruction.split_once(' ').unwrap_or((instruction, ""));
    let branches = mnemonic.starts_with("call") || mnemonic.starts_with("jmp");
    branches && operand.starts_with('*') && !operand.contains(".LJTI")
}

/// `blx r3`, `bx r3`, or anything that loads the program counter; but neither a return nor a jump
/// through a table of labels (`tbb`, `tbh`).
fn indirect_on_thumbv7m(instruction: &str) -> bool {
    let (mnemonic, operand) = instruction.split_once(' ').unwrap_or((instruction, ""));
    let register = !operand.starts_with("lr") && !operand.starts_with('_');
    match mnemonic.split('.').next().unwrap_or_default() {
        "blx" => !operand.starts_with('_'),
        "bx" => register,
        "mov" | "ldr" | "add" => operand.starts_with("pc,") && !operand.contains("[sp]"),
        _ => false,
    }
}

#[test]
fn what_is_a_call_through_a_pointer() {
    for indirect in ["callq *%rax", "callq *24(%rsi)", "jmpq *%rcx", "jmpq *24(%rsi)"] {
        assert!(indirect_on_x86_64(indirect), "{indirect}");
    }
    for direct in
        ["callq _ZN4core", "jmp .LBB0_1", "retq", "jmpq *.LJTI3_0(,%rax,8)", "movq %rax, (%rcx)"]
    {
        assert!(!indirect_on_x86_64(direct), "{direct}");
    }
    for indirect in ["blx r3", "bx r12", "mov pc, r3", "ldr pc, [r0, #12]", "ldr.w pc, [r1]"] {
        assert!(indirect_on_thumbv7m(indirect), "{indirect}");
    }
    for direct in
        ["bl _ZN4core", "b .LBB0_1", "bx lr", "pop {r7, pc}", "tbb [pc, r0]", "ldr pc, [sp], #4"]
    {
        assert!(!indirect_on_thumbv7m(direct), "{direct}");
    }
}
