#!/usr/bin/env bash
# Installs the package on a bare Debian 12, in a folder: first run, upgrade from the package before, a refused
# upgrade, removal, coming back, purge. The folder has no toolchain and no systemd, so the program is started
# as its unit would. Needs root and Debian's mirror.
#
#   PACKAGE=file   tests this package instead of making one
set -euo pipefail
cd "$(dirname "$0")/.."
place=$PWD/.build-package

if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null || ! command -v curl >/dev/null; then
  echo "This needs root, debootstrap and curl: sudo apt-get install -y debootstrap curl, then sudo make test-package" >&2
  exit 1
fi
mkdir -p "$place"
[ -n "${PACKAGE:-}" ] || scripts/package.sh
PACKAGE=$(realpath "${PACKAGE:-$(ls -t "$place"/parvis_*.deb | head -1)}")

# A folder as Debian's installer would leave a disk, kept for the next time.
if [ ! -e "$place/debian12/.whole" ]; then
  rm -rf "$place/debian12"
  echo "Making a bare Debian 12 …"
  debootstrap --variant=minbase bookworm "$place/debian12" "${MIRROR:-http://deb.debian.org/debian}" \
    > "$place/debootstrap.log" || { tail -5 "$place/debootstrap.log" >&2; exit 1; }
  touch "$place/debian12/.whole"
fi

[ -n "${INSIDE:-}" ] || scripts/check-unit.sh

# From here on mounts, processes and addresses are this script's own, and end with it.
if [ -z "${INSIDE:-}" ]; then
  exec env INSIDE=1 PACKAGE="$PACKAGE" unshare --mount --pid --fork --kill-child --mount-proc "$0"
fi

work=$(mktemp -d "$place/test.XXXXXX")
root=$work/root
trap 'umount "$root/proc" 2>/dev/null || true; rm -rf "$work"' EXIT
passed=0
failed=0
check() { # check WORDS COMMAND …
  local words=$1
  shift
  if "$@" > "$work/said" 2>&1; then
    passed=$((passed + 1))
    printf '✓ %s\n' "$words"
  else
    failed=$((failed + 1))
    printf '✗ %s\n' "$words"
    sed 's/^/    /' "$work/said" | tail -20
  fi
}
not() { ! "$@"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  DEBIAN_FRONTEND=noninteractive "$@"; }
parvis() { inside runuser -u parvis -- /usr/bin/parvis "$@"; }
install() { cp "$1" "$root/tmp/" && inside apt-get install -y -q "/tmp/$(basename "$1")"; }
backup_in() { inside sh -c 'ls -t "$1"/*.backup | head -1' - "$1"; } # the newest of a folder
mode() { inside stat -c '%a %U:%G' "$1"; }

