//! Mutants. Most changes are made to the module taken apart, so that sizes and counts fit again and
//! the decoder lets them pass; some to its bytes, whatever they mean.

use std::ops::Range;

use fastrand::Rng;

use super::model::{Body, Content, Model, Section};

/// Tells whether it found something to change.
type Change = fn(&mut Rng, &mut Model, &Model) -> bool;

/// Changes and how often each is tried.
const CHANGES: &[(&str, u32, Change)] = &[
    ("another opcode", 6, change_opcode),
    ("another immediate", 6, change_immediate),
    ("operator deleted", 2, delete_operator),
    ("operator doubled", 1, double_operator),
    ("operators swapped", 2, swap_operators),
    ("operator put in", 4, insert_operator),
    ("operator of another function", 2, copy_operator),
    ("locals changed", 1, change_locals),
    ("body cut short", 1, cut_body),
    ("item changed", 6, change_item),
    ("item deleted", 2, delete_item),
    ("item doubled", 2, double_item),
    ("items swapped", 2, swap_items),
    ("item of another module", 2, copy_item),
    ("section changed", 2, change_raw),
    ("section deleted", 1, delete_section),
    ("section doubled", 1, double_section),
    ("sections swapped", 1, swap_sections),
    ("section of another module", 1, copy_section),
    ("section with another id", 1, change_id),
];

/// One mutant, and what was done.
pub fn mutate(rng: &mut Rng, base: &[u8], donors: &[Model]) -> (String, Vec<u8>) {
    let mut done = Vec::new();
    let mut bytes = base.to_vec();
    if let (Some(mut model), 0..13) = (Model::parse(base), rng.u8(..16)) {
        // The module itself is a donor too: its types fit best.
        let own = model.clone();
        for _ in 0..[1, 1, 1, 2, 4][rng.usize(..5)] {
            let donor = if rng.bool() || donors.is_empty() {
                &own
            } else {
                &donors[rng.usize(..donors.len())]
            };
            done.extend(change(rng, &mut model, donor));
        }
        bytes = model.encode();
    }
    if done.is_empty() || rng.u8(..16) == 0 {
        done.push(change_file(rng, &mut bytes));
    }
    (done.join(", "), bytes)
}

fn change(rng: &mut Rng, model: &mut Model, donor: &Model) -> Option<&'static str> {
    let total: u32 = CHANGES.iter().map(|(_, weight, _)| weight).sum();
    for _ in 0..8 {
        let mut at = rng.u32(..total);
        let chosen = CHANGES.iter().find(|(_, weight, _)| {
            let found = at < *weight;
            at = at.wrapping_sub(*weight);
            found
        });
        if let Some((name, _, change)) = chosen {
            if change(rng, model, donor) {
                return Some(name);
            }
        }
    }
    None
}

fn pick(rng: &mut Rng, length: usize) -> Option<usize> {
    (length > 0).then(|| rng.usize(..length))
}

// Bytes.

fn change_file(rng: &mut Rng, bytes: &mut Vec<u8>) -> &'static str {
    if rng.u8(..4) == 0 {
        bytes.truncate(rng.usize(..=bytes.len()));
        return "file cut short";
    }
    change_bytes(rng, bytes);
    "file changed"
}

/// Changes some byte, or puts one in or takes one out.
fn change_bytes(rng: &mut Rng, bytes: &mut Vec<u8>) -> bool {
    let Some(at) = pick(rng, bytes.len()) else {
        bytes.push(rng.u8(..));
        return true;
    };
    match rng.u8(..10) {
        0 => bytes[at] = rng.u8(..),
        1 | 2 => bytes[at] ^= 1 << rng.u8(..8),
        3 => bytes[at] = rng.u8(..16),
        4 => bytes[at] = bytes[at].wrapping_add(1),
        5 => bytes[at] = bytes[at].wrapping_sub(1),
        6 => bytes.insert(at, rng.u8(..)),
        7 => drop(bytes.remove(at)),
        8 => bytes[at] = rng.u8(0x60..0x80), // a type, or near to one
        _ => lengthen_number(rng, bytes, at),
    }
    true
}

