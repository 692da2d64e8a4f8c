#!/usr/bin/env bash
# Sends letters through Debian's Postfix: STARTTLS, DKIM, a recipient it refuses, and one whose server refuses later, so
# that a returned letter comes back. Postfix runs from a folder of its own, on ports of its own, and is gone
# afterwards. As root, on a machine that may be played with: Postfix starts as root.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(id -u)" -ne 0 ]; then
  echo "This starts a Postfix of its own, which must be done by root: sudo make test-postfix" >&2
  exit 1
fi
POSTFIX=1 PYTHON=1 scripts/dependencies.sh

place=.build-postfix
packages=(trustme==1.2.1 "dkimpy[ed25519]==1.1.8")
stamp="$place/installed"
if [ "$(cat "$stamp" 2>/dev/null)" != "${packages[*]}" ]; then
  python3 -m venv "$place"
  "$place/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}"
  echo "${packages[*]}" > "$stamp"
fi
work=$(mktemp -d /tmp/parvis-postfix.XXXXXX)
stop() {
  postfix -c "$work/config" stop >/dev/null 2>&1 || true
  [ -z "${KEEP:-}" ] && rm -rf "$work" || echo "Kept: $work"
}
trap stop EXIT
export PATH=$PATH:/usr/sbin
PARVIS=${PARVIS:-$PWD/.build/debug/parvis} "$place/bin/python" scripts/postfix.py "$work"
