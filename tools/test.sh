#!/usr/bin/env bash
# Installs, builds and passes everything: form of the tree, warnings as errors, all tests
# built with g++ 12, and all tests built with clang 19 under AddressSanitizer and
# UndefinedBehaviorSanitizer.
# Usage: tools/test.sh [quick]     `quick`: the form of the tree and the tests with g++.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh test

build_and_test() {
  echo "== $1: building (build/$1)"
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1"
  echo "== $1: testing"
  ctest --preset "$1"
}

build_and_test dev
echo "== form of the tree"
tools/check-tree.sh build/dev/compile_commands.json
if [ "${1:-}" = quick ]; then exit 0; fi
build_and_test asan
