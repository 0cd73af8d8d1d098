//! Loops that are unrolled, as a compiler leaves them, and in half of the functions one thing about them
//! changed: herkos rolls the former up and must leave the latter alone.

use std::fmt::Write as _;

use fastrand::Rng;

/// How the places of later turns are written.
#[derive(Clone, Copy)]
enum Way {
    /// base + counter + distance.
    Sum,
    /// The distance in the static offset.
    Offset,
    /// A local is base + counter + distance.
    Local,
    /// A local is stepped from turn to turn.
    Stepped,
}

/// A load or store in the first turn.
struct Access {
    name: &'static str,
    /// Of three: zero, and two parameters.
    base: usize,
    offset: u32,
}

/// What is done once in a turn.
enum Statement {
    Store(Access, Value),
    /// The local that goes from turn to turn.
    Carry(Value),
}

enum Value {
    Load(Access),
    Constant(i32),
    Parameter,
    Carried,
    Counter,
    Operation(&'static str, Box<[Value; 2]>),
}

struct Loop {
    ty: &'static str,
    way: Way,
    turns: i32,
    step: i32,
    start: i32,
    end: i32,
    statements: Vec<Statement>,
}

const OPERATIONS: [&str; 6] = ["add", "sub", "mul", "xor", "and", "rotl"];

fn pick<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(..all.len())]
}

impl Access {
    fn new(rng: &mut Rng, names: &[&'static str]) -> Self {
        Self { name: pick(rng, names), base: rng.usize(..3), offset: rng.u32(..3) * 4 }
    }
}

fn value(rng: &mut Rng, ty: &str, depth: u32) -> Value {
    let loads: &[&'static str] = match ty {
        "i32" => &["i32.load", "i32.load8_u", "i32.load16_s"],
        _ => &["i64.load", "i64.load32_u", "i64.load8_s"],
    };
    match rng.u8(..8) {
        0 => Value::Constant(rng.i32(-9..9)),
        1 => Value::Parameter,
        2 => Value::Carried,
        3 if ty == "i32" => Value::Counter,
        4..7 if depth > 0 => {
            let operands = [value(rng, ty, depth - 1), value(rng, ty, depth - 1)];
            Value::Operation(pick(rng, &OPERATIONS), Box::new(operands))
        }
        _ => Value::Load(Access::new(rng, loads)),
    }
}

fn statement(rng: &mut Rng, ty: &str) -> Statement {
    if rng.u8(..5) == 0 {
        return Statement::Carry(value(rng, ty, 2));
    }
    store(rng, ty)
}

fn store(rng: &mut Rng, ty: &str) -> Statement {
    let stores: &[&'static str] = match ty {
        "i32" => &["i32.store", "i32.store8", "i32.store16"],
        _ => &["i64.store", "i64.store32"],
    };
    Statement::Store(Access::new(rng, stores), value(rng, ty, 2))
}

/// The first turn's address of what has that base.
fn start(base: usize) -> String {
    match base {
        0 => "(local.get $i)".to_owned(),
        _ => format!("(i32.add (local.get $b{base}) (local.get $i))"),
    }
}

impl Loop {
    fn new(rng: &mut Rng) -> Self {
        let ty = pick(rng, &["i32", "i64"]);
        let way = pick(rng, &[Way::Sum, Way::Offset, Way::Local, Way::Stepped]);
        let step = match way {
            Way::Offset => pick(rng, &[1, 4, 8, 12]),
            _ => pick(rng, &[1, 4, 8, 12, -4, -8]),
        };
        let turns = rng.i32(2..6);
        let start = rng.i32(0..3) * 8;
        let end = start + step * turns * rng.i32(1..7);
        // One access at least, so that a loop that does not meet its end leaves the memory.
        let mut statements: Vec<Statement> =
            (0..rng.u32(1..4)).map(|_| statement(rng, ty)).collect();
        if !statements.iter().any(|statement| matches!(statement, Statement::Store(..))) {
            statements.push(store(rng, ty));
        }
        Self { ty, way, turns, step, start, end, statements }
    }

    /// What the instruction begins with: its name, offset and address.
    fn access(&self, turn: i32, access: &Access) -> String {
        let Access { name, base, mut offset } = *access;
        let distance = self.step * turn;
        let address = match self.way {
            Way::Sum if distance == 0 => start(base),
            Way::Sum => format!("(i32.add {} (i32.const {distance}))", start(base)),
            Way::Offset => {
                offset = offset.wrapping_add_signed(distance);
                start(base)
            }
            Way::Local | Way::Stepped => format!("(local.get $t{base})"),
        };
        format!("{name} offset={offset} {address}")
    }

    fn value(&self, turn: i32, value: &Value) -> String {
        let ty = self.ty;
        match value {
            Value::Load(access) => format!("({})", self.access(turn, access)),
            Value::Constant(value) => format!("({ty}.const {value})"),
            Value::Parameter => "(local.get $x)".to_owned(),
            Value::Carried => "(local.get $c)".to_owned(),
            Value::Counter => {
                format!("(i32.add (local.get $i) (i32.const {}))", self.step * turn)
            }
            Value::Operation(name, operands) => {
                let [a, b] = &**operands;
                format!("({ty}.{name} {} {})", self.value(turn, a), self.value(turn, b))
            }
        }
    }

    /// The locals for places, which are temporary.
    fn locals(&self, turn: i32) -> Vec<String> {
        let (distance, step) = (self.step * turn, self.step);
        let local = |base: usize| match self.way {
            Way::Stepped if turn > 0 => {
                format!("(local.set $t{base} (i32.add (local.get $t{base}) (i32.const {step})))")
            }
            _ => format!("(local.set $t{base} (i32.add {} (i32.const {distance})))", start(base)),
        };
        match self.way {
            Way::Local | Way::Stepped => (0..3).map(local).collect(),
            _ => Vec::new(),
        }
    }

