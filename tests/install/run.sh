#!/usr/bin/env bash
# Makes the packages of the build that is given, and looks at them as who gets them: the program in a
# Debian that has nothing but what the package asks for, programs of somebody else's built against the
# libraries, headers, page of the API.
# Usage: run.sh BUILD_DIRECTORY
set -euo pipefail
build=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong() { echo "install: $*" >&2; exit 1; }

# gzip: it is unpacked here and thrown away.
(cd "$build" && cpack -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip -B "$work/packages" >"$work/cpack.log") ||
  { cat "$work/cpack.log"; exit 1; }
program=$(echo "$work"/packages/solnoma_*_amd64.deb)
dpkg-deb -x "$program" "$work/program"
dpkg-deb -x "$work"/packages/libsolnoma-dev_*_amd64.deb "$work/dev"

"$here/program.sh" "$build" "$program" "$work/program"
"$here/service.sh" "$program" "$work/program"
"$here/headers.sh" "$source" "$work/dev/usr/include"
"$here/examples.sh" "$work/dev/usr" "$work/program/usr/bin/solnoma"

if command -v lintian >/dev/null; then
  lintian --allow-root --fail-on error "$work"/packages/*.deb || wrong "lintian finds errors"
else
  echo "install: lintian is not installed, and was skipped (tools/install-packages.sh package)"
fi
