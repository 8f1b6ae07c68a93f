#!/usr/bin/env bash
# Installs, builds and passes everything: form of the tree, warnings as errors, all tests
# built with g++ 12, and all tests built with clang 19 under AddressSanitizer and
# UndefinedBehaviorSanitizer. Files are compiled together: from scratch that takes a third of the time.
# Usage: tools/test.sh [quick]     `quick`: the form of the tree and the tests with g++, in build/dev.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh test

build() {  # build PRESET
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" && return
  # Files that are compiled together may not give one name to two things, each of its own.
  echo "== $1: once more, each file by itself"
  cmake --preset "$1" -DCMAKE_UNITY_BUILD=OFF >/dev/null
  cmake --build --preset "$1"
}

gcc=check
if [ "${1:-}" = quick ]; then gcc=dev; fi
echo "== $gcc: building (build/$gcc)"
build "$gcc"
echo "== form of the tree"
tools/check-tree.sh "build/$gcc/compile_commands.json"
if [ "${1:-}" != quick ]; then
  # With what the tests leave idle: those of the server wait most of their time.
  mkdir -p build
  set -m  # a process group of its own, which ends as one
  nice -n 15 "$BASH" -c "$(declare -f build); set -e; build asan" >build/asan.log 2>&1 &
  asan=$!
  set +m
  trap 'kill -- "-$asan" 2>/dev/null || true' EXIT
fi
echo "== $gcc: testing"
ctest --preset "$gcc"
if [ "${1:-}" = quick ]; then exit 0; fi
echo "== asan: building (build/asan, build/asan.log)"
wait "$asan" || { tail -n 60 build/asan.log; exit 1; }
trap - EXIT
echo "== asan: testing"
ctest --preset asan
