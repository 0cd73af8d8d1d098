//! What is measured. `rounds` is how often `run` repeats its work: some 10 ms natively.

use crate::libraries::{self, Library};

pub struct Program {
    pub name: &'static str,
    pub rounds: u32,
    pub source: Source,
}

pub enum Source {
    /// `c/NAME.c`.
    Own,
    /// `../tests/size/c/NAME.c`: kernels that are measured on a microcontroller, too.
    Kernel,
    /// `c/vectors/NAME.c`: to WebAssembly with vector instructions, and without.
    Vectors,
    /// `c/libraries/NAME/run.c` and the library itself.
    Library(&'static Library),
}

impl Program {
    pub fn is_library(&self) -> bool {
        matches!(self.source, Source::Library(_))
    }

    pub fn is_vectors(&self) -> bool {
        matches!(self.source, Source::Vectors)
    }

    /// As the .csv calls it.
    pub fn kind(&self) -> &'static str {
        match self.source {
            Source::Own | Source::Kernel => "own",
            Source::Vectors => "vectors",
            Source::Library(_) => "library",
        }
    }
}

const fn own(name: &'static str, rounds: u32) -> Program {
    Program { name, rounds, source: Source::Own }
}

const fn kernel(name: &'static str, rounds: u32) -> Program {
    Program { name, rounds, source: Source::Kernel }
}

const fn vectors(name: &'static str, rounds: u32) -> Program {
    Program { name, rounds, source: Source::Vectors }
}

const fn library(name: &'static str, rounds: u32, library: &'static Library) -> Program {
    Program { name, rounds, source: Source::Library(library) }
}

/// In the order of their names; then those with vectors, then libraries.
pub const PROGRAMS: &[Program] = &[
    kernel("aes", 190_000),
    kernel("base64", 5000),
    own("bfs", 26),
    kernel("bigint", 1300),
    kernel("blocks", 18_000),
    own("chacha", 350),
    own("cholesky", 20),
    own("copies", 620),
    kernel("crc", 560),
    own("dct", 55),
    own("dijkstra", 12),
    kernel("dispatch", 3700),
    own("fannkuch", 6),
    own("fft", 420),
    kernel("filters", 2800),
    own("floyd", 10),
    own("gemm", 62),
    own("gemver", 240),
    kernel("hashmap", 2300),
    kernel("heap", 420),
    own("heat", 340),
    own("histogram", 35),
    kernel("huffman", 230),
    own("image", 11),
    kernel("interpreter", 16_000),
    own("jacobi", 790),
    kernel("json", 82_000),
    own("keccak", 48),
    own("lcs", 24),
    kernel("levenshtein", 390),
    own("life", 300),
    own("lu", 70),
    kernel("lz", 800),
    kernel("machine", 3700),
    own("mandelbrot", 9),
    kernel("matrix", 5300),
    own("md5", 200),
    kernel("mix", 1700),
    own("modexp", 400),
    own("nbody", 100_000),
    own("nussinov", 30),
    own("objects", 360),
    kernel("protocol", 5300),
    kernel("puzzles", 1800),
    own("queens", 200),
    own("rangecoder", 26),
    own("raytrace", 45),
    own("recursion", 280),
    own("regex", 50),
    own("search", 68),
    own("seidel", 60),
    kernel("sha256", 2600),
    own("sieve", 15),
    own("sort", 7),
    kernel("sorts", 220),
    own("spectral", 140),
    own("states", 140),
    kernel("strings", 1800),
    own("sudoku", 7),
    kernel("tree", 710),
    own("vm", 30),
    vectors("blend", 1000),
    vectors("blur", 1000),
    vectors("chacha4", 1000),
    vectors("dot16", 1000),
    vectors("dot8", 1000),
    vectors("encode64", 1000),
    vectors("escape", 10),
    vectors("find", 1000),
    vectors("luma", 1000),
    vectors("quantise", 1000),
    vectors("sad", 100),
    vectors("saxpy", 10000),
    vectors("sgemm", 100),
    vectors("stencil", 1000),
    vectors("tiles", 100),
    library("bzip2", 2, &libraries::BZIP2),
    library("lua", 17, &libraries::LUA),
    library("lz4", 5, &libraries::LZ4),
    library("monocypher", 5, &libraries::MONOCYPHER),
    library("sqlite", 4, &libraries::SQLITE),
    library("zlib", 1, &libraries::ZLIB),
    library("zstd", 2, &libraries::ZSTD),
];
