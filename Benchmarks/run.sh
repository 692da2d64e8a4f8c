#!/usr/bin/env bash
# Measures the budgets of docs/architecture.md and what requests cost, on this machine, and writes the
# tables in docs/performance.md.
#
#   PARVIS  the program to measure (a release build of this tree, made first)
#   BARE    the bare route it is measured beside (a release build of Benchmarks/BareRoute)
#   RUNS    how often each thing is done, where nothing else is said (5)
#
# Everything listens on 127.0.0.1 and ends with the script.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v wrk >/dev/null 2>&1; then
  echo "Installing wrk…"
  apt-get install -y -qq wrk >/dev/null || {
    echo "wrk is missing: install it with your system's packages and try again." >&2
    exit 1
  }
fi
if [ -z "${PARVIS:-}" ]; then
  swift build -c release --product parvis
  PARVIS="$(swift build -c release --show-bin-path)/parvis"
fi
if [ -z "${BARE:-}" ]; then
  bare=(--package-path Benchmarks/BareRoute --scratch-path .build-bare -c release)
  # The same versions of the same libraries on both sides.
  cp Package.resolved Benchmarks/BareRoute/Package.resolved
  swift build "${bare[@]}" --product bare-route
  BARE="$(swift build "${bare[@]}" --show-bin-path)/bare-route"
fi
export PARVIS BARE
python3 -B Benchmarks/budgets.py
python3 -B Benchmarks/House/measure.py
python3 -B Benchmarks/Mail/measure.py
