#!/usr/bin/env bash
# Proves, in a copy of the project, what CONTRIBUTING.md promises a module team: a stamped module
# with one row builds and passes its tests while another module does not even compile.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

git ls-files -z --cached --others --exclude-standard |
  tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null | tar -xf - -C "$copy"
cd "$copy"
scripts/new-module.sh Training >/dev/null
sed -i 's/^nonisolated let modules: .*/&\n  ("Training", []),/' Package.swift
echo 'this does not compile' >>Modules/Missions/Sources/MissionsModule.swift

MODULE=Training swift test --scratch-path "$root/.build-slices/Stamped" 2>&1 | tee check.log | grep -E 'error:|✘|Test run' || true
grep -q 'Test run with [1-9][0-9]* tests.* passed' check.log
if scripts/new-module.sh Training 2>/dev/null; then
  echo "✗ stamping over a module was not refused" >&2
  exit 1
fi
echo "✓ a stamped module passes its tests beside a module that does not compile"
