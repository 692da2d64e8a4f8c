#!/usr/bin/env bash
# Stamps the folder of a new module: scripts/new-module.sh Training
set -euo pipefail
cd "$(dirname "$0")/.."

name=${1:-}
if ! [[ $name =~ ^[A-Z][A-Za-z]+$ ]]; then
  echo "Name the module with a capital and letters only: make module NAME=Training" >&2
  exit 1
fi
if [ -e "Modules/$name" ]; then
  echo "Modules/$name is there already; nothing was changed." >&2
  exit 1
fi
lower=$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')

(cd scripts/module-template && find . -type f -name '*.txt') | while IFS= read -r file; do
  target="Modules/$name/${file#./}"
  target=${target%.txt}
  target=${target//__Name__/$name}
  mkdir -p "$(dirname "$target")"
  sed -e "s/__Name__/$name/g" -e "s/__name__/$lower/g" "scripts/module-template/$file" >"$target"
done

cat <<TEXT
Modules/$name is stamped. Two lines more and it migrates, serves and has its commands:
  Package.swift, in modules:               ("$name", []),
  Sources/Parvis/Modules.swift, in compose: ${name}Module(host: host),
Then: make test-module M=$name
TEXT
