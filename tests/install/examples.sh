#!/usr/bin/env bash
# The examples of the package, built as their reader would, with CMake and without, and run over the
# shipped history.
# Usage: examples.sh PREFIX SOLNOMA
set -euo pipefail
prefix=$1
solnoma=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
examples=$prefix/share/doc/libsolnoma-dev/examples

cmake -S "$examples" -B "$work" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER="${CXX:-c++}" >/dev/null
cmake --build "$work" >"$work/build.log" || { cat "$work/build.log"; exit 1; }
# The package says /usr; here it is elsewhere.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
sed -i "s,^prefix=.*,prefix=$prefix," "$PKG_CONFIG_PATH"/solnoma*.pc
# shellcheck disable=SC2046
"${CXX:-c++}" -std=c++23 "$examples/own_follower.cpp" -o "$work/own_follower" \
  $(pkg-config --cflags --libs solnoma)
# shellcheck disable=SC2046
"${CXX:-c++}" -std=c++23 "$examples/own_answer.cpp" -o "$work/own_answer_without_cmake" \
  $(pkg-config --cflags --libs solnoma-report)

"$solnoma" --store "$work/store" history --init >/dev/null
expect() {  # expect WANTED PROGRAM ARGUMENTS...
  local wanted=$1 program=$2 got
  shift 2
  got=$("$work/$program" "$work/store" "$@")
  [ "$got" = "$wanted" ] || { printf 'for %s wanted:\n%s\ngot:\n%s\n' "$*" "$wanted" "$got"; exit 1; }
}
expect "" own_projection 2025-12-31 2024-02-01
expect "$(printf 'BelTA: 4\nRIA Novosti: 13\nSputnik Uzbekistan: 12')" own_projection 2025-12-31 2025-12-31
expect "$(printf 'park/bukhara: 6\ncaught up at 50')" own_follower park/bukhara
for answer in own_answer own_answer_without_cmake; do
  expect "200 text/html; charset=utf-8: 1 subjects" "$answer" 2025-12-31 html "Бухарская область"
done
expect "404 region: nothing that is recorded has 'Atlantis'" own_answer 2025-12-31 json Atlantis
expect "$(printf 'from 0 to 50\nSputnik Uzbekistan')" own_view
expect "$(printf 'from 50 to 50\nSputnik Uzbekistan')" own_view
