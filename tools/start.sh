#!/usr/bin/env bash
# From a fresh clone to the first answers: installs, builds, records the shipped history
# into ./solnoma.store and shows it. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh
echo "== building (build/release)"
cmake --preset release >/dev/null
cmake --build --preset release --target solnoma

solnoma=build/release/tools/solnoma
echo "== recording the shipped history into ./solnoma.store"
"$solnoma" history --init
echo
echo "== what stood where at the end of 2025: solnoma status --as-of 2025-12-31"
"$solnoma" status --as-of 2025-12-31
echo
echo "== one park's timeline, as known on 1 October 2025:"
echo "   solnoma timeline park/bukhara --as-of 2025-12-31 --known-by 2025-10-01"
"$solnoma" timeline park/bukhara --as-of 2025-12-31 --known-by 2025-10-01
echo
echo "== and as known at the end of that year:"
"$solnoma" timeline park/bukhara --as-of 2025-12-31
echo
echo "The program is $solnoma; the README goes on from here."
