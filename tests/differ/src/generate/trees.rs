//! Modules of our own: functions whose every result can be seen, of all numeric instructions, memory,
//! structured control and calls. What wasm-smith makes seldom uses what it computes; here it is returned
//! or stored, and operands are often at the edges.

use std::fmt::Write as _;
use std::sync::LazyLock;

use fastrand::Rng;

use super::operators::{self, Operator};

static OPERATORS: LazyLock<[Vec<Operator>; 2]> =
    LazyLock::new(|| [false, true].map(operators::all));

const TYPES: [char; 5] = ['i', 'I', 'f', 'F', 'v'];

/// For addresses of the one page.
const MASKS: [&str; 3] = ["0xfff0", "0xff", "0x7ff"];

/// Where functions leave their locals.
const PLACE: usize = 0x8000;

/// A trap ends a call, and hides all that would come after it: one of so many places may trap easily.
const DARING: u8 = 50;

fn name(ty: char) -> &'static str {
    match ty {
        'i' => "i32",
        'I' => "i64",
        'f' => "f32",
        'F' => "f64",
        _ => "v128",
    }
}

fn types(rng: &mut Rng, most: usize, vectors: bool) -> Vec<char> {
    let kinds = if vectors { 5 } else { 4 };
    (0..rng.usize(..=most)).map(|_| TYPES[rng.usize(..kinds)]).collect()
}

fn list(word: &str, types: &[char]) -> String {
    types.iter().map(|ty| format!(" ({word} {})", name(*ty))).collect()
}

struct Function {
    params: Vec<char>,
    results: Vec<char>,
}

/// `canonical`: the module makes NaNs canonical itself. `relaxed`: with relaxed vector instructions.
pub fn generate(rng: &mut Rng, canonical: bool, relaxed: bool) -> Result<Vec<u8>, String> {
    let vectors = rng.bool();
    let style = Style { vectors, canonical, relaxed };
    let functions = (0..rng.usize(2..7)).map(|_| {
        let params = types(rng, 4, vectors);
        let mut results = types(rng, 2, vectors);
        if results.is_empty() {
            results.push(TYPES[rng.usize(..4)]);
        }
        Function { params, results }
    });
    let functions: Vec<Function> = functions.collect();
    let mut text = "(module (memory 1 2)\n".to_owned();
    for (i, ty) in TYPES.iter().enumerate() {
        let constant = constant(*ty, rng);
        let _ = writeln!(text, "(global $g{i} (mut {}) ({constant}))", name(*ty));
    }
    let bytes: String = (0..2048).map(|_| format!("\\{:02x}", rng.u8(..))).collect();
    let _ = writeln!(text, "(data (i32.const 0) \"{bytes}\")");
    let all: String = (0..functions.len()).map(|f| format!(" $f{f}")).collect();
    let _ =
        writeln!(text, "(table {} funcref) (elem (i32.const 0) func{all})", functions.len() + 1);
    for (number, function) in functions.iter().enumerate() {
        let mut writer = Writer::new(rng.fork(), &functions[..number], function, style);
        let _ = writeln!(text, "{}", writer.function(number, function));
    }
    wat::parse_str(text + ")").map_err(|e| e.to_string())
}

/// A constant, most often at an edge.
fn constant(ty: char, rng: &mut Rng) -> String {
    let edges = [0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 32767, 32768, 65535, 65536];
    let highs = [0, 1 << 31, 1 << 63, u64::MAX, 0x7fff_ffff, i64::MAX as u64, 0xffff_ffff, 1 << 32];
    let integer = |rng: &mut Rng| match rng.u8(..4) {
        0 => rng.u64(..),
        1 => highs[rng.usize(..highs.len())].wrapping_sub(rng.u64(..2)),
        _ => edges[rng.usize(..edges.len())],
    };
    let floats = [
        "0",
        "-0",
        "1",
        "-1",
        "0.5",
        "-0.5",
        "1.5",
        "2.5",
        "inf",
        "-inf",
        "nan",
        "-nan",
        "nan:0x200001",
        "0x1p-149",
        "0x1p-126",
        "0x1p31",
        "-0x1p31",
        "0x1p32",
        "0x1p63",
        "-0x1p63",
        "0x1p64",
        "0x1.fffffep127",
        "0x1.fffffep22",
        "1e9",
        "-3.7",
        "16777217",
    ];
    let float = |rng: &mut Rng| floats[rng.usize(..floats.len())];
    match ty {
        'i' => format!("i32.const {}", integer(rng) as i32),
        'I' => format!("i64.const {}", integer(rng) as i64),
        'f' => format!("f32.const {}", float(rng)),
        'F' => format!("f64.const {}", float(rng)),
        _ => match rng.u8(..3) {
            0 => format!(
                "v128.const f32x4 {} {} {} {}",
                float(rng),
                float(rng),
                float(rng),
                float(rng)
            ),
            1 => format!("v128.const f64x2 {} {}", float(rng), float(rng)),
            _ => format!("v128.const i64x2 {} {}", integer(rng) as i64, integer(rng) as i64),
        },
    }
}

