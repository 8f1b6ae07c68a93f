#!/usr/bin/env bash
# Installs, builds and passes everything: form of the tree, warnings as errors, all tests
# built with g++ 12, and all tests built with clang 19 under AddressSanitizer and
# UndefinedBehaviorSanitizer.
# Usage: tools/test.sh [quick]     `quick`: the form of the tree and the tests with g++.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh test

build() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1"
}

echo "== dev: building (build/dev)"
build dev
echo "== form of the tree"
tools/check-tree.sh build/dev/compile_commands.json
if [ "${1:-}" != quick ]; then
  # With what the tests leave idle: most of their time one of them drives a browser.
  mkdir -p build
  nice -n 15 "$BASH" -c "$(declare -f build); set -e; build asan" >build/asan.log 2>&1 &
  asan=$!
  trap 'kill "$asan" 2>/dev/null || true' EXIT
fi
echo "== dev: testing"
ctest --preset dev
if [ "${1:-}" = quick ]; then exit 0; fi
echo "== asan: building (build/asan, build/asan.log)"
wait "$asan" || { tail -n 60 build/asan.log; exit 1; }
trap - EXIT
echo "== asan: testing"
ctest --preset asan
