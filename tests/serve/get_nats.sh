#!/usr/bin/env bash
# Fetches a server of NATS that syncs what it acknowledges into DIRECTORY, and prints where it is: Debian's newest, which
# runs on Debian 12 too. Nothing is installed. Usage: tests/serve/get_nats.sh DIRECTORY
set -euo pipefail
mkdir -p "$1"
cd "$1"
if [ ! -x nats-server ]; then
  mkdir -p lists archives/partial
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main" >sources.list
  options=(-qq -o "Dir::Etc::sourcelist=$PWD/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/lists"
    -o "Dir::Cache=$PWD" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update >&2
  apt-get "${options[@]}" download nats-server >&2
  dpkg-deb -x nats-server_*.deb unpacked
  mv unpacked/usr/sbin/nats-server .
  rm -rf unpacked lists archives sources.list nats-server_*.deb ./*.bin
fi
echo "$PWD/nats-server"