/// If a LEB128 number ends at or behind `at`, writes it with more bytes than it needs; a few too
/// many at times.
fn lengthen_number(rng: &mut Rng, bytes: &mut Vec<u8>, at: usize) {
    let Some(end) = (at..bytes.len()).find(|&i| bytes[i] < 0x80) else {
        return;
    };
    let fill = if rng.bool() && bytes[end] & 0x40 != 0 {
        0xff
    } else {
        0x80
    };
    bytes[end] |= 0x80;
    for _ in 1..rng.usize(1..6) {
        bytes.insert(end + 1, fill);
    }
    let last = bytes[end + 1..].iter().take_while(|&&byte| byte == fill);
    let last = end + 1 + last.count();
    bytes.insert(last, fill & 0x7f);
}

// Function bodies.

fn bodies(model: &mut Model) -> Option<&mut Vec<Body>> {
    let mut sections = model.sections.iter_mut();
    sections.find_map(|section| match &mut section.content {
        Content::Code(bodies) => Some(bodies),
        _ => None,
    })
}

fn body<'a>(rng: &mut Rng, model: &'a mut Model) -> Option<&'a mut Body> {
    let bodies = bodies(model)?;
    let at = pick(rng, bodies.len())?;
    bodies[at..].first_mut()
}

fn operator<'a>(rng: &mut Rng, model: &'a mut Model) -> Option<&'a mut Vec<u8>> {
    let operators = &mut body(rng, model)?.operators;
    let at = pick(rng, operators.len())?;
    operators[at..].first_mut()
}

/// Opcodes with the same immediates and, mostly, types of the same kind.
const KIN: &[Range<u8>] = &[
    0x02..0x05, // blocks
    0x0c..0x0e, // branches
    0x1a..0x1c,
    0x20..0x23, // locals
    0x23..0x27, // globals, tables
    0x28..0x36, // loads
    0x36..0x3f, // stores
    0x3f..0x41,
    0x45..0x50, // comparisons of i32
    0x50..0x5b,
    0x5b..0x61,
    0x61..0x67,
    0x67..0x6a, // unary and binary operations of i32
    0x6a..0x79,
    0x79..0x7c,
    0x7c..0x8b,
    0x8b..0x92,
    0x92..0x99,
    0x99..0xa0,
    0xa0..0xa7,
    0xa7..0xc5, // conversions
    0x45..0xc5, // all without immediates
];

fn change_opcode(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(code) = operator(rng, model).and_then(|operator| operator.first_mut()) else {
        return false;
    };
    let kin: Vec<&Range<u8>> = KIN.iter().filter(|kin| kin.contains(code)).collect();
    *code = match (kin.as_slice(), rng.u8(..16)) {
        (_, 0) | ([], _) => rng.u8(..),
        (kin, _) => {
            let range = kin[rng.usize(..kin.len())].clone();
            rng.u8(range)
        }
    };
    true
}

fn change_immediate(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    for _ in 0..16 {
        let Some(operator) = operator(rng, model) else {
            return false;
        };
        if operator.len() > 1 {
            let mut immediate = operator.split_off(1);
            change_bytes(rng, &mut immediate);
            operator.append(&mut immediate);
            return true;
        }
    }
    false
}

fn delete_operator(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(body) = body(rng, model) else {
        return false;
    };
    delete(rng, &mut body.operators)
}

fn double_operator(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(body) = body(rng, model) else {
        return false;
    };
    double(rng, &mut body.operators)
}

fn swap_operators(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(body) = body(rng, model) else {
        return false;
    };
    if rng.bool() && body.operators.len() > 1 {
        let at = rng.usize(1..body.operators.len());
        body.operators.swap(at - 1, at);
        return true;
    }
    swap(rng, &mut body.operators)
}

