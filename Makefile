# herkos: every target works alone from a clean clone, prints what it does, and ends with its result in one line.

CC ?= cc
CFLAGS_STRICT = -std=c11 -O2 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
C_SOURCES = $(sort $(wildcard herkos-c/src/*.c))
C_HEADERS = $(wildcard herkos-c/src/*.h herkos-c/include/*.h)
HERKOS_C_EXE = target/herkos-c

.PHONY: all demo test spec e2e unit golden bench lint docs clean tools

all: $(HERKOS_C_EXE)
	cargo build --workspace
	@echo "all: target/herkos-c and the crates are built"

$(HERKOS_C_EXE): $(C_SOURCES) $(C_HEADERS) Cargo.toml
	@mkdir -p target
	$(CC) $(CFLAGS_STRICT) -DHERKOS_VERSION='"$(VERSION)"' -Iherkos-c/include -Iherkos-c/src $(C_SOURCES) -o $@

demo:
	examples/run-all.sh

# Everything. Ends with `N passed, N failed`.
test:
	scripts/test

spec:
	scripts/tools wat2wasm=wabt
	scripts/spec

e2e:
	scripts/tools clang=clang wasm-ld=lld wat2wasm=wabt wasm-opt=binaryen
	scripts/e2e

unit:
	scripts/tools clang=clang pkg-config=pkg-config /usr/include/check.h=check
	$(MAKE) -C tests/unit run

golden: $(HERKOS_C_EXE)
	scripts/tools wat2wasm=wabt
	tests/run-golden $(HERKOS_C_EXE)

bench: $(HERKOS_C_EXE)
	scripts/bench-transpile $(HERKOS_C_EXE)

lint:
	scripts/tools clang=clang
	scripts/lint

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features
	@echo "docs: target/doc/herkos_build/index.html, target/doc/herkos_runtime/index.html"

clean:
	cargo clean
	rm -rf examples/*/target tests/*/target tests/unit/build
	@echo "clean: done"
