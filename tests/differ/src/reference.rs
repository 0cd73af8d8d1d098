//! The reference: chooses the calls of a module, and makes them in wasmtime.

use std::sync::LazyLock;

use herkos_differ_support::{self as support, Host, Wire};
use herkos_runtime::{ExternRef as Thing, FuncRef, WasmTrap, V128};
use wasmtime::{
    Caller, Config, Engine, Error, Extern, ExternRef, Func, Global, GlobalType, Instance, Module,
    Mutability, OptLevel, Store, Val, ValType,
};

use crate::arguments::{self, Random};
use crate::generate::Case;
use crate::module::{Facts, Import};
use crate::trap::{trap, Endless};
use crate::Value;

/// More instructions than a call should take in a build without optimisation.
const FUEL: u64 = 3_000_000;

/// Instances of each module, and calls of each.
const INSTANCES: usize = 5;
const CALLS: usize = 8;

/// Room for recursion as deep as fuel allows. The thread's own stack must be larger.
pub const STACK: usize = 64 << 20;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut config = Config::new();
    config.consume_fuel(true);
    config.wasm_relaxed_simd(true);
    config.relaxed_simd_deterministic(true);
    config.cranelift_opt_level(OptLevel::None);
    config.cranelift_nan_canonicalization(true);
    config.memory_reservation(1 << 20);
    config.memory_guard_size(1 << 16);
    config.max_wasm_stack(STACK);
    Engine::new(&config).expect("engine")
});

/// A line for the subject in `script`, and what came of it in `log`.
#[derive(Clone, Default)]
pub struct Transcript {
    pub script: Vec<String>,
    pub log: Vec<String>,
    /// What wasmtime says that each of these lines cost.
    pub fuel: Vec<u64>,
    /// Ended early: a call took too long.
    pub endless: bool,
}

impl Transcript {
    /// What came of the script's last line.
    fn enter(&mut self, fuel: u64, line: String) {
        self.fuel.push(fuel);
        self.log.push(line);
    }
}

/// Calls functions of the module, chosen by its name.
pub fn run(case: &Case) -> Result<Transcript, String> {
    let module = Module::new(&ENGINE, &case.normal.reference).map_err(|e| format!("{e:?}"))?;
    let mut transcript = Transcript::default();
    let mut random = Random::new(&case.name);
    let called = &case.normal.facts.called;
    // A program goes on from what its last run left.
    let (instances, calls) = match case.native {
        Some(_) => (1, 2),
        None => (INSTANCES, CALLS),
    };
    for _ in 0..instances {
        let Some(mut side) = Side::new(case, &module, &mut transcript) else {
            continue;
        };
        for _ in 0..calls {
            let function = called[random.below(called.len())];
            let (line, args) = side.choose(function, &mut random);
            if !side.call(function, line, &args, &mut transcript) {
                transcript.endless = true;
                return Ok(transcript);
            }
        }
    }
    Ok(transcript)
}

/// Makes the calls of a script that another run chose.
pub fn replay(case: &Case, script: &[String]) -> Result<Transcript, String> {
    let module = Module::new(&ENGINE, &case.normal.reference).map_err(|e| format!("{e:?}"))?;
    let mut transcript = Transcript::default();
    let mut side = None;
    for line in script {
        let mut words = line.split(' ');
        if words.next() == Some("new") {
            side = Side::new(case, &module, &mut transcript);
            continue;
        }
        let Some(side) = &mut side else {
            continue;
        };
        let function = words.next().and_then(|word| word.parse().ok());
        let function: usize = function.ok_or_else(|| format!("{line:?} is no call"))?;
        let Some(func) = side.function(function) else {
            continue;
        };
        let types: Vec<ValType> = func.ty(&side.store).params().collect();
        let words: Vec<&str> = words.collect();
        if words.len() != types.len() || !case.normal.facts.called.contains(&function) {
            continue;
        }
        let pairs = types.iter().zip(words);
        let args: Vec<Val> = pairs.map(|(ty, word)| side.parse(ty, word)).collect();
        if !side.call(function, line.clone(), &args, &mut transcript) {
            transcript.endless = true;
            break;
        }
    }
    Ok(transcript)
}

