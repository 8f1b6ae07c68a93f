#!/usr/bin/env bash
# Installs, builds and runs the benchmark: this engine beside raw RocksDB and SQLite, with
# every answer checked. 10k, 100k and 1M events; `--events 10000000` is the large one.
# Usage: tools/bench.sh [OPTIONS]     `--help` lists them; how to read it: tests/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

# What is said on the way goes to standard error: standard output is the table.
{
  tools/install-packages.sh test
  echo "== building (build/bench)"
  cmake --preset bench >/dev/null
  cmake --build --preset bench
} >&2

exec build/bench/tests/bench/solnoma_bench "$@"
