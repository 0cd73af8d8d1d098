//! The reference: the same module in wasmtime.

use std::sync::LazyLock;

use crate::trap::{trap, Endless};
use crate::{Entry, Host, Outcome, Value};
use herkos_runtime::WasmTrap;
use wasmtime::{
    Caller, Config, Engine, Error, ExternType, Instance, Linker, Memory, Module, OptLevel, Store,
    Val, ValType,
};

/// More instructions than any call of a test should take.
const FUEL: u64 = 20_000_000;

static ENGINES: LazyLock<[Engine; 2]> = LazyLock::new(|| [false, true].map(engine));

fn engine(canonical: bool) -> Engine {
    let mut config = Config::new();
    config.consume_fuel(true);
    config.cranelift_opt_level(OptLevel::None);
    config.cranelift_nan_canonicalization(canonical);
    config.memory_reservation(1 << 20);
    config.memory_guard_size(1 << 16);
    config.max_wasm_stack(256 << 10);
    Engine::new(&config).expect("engine")
}

pub struct Reference {
    module: Module,
    linker: Linker<Host>,
    store: Store<Host>,
    instance: Option<Instance>,
    memory: Option<Memory>,
}

impl Reference {
    pub fn new(entry: &Entry) -> Self {
        let engine = &ENGINES[usize::from(entry.canonical)];
        let module =
            Module::new(engine, entry.wasm).unwrap_or_else(|e| panic!("{}: {e}", entry.name));
        Self {
            linker: linker(engine),
            store: Store::new(engine, Host::default()),
            module,
            instance: None,
            memory: None,
        }
    }

    /// Starts anew, with a new host.
    pub fn instantiate(&mut self) -> Result<(), WasmTrap> {
        self.store = Store::new(self.module.engine(), Host::default());
        self.store.set_fuel(FUEL).expect("fuel");
        let instance = self.linker.instantiate(&mut self.store, &self.module);
        let instance = instance.map_err(|e| trap(&e).expect("an end"))?;
        self.memory = instance.exports(&mut self.store).find_map(|e| e.into_memory());
        self.instance = Some(instance);
        Ok(())
    }

    /// Exported functions with the types of their parameters.
    pub fn functions(&self) -> Vec<(String, Vec<ValType>)> {
        let exports = self.module.exports();
        let functions = exports.filter_map(|export| match export.ty() {
            ExternType::Func(f) => Some((export.name().to_owned(), f.params().collect())),
            _ => None,
        });
        functions.collect()
    }

    pub fn call(&mut self, export: &str, args: &[Value]) -> Result<Outcome, Endless> {
        self.store.set_fuel(FUEL).expect("fuel");
        let instance = self.instance.as_ref().expect("an instance");
        let function = instance.get_func(&mut self.store, export).expect("a function");
        let args: Vec<Val> = args.iter().map(|&v| to_val(v)).collect();
        let mut results = vec![Val::I32(0); function.ty(&self.store).results().len()];
        match function.call(&mut self.store, &args, &mut results) {
            Ok(()) => Ok(Ok(results.iter().map(from_val).collect())),
            Err(error) => trap(&error).map(Err),
        }
    }

    pub fn memory(&self) -> &[u8] {
        self.memory.map_or(&[], |memory| memory.data(&self.store))
    }

    pub fn host(&self) -> &Host {
        self.store.data()
    }

    pub fn global(&mut self, export: &str) -> Value {
        let instance = self.instance.as_ref().expect("an instance");
        let global = instance.get_global(&mut self.store, export).expect("a global");
        from_val(&global.get(&mut self.store))
    }
}

fn to_val(value: Value) -> Val {
    match value {
        Value::I32(v) => Val::I32(v),
        Value::I64(v) => Val::I64(v),
        Value::F32(v) => Val::F32(v),
        Value::F64(v) => Val::F64(v),
        Value::V128(v) => Val::V128(v.into()),
        Value::FuncRef(_) | Value::ExternRef(_) => panic!("{value:?}: no test passes references"),
    }
}

fn from_val(value: &Val) -> Value {
    match *value {
        Val::I32(v) => Value::I32(v),
        Val::I64(v) => Value::I64(v),
        Val::F32(v) => Value::F32(v),
        Val::F64(v) => Value::F64(v),
        Val::V128(v) => Value::V128(v.as_u128()),
        _ => panic!("{value:?}"),
    }
}

/// Calls the host with the memory of its caller.
fn with<R>(
    mut caller: Caller<'_, Host>,
    ask: impl FnOnce(&mut Host, &mut [u8]) -> Result<R, WasmTrap>,
) -> Result<R, Error> {
    let memory = caller.get_export("memory").and_then(|e| e.into_memory());
    let (bytes, host) = memory.expect("a memory").data_and_store_mut(&mut caller);
    ask(host, bytes).map_err(Error::new)
}

fn linker(engine: &Engine) -> Linker<Host> {
    type C<'a> = Caller<'a, Host>;
    let mut l = Linker::new(engine);
    let linked = l
        .func_wrap("env", "log", |c: C<'_>, a: i32, b: i32| with(c, |h, m| h.log(m, a, b)))
        .and_then(|l| {
            l.func_wrap("env", "milliseconds", |c: C<'_>| with(c, |h, m| h.milliseconds(m)))
        })
        .and_then(|l| {
            l.func_wrap("sensor", "read_celsius", |c: C<'_>, a: i32| {
                with(c, |h, m| h.read_celsius(m, a))
            })
        })
        .and_then(|l| l.func_wrap("env", "tick", |c: C<'_>, a: i32| with(c, |h, m| h.tick(m, a))))
        .and_then(|l| {
            l.func_wrap("env", "note", |c: C<'_>, a: i64, b: f64| with(c, |h, m| h.note(m, a, b)))
        })
        .and_then(|l| {
            l.func_wrap("env", "scribble", |c: C<'_>, a: i32, b: i32| {
                with(c, |h, m| h.scribble(m, a, b))
            })
        })
        .and_then(|l| l.func_wrap("env", "refuse", |c: C<'_>| with(c, |h, m| h.refuse(m))));
    linked.expect("linked");
    l
}