fn constant_nan(shape: &str) -> String {
    let lanes = if shape == "f32x4" { 4 } else { 2 };
    format!("(v128.const {shape}{})", " nan".repeat(lanes))
}

fn compares(operator: &Operator) -> bool {
    let name = operator.name.split_once('.').map_or("", |(_, name)| name);
    let names = ["eq", "ne", "lt", "gt", "le", "ge", "all_true", "any_true"];
    name != "neg" && name != "nearest" && names.iter().any(|n| name.starts_with(n))
}

fn divides(operator: &Operator) -> bool {
    ["i32.div", "i32.rem", "i64.div", "i64.rem"].iter().any(|op| operator.name.starts_with(op))
}

#[derive(Clone, Copy)]
struct Style {
    vectors: bool,
    canonical: bool,
    relaxed: bool,
}

/// Text of one function.
struct Writer<'a> {
    rng: Rng,
    /// Those before it: calls end.
    callees: &'a [Function],
    locals: Vec<char>,
    /// Instructions left; leaves are free.
    budget: usize,
    /// Loops around the place, and their number so far: each has its own counter.
    loops: (usize, usize),
    style: Style,
}

const MOST_LOOPS: usize = 3;

impl<'a> Writer<'a> {
    fn new(rng: Rng, callees: &'a [Function], function: &Function, style: Style) -> Self {
        let mut locals = function.params.clone();
        locals.extend(&TYPES[..if style.vectors { 5 } else { 4 }]);
        Self { rng, callees, locals, budget: 80, loops: (0, 0), style }
    }

    fn function(&mut self, number: usize, function: &Function) -> String {
        let before: String = (function.params.len()..self.locals.len())
            .map(|i| format!("(local.set {i} ({}))\n", constant(self.locals[i], &mut self.rng)))
            .collect();
        let statements = self.statements(5, 0);
        // Nothing that was computed goes unseen.
        let after: String = (0..self.locals.len())
            .map(|i| {
                let (ty, place) = (name(self.locals[i]), PLACE + 256 * number + 16 * i);
                format!("({ty}.store (i32.const {place}) (local.get {i}))\n")
            })
            .collect();
        let results: String = function.results.iter().map(|ty| self.value(*ty, 5)).collect();
        let locals = list("local", &self.locals[function.params.len()..]);
        let mut counters = " (local i32)".repeat(MOST_LOOPS);
        if self.style.canonical {
            counters +=
                if self.style.vectors { " (local f32 f64 v128)" } else { " (local f32 f64)" };
        }
        format!(
            "(func $f{number} (export \"f{number}\"){}{}{locals}{counters}\n{before}{statements}{after}{results})",
            list("param", &function.params),
            list("result", &function.results)
        )
    }

    fn any(&mut self) -> char {
        TYPES[self.rng.usize(..if self.style.vectors { 5 } else { 4 })]
    }

    fn local(&mut self, ty: char) -> usize {
        let places = (0..self.locals.len()).filter(|i| self.locals[*i] == ty);
        let places: Vec<usize> = places.collect();
        places[self.rng.usize(..places.len())]
    }

    fn global(ty: char) -> usize {
        TYPES.iter().position(|other| *other == ty).unwrap_or_default()
    }

    fn leaf(&mut self, ty: char) -> String {
        match self.rng.u8(..8) {
            0..3 => format!("({})", constant(ty, &mut self.rng)),
            3 => format!("(global.get $g{})", Self::global(ty)),
            _ => format!("(local.get {})", self.local(ty)),
        }
    }

