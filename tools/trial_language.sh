#!/usr/bin/env bash
# Tries out that a language is one row of events/language.hpp and one catalogue: adds both to a copy of
# the tree, and runs there what goes over the languages. The words of the trial are the English ones in
# brackets, a third longer, so that a text that comes from no catalogue, or finds no room, is seen.
# Usage: tools/trial_language.sh
set -euo pipefail
cd "$(dirname "$0")/.."

code=kk english=Kazakh own=Қазақша  # one that CLDR knows, and the program does not speak
trial=$PWD/build/trial
rm -rf "$trial/source"
mkdir -p "$trial/source"
git ls-files --cached --others --exclude-standard -z |
  xargs -0 cp --parents --preserve=mode,timestamps -t "$trial/source"
cd "$trial/source"

if grep -q "\"$code\"" events/language.hpp; then
  echo "trial_language: the program speaks '$code': name another one in this script" >&2
  exit 1
fi
row="      {.code = \"$code\", .english = \"$english\", .own = \"$own\"},"
sed -i "/^  });\$/i\\$row" events/language.hpp
grep -qF "$row" events/language.hpp
# Whichever catalogue it is made from, each of its texts takes its English form.
LC_ALL=C.UTF-8 msgfilter --keep-header --no-wrap --input=tools/report/words/uz.po \
  sh -c 'cat >/dev/null; text=${MSGFILTER_MSGID_PLURAL:-$MSGFILTER_MSGID}
         printf "⟦%s %.*s⟧" "$text" $((${#text} / 3)) "oooooooooooooooooooooooooooooooooooooooo"' |
  sed "s/^\"Language: uz/\"Language: $code/; s/^\"Language-Team: .*/\"Language-Team: none\\\\n\"/" \
    >"tools/report/words/$code.po"

echo "== building ($trial/build)"
cmake --preset check -B "$trial/build" >/dev/null
cmake --build "$trial/build" --target solnoma events_tests tools_tests -- -k 0
echo "== testing"
"$trial/build/tests/events/events_tests"
"$trial/build/tests/tools/tools_tests" -tc='*catalogue*,*translation*,*language*,*mail has all*,*settings*'
program=$trial/build/tools/solnoma
tests/web/run.sh "$program" words_test.js labels_test.js enlarged_test.js review_test.js access_test.js
tests/serve/run.sh "$program" pages_test.js
