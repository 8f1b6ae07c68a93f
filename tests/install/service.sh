#!/usr/bin/env bash
# The service of the package: systemd takes its unit, finds little that it could do to the system, and the
# program works by it.
# Usage: service.sh PACKAGE UNPACKED
set -euo pipefail
package=$1
root=$2
here=$(cd "$(dirname "$0")" && pwd)
wrong() { echo "install: $*" >&2; exit 1; }
unit=$(find "$root" -name solnoma.service)
[ -n "$unit" ] || wrong "the package has no solnoma.service"
[ -s "$root/usr/lib/sysusers.d/solnoma.conf" ] || wrong "the package does not say who runs solnoma.service"

for script in postinst prerm postrm; do
  dpkg-deb -I "$package" "$script" >"$root.$script" || wrong "the package has no $script"
  sh -n "$root.$script"
  if grep -qE 'systemctl.*(enable|[^y-]start)' "$root.$script"; then wrong "$script begins what nobody asked for"; fi
done

if ! command -v systemd-analyze >/dev/null; then
  echo "install: systemd-analyze is not installed: what it says of solnoma.service was skipped"
  exit 0
fi
mkdir "$root.unit"
sed "s,/usr/bin/solnoma,$root/usr/bin/solnoma,g" "$unit" >"$root.unit/solnoma.service"
said=$(systemd-analyze verify --man=no "$root.unit/solnoma.service" 2>&1) || wrong "systemd does not take solnoma.service: $said"
! grep solnoma <<<"$said" || wrong "systemd objects to solnoma.service"
# From 0, nothing that matters, to 100.
said=$(systemd-analyze security --no-pager --offline=yes --threshold=15 "$unit") ||
  wrong "solnoma.service may do too much: $said"
systemd-sysusers --root="$root" --dry-run "$root/usr/lib/sysusers.d/solnoma.conf" >/dev/null ||
  wrong "systemd does not take who runs solnoma.service"

if /usr/bin/python3 -c 'import seccomp' 2>/dev/null; then
  "$here/confined.py" "$root/usr/bin/solnoma" "$unit" >/dev/null || wrong "the program does not work as solnoma.service runs it"
else
  echo "install: python3-seccomp is not installed: to run the program as solnoma.service does was skipped"
fi
