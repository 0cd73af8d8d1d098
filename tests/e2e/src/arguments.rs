//! Arguments for calls: values at the edges, all combined as far as that is few, and random ones.

use crate::Value;
use wasmtime::ValType;

/// xorshift64*, from a fixed seed: every run of the tests does the same.
pub struct Random(u64);

impl Random {
    pub fn new(name: &str) -> Self {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(hash | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 16) as usize % n
    }

    /// Sometimes an edge, else bits, most often few of them.
    fn value(&mut self, edges: &[Value]) -> Value {
        let bits = self.next() >> (self.next() >> 58);
        match (self.below(3), edges[0]) {
            (0, _) => edges[self.below(edges.len())],
            (_, Value::I32(_)) => Value::I32(bits as i32),
            (_, Value::I64(_)) => Value::I64(bits as i64),
            (1, Value::F32(_)) => Value::from(bits as i64 as f32 / 64.0),
            (_, Value::F32(_)) => Value::F32(self.next() as u32),
            (1, Value::F64(_)) => Value::from(bits as i64 as f64 / 1024.0),
            (_, Value::F64(_)) => Value::F64(self.next()),
            (_, Value::V128(_)) => Value::V128(u128::from(self.next()) << 64 | u128::from(bits)),
            (_, Value::FuncRef(_) | Value::ExternRef(_)) => edges[self.below(edges.len())],
        }
    }
}

/// The argument lists for one function: edges, then `random` more. `memory` is the memory's size.
pub fn lists(
    types: &[ValType],
    memory: usize,
    edge_calls: usize,
    random_calls: usize,
    random: &mut Random,
) -> Vec<Vec<Value>> {
    let edges: Vec<Vec<Value>> = types.iter().map(|t| edges(t, memory)).collect();
    let combinations = edges.iter().map(Vec::len).fold(1, usize::saturating_mul);
    let pick = |mut n: usize| -> Vec<Value> {
        let one = |e: &Vec<Value>| {
            let value = e[n % e.len()];
            n /= e.len();
            value
        };
        edges.iter().map(one).collect()
    };
    let mut lists: Vec<Vec<Value>> = if combinations <= edge_calls {
        (0..combinations).map(pick).collect()
    } else {
        (0..edge_calls).map(|_| pick(random.below(combinations))).collect()
    };
    if !types.is_empty() {
        lists.extend((0..random_calls).map(|_| edges.iter().map(|e| random.value(e)).collect()));
    }
    lists
}

fn edges(ty: &ValType, memory: usize) -> Vec<Value> {
    match ty {
        ValType::I32 => integers(memory).map(|v| Value::I32(v as i32)).collect(),
        ValType::I64 => longs(memory).map(Value::I64).collect(),
        ValType::F32 => F32.iter().map(|&v| Value::F32(v)).collect(),
        ValType::F64 => doubles().map(Value::F64).collect(),
        ValType::V128 => vectors().map(Value::V128).collect(),
        // A host has no function of the module's.
        ValType::Ref(reference) if reference.heap_type().is_func() => vec![Value::FuncRef(None)],
        ValType::Ref(_) => [None, Some(0), Some(1), Some(u32::MAX)].map(Value::ExternRef).to_vec(),
    }
}

fn integers(memory: usize) -> impl Iterator<Item = i64> {
    let end = memory as i64;
    let fixed = [
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        10,
        31,
        32,
        33,
        63,
        64,
        100,
        127,
        128,
        255,
        256,
        1000,
        1024,
        32767,
        32768,
        65535,
        65536,
        -1,
        -2,
        -3,
        -4,
        -8,
        -16,
        -32,
        -128,
        -129,
        -32768,
        -32769,
        -65536,
        0x7fff_ffff,
        0x7fff_fffe,
        -0x8000_0000,
        -0x7fff_ffff,
        0x1234_5678,
        0x0001_0000_0000 - 0x1001,
    ];
    fixed.into_iter().chain([end - 8, end - 7, end - 4, end - 3, end - 2, end - 1, end, end + 1])
}

fn longs(memory: usize) -> impl Iterator<Item = i64> {
    let fixed = [
        i64::MAX,
        i64::MIN,
        i64::MAX - 1,
        i64::MIN + 1,
        1 << 32,
        -(1 << 32),
        0xffff_ffff,
        1 << 53,
        1 << 62,
        (1 << 53) + 1,
        0x0123_4567_89ab_cdef,
        1 << 31,
        (1 << 24) + 1,
        0x00ff_00ff_00ff_00ff,
    ];
    integers(memory).chain(fixed)
}

