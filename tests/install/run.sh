#!/usr/bin/env bash
# Installs the build that is given, builds programs against it, and runs them over the
# shipped history.
# Usage: run.sh BUILD_DIRECTORY SOLNOMA
set -euo pipefail
build=$1
solnoma=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" \
  -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_FLAGS="${CXXFLAGS:-}" \
  -DCMAKE_CXX_COMPILER="${CXX:-c++}" >/dev/null
cmake --build "$work/build" >/dev/null
# Each header is complete in itself. Once is enough: sanitizers change nothing of that.
if [ -z "${CXXFLAGS:-}" ]; then
  (cd "$work/prefix/include" && find solnoma -name '*.hpp' -print0 |
    xargs -0 -P2 -I{} sh -c 'echo "#include <{}>" |
      c++ -std=c++23 -fsyntax-only -Wall -Wextra -Werror -I. -x c++ - || { echo "{} does not compile"; exit 255; }')
fi
"$solnoma" --store "$work/store" history --init >/dev/null
# Without CMake as well.
pc=$(dirname "$(find "$work/prefix" -name solnoma.pc)")
# shellcheck disable=SC2046
"${CXX:-c++}" -std=c++23 ${CXXFLAGS:-} "$here/own_follower.cpp" -o "$work/build/own_follower" \
  $(PKG_CONFIG_PATH="$pc" pkg-config --cflags --libs solnoma)

expect() {  # expect WANTED PROGRAM ARGUMENTS...
  local wanted=$1 program=$2 got
  shift 2
  got=$("$work/build/$program" "$work/store" "$@")
  [ "$got" = "$wanted" ] || { printf 'for %s wanted:\n%s\ngot:\n%s\n' "$*" "$wanted" "$got"; exit 1; }
}
expect "" own_projection 2025-12-31 2024-02-01
expect "$(printf 'BelTA: 4\nRIA Novosti: 13\nSputnik Uzbekistan: 12')" own_projection 2025-12-31 2025-12-31
expect "$(printf 'park/bukhara: 6\ncaught up at 50')" own_follower park/bukhara
views=$(printf 'BelTA\nRIA Novosti\nSputnik Uzbekistan')
expect "$(printf 'from 0 to 50\n%s' "$views")" own_view
expect "$(printf 'from 50 to 50\n%s' "$views")" own_view
expect "200 text/html; charset=utf-8: 1 subjects" own_answer 2025-12-31 html "Бухарская область"
expect "404 region: nothing that is recorded has 'Atlantis'" own_answer 2025-12-31 json Atlantis