/// An instance in wasmtime.
struct Side<'a> {
    facts: &'a Facts,
    store: Store<Host>,
    instance: Instance,
    /// Those of the host that are mutable.
    host_globals: Vec<Global>,
}

impl<'a> Side<'a> {
    /// None if it traps.
    fn new(case: &'a Case, module: &Module, transcript: &mut Transcript) -> Option<Self> {
        let facts = &case.normal.facts;
        let mut store = Store::new(&ENGINE, Host::default());
        store.set_fuel(FUEL).expect("fuel");
        let imports = imports(facts, &mut store);
        let host_globals = imports.iter().filter_map(|import| import.clone().into_global());
        let host_globals = host_globals.filter(|g| g.ty(&store).mutability() == Mutability::Var);
        let host_globals = host_globals.collect();
        let made = Instance::new(&mut store, module, &imports);
        transcript.script.push("new".to_owned());
        match made {
            Ok(instance) => {
                let mut side = Self { facts, store, instance, host_globals };
                let state = side.state();
                transcript.enter(0, support::outcome(Ok(()), "") + " |" + &state);
                Some(side)
            }
            Err(error) => {
                match trap(&error) {
                    Ok(trap) => transcript.enter(0, support::outcome(Err(trap), "") + " |"),
                    Err(Endless) => drop(transcript.script.pop()),
                }
                None
            }
        }
    }

    fn function(&mut self, function: usize) -> Option<Func> {
        self.instance.get_func(&mut self.store, &format!("f{function}"))
    }

    /// Arguments, and the line of the script that has them.
    fn choose(&mut self, function: usize, random: &mut Random) -> (String, Vec<Val>) {
        let func = self.function(function).expect("a function");
        let types: Vec<ValType> = func.ty(&self.store).params().collect();
        let memory = self.instance.get_memory(&mut self.store, "memory");
        let size = memory.map_or(0, |memory| memory.data_size(&self.store));
        let mut lists = arguments::lists(&types, size, 2, 2, random);
        let list = lists.swap_remove(random.below(lists.len()));
        let mut line = format!("call {function}");
        for value in &list {
            put(*value, &mut line);
        }
        let args = list.iter().map(|value| self.val_of(*value)).collect();
        (line, args)
    }

    fn parse(&mut self, ty: &ValType, word: &str) -> Val {
        let value = match ty {
            ValType::I32 => Value::I32(Wire::get(word)),
            ValType::I64 => Value::I64(Wire::get(word)),
            ValType::F32 => Value::F32(f32::get(word).to_bits()),
            ValType::F64 => Value::F64(f64::get(word).to_bits()),
            ValType::V128 => Value::V128(V128::get(word).to_bits()),
            ValType::Ref(r) if r.heap_type().is_func() => Value::FuncRef(None),
            ValType::Ref(_) => Value::ExternRef(<Thing as Wire>::get(word).get()),
        };
        self.val_of(value)
    }

    fn val_of(&mut self, value: Value) -> Val {
        match value {
            Value::I32(v) => Val::I32(v),
            Value::I64(v) => Val::I64(v),
            Value::F32(v) => Val::F32(v),
            Value::F64(v) => Val::F64(v),
            Value::V128(v) => Val::V128(v.into()),
            Value::FuncRef(_) => Val::FuncRef(None),
            Value::ExternRef(number) => thing(&mut self.store, number),
        }
    }

    /// Enters the call; false if it takes too long.
    fn call(
        &mut self,
        function: usize,
        line: String,
        args: &[Val],
        transcript: &mut Transcript,
    ) -> bool {
        self.store.set_fuel(FUEL).expect("fuel");
        let func = self.function(function).expect("a function");
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        let ended = match func.call(&mut self.store, args, &mut results) {
            Ok(()) => Ok(()),
            Err(error) => match trap(&error) {
                Ok(trap) => Err(trap),
                Err(Endless) => return false,
            },
        };
        let mut shown = String::new();
        for result in &results {
            self.show(result, &mut shown);
        }
        let state = self.state();
        let used = FUEL - self.store.get_fuel().expect("fuel");
        transcript.script.push(line);
        transcript.enter(used, support::outcome(ended, &shown) + " |" + &state);
        true
    }

