#!/bin/sh
# Fetches the .wasm files of two npm packages, at pinned versions and with their integrity checked,
# into wasm/, with their licences. Where npm is missing or can't fetch, says so and exits with 0.
set -eu
cd "$(dirname "$0")"

left_out() {
    echo "third-party: not fetched: $*"
    exit 0
}

# fetch PACKAGE VERSION SHA512 (as in a package-lock.json) PATH-OF-THE-WASM NAME
fetch() {
    if [ "$(cat "wasm/$5.version" 2>/dev/null)" = "$1@$2 $3" ] && [ -f "wasm/$5.wasm" ]; then
        return 0
    fi
    command -v npm >/dev/null || left_out "npm is not installed (Debian: apt install npm)"
    (cd "$scratch" && npm pack --silent "$1@$2" >/dev/null 2>npm.log) ||
        left_out "npm pack $1@$2 failed: $(grep -m1 'code E' "$scratch/npm.log" || echo 'no reason given')"
    found=$(node -p "require('crypto').createHash('sha512').update(
        require('fs').readFileSync('$scratch/$1-$2.tgz')).digest('base64')")
    if [ "$found" != "$3" ]; then
        echo "third-party: $1@$2 has integrity sha512-$found, expected sha512-$3" >&2
        exit 1
    fi
    mkdir -p "$scratch/$5" wasm
    tar -xzf "$scratch/$1-$2.tgz" -C "$scratch/$5"
    for licence in "$scratch/$5"/package/LICENSE*; do
        cp "$licence" "wasm/$5.${licence##*/}"
    done
    cp "$scratch/$5/package/$4" "wasm/$5.wasm"
    echo "$1@$2 $3" >"wasm/$5.version"
    echo "third-party: fetched $1@$2"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fetch xxhash-wasm 1.1.0 \
    147y/6YNh+tlp6nd/2pWq38i9h6mz/EuQ6njIrmW8D1BS5nCqs0P6DG+m6zTGnNz5I+uhZ0SHxBs9BsPrwcKDA== \
    workerd/xxhash.wasm xxhash
fetch lz4-wasm 0.9.2 \
    8Y/OvG/nTQNWR242NhLmjI7VzLMRKFaxg/+Pxi/vkczgFdrS4qiJ8l6n30XyNJyc0TB5C66Ncdjq345Kx5XsvQ== \
    lz4_wasm_bg.wasm lz4
