#!/usr/bin/env bash
# Runs every command that the README shows with its output, and compares.
# A head differs from run to run, since it covers when events were recorded: it is shown as HASH.
# Usage: readme.sh SOLNOMA README [--update]     --update writes the output into the README.
set -euo pipefail
solnoma=$(realpath "$1")
readme=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$solnoma" "$work/bin/solnoma"
export PATH="$work/bin:$PATH" NO_COLOR=1
unset SOLNOMA_STORE
export SOLNOMA_CONFIG=  # what a user has set is not the README's
ln -s "$(dirname "$readme")/tools" "$work/tools"
cd "$work"

shown=false
while IFS= read -r line; do
  if [ "$line" = '```console' ]; then
    shown=true
  elif [ "$line" = '```' ]; then
    shown=false
  fi
  if ! $shown || [ "$line" = '```console' ]; then
    printf '%s\n' "$line"
  elif [[ $line == '$ '* ]]; then
    printf '%s\n' "$line"
    { bash -c "${line#'$ '}" 2>&1 || true; } | sed -E 's/^[0-9a-f]{64}@/HASH@/'
  fi
done <"$readme" >"$work/README.md"

if [ "${3:-}" = --update ]; then
  cp "$work/README.md" "$readme"
elif ! diff -u "$readme" "$work/README.md"; then
  echo "the README shows what the program does not print: tests/tools/readme.sh SOLNOMA README.md --update" >&2
  exit 1
fi
