#!/usr/bin/env bash
# Tries out a log that several machines share, on this one: three members of etcd, and three servers that record to one
# log, until ^C. Everything lies in a directory that goes with it, or in DIRECTORY, where it is found again.
# Usage: tools/cluster.sh [DIRECTORY]      $SOLNOMA: the program, otherwise that of build/release or build/dev
set -euo pipefail
cd "$(dirname "$0")/.."

program=${SOLNOMA:-}
for each in build/release/tools/solnoma build/dev/tools/solnoma; do
  if [ -z "$program" ] && [ -x "$each" ]; then program=$each; fi
done
if [ -z "$program" ]; then
  echo "cluster.sh: there is no program yet: build it (README.md), or name one by \$SOLNOMA" >&2
  exit 2
fi
if ! command -v etcd >/dev/null; then
  echo "cluster.sh: etcd is not installed: apt-get install etcd-server" >&2
  exit 2
fi

if [ $# -gt 0 ]; then
  directory=$1
  mkdir -p "$directory"
else
  directory=$(mktemp -d)
  trap 'rm -rf "$directory"' EXIT
fi
pids=()
stop() {
  trap - INT TERM
  kill "${pids[@]}" 2>/dev/null || true
  wait
  exit 0
}
trap stop INT TERM

members=m0=http://127.0.0.1:23800,m1=http://127.0.0.1:23801,m2=http://127.0.0.1:23802
for i in 0 1 2; do
  etcd --name "m$i" --data-dir "$directory/etcd-$i" --log-level error --auto-compaction-retention 1h \
    --listen-client-urls "http://127.0.0.1:2379$i" --advertise-client-urls "http://127.0.0.1:2379$i" \
    --listen-peer-urls "http://127.0.0.1:2380$i" --initial-advertise-peer-urls "http://127.0.0.1:2380$i" \
    --initial-cluster "$members" >>"$directory/etcd-$i.log" 2>&1 &
  pids+=($!)
done
journal=etcd://127.0.0.1:23790,127.0.0.1:23791,127.0.0.1:23792/trial
for i in 0 1 2; do
  store=$directory/server-$i
  # The first has the shipped history; the others copy it from there.
  if [ $i = 0 ] && [ ! -e "$store" ]; then "$program" --store "$store" history --init >/dev/null; fi
  peers=()
  for k in 0 1 2; do if [ $k != $i ]; then peers+=(--peer "http://127.0.0.1:841$k"); fi; done
  "$program" --store "$store" serve --listen "127.0.0.1:841$i" --journal "$journal" "${peers[@]}" \
    >"$directory/server-$i.out" 2>>"$directory/server-$i.log" &
  pids+=($!)
  # Those that come later find its log.
  until grep -q serving "$directory/server-$i.out"; do
    kill -0 "$!" || stop
    sleep 0.1
  done
  cat "$directory/server-$i.out"
done
echo "three servers of one log; what one records, all tell. Kill one, or a member of etcd, and look. ^C ends it."
echo "what they log: $directory/server-*.log"
wait
