#!/usr/bin/env bash
# Installs the system libraries Parvis needs where they are missing, or says exactly what to run. With
# POSTGRES=1 the PostgreSQL server that `make test-postgres` starts, too; with PYTHON=1 what `make test-mail`
# runs in, with BROWSER=1 what `make test-web` drives, with POSTFIX=1 the mail server of `make test-postfix`.
set -euo pipefail

if ! command -v swift >/dev/null 2>&1; then
  echo "Parvis needs a Swift 6.2 toolchain or newer: see https://www.swift.org/install/linux/" >&2
  exit 1
fi

missing=()
[ -e /usr/include/sqlite3.h ] || [ -e /usr/local/include/sqlite3.h ] || missing+=(libsqlite3-dev)
[ -e /usr/include/postgresql/libpq-fe.h ] || [ -e /usr/include/libpq-fe.h ] ||
  [ -e /usr/local/include/libpq-fe.h ] || missing+=(libpq-dev)
command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
if [ -n "${POSTGRES:-}" ]; then
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
    missing+=(postgresql)
fi
if [ -n "${PYTHON:-}" ]; then
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
fi
if [ -n "${BROWSER:-}" ]; then
  command -v chromium >/dev/null && command -v chromedriver >/dev/null || missing+=(chromium chromium-driver)
fi
if [ -n "${POSTFIX:-}" ]; then
  command -v postfix >/dev/null || [ -x /usr/sbin/postfix ] || missing+=(postfix)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Parvis needs pkg-config and the development files of SQLite 3 and of libpq (PostgreSQL). Install them with your system's packages. (On Debian: ${missing[*]})" >&2
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
