#!/bin/sh
# C to WebAssembly: run this after changing a .c file. The results are committed, so that building
# the example needs no clang. The stack comes first and is small, so that all data lie in few bytes.
set -eu
cd "$(dirname "$0")"
for name in decoder station; do
    clang --target=wasm32 -std=c11 -Wall -Wextra -Os -nostdlib \
        -Wl,--no-entry -Wl,--stack-first -Wl,-z,stack-size=512 -o ../wasm/$name.wasm $name.c
done
