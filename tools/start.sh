#!/usr/bin/env bash
# From a fresh clone to the first answers: installs, builds, records the shipped history
# into ./solnoma.store and shows it. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

solnoma=build/release/tools/solnoma
cores=$(nproc)
if [ ! -x "$solnoma" ]; then
  # 67 steps at some 8 s of one processor, and a few minutes for the packages.
  echo "== the first time this takes about $((3 + 9 / cores)) minutes ($cores processors), 140 MB to fetch and"
  echo "   1 GB of disk, less what is installed already; afterwards it takes seconds"
fi
tools/install-packages.sh
echo "== building (build/release); the last number is how many steps there are"
cmake --preset release >/dev/null
cmake --build --preset release --target solnoma

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
echo "The program is $solnoma. To call it solnoma, one of:"
echo "   sudo cmake --install build/release --component program    # /usr/local: with manual and completions"
echo "   tools/package.sh && sudo apt install ./build/release/solnoma_*.deb"
echo "   export PATH=\"$PWD/${solnoma%/*}:\$PATH\"    # in this shell alone"
echo "The README goes on from here."
