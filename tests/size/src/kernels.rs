//! What is measured: `c/NAME.c`, and how often `run` repeats its work, so that a measurement is some
//! hundred thousand to some million instructions.

pub struct Kernel {
    pub name: &'static str,
    pub rounds: u32,
}

const fn kernel(name: &'static str, rounds: u32) -> Kernel {
    Kernel { name, rounds }
}

pub const KERNELS: [Kernel; 25] = [
    kernel("aes", 500),
    kernel("base64", 50),
    kernel("bigint", 20),
    kernel("blocks", 50),
    kernel("crc", 30),
    kernel("dispatch", 100),
    kernel("filters", 20),
    kernel("floats", 3),
    kernel("growth", 20),
    kernel("hashmap", 20),
    kernel("heap", 10),
    kernel("huffman", 10),
    kernel("interpreter", 100),
    kernel("json", 300),
    kernel("levenshtein", 5),
    kernel("lz", 10),
    kernel("machine", 50),
    kernel("matrix", 20),
    kernel("mix", 10),
    kernel("protocol", 100),
    kernel("puzzles", 5),
    kernel("sha256", 20),
    kernel("sorts", 5),
    kernel("strings", 20),
    kernel("tree", 20),
];

/// A kernel of one addition.
pub const LEAST: Kernel = kernel("least", 1);