    /// As the subject shows its own.
    fn state(&mut self) -> String {
        let mut text = String::new();
        if self.facts.has_memory {
            let memory = self.instance.get_memory(&mut self.store, "memory").expect("a memory");
            text += &support::memory(memory.data(&self.store));
        }
        if self.facts.open {
            for (number, _) in self.facts.own_globals() {
                let global = self.instance.get_global(&mut self.store, &format!("g{number}"));
                let value = global.expect("a global").get(&mut self.store);
                self.show(&value, &mut text);
            }
            for number in 0..self.facts.tables.len() {
                let table = self.instance.get_table(&mut self.store, &format!("t{number}"));
                let table = table.expect("a table");
                let (size, mut entries) = (table.size(&self.store), String::new());
                for i in 0..size {
                    let entry = table.get(&mut self.store, i).expect("an entry");
                    self.show(&entry.into(), &mut entries);
                }
                text += &support::table(number, size as usize, &entries);
            }
        }
        for number in 0..self.host_globals.len() {
            let value = self.host_globals[number].get(&mut self.store);
            self.show(&value, &mut text);
        }
        if !self.facts.imports.is_empty() {
            text += &self.store.data().shown();
        }
        text
    }

    fn show(&mut self, value: &Val, text: &mut String) {
        if let Val::FuncRef(Some(func)) = value {
            let wanted = address(*func, &mut self.store);
            let functions = 0..self.facts.functions.len();
            let mut named = functions.filter(|&f| {
                let func = self.instance.get_func(&mut self.store, &format!("f{f}"));
                func.is_some_and(|func| address(func, &mut self.store) == wanted)
            });
            let number = named.next().expect("a function of the module's") as u32;
            return FuncRef::new(0, number).put(text);
        }
        put(from_val(&self.store, value), text);
    }
}

/// What tells functions of an instance apart.
fn address(func: Func, store: &mut Store<Host>) -> usize {
    func.to_raw(store) as usize
}

fn thing(store: &mut impl wasmtime::AsContextMut, number: Option<u32>) -> Val {
    let number = number.map(|number| ExternRef::new(store, number).expect("room for a reference"));
    Val::ExternRef(number)
}

fn put(value: Value, text: &mut String) {
    match value {
        Value::I32(v) => v.put(text),
        Value::I64(v) => v.put(text),
        Value::F32(v) => f32::from_bits(v).put(text),
        Value::F64(v) => f64::from_bits(v).put(text),
        Value::V128(v) => V128::from_bits(v).put(text),
        Value::FuncRef(v) => v.map_or(FuncRef::NULL, |v| FuncRef::new(0, v)).put(text),
        Value::ExternRef(v) => v.map_or(Thing::NULL, Thing::new).put(text),
    }
}

/// All but references to functions, which only an instance can tell apart.
fn from_val(store: &impl wasmtime::AsContext, value: &Val) -> Value {
    match value {
        Val::I32(v) => Value::I32(*v),
        Val::I64(v) => Value::I64(*v),
        Val::F32(v) => Value::F32(*v),
        Val::F64(v) => Value::F64(*v),
        Val::V128(v) => Value::V128(v.as_u128()),
        Val::FuncRef(_) => Value::FuncRef(None),
        Val::ExternRef(thing) => Value::ExternRef(thing.as_ref().map(|thing| {
            let data = thing.data(store).expect("alive").expect("not converted");
            *data.downcast_ref::<u32>().expect("a number")
        })),
        _ => panic!("{value:?}"),
    }
}

