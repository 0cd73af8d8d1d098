//! Values of arguments and results, and what a test says about a result.

use std::fmt;

use herkos_runtime::{ExternRef, FuncRef, V128};

/// A value, floats as their bits: a signalling NaN must stay one on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of type i32.
    I32(i32),
    /// Of type i64.
    I64(i64),
    /// Of type f32.
    F32(u32),
    /// Of type f64.
    F64(u64),
    /// Of type v128.
    V128(V128),
    /// Of type funcref.
    Func(FuncRef),
    /// Of type externref.
    Extern(ExternRef),
}

impl Value {
    /// The argument as i32. The script was made from the function's type, so another type of value
    /// is a fault of the test; zero then shows as a wrong result.
    pub fn i32(&self) -> i32 {
        match *self {
            Self::I32(value) => value,
            _ => 0,
        }
    }

    /// The argument as i64.
    pub fn i64(&self) -> i64 {
        match *self {
            Self::I64(value) => value,
            _ => 0,
        }
    }

    /// The argument as f32.
    pub fn f32(&self) -> f32 {
        match *self {
            Self::F32(bits) => f32::from_bits(bits),
            _ => 0.0,
        }
    }

    /// The argument as f64.
    pub fn f64(&self) -> f64 {
        match *self {
            Self::F64(bits) => f64::from_bits(bits),
            _ => 0.0,
        }
    }

    /// The argument as v128.
    pub fn v128(&self) -> V128 {
        match *self {
            Self::V128(value) => value,
            _ => V128::ZERO,
        }
    }

    /// The argument as funcref.
    pub fn funcref(&self) -> FuncRef {
        match *self {
            Self::Func(reference) => reference,
            _ => FuncRef::NULL,
        }
    }

    /// The argument as externref.
    pub fn externref(&self) -> ExternRef {
        match *self {
            Self::Extern(reference) => reference,
            _ => ExternRef::NULL,
        }
    }

    /// Reads `i32:0000002a`, `extern:1`, `func:null`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "func:null" => return Some(Self::Func(FuncRef::NULL)),
            "extern:null" => return Some(Self::Extern(ExternRef::NULL)),
            _ => {}
        }
        let (ty, bits) = text.split_once(':')?;
        if ty == "v128" {
            let bits = u128::from_str_radix(bits, 16).ok()?;
            return Some(Self::V128(V128::from_bits(bits)));
        }
        let bits = u64::from_str_radix(bits, 16).ok()?;
        Some(match ty {
            "i32" => Self::I32(u32::try_from(bits).ok()?.cast_signed()),
            "i64" => Self::I64(bits.cast_signed()),
            "f32" => Self::F32(u32::try_from(bits).ok()?),
            "f64" => Self::F64(bits),
            "extern" => Self::Extern(ExternRef::new(u32::try_from(bits).ok()?)),
            _ => return None,
        })
    }

    /// The lanes of a vector of floats.
    fn lanes(value: V128, ty: &str) -> Vec<Self> {
        let bytes = value.to_bytes();
        let (singles, _) = bytes.as_chunks();
        let (doubles, _) = bytes.as_chunks();
        let single = |lane: &[u8; 4]| Self::F32(u32::from_le_bytes(*lane));
        let double = |lane: &[u8; 8]| Self::F64(u64::from_le_bytes(*lane));
        match ty {
            "f32" => singles.iter().map(single).collect(),
            _ => doubles.iter().map(double).collect(),
        }
    }

    /// Does the value match what the test expects: a value, `f32:canonical`, `f64:arithmetic`,
    /// `f64x2:3ff0000000000000,canonical`, `null`, or `func` and `extern`: any that is not null?
    pub fn matches(&self, expected: &str) -> bool {
        match (self, expected) {
            // Either sign; only the quiet bit of the payload set (§2.2.3).
            (Self::F32(bits), "f32:canonical") => bits & 0x7fff_ffff == 0x7fc0_0000,
            (Self::F64(bits), "f64:canonical") => {
                bits & 0x7fff_ffff_ffff_ffff == 0x7ff8_0000_0000_0000
            }
            // The quiet bit set, anything below it.
            (Self::F32(bits), "f32:arithmetic") => bits & 0x7fc0_0000 == 0x7fc0_0000,
            (Self::F64(bits), "f64:arithmetic") => {
                bits & 0x7ff8_0000_0000_0000 == 0x7ff8_0000_0000_0000
            }
            (Self::Func(reference), "func") => !reference.is_null(),
            (Self::Func(reference), "null") => reference.is_null(),
            (Self::Extern(reference), "extern") => reference.get().is_some(),
            (Self::Extern(reference), "null") => reference.get().is_none(),
            (Self::V128(value), _) if expected.starts_with('f') => {
                let (ty, lanes) = expected.split_at(3);
                let (_, lanes) = lanes.split_once(':').unwrap_or_default();
                let lanes: Vec<String> = lanes.split(',').map(|l| format!("{ty}:{l}")).collect();
                let found = Self::lanes(*value, ty);
                let mut both = found.iter().zip(&lanes);
                found.len() == lanes.len() && both.all(|(lane, text)| lane.matches(text))
            }
            _ => Self::parse(expected) == Some(*self),
        }
    }
}

