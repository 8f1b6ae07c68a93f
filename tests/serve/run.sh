#!/usr/bin/env bash
# Tests the server by clients of others. Usage: tests/serve/run.sh PROGRAM [--install | FILE…]
# Installs what package-lock.json names, where that has not been done, and fetches a server of NATS (--install: no more
# than that); needs node, npm and openssl.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
if [ -z "${NATS_SERVER:-}" ] && ! command -v nats-server >/dev/null; then
  ./get_nats.sh nats >/dev/null || echo "run.sh: no server of NATS can be fetched: what needs one is skipped" >&2
  if [ -x nats/nats-server ]; then export NATS_SERVER=$PWD/nats/nats-server; fi
fi
if [ "${2:-}" = --install ]; then exit; fi
# An authority of their own, which each of them trusts from its beginning.
authority=$(mktemp -d)
trap 'rm -rf "$authority"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Authority of the tests' \
  -keyout "$authority/authority.key" -out "$authority/authority.pem" 2>/dev/null
export NODE_EXTRA_CA_CERTS=$authority/authority.pem SOLNOMA_AUTHORITY=$authority SOLNOMA_PROGRAM=$program
node --test --test-concurrency=4 "${@:2}"
