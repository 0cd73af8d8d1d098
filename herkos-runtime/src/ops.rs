//! The table notation of the numeric files: one row per opcode, `name(operands) -> result = value;`.

macro_rules! ops {
    ($($(#[$attr:meta])* $name:ident($($arg:ident: $ty:ty),+) -> $result:ty = $value:expr;)+) => {
        $(
            $(#[$attr])*
            #[inline]
            #[must_use]
            pub fn $name($($arg: $ty),+) -> $result {
                $value
            }
        )+
    };
}

/// The same for operations that may trap: the value is a `Result`, which is `must_use` by itself.
macro_rules! trapping_ops {
    ($($(#[$attr:meta])* $name:ident($($arg:ident: $ty:ty),+) -> $result:ty = $value:expr;)+) => {
        $(
            $(#[$attr])*
            #[inline]
            pub fn $name($($arg: $ty),+) -> Result<$result, $crate::WasmTrap> {
                $value
            }
        )+
    };
}

pub(crate) use {ops, trapping_ops};
