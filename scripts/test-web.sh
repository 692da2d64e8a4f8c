#!/usr/bin/env bash
# Drives the real server with a browser: scripts/test-web.sh [subject…], such as `sign_in pages`.
# As many at once as there are cores, or JOBS=n. PICTURES=folder keeps a picture of every page, PLAYS=folder the plays for the next run with this program.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=1 BROWSER=1 scripts/dependencies.sh
venv=.build/web-venv
if ! "$venv/bin/python" -c 'import selenium, axe_playwright_python' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" -q install selenium axe-playwright-python
fi

[ -x .build/debug/parvis ] || swift build --product parvis
export PARVIS_PROGRAM="$PWD/.build/debug/parvis"
[ -z "${PICTURES:-}" ] || { mkdir -p "$PICTURES" && PICTURES=$(cd "$PICTURES" && pwd) && export PICTURES; }
[ -z "${PLAYS:-}" ] || { mkdir -p "$PLAYS" && PLAYS=$(cd "$PLAYS" && pwd) && export PLAYS; }
python="$PWD/$venv/bin/python"
cd Tests/Web
exec "$python" -W ignore run.py "$@"
