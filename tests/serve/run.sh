#!/usr/bin/env bash
# Tests the server by clients of others. Usage: tests/serve/run.sh PROGRAM [FILE…]
# Installs what package-lock.json names, where that has not been done; needs node and npm.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
SOLNOMA_PROGRAM=$program exec node --test "${@:2}"
