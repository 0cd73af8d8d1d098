#!/bin/sh
# Builds and runs every example, as `make demo` does.
set -eu
cd "$(dirname "$0")"
# One folder for all, so that what they share is compiled once.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
ran=0
left_out=

run() { # FOLDER TEXT ARGUMENTS OF CARGO RUN...
    printf '\n=== examples/%s: %s\n' "$1" "$2"
    folder=$1
    shift 2
    (cd "$folder" && cargo run --quiet "$@")
    ran=$((ran + 1))
}

# The same, and it prints what its README shows, in indented lines.
run_as_shown() { # FOLDER TEXT ARGUMENTS OF CARGO RUN...
    run "$@" >"$output"
    cat "$output"
    sed -n 's/^    //p' "$1/README.md" | plain >"$output.shown"
    grep -v '^===' "$output" | plain | diff - "$output.shown" || { echo "$1: its README shows something else"; exit 1; }
}

plain() { # lines without spaces at the end, none of them empty
    sed 's/ *$//; /^$/d'
}

has() { # COMMAND...
    for command in "$@"; do command -v "$command" >/dev/null || return; done
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
output=$work/output

run_as_shown hello "a C library, called from Rust"
run host-imports "a module that calls back into Rust"
if has clang wasm-ld; then
    run_as_shown isolate-c "a C library with faults moves behind isolation"
    run_as_shown image-filter "filters in C work on a picture" -- "$work/pictures"
    (cd image-filter && cargo test --quiet)
    run_as_shown life "a game in C, drawn in the terminal" -- 200
    run_as_shown web-service "a parser nobody should trust, in a service that goes on" -- demo
    (cd web-service && cargo test --quiet --test service)
else
    left_out="$left_out (isolate-c, image-filter, life, web-service: left out, please run: apt install clang lld)"
fi
run cortex-m "a firmware's two modules, here on this machine" --example hosted
printf '\n'
fetched=$(third-party/fetch.sh)
printf '%s\n' "${fetched:-third-party: fetched before}"
if [ -f third-party/wasm/xxhash.wasm ] && [ -f third-party/wasm/lz4.wasm ]; then
    run third-party "WebAssembly from npm, checked against published values"
else
    left_out="$left_out ($(printf '%s' "$fetched" | tail -n 1))"
fi
if has clang wasm-ld wasm-opt && [ -f /usr/lib/wasm32-wasi/libc.a ] &&
    [ -d "$(clang --print-resource-dir)/lib/wasi" ]; then
    run wasi-replay "a run on WASI is recorded, and replayed without files, clock and random numbers"
    run wasi-lua "Lua on WASI runs a script"
    run wasi-zlib "zlib on WASI compresses files"
    run wasi-sqlite "SQLite on WASI keeps a database; rustc takes a minute or two"
else
    left_out="$left_out (wasi-*: left out, please run: apt install clang lld wasi-libc libclang-rt-dev-wasm32 binaryen)"
fi
printf '\ndemo: %d examples ran%s\n' "$ran" "$left_out"
