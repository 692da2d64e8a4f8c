#!/usr/bin/env bash
# Several servers on one PostgreSQL database, killed at random under load: scripts/test-cluster.sh
#   KILLS=50     how many are killed, two at a time
#   SERVERS=3    how many serve
#   PARVIS=…     the program; that of the last build where none is named
set -euo pipefail
cd "$(dirname "$0")/.."

place=.build-mail
if [ ! -x "$place/bin/python" ]; then
  PYTHON=1 scripts/dependencies.sh
  python3 -m venv "$place"
fi
"$place/bin/python" -c 'import aiosmtpd' 2>/dev/null \
  || "$place/bin/pip" install --quiet --disable-pip-version-check aiosmtpd==1.4.6
DURABLE=1 scripts/test-postgres.sh -- "$place/bin/python" -B Tests/Cluster/run.py
