//! Decides, for each directive of a file, what is to be done: what can be judged at once is, the
//! rest becomes a line of the file's script. Names and imports are resolved here, so that generated
//! code and script know instances by number.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::api::{self, Api};
use crate::facts::{self, Extern, Facts};
use crate::refusals;
use crate::script::{Action, Encoded, Script, What};
use crate::transpile::{Results, Transpiled};

/// What became of a directive.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Passed,
    Failed(String),
    /// It needs a feature that herkos-c does not have.
    Unsupported(String),
    /// It failed, or is unsupported; and it is listed in exclusions.txt, with this reason.
    Excluded(String),
    /// About the text format alone.
    TextOnly,
    /// Version 1 demands a refusal; by version 2 the module is valid, and was accepted.
    Superseded,
    /// The driver says it.
    Pending,
}

/// A module that is to be compiled.
pub struct Module {
    /// The number of its directive, which is its name in generated code.
    pub number: usize,
    pub text: String,
    pub facts: Facts,
    pub api: Api,
    /// By import.
    pub links: Vec<Link>,
    /// `assert_unlinkable`: rustc or instantiation must refuse it.
    pub unlinkable: bool,
}

/// What an import stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    Missing,
    Spectest(Extern),
    Instance { module: usize, export: usize },
}

/// Whose memory or table a module works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    Spectest,
    Instance(usize),
}

/// What is lent.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Memory(Owner),
    /// With its names: the field of what `lend` gives, and the method for it alone.
    Table(Owner, String, String),
}

impl Part {
    pub fn owner(&self) -> Owner {
        match self {
            Self::Memory(owner) | Self::Table(owner, ..) => *owner,
        }
    }
}

/// A file's directives with what became of them.
pub struct Plan {
    pub name: String,
    pub lines: Vec<usize>,
    /// Is the directive an assertion?
    pub assertions: Vec<bool>,
    pub statuses: Vec<Status>,
    pub modules: Vec<Module>,
    pub script: String,
}

impl Plan {
    /// The name of the file's crate: `wasm_v1_call_indirect`.
    pub fn crate_name(&self) -> String {
        let stem = self.name.trim_end_matches(".wast");
        stem.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
    }

    pub fn module(&self, number: usize) -> Option<&Module> {
        self.modules.iter().find(|module| module.number == number)
    }

    /// The memory that the module imports; None if there is no memory of that name.
    pub fn memory(&self, module: &Module) -> Option<Part> {
        let part = self.part(module.links.get(module.facts.memory_import?)?)?;
        matches!(part, Part::Memory(_)).then_some(part)
    }

    /// The tables that the module is lent; likewise.
    pub fn tables(&self, module: &Module) -> Vec<Option<Part>> {
        let lent = module.facts.lent_tables().into_iter();
        let part = |(at, _): (usize, _)| {
            let part = self.part(module.links.get(at)?)?;
            matches!(part, Part::Table(..)).then_some(part)
        };
        lent.map(part).collect()
    }

    /// All that the module is lent with each call.
    pub fn parts(&self, module: &Module) -> impl Iterator<Item = Part> {
        let memory = self.memory(module);
        memory
            .into_iter()
            .chain(self.tables(module).into_iter().flatten())
    }

    fn part(&self, link: &Link) -> Option<Part> {
        match link {
            Link::Spectest(Extern::Memory(_)) => Some(Part::Memory(Owner::Spectest)),
            Link::Spectest(Extern::Table(_)) => Some(Part::Table(
                Owner::Spectest,
                "table".to_owned(),
                "table_mut".to_owned(),
            )),
            Link::Instance { module, export } => {
                let exporter = self.module(*module)?;
                let facts = &exporter.facts;
                let export = facts.exports.get(*export)?;
                let imported = match export.ty {
                    Extern::Memory(_) => facts.memory_import,
                    Extern::Table(_) => facts.table_imports.get(export.index).copied(),
                    _ => return None,
                };
                match (imported, &export.ty) {
                    (Some(at), _) => self.part(exporter.links.get(at)?),
                    (None, Extern::Memory(_)) => Some(Part::Memory(Owner::Instance(*module))),
                    (None, _) => own_table(exporter, export.index),
                }
            }
            _ => None,
        }
    }
}

