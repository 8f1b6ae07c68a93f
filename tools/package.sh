#!/usr/bin/env bash
# Makes the packages for Debian 12 in build/release, solnoma_*.deb and libsolnoma-dev_*.deb, and has
# lintian look at them.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh
tools/install-packages.sh package
echo "== building (build/release)"
cmake --preset release >/dev/null
cmake --build --preset release
cd build/release
cpack
lintian --allow-root --fail-on error ./*.deb
