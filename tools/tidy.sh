#!/usr/bin/env bash
# Runs clang-tidy (.clang-tidy) over what was changed since a revision, or over files that are named.
# Usage: tools/tidy.sh [REVISION | FILE...]     REVISION: main
set -euo pipefail
cd "$(dirname "$0")/.."

command -v clang-tidy-19 >/dev/null || tools/install-packages.sh tidy
cmake --preset dev >/dev/null
# The code that is made while building must be there to be included.
cmake --build --preset dev --target solnoma >/dev/null
files=("$@")
if [ $# -eq 0 ] || { [ $# -eq 1 ] && [ ! -e "$1" ]; }; then
  mapfile -t files < <(git diff --name-only --diff-filter=d "${1:-main}" -- '*.cpp')
fi
[ ${#files[@]} -gt 0 ] || { echo "tidy: nothing was changed"; exit 0; }
printf '%s\n' "${files[@]}" | xargs -P2 -n4 clang-tidy-19 -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option