/// A table is known by the first of its names.
fn own_table(exporter: &Module, index: usize) -> Option<Part> {
    let mut exports = exporter.facts.exports.iter();
    let first = exports.position(|e| e.index == index && matches!(e.ty, Extern::Table(_)))?;
    let method = exporter.api.exports.get(first)?.clone()?;
    let owner = Owner::Instance(exporter.number);
    Some(Part::Table(owner, method.name, method.setter?))
}

/// An instance by its directive's number, or why there is none.
type Instance = Result<usize, Status>;

struct Planner<'a> {
    plan: Plan,
    results: &'a Results,
    version_1: bool,
    current: Instance,
    named: HashMap<String, Instance>,
    registered: HashMap<String, Instance>,
    /// Instances that a module was to change which cannot be run; and why it cannot.
    tainted: HashMap<usize, Status>,
}

/// Plans a file.
pub fn plan(script: &Script, results: &Results) -> Plan {
    let mut planner = Planner {
        plan: Plan {
            name: script.name.clone(),
            lines: Vec::new(),
            assertions: Vec::new(),
            statuses: Vec::new(),
            modules: Vec::new(),
            script: String::new(),
        },
        results,
        version_1: script.name.starts_with("wasm-v1/"),
        current: Err(Status::Failed("there is no module yet".to_owned())),
        named: HashMap::new(),
        registered: HashMap::new(),
        tainted: HashMap::new(),
    };
    for (number, directive) in script.directives.iter().enumerate() {
        let status = planner.directive(number, &directive.what);
        planner.plan.lines.push(directive.line);
        planner.plan.assertions.push(is_assertion(&directive.what));
        planner.plan.statuses.push(status);
    }
    planner.plan
}

fn is_assertion(what: &What) -> bool {
    !matches!(
        what,
        What::Module { .. } | What::Definition { .. } | What::Register { .. } | What::Invoke(_)
    )
}

