//! Sets of flags and enumerations as WASI numbers them.

/// Sets of bits: `pub struct NAME: INTEGER { FLAG = bit number, … }`.
macro_rules! flags {
    ($(#[$doc:meta])* pub struct $name:ident: $raw:ident {
        $($(#[$flag_doc:meta])* $flag:ident = $bit:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name($raw);

        impl $name {
            $($(#[$flag_doc])* pub const $flag: Self = Self(1 << $bit);)+

            /// Every flag there is.
            pub const ALL: Self = Self($(1 << $bit)|+);

            /// No flag.
            #[must_use]
            pub const fn empty() -> Self {
                Self(0)
            }

            /// The bits as the module passes them.
            #[must_use]
            pub const fn bits(self) -> $raw {
                self.0
            }

            /// `None` if a bit is set that has no meaning.
            #[must_use]
            pub const fn from_bits(bits: $raw) -> Option<Self> {
                if bits & !Self::ALL.0 == 0 {
                    Some(Self(bits))
                } else {
                    None
                }
            }

            /// From an argument of a call, which is wider than the flags.
            #[allow(dead_code, reason = "some flags are only returned")]
            pub(super) fn decode(argument: u64) -> Result<Self, $crate::wasi::Errno> {
                let bits = $raw::try_from(argument).ok();
                bits.and_then(Self::from_bits).ok_or($crate::wasi::Errno::Inval)
            }

            /// Are all of `other`'s flags set?
            #[must_use]
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Is any of `other`'s flags set?
            #[must_use]
            pub const fn intersects(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// Is no flag set?
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// These flags without `other`'s.
            #[must_use]
            pub const fn difference(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// The flags of both; `|` in constants.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl core::ops::BitOr for $name {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl core::ops::BitAnd for $name {
            type Output = Self;

            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }
    };
}

/// Enumerations: `pub enum NAME: INTEGER { Variant = number, … }`.
macro_rules! numbered {
    ($(#[$doc:meta])* pub enum $name:ident: $raw:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $number:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// The number that stands for it in the module.
            #[must_use]
            pub const fn number(self) -> $raw {
                match self {
                    $(Self::$variant => $number,)+
                }
            }

            /// `None` if the number has no meaning.
            #[must_use]
            pub const fn from_number(number: $raw) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(super) use flags;
pub(super) use numbered;
