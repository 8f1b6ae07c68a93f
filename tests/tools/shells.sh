#!/usr/bin/env bash
# Completion in the real shells, the pages of the manual, and the pager on a terminal.
# Usage: tests/tools/shells.sh PROGRAM COMPLETIONS
set -euo pipefail
program=$(readlink -f "$1") completions=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$program" "$work/bin/solnoma"
export PATH="$work/bin:$PATH" HOME="$work/home" SOLNOMA_STORE="$work/store"
unset XDG_CONFIG_HOME XDG_DATA_HOME PAGER SOLNOMA_PAGER COLUMNS LESS NO_COLOR CLICOLOR_FORCE SOLNOMA_CONFIG SOLNOMA_LANG
solnoma history --init >/dev/null
wrong=0
expect() {  # expect WHAT EXPECTED FOUND
  [ "$2" = "$3" ] && return
  echo "$1: expected '$2', found '$3'" >&2
  wrong=1
}

# bash: by the function that it calls
in_bash() {  # in_bash WORD...: what the last may become
  bash --norc -c 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _solnoma; echo "${COMPREPLY[*]}"' "$completions/solnoma.bash" "$@"
}
expect "bash, commands" "status story" "$(in_bash solnoma st)"
expect "bash, subjects of the store" "park/chirchik" "$(in_bash solnoma status park/chir)"
expect "bash, types" "construction-started construction-completed" "$(in_bash solnoma append construction-)"
expect "bash, choices" "json" "$(in_bash solnoma log --format j)"
expect "bash, choices after =" "text json" "$(in_bash solnoma log --format =)"
expect "bash, options" "--follow" "$(in_bash solnoma log --fol)"

# fish: as it answers a Tab
in_fish() { fish -N -c "source $completions/solnoma.fish; complete -C '$1'" | cut -f1 | paste -sd ' '; }
expect "fish, commands" "status story" "$(in_fish 'solnoma st')"
expect "fish, subjects of the store" "park/chirchik" "$(in_fish 'solnoma status park/chir')"
expect "fish, choices" "json" "$(in_fish 'solnoma log --format j')"
expect "fish, choices after =" "--format=json" "$(in_fish 'solnoma log --format=j')"
touch "$work/home/a-key"
expect "fish, files" "$work/home/a-key" "$(in_fish "solnoma keygen $work/home/a-")"

# zsh: a Tab pressed on a terminal
cat >"$work/tab.zsh" <<'ZSH'
zmodload zsh/zpty
zpty tab zsh -f -i
zpty -w tab "PS1='> '; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -d $HOME/dump; print rea''dy"
zpty -r tab seen '*ready*'
zpty -w -n tab "$2"$'\t'
zpty -r -m tab seen "*$3*" && print -r -- "$3"
zpty -d tab
ZSH
in_zsh() { timeout 60 zsh -f "$work/tab.zsh" "$completions" "$1" "$2" || true; }
expect "zsh, commands" "solnoma retract" "$(in_zsh 'solnoma retr' 'solnoma retract')"
expect "zsh, subjects of the store" "park/chirchik" "$(in_zsh 'solnoma status park/chir' 'park/chirchik')"
expect "zsh, choices" "--format json" "$(in_zsh 'solnoma log --format j' '--format json')"

# the manual: a page of the program and of each command
mkdir "$work/man"
solnoma help --pages "$work/man"
expect "pages" "$(($(solnoma help | sed -n '/^Commands:/,/^$/p' | grep -c '^  [a-z]') + 1))" \
  "$(find "$work/man" -name '*.1' | wc -l)"
