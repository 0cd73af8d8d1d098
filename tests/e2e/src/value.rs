//! Values of WebAssembly, floats as bits.

use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Value {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
    V128(u128),
    /// Null, or the number of a function.
    FuncRef(Option<u32>),
    /// Null, or what the host chose.
    ExternRef(Option<u32>),
}

impl Value {
    fn is_nan(self) -> bool {
        match self {
            Self::F32(bits) => f32::from_bits(bits).is_nan(),
            Self::F64(bits) => f64::from_bits(bits).is_nan(),
            _ => false,
        }
    }

    /// The same bits, or, unless that is asked for, both some NaN of the same type.
    pub fn same(self, other: Self, exact: bool) -> bool {
        let same_type = std::mem::discriminant(&self) == std::mem::discriminant(&other);
        self == other || !exact && same_type && self.is_nan() && other.is_nan()
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::I32(v) => write!(f, "i32 {v} ({v:#x})"),
            Self::I64(v) => write!(f, "i64 {v} ({v:#x})"),
            Self::F32(v) => write!(f, "f32 {} ({v:#x})", f32::from_bits(v)),
            Self::F64(v) => write!(f, "f64 {} ({v:#x})", f64::from_bits(v)),
            Self::V128(v) => write!(f, "v128 {v:#034x}"),
            Self::FuncRef(v) => write!(f, "funcref {v:?}"),
            Self::ExternRef(v) => write!(f, "externref {v:?}"),
        }
    }
}

/// Conversions of one of Rust's types; a wrong type in a test is a bug of the test.
macro_rules! convert {
    ($type:ty, $kind:ident, $to:expr, $from:expr) => {
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$kind($to(value))
            }
        }

        impl From<Value> for $type {
            fn from(value: Value) -> Self {
                match value {
                    Value::$kind(v) => $from(v),
                    _ => panic!("{value:?} where {} is expected", stringify!($type)),
                }
            }
        }
    };
}
convert!(i32, I32, |v| v, |v| v);
convert!(i64, I64, |v| v, |v| v);
convert!(f32, F32, f32::to_bits, f32::from_bits);
convert!(f64, F64, f64::to_bits, f64::from_bits);
