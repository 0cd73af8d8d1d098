//! How a trait is implemented for a recorder and a replayer, from a list of its methods.
//!
//! A trait of a module's own may have any name, such as `S`: hence the type parameters' names.

/// Records and replays a module's own import traits. herkos-c writes this into generated files.
#[doc(hidden)]
#[macro_export]
macro_rules! replay_imports {
    (trait $trait:ident {
        $(fn $method:ident $parameters:tt $(-> $result:ty)?;)+
    }) => {
        #[diagnostic::do_not_recommend]
        impl<__H: $trait, __S: $crate::replay::Sink> $trait for $crate::replay::Recorder<__H, __S> {
            $($crate::__replay! { @record $trait $method $parameters ($($result)?) })+
        }

        #[diagnostic::do_not_recommend]
        impl<__S: $crate::replay::Source> $trait for $crate::replay::Replayer<__S> {
            $($crate::__replay! { @replay $trait $method $parameters ($($result)?) })+
        }
    };
}

/// One method, or a capability of WASI.
#[doc(hidden)]
#[macro_export]
macro_rules! __replay {
    (@call $trait:ident $method:ident $($arg:ident)*) => {
        $crate::replay::Call::new(::core::concat!(
            ::core::stringify!($trait), "::", ::core::stringify!($method)
        ))
            $(.with(&$arg))*
    };
    (@record $trait:ident $method:ident $parameters:tt ()) => {
        $crate::__replay! { @record $trait $method $parameters (()) }
    };
    (@record $trait:ident $method:ident
        (&mut self, memory: &mut [u8] $(, $arg:ident: $ty:ty)* $(,)?) ($result:ty)) => {
        fn $method(&mut self, memory: &mut [u8] $(, $arg: $ty)*) -> $result {
            let (host, writer) = self.parts();
            let call = $crate::__replay!(@call $trait $method $($arg)*).with(&memory.len());
            if !writer.keep(&call, memory) {
                return $crate::replay::Answer::failure();
            }
            let answer = $trait::$method(host, memory $(, $arg)*);
            writer.answer(&call, &answer);
            writer.changes(&call, memory);
            writer.end(answer)
        }
    };
    (@record $trait:ident $method:ident
        (&mut self $(, $arg:ident: $ty:ty)* $(,)?) ($result:ty)) => {
        fn $method(&mut self $(, $arg: $ty)*) -> $result {
            let (host, writer) = self.parts();
            let call = $crate::__replay!(@call $trait $method $($arg)*);
            if !writer.goes_on() {
                return $crate::replay::Answer::failure();
            }
            let answer = $trait::$method(host $(, $arg)*);
            writer.answer(&call, &answer);
            $(writer.output(&call, &$arg, $crate::replay::Answer::filled(&answer));)*
            writer.end(answer)
        }
    };
    (@replay $trait:ident $method:ident $parameters:tt ()) => {
        $crate::__replay! { @replay $trait $method $parameters (()) }
    };
    (@replay $trait:ident $method:ident
        (&mut self, memory: &mut [u8] $(, $arg:ident: $ty:ty)* $(,)?) ($result:ty)) => {
        fn $method(&mut self, memory: &mut [u8] $(, $arg: $ty)*) -> $result {
            let (reader, text) = self.parts();
            let call = $crate::__replay!(@call $trait $method $($arg)*).with(&memory.len());
            let answer = reader.answer(&call, text);
            reader.changes(&call, memory);
            reader.end(answer)
        }
    };
    (@replay $trait:ident $method:ident
        (&mut self $(, $arg:ident: $ty:ty)* $(,)?) ($result:ty)) => {
        fn $method(&mut self $(, $arg: $ty)*) -> $result {
            let (reader, text) = self.parts();
            let call = $crate::__replay!(@call $trait $method $($arg)*);
            let answer: $result = reader.answer(&call, text);
            $(reader.output(&call, $arg, $crate::replay::Answer::filled(&answer));)*
            reader.end(answer)
        }
    };
    (@impl $capability:ident;
        $(fn $method:ident($($arg:ident: $ty:ty),*) -> $result:ty;)+) => {
        impl<H: $capability, S: $crate::replay::Sink> $capability
            for $crate::replay::Recorder<H, S>
        {
            $($crate::__replay! { @record $capability $method (&mut self $(, $arg: $ty)*) ($result) })+
        }

        impl<S: $crate::replay::Source> $capability for $crate::replay::Replayer<S> {
            $($crate::__replay! { @replay $capability $method (&mut self $(, $arg: $ty)*) ($result) })+
        }
    };
}