mandoc -Tlint -W warning "$work"/man/*.1 >&2 || wrong=1
expect "one page" "" "$(solnoma help --man log | diff - "$work/man/solnoma-log.1")"

# the pager: on a terminal, and when it is wanted
on_terminal() { TERM=xterm COLUMNS=500 SOLNOMA_PAGER="sed s/^/paged:/" script -qec "$*" /dev/null | tr -d '\r'; }
plain=$(solnoma log)
expect "pager" "${plain//$'\n'/$'\n'paged:}" "$(on_terminal solnoma log | sed '1s/^paged://')"
# one rule: whatever is for reading, and nothing that records, follows or writes a file
solnoma append opened park/navoi --plan --id a-plan --occurred 2099 -s "$SOLNOMA_STORE" >"$work/plain"
while read -r words; do
  # shellcheck disable=SC2086
  plain=$(solnoma $words)
  # shellcheck disable=SC2086
  expect "pager: $words" "$(wc -l <<<"$plain")" "$(on_terminal solnoma $words | grep -c paged:)"
done <<'END'
status
status park/navoi
timeline
explain park/navoi
story park/navoi
diff 2024 2025
report
plans
agenda
review
search park
log
show a-plan
imports
export
history
help
help log
END
plain=$(solnoma log)
expect "--no-pager" "$plain" "$(on_terminal solnoma --no-pager log)"
expect "no terminal" "$plain" "$(SOLNOMA_PAGER='sed s/^/paged:/' solnoma log)"
expect "cat" "$plain" "$(TERM=xterm PAGER=cat script -qec 'solnoma log' /dev/null | tr -d '\r')"
expect "a file is not paged" "" "$(on_terminal solnoma report -o "$work/report" | grep paged || true)"

# colours and width: on a terminal, and when they are wanted
on_screen() { TERM=xterm PAGER=cat COLUMNS=${wide-200} script -qec "$*" /dev/null | tr -d '\r'; }
escape=$'\033'
board=$(solnoma status -d 2025-12-31)
expect "a status in its colour" "1" "$(on_screen solnoma status -d 2025-12-31 | grep -c "${escape}\[36munder-construction${escape}\[0m")"
expect "an overdue plan in red" "1" "$(on_screen solnoma plans -d 2035 | grep -c "${escape}\[1;31moverdue" | sed 's/[1-9].*/1/')"
uncoloured() { sed "s/${escape}\[[0-9;]*m//g"; }
expect "nothing by colour alone" "$board" "$(on_screen solnoma status -d 2025-12-31 | uncoloured)"
for plain in "solnoma status -d 2025-12-31 --color never" "env NO_COLOR=1 solnoma status -d 2025-12-31" \
  "env TERM=dumb solnoma status -d 2025-12-31" "env SOLNOMA_COLOR=never solnoma status -d 2025-12-31"; do
  expect "$plain" "$board" "$(on_screen "$plain")"
done
expect "through a pipe" "$board" "$(COLUMNS=40 solnoma status -d 2025-12-31)"
expect "NO_COLOR is empty" "1" "$(on_screen env NO_COLOR= solnoma status -d 2025-12-31 | grep -c "${escape}\[36m")"
expect "always" "$(on_screen solnoma status -d 2025-12-31)" "$(solnoma status -d 2025-12-31 --color always)"
expect "forced" "$(solnoma status -d 2025-12-31 --color always)" "$(CLICOLOR_FORCE=1 solnoma status -d 2025-12-31)"
expect "an option beats NO_COLOR" "$(solnoma status --color always)" "$(NO_COLOR=1 solnoma status --color always)"
solnoma plans -d 2035 --color always -o "$work/plans.txt"
expect "a file has no colours" "0" "$(grep -c "$escape" "$work/plans.txt")"
words() { tr -s ' \n' '\n\n' | sort; }
for question in "status -d 2025-12-31" "status park/bukhara" "timeline -d 2025-12-31" "plans -d 2025-12-31" \
  "diff 2024 2025 --known" "explain park/bukhara" "report -d 2025-12-31" "status -l ru" "timeline -l uz"; do
  expect "$question fits 100 columns" "" \
    "$(wide=100 on_screen "solnoma $question" | uncoloured | LC_ALL=C.UTF-8 grep -E '^.{101,}' | { grep -v http || true; })"
  expect "$question says the same" "$(solnoma $question 2>/dev/null | words)" \
    "$(wide=100 on_screen "solnoma $question 2>/dev/null" | uncoloured | words)"
done
expect "a board fits 80 columns" "" \
  "$(wide=80 on_screen solnoma status -d 2025-12-31 | uncoloured | LC_ALL=C.UTF-8 grep -E '^.{81,}' || true)"
expect "recording is not paged" "" "$(on_terminal solnoma init -s "$work/other" | grep paged || true)"
exit "$wrong"
