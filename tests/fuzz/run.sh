#!/usr/bin/env bash
# Runs every fuzz target of a build for SOLNOMA_FUZZ_SECONDS (8), two at a time, beginning
# with the corpora kept here. What breaks a promise is left in DIRECTORY/NAME.found/.
# Usage: tests/fuzz/run.sh DIRECTORY-OF-THE-TARGETS
set -euo pipefail
targets=$(cd "$1" && pwd)
corpora=$(cd "$(dirname "$0")/corpus" && pwd)
seconds=${SOLNOMA_FUZZ_SECONDS:-8}

run() {
  local name=$1
  local work="$targets/$name.corpus" found="$targets/$name.found" log="$targets/$name.log"
  mkdir -p "$work" "$found"
  # A slow input is one that takes ten seconds; no input may take a gigabyte.
  (cd "$found" && "$targets/${name}_fuzz" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=1024 -close_fd_mask=1 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$found/" "$work" "$corpora/$name" >"$log" 2>&1) || {
    echo "fuzz $name: failed; see $log"
    tail -n 40 "$log"
    return 1
  }
  echo "fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s"
}
export -f run
export targets corpora seconds
find "$targets" -maxdepth 1 -name '*_fuzz' -type f -printf '%f\n' | sed 's/_fuzz$//' | sort |
  xargs -P 2 -I{} bash -c 'run {}'
