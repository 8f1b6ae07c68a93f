#!/usr/bin/env bash
# Installs what is missing of the packages that the project builds with (Debian 12). Says how much is
# fetched, and how far it is.
# Usage: tools/install-packages.sh [test | tidy | package]     `test` adds what only the tests need,
# `tidy` what only tools/tidy.sh needs, `package` what only tools/package.sh needs.
set -euo pipefail

packages=(g++ cmake ninja-build ccache pkg-config
          librocksdb-dev capnproto libcapnp-dev libfmt-dev libcli11-dev libssl-dev libcurl4-openssl-dev libnats-dev libxxhash-dev
          libicu-dev libxapian-dev libjemalloc-dev libminizip-dev libexpat1-dev
          libtomlplusplus-dev libboost-dev libboost-locale-dev gettext rapidjson-dev libhowardhinnant-date-dev libical-dev librsvg2-dev libxlsxwriter-dev
          libsnappy-dev liblz4-dev libzstd-dev zlib1g-dev libbz2-dev libgflags-dev)
if [ "${1:-}" = test ]; then
  packages+=(doctest-dev libsqlite3-dev libgettextpo-dev libxml2-dev python3-jsonschema python3-icalendar
             python3-openpyxl poppler-utils librsvg2-bin openssl mandoc zsh fish dpkg-dev mmdebstrap
             etcd-server iproute2 e2fsprogs clang-19 clang-format-19 libclang-rt-19-dev git curl chromium firefox-esr
             nginx caddy systemd python3-seccomp golang-golang-x-mod-dev)
  # The tests of the page take whatever node is there.
  command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)
  # Those of the tiles take whatever go is there; GCC's is half of what Debian's other one is to fetch.
  command -v go >/dev/null || packages+=(gccgo-go)
fi
if [ "${1:-}" = tidy ]; then packages+=(clang-19 clang-tidy-19); fi
if [ "${1:-}" = package ]; then packages+=(dpkg-dev lintian); fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
    missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "== packages: all there"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
get() { "${as_root[@]}" apt-get install --no-install-recommends "$@" "${missing[@]}"; }
# How far apt is, from its lines `dlstatus:…:PERCENT:…` and `pmstatus:…:PERCENT:…`: in place on a
# terminal, otherwise in four steps.
show_progress() {
  local line step percent told=
  while IFS= read -r line; do
    [[ $line =~ ^(dl|pm)status:.*:([0-9]+)\.[0-9]+: ]] || continue
    step=fetching percent=${BASH_REMATCH[2]}
    if [ "${BASH_REMATCH[1]}" = pm ]; then step=installing; fi
    if [ -t 1 ]; then
      printf '\r== packages: %-10s %3d %%' "$step" "$percent"
    elif [ "$told" != "$step $((percent / 25))" ]; then
      told="$step $((percent / 25))"
      echo "== packages: $step $percent %"
    fi
  done
  if [ -t 1 ]; then echo; fi
}

echo "== packages: asking Debian's mirror what there is"
"${as_root[@]}" apt-get update -qq
echo "== packages: installing ${missing[*]}"
get -qq --print-uris |
  awk '{ bytes += $3 } END { printf "== packages: %.0f MB to fetch\n", bytes / 1e6 }'
log=$(mktemp)
trap 'rm -f "$log"' EXIT
get -y -q -o APT::Status-Fd=1 2>&1 | tee "$log" | show_progress || { tail -n 20 "$log" >&2; exit 1; }
# Programs of the tests that come as services would answer at the ports of this machine.
if [ -d /run/systemd/system ]; then
  for service in nginx caddy; do
    [[ " ${missing[*]} " != *" $service "* ]] || "${as_root[@]}" systemctl disable --now -q "$service" || true
  done
fi
echo "== packages: installed"
