# herkos: every target works alone from a clean clone, prints what it does, and ends with its result in one line.

CC ?= cc
CFLAGS_STRICT = -std=c11 -O3 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
C_SOURCES = $(sort $(wildcard herkos-c/src/*.c))
C_HEADERS = $(wildcard herkos-c/src/*.h herkos-c/include/*.h)
HERKOS_C_EXE = target/herkos-c

# What is compiled here is run, seldom debugged: without this, `make test` takes three times as much room on the disk.
export CARGO_INCREMENTAL = 0
export CARGO_PROFILE_DEV_DEBUG = 0

.PHONY: all demo test spec e2e wasi embedded unit golden invalid reproducible validity differ capabilities bench bench-compile simd size fuzz replay coverage lint mutants audit msrv docs clean

all: $(HERKOS_C_EXE)
	cargo build --workspace
	@echo "all: target/herkos-c and the crates are built"

$(HERKOS_C_EXE): $(C_SOURCES) $(C_HEADERS) Cargo.toml
	@mkdir -p target
	$(CC) $(CFLAGS_STRICT) -DHERKOS_VERSION='"$(VERSION)"' -Iherkos-c/include -Iherkos-c/src $(C_SOURCES) -o $@

demo:
	examples/run-all.sh

# Everything, two steps at a time. Ends with `N passed, N failed`.
test:
	scripts/test

# The specification's own tests; writes docs/conformance.md.
spec:
	cd tests/spec && CARGO_TARGET_DIR=$(CURDIR)/target/spec cargo run --quiet -- --profile both --docs
	cd tests/spec && CARGO_TARGET_DIR=$(CURDIR)/target/spec cargo run --quiet -- --profile debug --simd simd

# Against a reference engine, without optimisation and with it. The engine itself is compiled once.
e2e:
	scripts/tools clang=clang wasm-ld=lld wasm-opt=binaryen
	cd tests/e2e && CARGO_TARGET_DIR=$(CURDIR)/target/e2e cargo test --quiet
	cd tests/e2e && CARGO_TARGET_DIR=$(CURDIR)/target/e2e cargo test --quiet --config optimized.toml \
		--workspace --exclude herkos-tests-sqlite # examples/wasi-sqlite is a release build of it

# C programs on wasi-libc, as Rust and natively.
wasi:
	scripts/tools clang=clang wasm-ld=lld /usr/lib/wasm32-wasi/libc.a=wasi-libc
	scripts/tools "$$(clang --print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a=libclang-rt-dev-wasm32"
	@# For one test, which is left out without it.
	-timeout 300 rustup --quiet target add i686-unknown-linux-musl
	cd tests/wasi && CARGO_TARGET_DIR=$(CURDIR)/target/wasi cargo test --quiet

# On microcontrollers in QEMU: Cortex-M3, Cortex-M4F, RISC-V; compared with a hosted run.
embedded:
	tests/run-embedded $(EMBEDDED)

unit:
	scripts/tools pkg-config=pkg-config /usr/include/check.h=check
	$(MAKE) --no-print-directory -C tests/unit run

golden: $(HERKOS_C_EXE)
	scripts/tools wat2wasm=wabt clang=clang wasm-ld=lld
	tests/run-golden $(HERKOS_C_EXE)

invalid: $(HERKOS_C_EXE)
	scripts/tools wat2wasm=wabt
	tests/run-invalid $(HERKOS_C_EXE)

# The same input gives the same bytes: herkos-c made by gcc and clang, with and without optimisation, for 32 bits, and for a
# big-endian machine in QEMU; and run in other surroundings.
reproducible:
	scripts/tools wat2wasm=wabt clang=clang
	tests/run-reproducible

# Thousands of generated and altered modules: what herkos-c accepts and refuses is what wabt and wasmparser do. VALIDITY holds
# options, VALIDITY_MODULES the number of modules.
validity:
	scripts/tools wasm-validate=wabt wasm-opt=binaryen
	cd tests/validity && CARGO_TARGET_DIR=$(CURDIR)/target/validity cargo test --quiet
	cd tests/validity && CARGO_TARGET_DIR=$(CURDIR)/target/validity cargo run --quiet -- $(VALIDITY)

# Generated modules do in Rust, debug and release, what they do in wasmtime. For DIFFER_SECONDS, or else a short run;
# DIFFER holds options (tests/differ/src/main.rs), such as "--seed 7".
differ:
	scripts/tools wasm-opt=binaryen clang=clang wasm-ld=lld csmith=csmith /usr/include/csmith/safe_math.h=libcsmith-dev
	cd tests/differ && CARGO_TARGET_DIR=$(CURDIR)/target/e2e cargo test --quiet
	cd tests/differ && CARGO_TARGET_DIR=$(CURDIR)/target/e2e cargo run --quiet -- \
		$(if $(DIFFER_SECONDS),--seconds $(DIFFER_SECONDS)) $(DIFFER)

# What rustc refuses to a host, what generated code consists of, and how calls of a host are compiled.
capabilities:
	scripts/tools clang=clang wasm-ld=lld
	examples/third-party/fetch.sh
	CARGO_TARGET_DIR=$(CURDIR)/target/capabilities tests/capabilities/run

# Speed of generated code: programs by herkos, wasmtime and wasm2c against the same C compiled natively; writes
# docs/performance.*. With PROGRAMS="crc lz sqlite" only those, and nothing is written; BENCH holds options (bench/src/main.rs),
# such as "--seconds 0.5 --engines herkos --against OLD.csv"; HERKOS_BENCH_OPTIONS in the environment, options for herkos-c.
bench: $(HERKOS_C_EXE)
	scripts/tools clang-19=clang-19 wasm-ld-19=lld-19 wasm2c=wabt /usr/lib/wasm32-wasi/libc.a=wasi-libc
	scripts/tools "$$(clang-19 --print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a=libclang-rt-19-dev-wasm32"
	cd bench && CARGO_TARGET_DIR=$(CURDIR)/target/bench cargo run --quiet --release -- $(BENCH) $(or $(PROGRAMS),--docs)

# Time and memory of herkos-c and of cargo build, for modules from 3 kB to 1 MB; writes a part of docs/performance.md.
# With PROGRAMS="lz4 lua" only those, and nothing is written.
bench-compile: $(HERKOS_C_EXE)
	scripts/tools clang-19=clang-19 wasm-ld-19=lld-19 wasm2c=wabt /usr/lib/wasm32-wasi/libc.a=wasi-libc
	scripts/tools "$$(clang-19 --print-resource-dir)/lib/wasi/libclang_rt.builtins-wasm32.a=libclang-rt-19-dev-wasm32"
	cd bench && CARGO_TARGET_DIR=$(CURDIR)/target/bench cargo run --quiet --release -- --compile-times $(or $(PROGRAMS),--docs)

# Flash, RAM and instructions on a Cortex-M3, against the same C compiled natively; writes docs/size.md. With
# KERNELS="crc json" only those, and nothing is written; SIZE="--against OLD.csv --symbols" says more.
size:
	scripts/tools clang-19=clang-19 wasm-ld-19=lld-19
	cd tests/size && BARE_METAL_TARGET_DIR=$(CURDIR)/target/size ../../scripts/bare-metal run \
		cargo run --quiet --release -- $(SIZE) $(or $(KERNELS),--docs)

# Hostile input, under sanitizers: libFuzzer for FUZZ_SECONDS; and, part of make test, the inputs that were kept.
fuzz:
	tests/fuzz/run $(or $(FUZZ_SECONDS),60)

replay:
	tests/fuzz/run replay

# Which lines, branches and regions the tests reach; a part by scripts/coverage c or rust.
coverage:
	scripts/coverage

# Which code rustc makes of vector instructions on x86-64, against docs/simd.csv; with UPDATE=--update, writes that and
# docs/simd.md.
simd:
	cd tests/simd-asm && CARGO_TARGET_DIR=$(CURDIR)/target/simd cargo test --quiet
	cd tests/simd-asm && CARGO_TARGET_DIR=$(CURDIR)/target/simd cargo run --quiet -- $(UPDATE)

# Compilers' warnings, static analysis, formatters and linters.
lint:
	scripts/tools clang=clang clang-format=clang-format clang-tidy=clang-tidy
	scripts/lint

# Licences, sources and versions of all dependencies, and RustSec's advisories where they can be fetched. Compiles cargo-deny first.
audit:
	scripts/audit

# The oldest supported Rust, from Debian: as root.
msrv:
	scripts/msrv

# Small changes to the validator, one after the other: a test notices each, or tests/mutants/survivors.txt says why none does.
# A quarter of an hour; MUTANTS="--sample 50 --seed 7" tries fewer. MUTATE=rust: the same for the runtime's numeric operations.
mutants:
	scripts/tools pkg-config=pkg-config /usr/include/check.h=check
	cd tests/mutants && CARGO_TARGET_DIR=$(CURDIR)/target/mutants cargo test --quiet
	cd tests/mutants && for part in $(or $(MUTATE),c); do \
		CARGO_TARGET_DIR=$(CURDIR)/target/mutants cargo run --quiet -- $$part $(MUTANTS) || exit; done

# The pages in docs/ as a book, and the crates' documentation, both without warnings. Before that, what the pages say is tested
# (tests/docs): code blocks, links, lists of keys, variables, options and traps.
docs:
	scripts/tools clang=clang wasm-ld=lld wasm-opt=binaryen mandoc=mandoc /usr/lib/wasm32-wasi/libc.a=wasi-libc
	cd tests/docs && CARGO_TARGET_DIR=$(CURDIR)/target/docs cargo test --quiet
	cd tests/docs && CARGO_TARGET_DIR=$(CURDIR)/target/docs cargo run --quiet -p herkos-docs-book
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features
	@echo "docs: target/book/index.html, target/doc/herkos_build/index.html, target/doc/herkos_runtime/index.html"

clean:
	cargo clean
	rm -rf examples/target examples/*/target tests/*/target tests/unit/build
	@echo "clean: done"