/// Operators to put in. Small indices are the likeliest to exist.
const OPERATORS: &[&[u8]] = &[
    b"\x00",                     // unreachable
    b"\x01",                     // nop
    b"\x02\x40",                 // block
    b"\x02\x7f",                 // block (result i32)
    b"\x03\x40",                 // loop
    b"\x03\x01",                 // loop (type 1)
    b"\x04\x40",                 // if
    b"\x04\x00",                 // if (type 0)
    b"\x05",                     // else
    b"\x0b",                     // end
    b"\x0c\x00",                 // br 0
    b"\x0c\x01",                 // br 1
    b"\x0d\x00",                 // br_if 0
    b"\x0e\x02\x00\x01\x00",     // br_table 0 1 0
    b"\x0f",                     // return
    b"\x10\x00",                 // call 0
    b"\x11\x00\x00",             // call_indirect (type 0)
    b"\x1a",                     // drop
    b"\x1b",                     // select
    b"\x1c\x01\x7f",             // select (result i32)
    b"\x1c\x01\x70",             // select (result funcref)
    b"\x1c\x02\x7f\x7f",         // select with two types: invalid
    b"\x20\x00",                 // local.get 0
    b"\x21\x00",                 // local.set 0
    b"\x22\x01",                 // local.tee 1
    b"\x23\x00",                 // global.get 0
    b"\x24\x00",                 // global.set 0
    b"\x25\x00",                 // table.get 0
    b"\x26\x00",                 // table.set 0
    b"\x28\x02\x00",             // i32.load
    b"\x29\x04\x00",             // i64.load with too large an alignment
    b"\x36\x02\x00",             // i32.store
    b"\x3f\x00",                 // memory.size
    b"\x40\x00",                 // memory.grow
    b"\x41\x00",                 // i32.const 0
    b"\x42\x7f",                 // i64.const -1
    b"\x43\0\0\xc0\x7f",         // f32.const nan
    b"\x44\0\0\0\0\0\0\xf0\x3f", // f64.const 1
    b"\x45",                     // i32.eqz
    b"\xa7",                     // i32.wrap_i64
    b"\xd0\x70",                 // ref.null func
    b"\xd0\x6f",                 // ref.null extern
    b"\xd1",                     // ref.is_null
    b"\xd2\x00",                 // ref.func 0
    b"\xfc\x08\x00\x00",         // memory.init 0
    b"\xfc\x09\x00",             // data.drop 0
    b"\xfc\x0a\x00\x00",         // memory.copy
    b"\xfc\x0b\x00",             // memory.fill
    b"\xfc\x0c\x00\x00",         // table.init 0 0
    b"\xfc\x0d\x00",             // elem.drop 0
    b"\xfc\x0e\x00\x00",         // table.copy 0 0
    b"\xfc\x0f\x00",             // table.grow 0
    b"\xfc\x10\x00",             // table.size 0
    b"\xfc\x11\x00",             // table.fill 0
];

fn insert_operator(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(body) = body(rng, model) else {
        return false;
    };
    let new = OPERATORS[rng.usize(..OPERATORS.len())].to_vec();
    insert(rng, &mut body.operators, new);
    true
}

fn copy_operator(rng: &mut Rng, model: &mut Model, donor: &Model) -> bool {
    let Some(new) = operator(rng, &mut donor.clone()).cloned() else {
        return false;
    };
    let Some(body) = body(rng, model) else {
        return false;
    };
    insert(rng, &mut body.operators, new);
    true
}

fn change_locals(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    body(rng, model).is_some_and(|body| change_bytes(rng, &mut body.locals))
}

fn cut_body(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(body) = body(rng, model) else {
        return false;
    };
    body.operators.truncate(rng.usize(..=body.operators.len()));
    if rng.bool() {
        body.operators.push(vec![0x0b]);
    }
    true
}

// Lists of parts.

