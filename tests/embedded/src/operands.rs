//! Operands for numeric instructions: special values, then some that a fixed generator draws. The same
//! on every machine, in integers alone.

#[derive(Clone, Copy, PartialEq)]
pub enum Type {
    I32,
    I64,
    F32,
    F64,
}

impl Type {
    /// Bits of exponent and of fraction.
    const fn float(self) -> Option<(u32, u32)> {
        match self {
            Self::I32 | Self::I64 => None,
            Self::F32 => Some((8, 23)),
            Self::F64 => Some((11, 52)),
        }
    }

    const fn mask(self) -> u64 {
        match self {
            Self::I32 | Self::F32 => 0xffff_ffff,
            Self::I64 | Self::F64 => u64::MAX,
        }
    }

    pub fn is_nan(self, bits: i64) -> bool {
        let Some((exponent, fraction)) = self.float() else {
            return false;
        };
        let infinity = ((1 << exponent) - 1) << fraction;
        bits as u64 & (self.mask() >> 1) > infinity
    }

    /// Of a NaN: whether it is quiet.
    pub fn is_quiet(self, bits: i64) -> bool {
        self.float()
            .is_some_and(|(_, fraction)| bits >> (fraction - 1) & 1 == 1)
    }

    /// Of a NaN: whether it is the canonical one with a clear sign.
    pub fn is_canonical(self, bits: i64) -> bool {
        let nan = |(exponent, fraction)| ((1u64 << (exponent + 1)) - 1) << (fraction - 1);
        self.float().is_some_and(|float| bits as u64 == nan(float))
    }
}

/// FNV-1a over the bytes of the numbers.
pub struct Hash(u64);

impl Hash {
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn add(&mut self, number: i64) {
        for byte in number.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub fn value(&self) -> u64 {
        self.0
    }
}

/// How many operands are drawn beside the special ones.
const DRAWN: u32 = 3000;

/// All pairs of special values, or with one operand each of them, and then what is drawn.
pub struct Operands {
    ty: Type,
    binary: bool,
    /// Numbers of the special values that come next.
    next: (u32, u32),
    drawn: u32,
    state: u64,
}

impl Operands {
    pub fn new(ty: Type, binary: bool) -> Self {
        Self {
            ty,
            binary,
            next: (0, 0),
            drawn: 0,
            state: 0x9e37_79b9_7f4a_7c15,
        }
    }

    /// Xorshift* (Vigna): every bit of it is well mixed.
    fn draw(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Any bits; for floats in two of three cases a number whose size is of interest: an integer and a
    /// half, or up to beyond the largest integers.
    fn drawn(&mut self) -> u64 {
        let bits = self.draw();
        let Some((exponent, fraction)) = self.ty.float() else {
            // Small and large ones alike.
            return bits >> (self.draw() % 64);
        };
        let bias = (1 << (exponent - 1)) - 1;
        let sign = bits >> 63 << (exponent + fraction);
        match self.draw() % 3 {
            0 => bits,
            1 => {
                // 1.xxx1 times 2^n, where the last bit counts a half.
                let n = (self.draw() % u64::from(fraction)) as u32;
                let ones = (bits & ((1 << n) - 1)) << 1 | 1;
                sign | (bias + u64::from(n)) << fraction | ones << (fraction - n - 1)
            }
            _ => {
                let power = bias + self.draw() % 70 - 3;
                sign | power << fraction | bits & ((1 << fraction) - 1)
            }
        }
    }
}

impl Iterator for Operands {
    type Item = (i64, i64);

    fn next(&mut self) -> Option<(i64, i64)> {
        let ty = self.ty;
        if let Some(a) = special(ty, self.next.0) {
            let b = special(ty, self.next.1).unwrap_or_default();
            self.next.1 += 1;
            if !self.binary || special(ty, self.next.1).is_none() {
                self.next = (self.next.0 + 1, 0);
            }
            return Some(((a & ty.mask()) as i64, (b & ty.mask()) as i64));
        }
        self.drawn += 1;
        let (a, b) = (self.drawn(), self.drawn());
        (self.drawn <= DRAWN).then_some(((a & ty.mask()) as i64, (b & ty.mask()) as i64))
    }
}

/// The special value of this number.
fn special(ty: Type, number: u32) -> Option<u64> {
    match ty.float() {
        None => special_int(number),
        Some((exponent, fraction)) => special_float(exponent, fraction, number),
    }
}

/// Powers of two, one less, and the negatives of both; each 32-bit one is among the 64-bit ones.
fn special_int(number: u32) -> Option<u64> {
    const POWERS: [u32; 10] = [0, 1, 7, 8, 15, 16, 31, 32, 62, 63];
    let power = 1u64 << POWERS.get(number as usize / 4)?;
    Some(match number % 4 {
        0 => power,
        1 => power - 1,
        2 => power.wrapping_neg(),
        _ => (power - 1).wrapping_neg(),
    })
}

/// Around powers of two; zero, the least and the largest numbers; halves; infinity and NaNs. Even
/// numbers are positive, odd ones the same with a sign.
fn special_float(exponent: u32, fraction: u32, number: u32) -> Option<u64> {
    /// Where integers lose their halves, and where integer types end.
    const POWERS: [u64; 12] = [0, 1, 2, 22, 23, 24, 31, 32, 52, 53, 63, 64];
    /// The others, from the bits of infinity, of the exponent's last digit, and of 0.5.
    const OTHERS: [fn(u64, u64, u64) -> u64; 13] = [
        |_, _, _| 0,
        |_, _, _| 1,
        |_, one, _| one - 1,
        |_, one, _| one,
        |_, _, half| half - 1,
        |_, _, half| half,
        |_, _, half| half + 1,
        |infinity, _, _| infinity - 1,
        |infinity, _, _| infinity,
        |infinity, one, _| infinity | one / 2, // the canonical NaN
        |infinity, one, _| infinity | one / 2 | one / 8, // quiet, with a payload
        |infinity, one, _| infinity | one / 4, // signalling
        |infinity, _, _| infinity | 1,         // signalling
    ];
    let one = 1u64 << fraction; // of the exponent's last digit
    let infinity = ((1u64 << exponent) - 1) << fraction;
    let sign = u64::from(number % 2) << (exponent + fraction);
    let number = number as usize / 2;
    let bias = (1 << (exponent - 1)) - 1;
    if let Some(power) = POWERS.get(number / 4) {
        let bits = (bias + power) << fraction;
        return Some(
            sign | match number % 4 {
                0 => bits,
                1 => bits - 1,
                2 => bits + 1,
                // and a half, as long as there is one
                _ => bits | (one / 2).checked_shr(*power as u32).unwrap_or(0),
            },
        );
    }
    let other = OTHERS.get(number - POWERS.len() * 4)?;
    Some(sign | other(infinity, one, (bias - 1) << fraction))
}
