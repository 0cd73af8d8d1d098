//! What to do about headers that clang, and symbols that the linker, did not find.

use crate::names::nearest;

/// Headers of a C library. Those that clang itself brings, such as stdint.h, are not among them.
const LIBRARY_HEADERS: [&str; 22] = [
    "assert.h",
    "complex.h",
    "ctype.h",
    "errno.h",
    "fcntl.h",
    "fenv.h",
    "locale.h",
    "malloc.h",
    "math.h",
    "memory.h",
    "setjmp.h",
    "signal.h",
    "stdio.h",
    "stdlib.h",
    "string.h",
    "strings.h",
    "sys/stat.h",
    "sys/types.h",
    "time.h",
    "unistd.h",
    "wchar.h",
    "wctype.h",
];

/// Functions of a C library that isolated code commonly calls.
const LIBRARY_FUNCTIONS: [&str; 60] = [
    "abort", "abs", "atof", "atoi", "atol", "bcmp", "bsearch", "calloc", "ceil", "cos", "exit",
    "exp", "fabs", "fclose", "floor", "fmod", "fopen", "fprintf", "fputs", "fread", "free",
    "fwrite", "isalnum", "isalpha", "isdigit", "isspace", "ldexp", "log", "log10", "log2",
    "malloc", "memchr", "memcmp", "memcpy", "memmove", "memset", "pow", "printf", "putchar",
    "puts", "qsort", "rand", "realloc", "sin", "snprintf", "sprintf", "sqrt", "strcat", "strchr",
    "strcmp", "strcpy", "strdup", "strlen", "strncmp", "strncpy", "strrchr", "strstr", "strtod",
    "strtol", "strtoul",
];

const INSTALL_WASI: &str = "install wasi-libc (Debian, Ubuntu: `apt install wasi-libc \
    libclang-rt-dev-wasm32`; elsewhere the WASI SDK, with HERKOS_CLANG set to its clang, or \
    WASI_SYSROOT to the folder of the library)";

/// What the linker did not find.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    /// Used, and defined nowhere.
    undefined: Vec<String>,
    /// To be exported, and defined nowhere.
    unknown: Vec<String>,
    /// A part of wasi-libc or of clang's runtime library.
    library: bool,
}

/// Reads the messages of wasm-ld.
pub(crate) fn faults(said: &[String]) -> Faults {
    let mut faults = Faults::default();
    let add = |list: &mut Vec<String>, name: &str| {
        if !list.iter().any(|known| known == name) {
            list.push(name.to_owned());
        }
    };
    for line in said {
        if let Some((_, name)) = line.split_once("undefined symbol: ") {
            add(&mut faults.undefined, name);
        } else if let Some((_, name)) = line.split_once("exported via --export not found: ") {
            add(&mut faults.unknown, name);
        }
        let library = ["crt1", "libclang_rt", "unable to find library -lc"];
        faults.library |= library.iter().any(|name| line.contains(name));
    }
    faults
}

impl Faults {
    /// What is wrong in one line; nothing if the linker failed for another reason.
    pub(crate) fn summary(&self) -> Option<String> {
        if !self.undefined.is_empty() {
            return Some(format!("nothing defines {}", quoted(&self.undefined)));
        }
        let unknown = quoted(&self.unknown);
        (!self.unknown.is_empty())
            .then(|| format!("exports: there is no function {unknown} in the sources"))
            .or_else(|| self.library.then(|| "wasi-libc is not complete".to_owned()))
    }

    /// What to do. `words` are those of the sources.
    pub(crate) fn advice(&self, words: &[String], wasi: bool) -> Vec<String> {
        let is_library =
            |name: &&String| name.starts_with("__") || LIBRARY_FUNCTIONS.contains(&name.as_str());
        let (library, other): (Vec<&String>, Vec<&String>) =
            self.undefined.iter().partition(is_library);
        let mut advice = Vec::new();
        if !library.is_empty() && !wasi {
            advice.push(format!(
                "{}: of the C library or of the compiler's, which these sources are built without: \
                 set `wasi = true` to link wasi-libc, or add a C file that defines it to `sources`",
                quoted(&library)
            ));
        }
        if let Some(name) = other.first().or(library.first().filter(|_| wasi)) {
            advice.push(format!(
                "add the C file that defines `{name}` to `sources`; or if Rust is to provide it, \
                 declare it with __attribute__((import_module(\"env\"), import_name(\"{name}\")))"
            ));
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for name in &self.unknown {
            advice.push(match nearest(name, &words) {
                Some(meant) if meant != name => format!("did you mean `{meant}`?"),
                _ => format!("`{name}` must not be `static`, and in C++ it must be `extern \"C\"`"),
            });
        }
        if self.library {
            advice.push(INSTALL_WASI.to_owned());
        }
        advice
    }
}

/// What to do about the first header that clang did not find.
pub(crate) fn header_advice(said: &[String], wasi: bool) -> Option<String> {
    let missing = said
        .iter()
        .find(|line| line.ends_with("' file not found"))?;
    let header = missing.rsplit('\'').nth(1)?;
    Some(match (LIBRARY_HEADERS.contains(&header), wasi) {
        (true, false) => format!(
            "`{header}` is of the C library, which these sources are built without: set \
             `wasi = true` to compile them with wasi-libc"
        ),
        (true, true) => INSTALL_WASI.to_owned(),
        (false, _) => {
            format!("say where `{header}` is by flags = [\"-IFOLDER\"], relative to Cargo.toml")
        }
    })
}

fn quoted(names: &[impl AsRef<str>]) -> String {
    let names: Vec<_> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    names.join(", ")
}
