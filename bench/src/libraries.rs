//! Libraries whose C comes from published crates, where Cargo has put it; `c/libraries/NAME/run.c`
//! calls them.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand};

use crate::files::Folders;

pub struct Library {
    /// The crate.
    package: &'static str,
    /// Where in the crate the sources are; also where they find each other's headers.
    folder: &'static str,
    sources: &'static [&'static str],
    flags: &'static [&'static str],
}

pub const BZIP2: Library = Library {
    package: "bzip2-sys",
    folder: "bzip2-1.0.8",
    sources: &["blocksort", "bzlib", "compress", "crctable", "decompress", "huffman", "randtable"],
    flags: &["-DBZ_NO_STDIO"],
};

pub const LUA: Library = Library {
    package: "lua-src",
    folder: "lua-5.4.9",
    sources: &[
        "lapi", "lauxlib", "lbaselib", "lcode", "lctype", "ldebug", "ldo", "ldump", "lfunc", "lgc",
        "llex", "lmathlib", "lmem", "lobject", "lopcodes", "lparser", "lstate", "lstring",
        "lstrlib", "ltable", "ltablib", "ltm", "lundump", "lvm", "lzio",
    ],
    // It needs a type of <signal.h>, no signals.
    flags: &["-include", "config.h", "-D_WASI_EMULATED_SIGNAL"],
};

pub const LZ4: Library =
    Library { package: "lz4-sys", folder: "liblz4/lib", sources: &["lz4", "lz4hc"], flags: &[] };

pub const MONOCYPHER: Library = Library {
    package: "monocypher-sys",
    folder: "Monocypher/src",
    sources: &["monocypher"],
    flags: &[],
};

/// Without threads and files, and without `long double`, which is of another size in WebAssembly.
pub const SQLITE: Library = Library {
    package: "libsqlite3-sys",
    folder: "sqlite3",
    sources: &["sqlite3"],
    flags: &[
        "-DSQLITE_OS_OTHER=1",
        "-DSQLITE_THREADSAFE=0",
        "-DSQLITE_OMIT_LOAD_EXTENSION",
        "-DSQLITE_OMIT_LOCALTIME",
        "-DLONGDOUBLE_TYPE=double",
    ],
};

pub const ZLIB: Library = Library {
    package: "libz-sys",
    folder: "src/zlib",
    sources: &[
        "adler32", "compress", "crc32", "deflate", "inffast", "inflate", "inftrees", "trees",
        "uncompr", "zutil",
    ],
    flags: &[],
};

/// Without its assembly, which WebAssembly cannot have.
pub const ZSTD: Library = Library {
    package: "zstd-sys",
    folder: "zstd/lib",
    sources: &[
        "common/debug",
        "common/entropy_common",
        "common/error_private",
        "common/fse_decompress",
        "common/xxhash",
        "common/zstd_common",
        "compress/fse_compress",
        "compress/hist",
        "compress/huf_compress",
        "compress/zstd_compress",
        "compress/zstd_compress_literals",
        "compress/zstd_compress_sequences",
        "compress/zstd_compress_superblock",
        "compress/zstd_double_fast",
        "compress/zstd_fast",
        "compress/zstd_lazy",
        "compress/zstd_ldm",
        "compress/zstd_opt",
        "compress/zstd_preSplit",
        "decompress/huf_decompress",
        "decompress/zstd_ddict",
        "decompress/zstd_decompress",
        "decompress/zstd_decompress_block",
    ],
    flags: &["-DZSTD_DISABLE_ASM", "-DDYNAMIC_BMI2=0"],
};

/// Where Cargo has put its packages.
pub struct Packages(Metadata);

impl Packages {
    pub fn new(folders: &Folders) -> Result<Self, String> {
        let mut command = MetadataCommand::new();
        command.manifest_path(folders.bench.join("Cargo.toml"));
        command.exec().map(Self).map_err(|e| format!("cargo metadata: {e}"))
    }

    /// The version of a package that this crate depends on.
    pub fn version(&self, name: &str) -> String {
        let package = self.0.packages.iter().find(|p| p.name.as_str() == name);
        package.map_or_else(String::new, |p| p.version.to_string())
    }

    /// The arguments of clang for a library: flags, and the sources.
    pub fn arguments(&self, library: &Library) -> Result<Vec<PathBuf>, String> {
        let package = self.0.packages.iter().find(|p| p.name.as_str() == library.package);
        let package = package.ok_or_else(|| format!("cargo metadata: no {}", library.package))?;
        let folder = package.manifest_path.parent().map_or(Path::new(""), |p| p.as_std_path());
        let folder = folder.join(library.folder);
        let flags = library.flags.iter().map(PathBuf::from);
        let sources = library.sources.iter().map(|source| folder.join(format!("{source}.c")));
        Ok(flags.chain(["-I".into(), folder.clone()]).chain(sources).collect())
    }
}
