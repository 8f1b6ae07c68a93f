#!/usr/bin/env bash
# Tests the report's page in a real browser. Usage: tests/web/run.sh PROGRAM [--install | FILE…]
# Installs what package-lock.json names, where that has not been done (--install: no more than
# that); needs node, npm and Chromium.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
if [ "${2:-}" = --install ]; then exit; fi
SOLNOMA_CONFIG="" SOLNOMA_PROGRAM=$program exec node --test "${@:2}"