fn delete<T>(rng: &mut Rng, list: &mut Vec<T>) -> bool {
    pick(rng, list.len()).map(|at| list.remove(at)).is_some()
}

fn double<T: Clone>(rng: &mut Rng, list: &mut Vec<T>) -> bool {
    let Some(at) = pick(rng, list.len()) else {
        return false;
    };
    let copy = list[at].clone();
    insert(rng, list, copy);
    true
}

fn swap<T>(rng: &mut Rng, list: &mut [T]) -> bool {
    let (Some(a), Some(b)) = (pick(rng, list.len()), pick(rng, list.len())) else {
        return false;
    };
    list.swap(a, b);
    a != b
}

fn insert<T>(rng: &mut Rng, list: &mut Vec<T>, new: T) {
    list.insert(rng.usize(..=list.len()), new);
}

// Items of sections: types, imports, functions, tables, …

fn items<'a>(rng: &mut Rng, model: &'a mut Model) -> Option<(u8, &'a mut Vec<Vec<u8>>)> {
    let sections = model.sections.iter_mut();
    let mut lists: Vec<_> = sections
        .filter_map(|section| match &mut section.content {
            Content::Items(items) => Some((section.id, items)),
            _ => None,
        })
        .collect();
    let at = pick(rng, lists.len())?;
    Some(lists.swap_remove(at))
}

fn change_item(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some((_, items)) = items(rng, model) else {
        return false;
    };
    pick(rng, items.len()).is_some_and(|at| change_bytes(rng, &mut items[at]))
}

fn delete_item(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    items(rng, model).is_some_and(|(_, items)| delete(rng, items))
}

fn double_item(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    items(rng, model).is_some_and(|(_, items)| double(rng, items))
}

fn swap_items(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    items(rng, model).is_some_and(|(_, items)| swap(rng, items))
}

fn copy_item(rng: &mut Rng, model: &mut Model, donor: &Model) -> bool {
    let mut donor = donor.clone();
    let Some((id, theirs)) = items(rng, &mut donor) else {
        return false;
    };
    let Some(at) = pick(rng, theirs.len()) else {
        return false;
    };
    for section in &mut model.sections {
        if let (true, Content::Items(ours)) = (section.id == id, &mut section.content) {
            insert(rng, ours, theirs.swap_remove(at));
            return true;
        }
    }
    false
}

// Sections.

fn change_raw(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let sections = model.sections.iter_mut();
    let mut raw: Vec<_> = sections
        .filter_map(|section| match &mut section.content {
            Content::Raw(bytes) => Some(bytes),
            _ => None,
        })
        .collect();
    pick(rng, raw.len()).is_some_and(|at| change_bytes(rng, raw[at]))
}

fn delete_section(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    delete(rng, &mut model.sections)
}

fn double_section(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    double(rng, &mut model.sections)
}

fn swap_sections(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    swap(rng, &mut model.sections)
}

/// In place of the module's own, or where it would stand.
fn copy_section(rng: &mut Rng, model: &mut Model, donor: &Model) -> bool {
    let Some(at) = pick(rng, donor.sections.len()) else {
        return false;
    };
    let new: Section = donor.sections[at].clone();
    if let Some(old) = model.sections.iter_mut().find(|old| old.id == new.id) {
        let changed = *old != new;
        *old = new;
        return changed;
    }
    // Data count comes before code, tags after memories.
    let rank = |id: u8| match id {
        12 => 19,
        13 => 11,
        id => 2 * u32::from(id),
    };
    let behind = |old: &Section| old.id != 0 && rank(old.id) > rank(new.id);
    let place = model.sections.iter().position(behind);
    model
        .sections
        .insert(place.unwrap_or(model.sections.len()), new);
    true
}

fn change_id(rng: &mut Rng, model: &mut Model, _: &Model) -> bool {
    let Some(at) = pick(rng, model.sections.len()) else {
        return false;
    };
    model.sections[at].id = rng.u8(..15);
    true
}
