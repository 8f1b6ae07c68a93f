#!/usr/bin/env bash
# Fails on what no compiler objects to: includes against the arrows, a source that no
# target builds, a library named outside its room, the real clock or disk asked for
# outside tools/, two types of one name, and formatting.
# Usage: tools/check-tree.sh COMPILE_COMMANDS
set -euo pipefail
cd "$(dirname "$0")/.."
# What is built: by itself, or together with others (CMAKE_UNITY_BUILD).
built=$(cat "$1"; find "$(dirname "$1")" -path '*/Unity/unity_*.cxx' -exec cat {} +)
wrong=0
complain() {
  echo "check-tree: $*" >&2
  wrong=1
}

mapfile -t sources < <(git ls-files --cached --others --exclude-standard \
  '*.cpp' '*.hpp' | while read -r file; do [ -f "$file" ] && echo "$file"; done)

# tools -> projections -> events -> engine; tests -> anything; nothing -> tests
declare -A may=([engine]="engine" [events]="events engine"
                [projections]="projections events engine"
                [tools]="tools projections events engine"
                [tests]="tests tools projections events engine")

# Within a room, from the ground up: a file includes what stands in its own place and in those
# before it. A place is a folder of the room, or a file in it without its suffix.
# (engine/log.hpp stands in the place of engine/log/.)
declare -A order=(
  [engine]="base result strong places shared_id founding position day clock system_clock vantage row hash event aligned_bytes disk
            storage format tree_head ed25519 head_note head_stamp inclusion_proof growing_head proof_text proof index
            log subscription view_states appender owned_events transaction journal verify salvage append"
  [events]="boxed language subject event_type text event normalized edtf superseding known codec wire
            exchange as_recorded json validate history chronicle"
  [projections]="rows subject_events sort_unique effective steps park_state raises worlds some_worlds possible effort status
                 relevant_rows plan_keys plan_meeting plans amount usual_accrual figures timeline
                 explain event_changes diff subject_record replay materialized_view many all_days solnoma"
  [tools]="report import search advice outcome settings io command_description help manual completion linked_packages command_line appender_for time_zone context
           shared proposals serve commands cli main"
  [tools/import]="tool_source file_content problem row_place row_reader read_ahead event_number refusals slug
                  cloudevents table standards already_recorded
                  known_names subject_slips new_subjects find_slip new_names dates_read text_bytes recorded_clock row_blocks status_changes recorder
                  imports store_rows snapshot"
  [tools/report]="sink catalogue markup loaded_library words view text json files svg cairo html article changes
                  story review formats")
place_of() {  # place_of ROOM FILE: which place it stands in, from 0; into $place
  local name=${2#"$1"/} each
  name=${name%%/*} name=${name%.*pp} place=0
  for each in ${order[$1]}; do
    [ "$each" = "$name" ] && return
    place=$((place + 1))
  done
  complain "$2: check-tree.sh does not say where '$name' stands in $1"
}
check_order() {  # check_order FILE INCLUDED
  local inner from
  for inner in "${!order[@]}"; do
    [[ $1 == "$inner"/* && $2 == "$inner"/* ]] || continue
    place_of "$inner" "$1"
    from=$place
    place_of "$inner" "$2"
    [ "$place" -le "$from" ] || complain "$1 includes $2, which stands above it in $inner"
  done
}

for file in "${sources[@]}"; do
  room=${file%%/*}
  while read -r included; do
    target=${included%%/*}
    [[ " engine events projections tools tests " == *" $target "* ]] ||
      { complain "$file includes \"$included\": name it from the root, as in \"engine/log.hpp\""; continue; }
    [[ " ${may[$room]} " == *" $target "* ]] || complain "$file includes $included: $room must not know $target"
    check_order "$file" "$included"
  done < <(sed -n 's/^#include "\(.*\)".*/\1/p' "$file")

  case $file in
    *.cpp) grep -q "/$file\"" <<<"$built" || [[ $file == tests/install/* ]] ||
             complain "$file is built by no target" ;;
  esac
done

only_in() {  # only_in WHERE PATTERN WHAT: WHERE and PATTERN are extended regular expressions
  local found
  found=$(grep -lE "$2" "${sources[@]}" | grep -vE "^($1)" | tr '\n' ' ' || true)
  [ -z "$found" ] || complain "$3 in $found"
}
only_in 'engine/|tests/' '[<:]rocksdb[/:]' 'RocksDB is named'
only_in 'events/text/decimal\.cpp' '<boost/multiprecision/' 'Big numbers are named'
only_in 'tools/search/' '[<]xapian' 'Xapian is named'
only_in 'tools/serve/(net/|http_server\.cpp)|tests/(bench/serve/|fuzz/http_)' '<boost/(asio|beast)' 'Boost.Beast is named'
only_in 'tools/report/files/workbook' '[<]xlsxwriter' 'libxlsxwriter is named'
only_in 'tools/report/cairo/' '[<](cairo|librsvg)' 'cairo is named'
only_in 'events/' '<capnp/|<kj/|event\.capnp' "Cap'n Proto is named"
only_in 'tools/|tests/|engine/system_clock\.hpp|projections/solnoma\.hpp' 'system_clock' 'the real clock is asked for'
only_in 'tools/|tests/|engine/(disk\.hpp|storage/disk\.cpp)' 'Disk::real' 'the real disk is asked for'

# Two types of one name in one namespace are one to the linker, which takes the functions of either
# for both, and says nothing. What stands in a namespace without a name is each file's own.
while read -r type first second; do
  complain "$second defines $type, as $first does: two types of one name"
done < <(awk '
  FNR == 1 { hidden = 0; space = "" }
  /^namespace \{$/ { hidden = 1 }
  /^\}  \/\/ namespace$/ { hidden = 0 }
  /^namespace [a-z_:]+ \{$/ { space = $2 }
  !hidden && /^(template <[^>]*> )?(struct|class|union|enum) [A-Za-z_]+[^;]*\{/ {
    sub(/^template <[^>]*> /, "")
    name = $2 == "class" ? $3 : $2
    if (name ~ /::|</) next  # a part of another type, or a case of a template
    name = space "::" name
    if (name in where && where[name] != FILENAME) print name, where[name], FILENAME
    else where[name] = FILENAME
  }' "${sources[@]}")

# What one table knows is written nowhere else in tools/: a new status or language is a row of it.
mapfile -t told < <(git ls-files --cached --others --exclude-standard tools |
  grep -E '\.(cpp|hpp|mjs|css|cmake)$' | while read -r file; do [ -f "$file" ] && echo "$file"; done)
told_only_in() {  # told_only_in WHERE PATTERN WHAT: as only_in, but for comments
  local found
  found=$(grep -nE "$2" "${told[@]}" | grep -vE '^[^:]*:[0-9]+: *(//|/?\*)' |
    grep -vE "^($1)" | cut -d: -f1,2 | tr '\n' ' ' || true)
  [ -z "$found" ] || complain "$3 at $found"
}
status='unrecorded|agreed|under-construction|operating'
told_only_in 'tools/report/html/page/data/data\.mjs|tools/import/table/status_words\.cpp' \
  "[\"']($status)[\"']|(--s|--solnoma|st|fill|stripe|p)-($status|announced|completed|suspended|cancelled|retired)\b" \
  'a status is named outside tools/report/catalogue.hpp and projections/park_state.hpp'
told_only_in 'nowhere' "[\"'](ru|uz)[\"']|[.>_](ru|uz)\b|set\([a-z_]*languages? " \
  'languages are listed outside events/language.hpp'
# And below tools/: in the tables, and where texts are stored.
mapfile -t told < <(printf '%s\n' "${sources[@]}" | grep -E '^(engine|events|projections)/')
told_only_in 'projections/park_state\.hpp|events/event_type\.hpp' "\"($status)\"" \
  'a status is named outside projections/park_state.hpp'
told_only_in 'events/(language|event)\.hpp|events/wire/' "\"(ru|uz)\"|[.>:](ru|uz)\b" \
  'languages are listed outside events/language.hpp'

clang-format-19 --dry-run -Werror "${sources[@]}" || complain "run clang-format-19 -i on these"
[ "$wrong" -eq 0 ] && echo "check-tree: ${#sources[@]} files in order"
exit "$wrong"