/// The host's functions and globals, in order.
fn imports(facts: &Facts, store: &mut Store<Host>) -> Vec<Extern> {
    let mut externs = Vec::new();
    for (number, import) in (0..).zip(&facts.imports) {
        externs.push(match import {
            Import::Function(ty) => {
                let params = ty.params().iter().map(|ty| val_type(*ty));
                let results = ty.results().iter().map(|ty| val_type(*ty));
                let ty = wasmtime::FuncType::new(&ENGINE, params, results);
                let types: Vec<ValType> = ty.results().collect();
                let ask = move |caller: Caller<'_, Host>, args: &[Val], results: &mut [Val]| {
                    ask(caller, number, args, &types, results)
                };
                Func::new(&mut *store, ty, ask).into()
            }
            Import::Global(global) => {
                let mutability = if global.mutable { Mutability::Var } else { Mutability::Const };
                let ty = GlobalType::new(val_type(global.content_type), mutability);
                let value = answer(&mut *store, ty.content(), None, number);
                Global::new(&mut *store, ty, value).expect("a global").into()
            }
        });
    }
    externs
}

/// A call of the host, which is done as the subject's text does it.
fn ask(
    mut caller: Caller<'_, Host>,
    number: u32,
    args: &[Val],
    types: &[ValType],
    results: &mut [Val],
) -> Result<(), Error> {
    let mut host = std::mem::take(caller.data_mut());
    host.ask(number);
    for arg in args {
        match arg {
            // Which function it is only tables and results tell.
            Val::FuncRef(func) => host.take(&i32::from(func.is_some())),
            _ => take(&mut host, from_val(&caller, arg)),
        }
    }
    let memory = caller.get_export("memory").and_then(Extern::into_memory);
    let met = match memory {
        Some(memory) => host.meet(memory.data_mut(&mut caller)),
        None => host.meet(&mut []),
    };
    *caller.data_mut() = host;
    met.map_err(Error::new::<WasmTrap>)?;
    for (result, ty) in results.iter_mut().zip(types) {
        let mut host = std::mem::take(caller.data_mut());
        *result = answer(&mut caller, ty, Some(&mut host), number);
        *caller.data_mut() = host;
    }
    Ok(())
}

fn take(host: &mut Host, value: Value) {
    match value {
        Value::I32(v) => host.take(&v),
        Value::I64(v) => host.take(&v),
        Value::F32(v) => host.take(&f32::from_bits(v)),
        Value::F64(v) => host.take(&f64::from_bits(v)),
        Value::V128(v) => host.take(&V128::from_bits(v)),
        Value::FuncRef(_) => host.take(&FuncRef::NULL),
        Value::ExternRef(v) => host.take(&v.map_or(Thing::NULL, Thing::new)),
    }
}

/// A result of a call, or the value of a global.
fn answer(
    store: &mut impl wasmtime::AsContextMut,
    ty: &ValType,
    host: Option<&mut Host>,
    number: u32,
) -> Val {
    fn of<T: Wire>(host: Option<&mut Host>, number: u32) -> T {
        host.map_or_else(|| Host::global(number), Host::answer)
    }
    match ty {
        ValType::I32 => Val::I32(of(host, number)),
        ValType::I64 => Val::I64(of(host, number)),
        ValType::F32 => Val::F32(of::<f32>(host, number).to_bits()),
        ValType::F64 => Val::F64(of::<f64>(host, number).to_bits()),
        ValType::V128 => Val::V128(of::<V128>(host, number).to_bits().into()),
        ValType::Ref(r) if r.heap_type().is_func() => {
            let _: FuncRef = of(host, number);
            Val::FuncRef(None)
        }
        ValType::Ref(_) => thing(store, of::<Thing>(host, number).get()),
    }
}

fn val_type(ty: wasmparser::ValType) -> ValType {
    match ty {
        wasmparser::ValType::I32 => ValType::I32,
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::F64 => ValType::F64,
        wasmparser::ValType::V128 => ValType::V128,
        wasmparser::ValType::Ref(r) if r.is_func_ref() => ValType::FUNCREF,
        wasmparser::ValType::Ref(_) => ValType::EXTERNREF,
    }
}