    fn value(&mut self, ty: char, depth: usize) -> String {
        if depth == 0 || self.budget == 0 {
            return self.leaf(ty);
        }
        self.budget -= 1;
        match self.rng.u8(..20) {
            0 | 1 => self.leaf(ty),
            2 | 3 => self.load(ty, depth - 1),
            4 => {
                let (a, b) = (self.value(ty, depth - 1), self.value(ty, depth - 1));
                format!("(select {a} {b} {})", self.value('i', depth - 1))
            }
            5 => {
                let condition = self.value('i', depth - 1);
                let (a, b) = (self.value(ty, depth - 1), self.value(ty, depth - 1));
                format!("(if (result {}) {condition} (then {a}) (else {b}))", name(ty))
            }
            6 => {
                let (value, condition) = (self.value(ty, depth - 1), self.value('i', depth - 1));
                let other = self.value(ty, depth - 1);
                format!(
                    "(block (result {}) (br_if 0 {value} {condition}) (drop) {other})",
                    name(ty)
                )
            }
            7 => format!("(local.tee {} {})", self.local(ty), self.value(ty, depth - 1)),
            8 => self.call(ty, depth - 1),
            9 if ty == 'i' => "(memory.size)".to_owned(),
            _ => self.operator(ty, depth - 1),
        }
    }

    fn operator(&mut self, ty: char, depth: usize) -> String {
        let vectors = self.style.vectors;
        let wanted = |o: &&Operator| o.result == ty && (vectors || !o.operands.contains(&'v'));
        let operators: Vec<&Operator> =
            OPERATORS[usize::from(self.style.relaxed)].iter().filter(wanted).collect();
        let pick = |rng: &mut Rng| operators[rng.usize(..operators.len())];
        let mut operator = pick(&mut self.rng);
        let daring = self.rng.u8(..DARING) == 0;
        // Comparisons leave little of their operands.
        let often = self.rng.u8(..4) == 0;
        while !daring && operator.name.contains(".trunc_f") || !often && compares(operator) {
            operator = pick(&mut self.rng);
        }
        let mut text = format!("({}", operator.name);
        if operator.lanes > 0 {
            let _ = write!(text, " {}", self.rng.u32(..operator.lanes));
        } else if operator.name.ends_with("shuffle") {
            for _ in 0..16 {
                let _ = write!(text, " {}", self.rng.u32(..32));
            }
        }
        for (i, operand) in operator.operands.iter().enumerate() {
            let value = self.value(*operand, depth);
            let _ = match i == 1 && !daring && divides(operator) {
                // Neither 0 nor -1.
                true => {
                    let ty = name(*operand);
                    write!(text, " ({ty}.or ({ty}.and {value} ({ty}.const -4)) ({ty}.const 1))")
                }
                false if i == 1 && operator.name.contains("i7x16") => {
                    write!(text, " (v128.and {value} (i8x16.splat (i32.const 127)))")
                }
                false => write!(text, " {value}"),
            };
        }
        text.push(')');
        match self.style.canonical && operators::makes_nans(operator) {
            true => self.canonical(operator, &text),
            false => text,
        }
    }

    /// A value whose NaNs are the canonical ones, whatever the operator's result has.
    fn canonical(&self, operator: &Operator, value: &str) -> String {
        let scratch = self.locals.len() + MOST_LOOPS + Self::global(operator.result) - 2;
        let tee = format!("(local.tee {scratch} {value})");
        let (shape, _) = operator.name.split_once('.').unwrap_or_default();
        // What is demoted or promoted has the shape that the operator begins with.
        let equal = format!("({shape}.eq (local.get {scratch}) (local.get {scratch}))");
        match operator.result {
            'v' => {
                let nan = constant_nan(shape);
                format!("(v128.bitselect {tee} {nan} {equal})")
            }
            _ => format!("(select {tee} ({shape}.const nan) {equal})"),
        }
    }

    fn address(&mut self, depth: usize) -> String {
        let value = self.value('i', depth);
        match self.rng.u8(..DARING) {
            0 => value,
            1 => format!("(i32.add {value} ({}))", constant('i', &mut self.rng)),
            _ => format!("(i32.and {value} (i32.const {}))", MASKS[self.rng.usize(..3)]),
        }
    }

    fn offset(&mut self) -> String {
        match self.rng.u8(..2 * DARING) {
            0..20 => String::new(),
            20 => format!(" offset={}", 65536 - self.rng.u32(..20)),
            21 => format!(" offset={}", self.rng.u32(..)),
            _ => format!(" offset={}", self.rng.u32(..64)),
        }
    }

    fn load(&mut self, ty: char, depth: usize) -> String {
        let names = match ty {
            'i' => "load load8_s load8_u load16_s load16_u",
            'I' => "load load8_s load8_u load16_s load16_u load32_s load32_u",
            'v' => {
                "load load8x8_s load8x8_u load16x4_s load16x4_u load32x2_s load32x2_u load8_splat \
                    load16_splat load32_splat load64_splat load32_zero load64_zero"
            }
            _ => "load",
        };
        let (load, address) = (self.one(names), self.address(depth));
        format!("({}.{load}{} {address})", name(ty), self.offset())
    }

