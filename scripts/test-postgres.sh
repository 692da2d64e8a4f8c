#!/usr/bin/env bash
# Runs the tests of what stores rows on PostgreSQL, in a cluster of its own that is gone afterwards:
# scripts/test-postgres.sh [arguments of swift test], or `scripts/test-postgres.sh -- command` to run
# something else beside it. DURABLE=1 makes the server wait for its disk, as one of an operator does.
set -euo pipefail
cd "$(dirname "$0")/.."

binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$binaries" ] || binaries=$(dirname "$(command -v initdb || true)")
if [ ! -x "$binaries/initdb" ]; then
  echo "This needs PostgreSQL 15 or later: make deps POSTGRES=1, or apt-get install postgresql" >&2
  exit 1
fi

# In memory where there is room: what is written here need not outlive anything.
place=${TMPDIR:-/tmp}
[ -n "${DURABLE:-}" ] && durable=on || durable=off
[ "$durable" = off ] && [ -d /dev/shm ] && [ "$(df --output=avail /dev/shm | tail -n 1)" -gt 4000000 ] && place=/dev/shm
work=$(mktemp -d "$place/parvis-postgres.XXXXXX")
socket=$(mktemp -d /tmp/parvis-socket.XXXXXX)
# The server refuses to run as root.
as=()
if [ "$(id -u)" -eq 0 ]; then
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$owner" "$work" "$socket"
  as=(runuser -u "$owner" --)
fi
stop() {
  (cd / && "${as[@]}" "$binaries/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$work" "$socket"
}
trap stop EXIT

# Another order of texts than that of bytes, so that whoever leans on it is found.
(
  cd /
  "${as[@]}" "$binaries/initdb" -D "$work/data" -U parvis --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --locale-provider=icu --icu-locale=fr-FR --no-sync >/dev/null
  cat <<SETTINGS | "${as[@]}" tee -a "$work/data/postgresql.conf" >/dev/null
listen_addresses = ''
unix_socket_directories = '$socket'
fsync = $durable
synchronous_commit = $durable
full_page_writes = $durable
autovacuum = off
max_connections = 600
max_locks_per_transaction = 1024
shared_buffers = 256MB
wal_level = minimal
max_wal_senders = 0
SETTINGS
  "${as[@]}" "$binaries/pg_ctl" -D "$work/data" -l "$work/log" -w start >/dev/null
) || { cat "$work/log" >&2; exit 1; }
"$binaries/createdb" -h "$socket" -U parvis parvis

# Each test has connections of its own: all at once would be too many.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=${WIDTH:-16}
export PARVIS_TEST_DATABASE=postgres
export PARVIS_TEST_POSTGRES="postgres://parvis@/parvis?host=$socket"
if [ "${1:-}" = -- ]; then
  shift
  "$@"
elif [ $# -gt 0 ]; then
  swift test --skip-build "$@"
else
  # What stores rows: every module, the kernel, the drivers, and an edition from end to end.
  swift test --skip-build \
    --filter "^($(ls Modules | sed 's/$/Tests/' | paste -sd '|')|KernelTests|DriverTests|GuideTests|ReportTests)\.|WholeEdition|Moving|WebhookTests|DumpTests"
fi
