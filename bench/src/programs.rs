//! What is measured. `rounds` is how often `run` repeats its work: some 10 ms natively.

pub struct Program {
    pub name: &'static str,
    pub rounds: u32,
    pub source: Source,
}

#[derive(Clone, Copy)]
pub enum Source {
    /// `c/NAME.c`.
    Own,
    /// `../tests/size/c/NAME.c`: kernels that are measured on a microcontroller, too.
    Kernel,
}

impl Program {
    pub fn is_library(&self) -> bool {
        false
    }
}

const fn own(name: &'static str, rounds: u32) -> Program {
    Program { name, rounds, source: Source::Own }
}

const fn kernel(name: &'static str, rounds: u32) -> Program {
    Program { name, rounds, source: Source::Kernel }
}

pub const PROGRAMS: &[Program] = &[
    own("gemm", 10),
    kernel("aes", 50000),
    kernel("base64", 5000),
    kernel("bigint", 300),
    kernel("crc", 3000),
    kernel("dispatch", 10000),
    kernel("hashmap", 2000),
    kernel("heap", 1000),
    kernel("huffman", 1000),
    kernel("interpreter", 10000),
    kernel("json", 30000),
    kernel("levenshtein", 500),
    kernel("lz", 1000),
    kernel("machine", 5000),
    kernel("sha256", 2000),
    kernel("sorts", 500),
];
