#!/usr/bin/env bash
# Runs the mail tests with the servers and parsers they need, in a Python environment of their own.
set -euo pipefail
cd "$(dirname "$0")/.."

place=.build-mail
packages=(aiosmtpd==1.4.6 trustme==1.2.1 "dkimpy[ed25519]==1.1.8" icalendar==7.3.2
  vobject==0.9.9 standardwebhooks==1.1.0)
stamp="$place/installed"
if [ "$(cat "$stamp" 2>/dev/null)" != "${packages[*]}" ]; then
  PYTHON=1 scripts/dependencies.sh
  python3 -m venv "$place"
  "$place/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}"
  echo "${packages[*]}" > "$stamp"
fi
PARVIS_MAIL_PYTHON="$PWD/$place/bin/python" swift test --skip-build --filter MailTests