/// Lanes of each shape at their edges, all alike and not.
fn vectors() -> impl Iterator<Item = u128> {
    let singles = F32
        .chunks_exact(4)
        .map(|four| four.iter().rev().fold(0, |lanes, &lane| lanes << 32 | u128::from(lane)));
    let doubles: Vec<u64> = doubles().chain(longs(65536).map(|v| v as u64)).collect();
    let pairs: Vec<u128> =
        doubles.chunks_exact(2).map(|two| u128::from(two[0]) << 64 | u128::from(two[1])).collect();
    let integers = [
        0,
        u128::MAX,
        0x7f80_7fff_8000_0001_00ff_ff00_7fff_ffff,
        0x8000_0000_8000_0000_8000_0000_8000_0000,
        0x7fff_7fff_7fff_7fff_8000_8000_8000_8000,
        0x7f7f_7f7f_8080_8080_ffff_ffff_0101_0101,
        0x1f1e_1d1c_1b1a_1918_0706_0504_0302_0100,
    ];
    integers.into_iter().chain(singles).chain(pairs)
}

const F32: [u32; 40] = [
    0,
    0x8000_0000,
    0x3f80_0000,
    0xbf80_0000, // 0 -0 1 -1
    0x3f00_0000,
    0xbf00_0000,
    0x3eff_ffff,
    0x3fc0_0000, // 0.5 -0.5, just under 0.5, 1.5
    0x4020_0000,
    0xc020_0000,
    0x3f7f_ffff,
    0xbf7f_ffff, // 2.5 -2.5, just under 1, -1
    1,
    0x8000_0001,
    0x007f_ffff,
    0x0080_0000, // subnormals, the least normal
    0x7f7f_ffff,
    0xff7f_ffff,
    0x7f80_0000,
    0xff80_0000, // the greatest, infinities
    0x7fc0_0000,
    0xffc0_0000,
    0x7f80_0001,
    0xffa0_1234, // NaNs: canonical, quiet, signalling
    0x4f00_0000,
    0x4eff_ffff,
    0xcf00_0000,
    0xcf00_0001, // 2^31, before; -2^31, before
    0x4f80_0000,
    0x4f7f_ffff,
    0x5f00_0000,
    0x5eff_ffff, // 2^32, before; 2^63, before
    0xdf00_0000,
    0xdf00_0001,
    0x5f80_0000,
    0x5f7f_ffff, // -2^63, before; 2^64, before
    0x4b00_0001,
    0x4a80_0001,
    0x4049_0fdb,
    0xc2c8_0000, // 2^23 + 1, 2^22 + 0.5, pi, -100
];

fn doubles() -> impl Iterator<Item = u64> {
    let from_singles = F32.iter().filter(|v| !f32::from_bits(**v).is_nan());
    let values = from_singles.map(|&v| f64::from(f32::from_bits(v)).to_bits());
    values.chain([
        0x7ff8_0000_0000_0000,
        0xfff8_0000_0000_0000,
        0x7ff0_0000_0000_0001,
        0xfff4_0000_dead_beef, // NaNs
        1,
        0x8000_0000_0000_0001,
        0x000f_ffff_ffff_ffff,
        0x0010_0000_0000_0000,
        0x7fef_ffff_ffff_ffff,
        0x3fdf_ffff_ffff_ffff,
        0x3fef_ffff_ffff_ffff, // just under 0.5 and 1
        0x41df_ffff_ffc0_0000,
        0x41df_ffff_ffff_ffff,
        0xc1e0_0000_001f_ffff,
        0xc1e0_0000_0020_0000, // about +-2^31
        0x41ef_ffff_ffff_ffff,
        0x43df_ffff_ffff_ffff,
        0xc3e0_0000_0000_0001,
        0x43ef_ffff_ffff_ffff,
        0x4330_0000_0000_0001,
        0x4320_0000_0000_0001, // 2^52 + 1, 2^51 + 0.5
        0x36a0_0000_0000_0000,
        0x3690_0000_0000_0001,
        0x380f_ffff_e000_0000,
        0x47ef_ffff_f000_0000, // demote: edges
    ])
}
