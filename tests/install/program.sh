#!/usr/bin/env bash
# The package of the program: it is hardened, says what is linked in, lies where shells and man look,
# and runs where nothing is but what it depends on.
# Usage: program.sh BUILD_DIRECTORY PACKAGE UNPACKED
set -euo pipefail
build=$1
package=$2
root=$3
source=$(cd "$(dirname "$0")/../.." && pwd)
wrong() { echo "install: $*" >&2; exit 1; }
solnoma=$root/usr/bin/solnoma

# Position-independent; what is relocated is read-only afterwards, at once; no stack is executable.
readelf -hW "$solnoma" | grep -q 'Type: *DYN' || wrong "the program is not position-independent"
readelf -lW "$solnoma" >"$root.segments"
grep -q GNU_RELRO "$root.segments" || wrong "the program has no read-only relocations"
grep -q 'GNU_STACK.* RW ' "$root.segments" || wrong "the program's stack is executable"
readelf -dW "$solnoma" | grep -q 'FLAGS_1.*NOW.*PIE' || wrong "the program is bound lazily"
if readelf -SW "$solnoma" | grep -qE '\.(debug_info|symtab)'; then wrong "the program is not stripped"; fi
# What is released is compiled with guards: seen at one file that has both kinds.
release=$root.release
cmake --preset release -S "$source" -B "$release" -DCMAKE_UNITY_BUILD=OFF >/dev/null
unguarded=$(grep '"command"' "$release/compile_commands.json" |
  grep -cvE 'fstack-protector-strong.*D_FORTIFY_SOURCE=3' || true)
[ "$unguarded" -eq 0 ] || wrong "$unguarded files of a release are compiled without guards"
object=engine/CMakeFiles/solnoma_engine.dir/append/chains.cpp.o
cmake --build "$release" --target "$object" >/dev/null
for guard in __stack_chk_fail __fprintf_chk; do
  nm -u "$release/$object" | grep -q "$guard" || wrong "a release does not call $guard"
done

# --version names all archives that are linked in, and the copyright file what they ask for.
version=$("$solnoma" --version)
[ "$("$solnoma" -V)" = "$version" ] || wrong "-V is not --version"
archives=$(ninja -C "$build" -t commands solnoma | tail -n 1 | grep -oE '/usr/[^ ]+\.a' | sort -u)
[ -n "$archives" ] || wrong "the link names no archives"
for archive in $archives; do
  name=$(dpkg-query -S "$archive" | sed 's/: .*//')
  dpkg-query -W -f='  ${source:Package} ${source:Version}\n' "$name"
done | sort -u >"$root.linked"
while IFS= read -r line; do
  grep -qxF "$line" <<<"$version" || wrong "--version lacks '$line': add its package in tools/CMakeLists.txt"
done <"$root.linked"
documents=$root/usr/share/doc/solnoma
for words in 'Apache License' 'OpenSSL Project' 'Unicode, Inc' 'GNU General Public License'; do
  grep -q "$words" "$documents/copyright" || wrong "the copyright file does not speak of $words"
done

for file in bash-completion/completions/solnoma zsh/vendor-completions/_solnoma \
            fish/vendor_completions.d/solnoma.fish man/man1/solnoma.1.gz man/man1/solnoma-status.1.gz \
            solnoma/event.schema.json solnoma/report.schema.json doc/solnoma/CHANGELOG.md; do
  [ -s "$root/usr/share/$file" ] || wrong "the package has no $file"
done
gzip -dc "$root/usr/share/man/man1/solnoma-status.1.gz" | grep -q '^\.Nm solnoma-status' ||
  wrong "the page of status cannot be read"

# Debian 12 with what the package depends on and nothing else, not even a shell.
bare=$root.bare
if [ "$(id -u)" -ne 0 ] || ! command -v mmdebstrap >/dev/null; then
  echo "install: no root or no mmdebstrap: a bare Debian 12 was skipped"
elif ! curl -sfI -m 20 http://deb.debian.org/debian/dists/bookworm/InRelease >/dev/null; then
  echo "install: Debian's mirror cannot be reached: a bare Debian 12 was skipped"
else
  # As in "libc6 (>= 2.36), libbz2-1.0".
  needed=$(dpkg-deb -f "$package" Depends | sed 's/ *([^)]*)//g; s/ *|[^,]*//g; s/, */,/g')
  for name in ${needed//,/ }; do
    apt-cache show "$name" >/dev/null 2>&1 || wrong "the package depends on $name, which Debian 12 has not"
  done
  if ! mmdebstrap --quiet --variant=extract --include="$needed" bookworm "$bare" http://deb.debian.org/debian
  then
    echo "install: the mirror gave no whole Debian 12: a bare one was skipped"
    exit 0
  fi
  dpkg-deb -x "$package" "$bare"
  mkdir -p "$bare/chronicle"
  bare() { chroot "$bare" /usr/bin/solnoma --store /chronicle/store "$@"; }
  bare init | grep -q 'made an empty store' || wrong "init fails in a bare Debian"
  bare append opened park/one --occurred 2025-03 --known 2025-04-01 --title One --publisher P \
    --id one >/dev/null || wrong "append fails in a bare Debian"
  bare status --as-of 2025-12-31 | grep -q 'park/one *operating' || wrong "status fails in a bare Debian"
fi
