#!/usr/bin/env bash
# What an instance endures: scripts/test-endurance.sh kills|backups|faults|powercut|clock …
# Each is a file of Tests/Endurance, which says by which variables more of it is done.
#   PARVIS=…   the program; that of the last build where none is named
set -euo pipefail
cd "$(dirname "$0")/.."

command -v python3 >/dev/null || PYTHON=1 scripts/dependencies.sh
[ -x "${PARVIS:-.build/debug/parvis}" ] || swift build --product parvis
shim=$(mktemp -d)
trap 'rm -rf "$shim"' EXIT
cc -shared -fPIC -O2 -Wall -o "$shim/faults.so" Tests/Endurance/faults.c -ldl -lpthread
for what in "$@"; do
  echo "— $what"
  FAULTS="$shim/faults.so" python3 -B "Tests/Endurance/$what.py"
done
