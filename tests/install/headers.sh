#!/usr/bin/env bash
# Headers that are installed: each is on the page of the API, and complete in itself.
# Usage: headers.sh SOURCE INSTALLED_INCLUDE_DIRECTORY
set -euo pipefail
source=$1
include=$2
wrong() { echo "install: $*" >&2; exit 1; }
cd "$include"

installed=$(find solnoma -name '*.hpp' | sed 's,^solnoma/,,' | sort)
page=$(grep -oE '\b[a-z_0-9/]+\.hpp' "$source/projections/API.md" | sed 's,^solnoma/,,' | sort -u)
diff <(echo "$installed") <(echo "$page") >&2 ||
  wrong "projections/API.md (>) does not list the headers that are installed (<)"

# A header that a source of the project includes first is compiled alone by that; the others are here,
# and two that have all there is.
first=$(cd "$source" && git ls-files '*.cpp' | xargs grep -hm1 '^#include' |
  sed -n 's/^#include "\(.*\)".*/\1/p' | sed 's,^tools/,,')
compile() {  # compile HEADER: as somebody's own program would see it
  echo "#include <solnoma/$1>" >"own.${1//\//.}.cpp"
  ccache "${CXX:-c++}" -std=c++23 -Wall -Wextra -Werror -I. -c "own.${1//\//.}.cpp" -o "own.o" ||
    wrong "solnoma/$1 does not compile alone"
}
for header in $installed; do
  grep -qxF "$header" <<<"$first" || compile "$header"
done
compile report/formats.hpp
