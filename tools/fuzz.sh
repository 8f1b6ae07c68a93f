#!/usr/bin/env bash
# Builds the fuzz targets and runs each for so many seconds (3,600), two at a time.
# Usage: tools/fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh test
cmake --preset asan >/dev/null
cmake --build --preset asan --target fuzz_targets
SOLNOMA_FUZZ_SECONDS=${1:-3600} exec tests/fuzz/run.sh build/asan/tests/fuzz
