#!/usr/bin/env bash
# Runs the matching engine and its peers on the same files and writes docs/performance.md.
#
#   FAMILIES  which instances: seed, city, national, huge, separated by commas (seed,city)
#   SCALING   1 to measure the four sizes of the chart as well, 0 not to (1)
#   LIMIT     seconds a solver may take on one instance, where it knows a limit (200)
#   PEERS     peers to run, by the start of their names, separated by commas; "" for none (all)
#   SOLVER    the command that solves a file (the release build of `parvis matching solve`)
#   GENERATOR, LIVE  the programs in Generator/ and Live/ (the release builds of this package)
#
# Peers that cannot be installed are left out and named at the end.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=.build-bench
mkdir -p "$work"

if ! echo '#include <lemon/network_simplex.h>' | g++ -E -x c++ - >/dev/null 2>&1; then
  echo "Installing LEMON (liblemon-dev)…"
  { apt-get install -y g++ liblemon-dev >"$work/apt.log" 2>&1; } ||
    echo "LEMON cannot be installed here: see $work/apt.log" >&2
fi
if [ ! -x "$work/venv/bin/python" ]; then python3 -m venv "$work/venv"; fi
if ! "$work/venv/bin/python" -c 'import ortools, highspy, scipy, numpy' 2>/dev/null; then
  echo "Installing the Python peers (ortools, highspy, scipy, numpy)…"
  "$work/venv/bin/pip" install --quiet ortools highspy scipy numpy
fi
g++ -O3 -march=native -DNDEBUG -std=c++17 -o "$work/lemon" Benchmarks/Matching/peers/lemon.cpp \
  2>"$work/lemon.log" || { rm -f "$work/lemon"; echo "LEMON was not built: $work/lemon.log" >&2; }

if [ -z "${GENERATOR:-}" ]; then
  swift build -c release --product matching-instances
  GENERATOR="$(swift build -c release --show-bin-path)/matching-instances"
fi
if [ -z "${SOLVER:-}" ]; then
  swift build -c release --product parvis
  SOLVER="$(swift build -c release --show-bin-path)/parvis matching solve"
fi
if [ -z "${LIVE:-}" ]; then
  swift build -c release --product matching-live
  LIVE="$(swift build -c release --show-bin-path)/matching-live"
fi
export GENERATOR SOLVER LIVE
exec "$work/venv/bin/python" -B Benchmarks/Matching/run.py "$work"
