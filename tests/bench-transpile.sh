#!/bin/bash
# bench-transpile.sh: how fast herkos-c is, and how much memory it needs, over the size of its input.
#
#   tests/bench-transpile.sh HERKOS_C FILE.wasm...
#
# RUNS (default 5) runs of each, the fastest counts; memory is the peak resident set, as GNU time or bash's own tools tell
# it. A run of an 8-byte module shows what starting the process costs. Numbers are printed, nothing is asserted.
set -eu
export LC_ALL=C
[ $# -ge 2 ] || { echo "usage: bench-transpile.sh HERKOS_C FILE.wasm..." >&2; exit 2; }
herkos_c=$(realpath -- "$1"); shift
runs=${RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# Microseconds of the fastest run.
fastest() {
    local best= start now i
    for ((i = 0; i < runs; i++)); do
        start=${EPOCHREALTIME/./}
        "$herkos_c" -o "$work/out.rs" "$1" 2>"$work/log" || return 1
        now=${EPOCHREALTIME/./}
        [ -n "$best" ] && [ "$best" -le $((now - start)) ] || best=$((now - start))
    done
    echo "$best"
}

# Peak resident set in KiB; 0 where nothing can tell.
peak() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f %M -o "$work/peak" "$herkos_c" -o "$work/out.rs" "$1" 2>"$work/log" && cat "$work/peak"
    elif command -v python3 >"$work/log"; then
        python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$herkos_c" -o "$work/out.rs" "$1"
    else
        echo 0
    fi
}

printf '\0asm\1\0\0\0' >"$work/empty.wasm"
base=$(fastest "$work/empty.wasm")
base_peak=$(peak "$work/empty.wasm")
printf '%-28s %10s %10s %9s %9s %11s %11s\n' module bytes 'Rust bytes' ms MB/s 'peak KiB' 'peak/input'
printf '%-28s %10d %10d %9.2f %9s %11d %11s\n' '(empty: the process)' 8 "$(wc -c <"$work/out.rs")" \
    "$(awk "BEGIN { print $base / 1000 }")" - "$base_peak" -
for wasm in "$@"; do
    if ! micros=$(fastest "$wasm"); then
        printf '%-28s %s\n' "$(basename -- "$wasm")" "refused: $(head -n 1 "$work/log" | cut -c1-100)"
        continue
    fi
    kib=$(peak "$wasm")
    size=$(wc -c <"$wasm")
    awk -v name="$(basename -- "$wasm")" -v size="$size" -v rust="$(wc -c <"$work/out.rs")" -v us="$micros" -v kib="$kib" \
        -v base="$base_peak" 'BEGIN { printf "%-28s %10d %10d %9.2f %9.1f %11d %11.1f\n", name, size, rust, us / 1000,
        size / us, kib, (kib - base) * 1024 / size }'
done
echo "MB/s includes starting the process; peak/input is what is needed beyond an empty module, over the input's size"
