#!/usr/bin/env bash
# Checks the systemd units: they can be read, and what they may do is little (`systemd-analyze security` gives
# 2.0 or less, of 10). No systemd needs to be running.
set -euo pipefail
cd "$(dirname "$0")/.."

most=20

if ! command -v systemd-analyze >/dev/null; then
  echo "This needs systemd-analyze, of Debian's package systemd: apt-get install systemd" >&2
  exit 1
fi
for unit in packaging/*.service packaging/*.timer; do
  # It says where it has something to say, and ends with 0 all the same.
  said=$(systemd-analyze verify --man=no "$PWD/$unit" 2>&1 | grep -F parvis |
    grep -vF 'is not executable' || true)
  if [ -n "$said" ]; then
    printf '✗ %s\n' "$said" >&2
    exit 1
  fi
done
for unit in packaging/*.service; do
  if ! line=$(systemd-analyze security --offline=yes --threshold="$most" "$PWD/$unit" 2>&1 | tail -1); then
    systemd-analyze security --offline=yes "$PWD/$unit" >&2 || true
    exit 1
  fi
  printf '✓ %s\n' "${line#→ }"
done