    /// All turns, a statement each.
    fn body(&self) -> Vec<String> {
        let turn = |turn: i32| {
            let statements = self.statements.iter().map(move |statement| match statement {
                Statement::Store(access, value) => {
                    format!("({} {})", self.access(turn, access), self.value(turn, value))
                }
                Statement::Carry(value) => format!("(local.set $c {})", self.value(turn, value)),
            });
            self.locals(turn).into_iter().chain(statements).collect::<Vec<_>>()
        };
        (0..self.turns).flat_map(turn).collect()
    }
}

/// One thing about the body is changed.
fn change(rng: &mut Rng, body: &mut Vec<String>) {
    let at = rng.usize(..body.len());
    match rng.u8(..6) {
        0 => {
            body.remove(at);
        }
        1 => body.swap(at, at.saturating_sub(1)),
        2 => body.insert(at, "(br_if $out (i32.eqz (local.get $b1)))".to_owned()),
        3 => body.insert(at, "(i32.store offset=60000 (local.get $t1) (local.get $i))".to_owned()),
        4 => body[at] = body[at].replacen("add", "sub", 1),
        _ => body[at] = body[at].replacen("(local.get $i)", "(local.get $t2)", 1),
    }
}

/// What the counter starts with: in half of the loops some bits are a parameter's, and may keep the end from
/// being met after a whole number of turns.
fn entry(rng: &mut Rng, start: i32) -> String {
    if rng.bool() {
        return format!("(i32.const {start})");
    }
    let mask = pick(rng, &[0x30, 0x38, 0x3f]);
    format!("(i32.add (i32.const {start}) (i32.and (local.get $u) (i32.const {mask})))")
}

/// What is compared at the end of the loop: the counter, and a constant or a local that is one.
fn sides(rng: &mut Rng, gain: i32, end: i32) -> String {
    let counter = format!("(local.tee $i (i32.add (local.get $i) (i32.const {gain})))");
    let end = if rng.bool() { format!("(i32.const {end})") } else { "(local.get $n)".to_owned() };
    if rng.bool() {
        format!("{counter} {end}")
    } else {
        format!("{end} {counter}")
    }
}

fn function(rng: &mut Rng, number: usize, text: &mut String) -> std::fmt::Result {
    let looped = Loop::new(rng);
    let Loop { ty, turns, step, mut start, mut end, .. } = looped;
    let mut gain = step * turns;
    let mut body = looped.body();
    let mut seen = vec!["(local.get $i)".to_owned()];
    if rng.bool() {
        match rng.u8(..9) {
            0 => start += 1,
            1 => end += step,
            2 => gain += step,
            3 => seen.push("(local.get $t1)".to_owned()),
            _ => change(rng, &mut body),
        }
    }
    if rng.bool() {
        seen.push(
            if ty == "i32" { "(local.get $c)" } else { "(i32.wrap_i64 (local.get $c))" }.to_owned(),
        );
    }
    // Near the memory's end, where some turn traps, or anywhere below.
    let room = pick(rng, &[65_000, 65_300, 200]);
    writeln!(
        text,
        "(func $f{number} (param $b1 i32) (param $b2 i32) (param $x {ty}) (param $u i32) (result i32)
            (local $i i32) (local $n i32) (local $c {ty}) (local $t0 i32) (local $t1 i32) (local $t2 i32)
            (local.set $b1 (i32.add (i32.and (local.get $b1) (i32.const 0x1f8)) (i32.const {room})))
            (local.set $b2 (i32.and (local.get $b2) (i32.const 0xff8)))
            (local.set $n (i32.const {end}))
            (local.set $i {})
            (block $out (loop $l",
        entry(rng, start)
    )?;
    for statement in body {
        writeln!(text, "{statement}")?;
    }
    writeln!(text, "(br_if $l (i32.ne {}))))", sides(rng, gain, end))?;
    let mut result = "(i32.const 0)".to_owned();
    for seen in seen {
        result = format!("(i32.add (i32.mul {result} (i32.const 31)) {seen})");
    }
    writeln!(text, "{result})")
}

/// A module of such loops.
pub fn generate(rng: &mut Rng) -> Result<Vec<u8>, String> {
    let mut text = "(module (memory 1 1)\n".to_owned();
    let bytes: String = (0..4200).map(|_| format!("\\{:02x}", rng.u8(..))).collect();
    let _ = writeln!(text, "(data (i32.const 0) \"{bytes}\")");
    for number in 0..rng.usize(10..20) {
        function(rng, number, &mut text).map_err(|e| e.to_string())?;
    }
    wat::parse_str(text + ")").map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::generate;
    use std::io::Write as _;
    use std::path::Path;
    use std::process::{Command, Stdio};

    /// How much text herkos-c makes of the module.
    fn length(herkos_c: &Path, wasm: &[u8], options: &[&str]) -> usize {
        let mut program = Command::new(herkos_c);
        program.args(options).arg("-").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = program.spawn().unwrap();
        child.stdin.take().unwrap().write_all(wasm).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        output.stdout.len()
    }

    #[test]
    fn some_loops_are_rolled_up() {
        let scratch = std::env::temp_dir().join("herkos-differ-loops");
        let herkos_c = herkos_c::executable(&scratch).unwrap();
        let mut rng = fastrand::Rng::with_seed(1);
        let rolled = |_: &u32| {
            let wasm = generate(&mut rng).unwrap();
            length(&herkos_c, &wasm, &[]) != length(&herkos_c, &wasm, &["--without", "rerolling"])
        };
        let rolled = (0..100).filter(rolled).count();
        assert!((20..=100).contains(&rolled), "{rolled}");
    }
}
