#!/usr/bin/env bash
# Drives the real server with a browser: scripts/test-web.sh [folder for pictures]
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
  apt-get install -y -qq chromium chromium-driver >/dev/null
fi
venv=.build/web-venv
if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import selenium' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" -q install selenium axe-playwright-python
fi
axe=$(find -L "$venv" -name axe.min.js | head -1)

program=.build/debug/parvis
[ -x "$program" ] || swift build --product parvis
folder=$(mktemp -d)
touch "$folder/out" "$folder/log"
"$program" init --data "$folder/data" >/dev/null
"$program" serve --data "$folder/data" --port 0 2>"$folder/log" >"$folder/out" &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
  address=$(grep -hoE 'http://127\.0\.0\.1:[0-9]+' "$folder/out" "$folder/log" | head -1 || true)
  [ -n "$address" ] && break
  sleep 0.2
done
[ -n "$address" ] || { echo "✘ the server did not start" >&2; cat "$folder/log" >&2; exit 1; }
"$venv/bin/python" Tests/Web/walk.py "$address" "$axe" ${1:+"$1"}