impl Planner<'_> {
    fn directive(&mut self, number: usize, what: &What) -> Status {
        match what {
            What::Module { name, wasm } => self.start(number, name.as_ref(), wasm),
            What::Definition { wasm } => self.definition(wasm),
            What::Register { name, registered } => self.register(name.as_ref(), registered),
            What::Invoke(action) => self.action(number, action, ""),
            What::Return { action, expected } => {
                let expected = format!(" = {}", expected.join(" "));
                self.action(number, action, &expected)
            }
            What::Trap { action, message } => match trap_name(message) {
                Some(trap) => self.action(number, action, &format!(" ! {trap}")),
                None => unknown_message(message),
            },
            What::ModuleTrap { wasm, message } => match trap_name(message) {
                Some(trap) => self.module(number, wasm, &format!("start {number} ! {trap}")),
                None => unknown_message(message),
            },
            What::Unlinkable { wasm, .. } => self.module(number, wasm, &format!("refuse {number}")),
            What::Refused { wasm, message } => self.refused(wasm, message),
            What::TextOnly => Status::TextOnly,
            What::Unknown(what) => Status::Failed(format!("the runner does not know {what}")),
        }
    }

    fn introduce(&mut self, name: Option<&String>, instance: Instance) {
        if let Some(name) = name {
            self.named.insert(name.clone(), instance.clone());
        }
        self.current = instance;
    }

    fn start(&mut self, number: usize, name: Option<&String>, wasm: &Encoded) -> Status {
        let status = self.module(number, wasm, &format!("start {number}"));
        let instance = match &status {
            Status::Pending => Ok(number),
            Status::Failed(why) => Err(Status::Failed(format!("its module failed: {why}"))),
            other => Err(other.clone()),
        };
        self.introduce(name, instance);
        status
    }

    /// Adds a module to those that are compiled, and the line that instantiates it.
    fn module(&mut self, number: usize, wasm: &Encoded, line: &str) -> Status {
        let wasm = match wasm {
            Ok(wasm) => wasm,
            Err(why) => return cannot_encode(why),
        };
        let text = match self.results.get(wasm) {
            Some(Transpiled::Rust(text)) => text.clone(),
            Some(Transpiled::Unsupported(why)) => {
                let status = Status::Unsupported(why.clone());
                self.taint(wasm, &status);
                return status;
            }
            Some(Transpiled::Refused(why)) => {
                return Status::Failed(format!("herkos-c refuses it: {why}"))
            }
            Some(Transpiled::Broken(why)) => return Status::Failed(why.clone()),
            None => return Status::Failed("it was not transpiled".to_owned()),
        };
        let read = facts::read(wasm).and_then(|facts| Ok((api::read(&text, &facts)?, facts)));
        let (api, facts) = match read {
            Ok(read) => read,
            Err(why) => return Status::Failed(why),
        };
        let links = match self.links(&facts) {
            Ok(links) => links,
            Err(status) => {
                self.taint(wasm, &status);
                return status;
            }
        };
        let module = Module {
            number,
            text,
            facts,
            api,
            links,
            unlinkable: line.starts_with("refuse"),
        };
        if let Err(why) = crate::link::check(&self.plan, &module) {
            return Status::Failed(why);
        }
        self.plan.modules.push(module);
        self.line(number, line);
        Status::Pending
    }

    /// A module that is not run would have changed the tables and memories that it imports: what is
    /// said about their instances from here on cannot be judged.
    fn taint(&mut self, wasm: &[u8], status: &Status) {
        let Ok(facts) = facts::read(wasm) else { return };
        for import in facts.imports {
            let state = matches!(import.ty, Extern::Memory(_) | Extern::Table(_));
            if let (true, Some(Ok(number))) = (state, self.registered.get(&import.module)) {
                self.tainted.insert(*number, status.clone());
            }
        }
    }

    /// Is an instance tainted, itself or through what it imports?
    fn taint_of(&self, number: usize) -> Option<&Status> {
        if let Some(status) = self.tainted.get(&number) {
            return Some(status);
        }
        let module = self.plan.module(number)?;
        module.links.iter().find_map(|link| match link {
            Link::Instance { module, .. } => self.taint_of(*module),
            _ => None,
        })
    }

    fn line(&mut self, number: usize, line: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.plan.script, "{number} {line}");
    }

    /// Resolves the imports. An import from an instance that there should be is why this module
    /// cannot be run either.
    fn links(&self, facts: &Facts) -> Result<Vec<Link>, Status> {
        let mut links = Vec::new();
        for import in &facts.imports {
            if import.module == "spectest" {
                let ty = crate::link::spectest(&import.name);
                links.push(ty.map_or(Link::Missing, Link::Spectest));
                continue;
            }
            let module = match self.registered.get(&import.module) {
                None => None,
                Some(Ok(number)) => self.plan.module(*number),
                Some(Err(status)) => return Err(status.clone()),
            };
            let link = module.and_then(|module| {
                let mut exports = module.facts.exports.iter();
                let export = exports.position(|export| export.name == import.name)?;
                Some(Link::Instance {
                    module: module.number,
                    export,
                })
            });
            links.push(link.unwrap_or(Link::Missing));
        }
        Ok(links)
    }

    fn find(&self, name: Option<&String>) -> Instance {
        match name {
            None => self.current.clone(),
            Some(name) => self.named.get(name).cloned().unwrap_or_else(|| {
                let why = format!("there is no module ${name}");
                Err(Status::Failed(why))
            }),
        }
    }

    fn register(&mut self, name: Option<&String>, registered: &str) -> Status {
        let instance = self.find(name);
        let status = instance.clone().err().unwrap_or(Status::Passed);
        self.registered.insert(registered.to_owned(), instance);
        status
    }

    fn action(&mut self, number: usize, action: &Action, expected: &str) -> Status {
        let instance = match self.find(action.module.as_ref()) {
            Ok(instance) => instance,
            Err(status) => return status,
        };
        if let Some(status) = self.taint_of(instance) {
            return status.clone();
        }
        let args = match &action.args {
            Ok(args) => args.join(" "),
            Err(why) => return Status::Failed(format!("the runner does not know {why}")),
        };
        let module = self.plan.module(instance);
        let export = module.and_then(|module| {
            let mut exports = module.facts.exports.iter();
            exports.position(|export| export.name == action.export)
        });
        let Some(export) = export else {
            return Status::Failed(format!("no export is named {:?}", action.export));
        };
        let line = format!("call {instance} {export} {args}{expected}");
        self.line(number, &line);
        Status::Pending
    }

    fn definition(&self, wasm: &Encoded) -> Status {
        let wasm = match wasm {
            Ok(wasm) => wasm,
            Err(why) => return cannot_encode(why),
        };
        match self.results.get(wasm) {
            Some(Transpiled::Rust(_)) => Status::Passed,
            Some(Transpiled::Unsupported(why)) => Status::Unsupported(why.clone()),
            other => Status::Failed(format!("herkos-c refuses it: {other:?}")),
        }
    }

    fn refused(&self, wasm: &Encoded, message: &str) -> Status {
        let wasm = match wasm {
            Ok(wasm) => wasm,
            Err(why) => return cannot_encode(why),
        };
        match self.results.get(wasm) {
            Some(Transpiled::Refused(said)) if refusals::fits(message, said) => Status::Passed,
            Some(Transpiled::Refused(said)) => Status::Failed(format!(
                "expected a refusal: {message}; herkos-c says: {said}"
            )),
            // A limit or a later proposal that is named may be the very reason for the refusal.
            Some(Transpiled::Unsupported(said)) if refusals::fits(message, said) => Status::Passed,
            Some(Transpiled::Unsupported(why)) => Status::Unsupported(why.clone()),
            Some(Transpiled::Rust(_)) if self.version_1 && facts::valid_in_version_2(wasm) => {
                Status::Superseded
            }
            Some(Transpiled::Rust(_)) => {
                Status::Failed(format!("expected a refusal: {message}; it was accepted"))
            }
            Some(Transpiled::Broken(why)) => Status::Failed(why.clone()),
            None => Status::Failed("it was not transpiled".to_owned()),
        }
    }
}