# Another version of the same program, as the one before.
version=$(dpkg-deb -f "$PACKAGE" Version)
program=$work/program
mkdir "$work/unpacked" && dpkg-deb -x "$PACKAGE" "$work/unpacked"
mv "$work/unpacked/usr/bin/parvis" "$program"
mkdir "$work/before" "$work/again"
QUICK=1 PROGRAM=$program VERSION="$version~before" TO=$work/before scripts/package.sh
before=$(ls "$work"/before/*.deb)
QUICK=1 PROGRAM=$program VERSION="$version" TO=$work/again scripts/package.sh
mv "$work"/again/*.deb "$work/one.deb"
QUICK=1 PROGRAM=$program VERSION="$version" TO=$work/again scripts/package.sh
check "made twice it is the same, byte for byte" cmp "$work/one.deb" "$work"/again/*.deb

cp -a "$place/debian12" "$root"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
inside apt-get update -q > "$work/update" 2>&1 || { tail -5 "$work/update" >&2; exit 1; }

serving=
# Starts the program as its unit says, in a network of its own.
serve() {
  local user line
  user=$(sed -n 's/^User=//p' packaging/parvis.service)
  line=$(sed -n 's/^ExecStart=//p' packaging/parvis.service)
  # shellcheck disable=SC2086
  unshare --net sh -c 'ip link set lo up && exec "$@"' - chroot "$root" /usr/bin/env -i \
    PATH=/usr/bin:/bin HOME=/var/lib/parvis setpriv --reuid "$user" --regid "$user" --init-groups \
    --no-new-privs --inh-caps=-all sh -c "umask 077; cd /var/lib/parvis; exec $line" 2> "$work/log" &
  serving=$!
}
ask() { nsenter --net="/proc/$serving/ns/net" curl -sS --max-time 5 "$@"; }
page() { # waits for the first page
  for _ in $(seq 600); do
    ask -f -o "$work/page" "http://127.0.0.1:8080/" 2>/dev/null && return 0
    kill -0 "$serving" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/log"
  return 1
}
stop() {
  kill -TERM "$serving" && wait "$serving"
}

started=$(date +%s.%N)
check "the package before installs with one command" install "$before"
cp "$work/said" "$work/installed"
serve
check "and its first page answers" page
printf '  first page %.1f s after the command, downloads included\n' \
  "$(echo "$(date +%s.%N) - $started" | bc)"
check "no toolchain is there" not test -e "$root/opt/swift"
check "every library is found" not grep -q 'not found' <(inside ldd /usr/bin/parvis)
check "the folder is its owner's alone" test "$(mode /var/lib/parvis)" = "700 parvis:parvis"
check "the user has no shell" grep -q nologin <(inside getent passwd parvis)
check "the installation says what to do next" grep -q 'What to do next' "$work/installed"
link=$(grep -o 'http://127.0.0.1:8080/[^ ]*' "$work/installed" | head -1)
check "its link opens the page of the first administrator" \
  grep -q 'You are the first here' <(ask -f -H 'Accept: text/html' -H 'Accept-Language: en' "$link")
check "configuration comes from the file" \
  grep -q 'parvis.conf, line' <(parvis config)
check "commands find the running server" parvis programmes create --name Kept
check "health answers" ask -f http://127.0.0.1:8080/health/ready
check "a wrong time zone is refused" not parvis settings change --zone Europe/Nowhere
check "time zones are there" parvis settings change --zone Europe/Paris
check "it stops when told to" stop

# The same play as on this machine, by whatever program is built here: days, order and words are the same.
here=$program
[ -x .build/debug/parvis ] && here=$PWD/.build/debug/parvis
check "an edition is played there" \
  parvis demo --no-serve --data /tmp/play
check "and here, with a toolchain beside it" \
  "$here" demo --no-serve --data "$work/play"
check "with the same report" cmp "$root/tmp/play/reports/latest/report.json" \
  "$work/play/reports/latest/report.json"

sed -i 's/^#log-format.*/log-format = json/' "$root/etc/parvis/parvis.conf"
touch "$root/var/lib/parvis/backups/before-upgrade"
check "an upgrade that cannot save everything first is refused" not install "$PACKAGE"
check "and the program before is there as it was" \
  grep -qx "$version~before" <(inside dpkg-query -W -f '${Version}\n' parvis)
rm -f "$root/var/lib/parvis/backups/before-upgrade"
check "else it upgrades" install "$PACKAGE"
check "to this version" grep -qx "$version" <(inside dpkg-query -W -f '${Version}\n' parvis)
check "having saved everything" \
  parvis verify "$(backup_in "/var/lib/parvis/backups/before-upgrade/$version~before")"
check "the data are there" grep -q Kept <(parvis programmes list)
check "what was configured is kept" grep -q '^log-format = json' "$root/etc/parvis/parvis.conf"
serve
check "it serves again" page
check "its log is one object a line" \
  sh -c "grep '^{' '$work/log' | head -1 | python3 -c 'import json,sys; json.load(sys.stdin)'"
check "doctor finds nothing wrong beside it" parvis doctor
check "it stops" stop

check "it can be removed" inside apt-get remove -y -q parvis
check "the program is gone" not test -e "$root/usr/bin/parvis"
check "the data are kept" test -e "$root/var/lib/parvis/parvis.sqlite"
check "it comes back" install "$PACKAGE"
check "to the same data" grep -q Kept <(parvis programmes list)
check "it can be purged" inside apt-get purge -y -q parvis
check "data, user and configuration are gone" sh -c "
  ! test -e '$root/var/lib/parvis' && ! test -e '$root/etc/parvis' &&
  ! grep -q '^parvis:' '$root/etc/passwd' '$root/etc/group'"

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
