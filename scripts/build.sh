#!/usr/bin/env bash
# Builds everything for development, the imports of each target checked. A warning in code of ours fails
# it: one that stays hides the next.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p .build
log=.build/build.log
swift build --build-tests --explicit-target-dependency-import-check error 2>&1 | tee "$log"
warnings=$(grep -E '^[^ ].*\.swift:[0-9]+:[0-9]+: warning: ' "$log" | grep -vF '/.build/' | sort -u || true)
if [ -n "$warnings" ]; then
  printf '\n✗ warnings:\n%s\n' "$warnings" >&2
  exit 1
fi