/// As scripts write it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I32(value) => write!(f, "i32:{value:08x}"),
            Self::I64(value) => write!(f, "i64:{value:016x}"),
            Self::F32(bits) => write!(f, "f32:{bits:08x}"),
            Self::F64(bits) => write!(f, "f64:{bits:016x}"),
            Self::V128(value) => write!(f, "v128:{:032x}", value.to_bits()),
            Self::Func(reference) => match reference.func() {
                Some(number) => write!(f, "func:{number:x}"),
                None => write!(f, "func:null"),
            },
            Self::Extern(reference) => match reference.get() {
                Some(number) => write!(f, "extern:{number:x}"),
                None => write!(f, "extern:null"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ExternRef, FuncRef, Value, V128};

    #[test]
    fn nan_patterns() {
        assert!(Value::F32(0xffc0_0000).matches("f32:canonical"));
        assert!(!Value::F32(0x7fc0_0001).matches("f32:canonical"));
        assert!(Value::F32(0x7fc0_0001).matches("f32:arithmetic"));
        assert!(!Value::F32(0x7fa0_0000).matches("f32:arithmetic"));
        assert!(Value::F64(0xfff8_0000_0000_0000).matches("f64:canonical"));
        assert!(!Value::F64(0x7ff4_0000_0000_0000).matches("f64:arithmetic"));
        assert!(!Value::F64(0x7ff8_0000_0000_0000).matches("f32:canonical"));
    }

    #[test]
    fn vectors() {
        let one_nan = Value::V128(V128::from_bits(0xfff8_0000_0000_0000_3ff0_0000_0000_0000));
        assert!(one_nan.matches("v128:fff80000000000003ff0000000000000"));
        assert!(one_nan.matches("f64x2:3ff0000000000000,canonical"));
        assert!(one_nan.matches("f32x4:00000000,3ff00000,00000000,arithmetic"));
        assert!(!one_nan.matches("f64x2:canonical,3ff0000000000000"));
        assert!(!one_nan.matches("f64x2:3ff0000000000000"));
        assert!(!one_nan.matches("f32x4:3ff0000000000000,canonical"));
        assert!(!Value::F64(0).matches("f64x2:0000000000000000,0000000000000000"));
    }

    #[test]
    fn references() {
        let one = Value::Extern(ExternRef::new(1));
        assert!(one.matches("extern:1") && one.matches("extern"));
        assert!(!one.matches("extern:2") && !one.matches("extern:null") && !one.matches("null"));
        let null = Value::Func(FuncRef::NULL);
        assert!(null.matches("func:null") && null.matches("null"));
        assert!(!null.matches("func") && !null.matches("extern:null"));
    }

    #[test]
    fn values_are_compared_by_type_and_bits() {
        assert!(Value::I32(-1).matches("i32:ffffffff"));
        assert!(!Value::I64(-1).matches("i32:ffffffff"));
        assert!(!Value::F32(0x8000_0000).matches("f32:00000000"));
        assert_eq!(
            Value::parse("i64:8000000000000000"),
            Some(Value::I64(i64::MIN))
        );
        assert_eq!(Value::parse("i32:100000000"), None);
    }
}
