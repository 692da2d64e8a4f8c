#!/usr/bin/env bash
# Installs the system libraries Parvis needs where they are missing, or says exactly what to run.
set -euo pipefail

if ! command -v swift >/dev/null 2>&1; then
  echo "Parvis needs a Swift 6.2 toolchain or newer: see https://www.swift.org/install/linux/" >&2
  exit 1
fi

missing=()
[ -e /usr/include/sqlite3.h ] || [ -e /usr/local/include/sqlite3.h ] || missing+=(libsqlite3-dev)
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Parvis needs the development files of SQLite 3. Install them with your system's packages." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Parvis needs: ${missing[*]}. Run this once, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]} …"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
