#!/bin/sh
# C to WebAssembly: run this after changing sensor.c. The result is committed, so that building the
# example needs no clang.
set -eu
cd "$(dirname "$0")"
clang --target=wasm32 -std=c11 -Wall -Wextra -O2 -nostdlib \
    -Wl,--no-entry -Wl,-z,stack-size=4096 -o ../wasm/sensor.wasm sensor.c