fn cannot_encode(why: &str) -> Status {
    Status::Failed(format!("wast cannot encode the module: {why}"))
}

fn unknown_message(message: &str) -> Status {
    Status::Failed(format!("the runner knows no trap for {message:?}"))
}

/// The runtime's trap for the message of a test.
fn trap_name(message: &str) -> Option<&'static str> {
    const TRAPS: [(&str, &str); 10] = [
        ("out of bounds memory access", "OutOfBounds"),
        ("integer divide by zero", "DivisionByZero"),
        ("integer overflow", "IntegerOverflow"),
        ("invalid conversion to integer", "IntegerOverflow"),
        ("unreachable", "Unreachable"),
        ("indirect call type mismatch", "IndirectCallTypeMismatch"),
        ("out of bounds table access", "TableOutOfBounds"),
        // A call_indirect beyond the end of the table.
        ("undefined element", "TableOutOfBounds"),
        ("uninitialized element", "UndefinedElement"),
        ("call stack exhausted", "StackExhausted"),
    ];
    let known = TRAPS.iter().find(|(text, _)| message.starts_with(text));
    known.map(|(_, name)| *name)
}

/// All modules of a file that are to be transpiled.
pub fn modules(script: &Script) -> BTreeSet<Vec<u8>> {
    let encoded = script.directives.iter().filter_map(|d| match &d.what {
        What::Module { wasm, .. }
        | What::Definition { wasm }
        | What::ModuleTrap { wasm, .. }
        | What::Unlinkable { wasm, .. }
        | What::Refused { wasm, .. } => wasm.as_ref().ok(),
        _ => None,
    });
    encoded.cloned().collect()
}
