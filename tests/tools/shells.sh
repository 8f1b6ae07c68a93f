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
unset XDG_CONFIG_HOME XDG_DATA_HOME PAGER SOLNOMA_PAGER COLUMNS LESS
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
on_terminal() { TERM=xterm SOLNOMA_PAGER="sed s/^/paged:/" script -qec "$*" /dev/null | tr -d '\r'; }
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
expect "recording is not paged" "" "$(on_terminal solnoma init -s "$work/other" | grep paged || true)"
exit "$wrong"