    fn store(&mut self, depth: usize) -> String {
        let ty = self.any();
        let names = match ty {
            'i' => "store store8 store16",
            'I' => "store store8 store16 store32",
            _ => "store",
        };
        let (store, address) = (self.one(names), self.address(depth));
        let (offset, value) = (self.offset(), self.value(ty, depth));
        format!("({}.{store}{offset} {address} {value})\n", name(ty))
    }

    fn one<'b>(&mut self, words: &'b str) -> &'b str {
        let words: Vec<&str> = words.split_whitespace().collect();
        words[self.rng.usize(..words.len())]
    }

    /// A call of a function with one such result, directly or through the table.
    fn call(&mut self, ty: char, depth: usize) -> String {
        let callees = self.callees;
        let fits = |f: &usize| callees[*f].results == [ty];
        let fitting: Vec<usize> = (0..callees.len()).filter(fits).collect();
        if fitting.is_empty() || self.loops.0 > 1 {
            return self.operator(ty, depth);
        }
        let callee = fitting[self.rng.usize(..fitting.len())];
        let params = &callees[callee].params;
        let args: String = params.iter().map(|ty| self.value(*ty, depth)).collect();
        if self.rng.u8(..3) > 0 {
            return format!("(call $f{callee} {args})");
        }
        // The place of another function, of another type or further down, would not always end.
        let index = match self.rng.u8(..DARING) {
            0 => format!("(i32.const {})", 1000 + self.rng.u32(..) / 2),
            _ => format!("(i32.const {callee})"),
        };
        let (params, result) = (list("param", params), list("result", &[ty]));
        format!("(call_indirect{params}{result} {args}{index})")
    }

    fn statements(&mut self, most: usize, nesting: usize) -> String {
        (0..self.rng.usize(..=most)).map(|_| self.statement(nesting)).collect()
    }

    fn statement(&mut self, nesting: usize) -> String {
        let depth = 3;
        match self.rng.u8(..14) {
            0..3 => {
                let ty = self.any();
                format!("(local.set {} {})\n", self.local(ty), self.value(ty, depth))
            }
            3 => {
                let ty = self.any();
                format!("(global.set $g{} {})\n", Self::global(ty), self.value(ty, depth))
            }
            4..8 => self.store(depth),
            8 if nesting < 3 => {
                let condition = self.value('i', depth);
                let (a, b) = (self.statements(3, nesting + 1), self.statements(2, nesting + 1));
                format!("(if {condition} (then {a}) (else {b}))\n")
            }
            9 if nesting < 3 => {
                let (before, condition) = (self.statements(2, nesting + 1), self.value('i', depth));
                let after = self.statements(2, nesting + 1);
                format!("(block {before}(br_if 0 {condition})\n{after})\n")
            }
            10 if nesting < 3 && self.loops.1 < MOST_LOOPS => self.repeat(nesting),
            11 => {
                let (to, value) = (self.address(1), self.value('i', 1));
                let from = self.address(1);
                match self.rng.bool() {
                    true => {
                        format!("(memory.fill {to} {value} (i32.and {from} (i32.const 255)))\n")
                    }
                    false => {
                        format!("(memory.copy {to} {from} (i32.and {value} (i32.const 255)))\n")
                    }
                }
            }
            12 if self.rng.u8(..8) == 0 => "(drop (memory.grow (i32.const 1)))\n".to_owned(),
            13 if nesting < 3 => {
                let (index, inner) = (self.value('i', depth), self.statements(2, nesting + 1));
                let outer = self.statements(2, nesting + 1);
                let index = format!("(i32.and {index} (i32.const 3))");
                format!("(block (block {inner}(br_table 0 1 0 1 {index}))\n{outer})\n")
            }
            _ => self.store(1),
        }
    }

    /// A loop of up to 20 turns, whose counter nothing else sets.
    fn repeat(&mut self, nesting: usize) -> String {
        let counter = self.locals.len() + self.loops.1;
        self.loops = (self.loops.0 + 1, self.loops.1 + 1);
        let body = self.statements(4, nesting + 1);
        self.loops.0 -= 1;
        let turns = self.rng.u32(1..=20);
        format!(
            "(local.set {counter} (i32.const {turns}))\n(loop {body}(br_if 0 (local.tee {counter} \
             (i32.sub (local.get {counter}) (i32.const 1)))))\n"
        )
    }
}
