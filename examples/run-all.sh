#!/bin/sh
# Builds and runs every example, as `make demo` does.
set -eu
cd "$(dirname "$0")"
ran=0
left_out=

run() {
    printf '\n=== examples/%s: %s\n' "$1" "$2"
    (cd "$1" && cargo run --quiet)
    ran=$((ran + 1))
}

run hello "a C library, called from Rust"
run host-imports "a module that calls back into Rust"
printf '\n'
fetched=$(third-party/fetch.sh)
printf '%s\n' "${fetched:-third-party: fetched before}"
if [ -f third-party/wasm/xxhash.wasm ] && [ -f third-party/wasm/lz4.wasm ]; then
    run third-party "WebAssembly from npm, checked against published values"
else
    left_out=" ($(printf '%s' "$fetched" | tail -n 1))"
fi
printf '\ndemo: %d examples ran%s\n' "$ran" "$left_out"
