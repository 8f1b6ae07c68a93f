#!/usr/bin/env bash
# Installs the build that is given, builds a program against it, and runs that over the
# shipped history.
# Usage: run.sh BUILD_DIRECTORY SOLNOMA
set -euo pipefail
build=$1
solnoma=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_FLAGS="${CXXFLAGS:-}" \
  -DCMAKE_CXX_COMPILER="${CXX:-c++}" >/dev/null
cmake --build "$work/build" >/dev/null
"$solnoma" --store "$work/store" history --init >/dev/null

expect() {  # expect WANTED ARGUMENTS...
  local wanted=$1 got
  shift
  got=$("$work/build/own_projection" "$work/store" "$@")
  [ "$got" = "$wanted" ] || { printf 'for %s wanted:\n%s\ngot:\n%s\n' "$*" "$wanted" "$got"; exit 1; }
}
expect "" 2025-12-31 2024-02-01
expect "$(printf 'BelTA: 4\nRIA Novosti: 13\nSputnik Uzbekistan: 12')" 2025-12-31 2025-12-31
