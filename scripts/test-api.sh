#!/usr/bin/env bash
# Sends made-up requests, good and bad, to every operation of the document of the interface, as each role,
# and checks that no answer is an error of the server or something the document does not say.
# EXAMPLES=n requests an operation and kind (3); ROLES="manager member" for some roles only.
set -euo pipefail
cd "$(dirname "$0")/.."

examples=${EXAMPLES:-3}
roles=${ROLES:-administrator manager member volunteer partner reviewer}
tools=$PWD/.build/schemathesis
parvis=$PWD/.build/debug/parvis
[ -x "$parvis" ] || { echo "Build first: make build" >&2; exit 1; }
if [ ! -x "$tools/bin/st" ]; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet 'schemathesis>=4.10,<5'
fi

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
"$parvis" demo --fresh --no-serve --data "$work/data" >/dev/null
export PARVIS_DATA="$work/data" PARVIS_LOG=warning

# The id of somebody with the role, from the data.
subject() {
  python3 - "$work/data/parvis.sqlite" "$1" <<'PYTHON'
import sqlite3, sys
tables = {"member": "applications_member", "volunteer": "partners_volunteer",
          "partner": "partners_contact", "reviewer": "applications_reviewer"}
row = sqlite3.connect(sys.argv[1]).execute(
    f"SELECT id FROM {tables[sys.argv[2]]} ORDER BY id LIMIT 1").fetchone()
print(row[0])
PYTHON
}

declare -A tokens
for role in $roles; do
  words=(token create --role "$role" --label test-api --json)
  case $role in administrator | manager) ;; *) words+=(--subject "$(subject "$role")") ;; esac
  tokens[$role]=$("$parvis" "${words[@]}" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')
done

"$parvis" serve --port 0 2>"$work/log" &
server=$!
for _ in $(seq 200); do
  url=$(sed -n 's/^Parvis answers at //p' "$work/log")
  [ -n "$url" ] && break
  sleep 0.1
done
[ -n "$url" ] || { cat "$work/log" >&2; exit 1; }

failed=0
for role in $roles; do
  echo "== $role"
  (cd "$work" && "$tools/bin/st" run "$url/openapi.json" --header "Authorization: Bearer ${tokens[$role]}" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance,allow_header_conformance \
    --phases coverage,fuzzing --max-examples "$examples" --seed 1 --workers 2 --no-shrink \
    --continue-on-failure --suppress-health-check all --warnings off --no-color \
    >"$work/$role.txt" 2>&1) || { failed=1; cat "$work/$role.txt"; }
  tail -n 3 "$work/$role.txt"
done
if grep -q "unexpected error" "$work/log"; then
  grep "unexpected error" "$work/log" >&2
  failed=1
fi
exit $failed
