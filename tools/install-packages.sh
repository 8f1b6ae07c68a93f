#!/usr/bin/env bash
# Installs what is missing of the packages that the project builds with (Debian 12).
# Usage: tools/install-packages.sh [test | tidy]     `test` adds what only the tests need, `tidy`
# what only tools/tidy.sh needs.
set -euo pipefail

packages=(g++ cmake ninja-build ccache pkg-config
          librocksdb-dev capnproto libcapnp-dev libfmt-dev libcli11-dev libssl-dev libxxhash-dev
          libicu-dev libxapian-dev libjemalloc-dev libminizip-dev libexpat1-dev
          libtomlplusplus-dev libboost-dev libboost-locale-dev gettext rapidjson-dev libical-dev librsvg2-dev libxlsxwriter-dev
          libsnappy-dev liblz4-dev libzstd-dev zlib1g-dev libbz2-dev libgflags-dev)
if [ "${1:-}" = test ]; then
  packages+=(doctest-dev libsqlite3-dev libgettextpo-dev libxml2-dev python3-jsonschema python3-icalendar
             python3-openpyxl poppler-utils
             librsvg2-bin mandoc zsh fish
             clang-19 clang-format-19 libclang-rt-19-dev git curl chromium)
  # The tests of the page take whatever node is there.
  command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)
fi
if [ "${1:-}" = tidy ]; then packages+=(clang-19 clang-tidy-19); fi

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
echo "== packages: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
