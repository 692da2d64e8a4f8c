#!/usr/bin/env bash
# Installs the package on a bare Debian 12, in a folder: first run, upgrade from the package before, a refused
# upgrade, the way back and a restore as the manual says them, removal, coming back, purge; then with a stand-in
# for systemd what runs and what does not. The folder has no toolchain and no systemd, so the program is started
# as its unit would, outside its sandbox. Needs root and Debian's mirror.
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

# A systemd that knows one service, and a sudo; both are in the way of a booted machine only.
stand_ins() {
  local line
  line=$(sed -n 's/^ExecStart=//p' packaging/parvis.service)
  cat > "$root/usr/local/sbin/systemctl" <<STANDIN
#!/bin/sh
verb= unit=
for word in "\$@"; do
  case \$word in
    start | stop | is-active) verb=\$word ;;
    parvis | parvis.service) unit=yes ;;
  esac
done
[ -n "\$verb" ] && [ -n "\$unit" ] || exit 0
runs() { [ -s /run/unit.pid ] && kill -0 "\$(cat /run/unit.pid)" 2>/dev/null; }
case \$verb in
  start)
    runs && exit 0
    cd /var/lib/parvis
    env -i PATH=/usr/bin:/bin HOME=/var/lib/parvis setsid setpriv --reuid parvis --regid parvis --init-groups \\
      sh -c 'umask 077; set -a; [ ! -e /etc/default/parvis ] || . /etc/default/parvis; exec $line' \\
      > /run/unit.log 2>&1 < /dev/null &
    echo \$! > /run/unit.pid
    touch /run/unit.wanted
    ;;
  stop)
    runs || exit 0
    rm -f /run/unit.wanted
    kill "\$(cat /run/unit.pid)"
    while runs; do sleep 0.1; done
    ;;
  is-active)
    if runs; then echo active; elif [ -e /run/unit.wanted ]; then echo failed; exit 3; else echo inactive; exit 3; fi
    ;;
esac
STANDIN
  printf '#!/bin/sh\nexec systemctl "$@"\n' > "$root/usr/local/sbin/deb-systemd-invoke"
  cat > "$root/usr/local/sbin/sudo" <<'STANDIN'
#!/bin/sh
[ "$1" = -u ] || exec "$@"
user=$2
shift 2
cd /
exec runuser -u "$user" -- env HOME=/var/lib/parvis "$@"
STANDIN
  chmod +x "$root"/usr/local/sbin/*
}
booted() { nsenter --net="/proc/$net/ns/net" chroot "$root" /usr/bin/env -i \
  PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
runs() { booted systemctl is-active parvis; }
# A block of a manual that is marked as tested.
block() { # block FILE NAME
  awk -v name="<!-- tested: $2 -->" '$0 == name { in_it = 1; next } in_it == 1 && /^```sh/ { in_it = 2; next }
    in_it == 2 && /^```/ { exit } in_it == 2' "$1"
}
manual() { # manual NAME EDIT: does what the manual says, its example names put right
  block docs/operations.md "$1" | sed "$2" > "$root/tmp/manual"
  [ -s "$root/tmp/manual" ] && booted sh -ex /tmp/manual
}

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

# A network for what runs as on a booted machine.
unshare --net sh -c 'ip link set lo up && exec sleep infinity' &
net=$!
stand_ins

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
check "no toolchain is there" not inside sh -c 'command -v swift swiftc'
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

for name in backup verify restore 'go back'; do
  check "both manuals say the same of: $name" cmp <(block docs/operations.md "$name") \
    <(block docs/exploitation.md "$name")
done
example=parvis-2020-11-17T02-00-00.000Z.backup
check "what came after the upgrade" parvis programmes create --name Later
check "the nightly backup is made, as its unit says" inside runuser -u parvis -- \
  $(sed -n 's/^ExecStart=//p' packaging/parvis-backup.service)
check "its folder is its owner's alone" test "$(mode /var/backups/parvis)" = "700 parvis:parvis"
saved=$(backup_in "/var/lib/parvis/backups/before-upgrade/$version~before")
check "the manual's way back is taken" manual 'go back' "s|\\./parvis_0\\.1\\.0_amd64\\.deb|/tmp/$(basename "$before")|
  s|before-upgrade/0\\.1\\.0/|before-upgrade/$version~before/|; s|$example|$(basename "$saved")|"
check "to the version before" grep -qx "$version~before" <(inside dpkg-query -W -f '${Version}\n' parvis)
check "with its data" grep -q Kept <(parvis programmes list)
check "and no others" not grep -q Later <(parvis programmes list)
check "it runs there" runs
booted systemctl stop parvis
check "it upgrades again" booted dpkg -i "/tmp/$(basename "$PACKAGE")"
booted systemctl stop parvis
rm -rf "$root/var/lib/parvis.aside"
check "the manual's backup is made" manual backup ''
saved=$(backup_in /var/backups/parvis)
check "and verified" manual verify "s|$example|$(basename "$saved")|"
rm -rf "$root/var/lib/parvis.aside"
check "and restored" manual restore "s|$example|$(basename "$saved")|"
check "its data are there" grep -q Kept <(parvis programmes list)
booted systemctl stop parvis
rm -rf "$root/var/lib/parvis.aside"

# With systemd's stand-in: upgrades whose second half fails, since a variable is wrong.
mkdir -p "$root/run/systemd/system"
before_here=/tmp/$(basename "$before")
after_here=/tmp/$(basename "$PACKAGE")
check "what its administrator stopped" booted dpkg -i "$before_here"
cp "$work/said" "$work/upgraded"
check "stays so" not runs
check "and this is said" grep -q 'as before: systemctl start parvis' "$work/upgraded"
booted systemctl start parvis
echo PARVIS_LOG=loud > "$root/etc/default/parvis"
check "an upgrade sees the service's variables, and fails" not booted env PARVIS_NO_BACKUP=1 dpkg -i "$after_here"
check "leaving the service off" not runs
check "a second fails alike" not booted env PARVIS_NO_BACKUP=1 dpkg -i "$after_here"
rm "$root/etc/default/parvis"
check "mended, it goes on" booted dpkg --configure parvis
check "and what ran before runs again" runs
check "the page answers" sh -c "nsenter --net=/proc/$net/ns/net curl -sS --retry 9 --retry-connrefused --max-time 9 -f \
  -o /dev/null http://127.0.0.1:8080/"
booted systemctl stop parvis
echo PARVIS_LOG=loud > "$root/etc/default/parvis"
check "what was stopped and fails" not booted env PARVIS_NO_BACKUP=1 dpkg -i "$before_here"
rm "$root/etc/default/parvis"
check "goes on" booted dpkg --configure parvis
check "and stays stopped" not runs
inside install -d -o parvis -g parvis -m 0700 /srv/parvis
echo PARVIS_DATA=/srv/parvis > "$root/etc/default/parvis"
check "data elsewhere" parvis init --data /srv/parvis
check "that the variables name" booted dpkg -i "$after_here"
check "are what is saved" test -e "$root/srv/parvis/backups/before-upgrade/$version~before"
rm -r "$root/etc/default/parvis" "$root/srv/parvis" "$root/run/systemd"

check "it can be removed" inside apt-get remove -y -q parvis
check "the program is gone" not test -e "$root/usr/bin/parvis"
check "the data are kept" test -e "$root/var/lib/parvis/parvis.sqlite"
check "it comes back" install "$PACKAGE"
check "to the same data" grep -q Kept <(parvis programmes list)
check "it can be purged" inside apt-get purge -y -q parvis
check "data, user and configuration are gone" sh -c "
  ! test -e '$root/var/lib/parvis' && ! test -e '$root/etc/parvis' &&
  ! grep -q '^parvis:' '$root/etc/passwd' '$root/etc/group'"
check "the nightly backups are root's" test "$(mode /var/backups/parvis)" = "700 root:root"

printf '#!/bin/sh\n' > "$root/usr/local/bin/parvis"
check "beside one installed by hand it refuses to come" not inside dpkg -i "$after_here"
cp "$work/said" "$work/refused"
check "and says how to move over" grep -q 'To move over' "$work/refused"
rm "$root/usr/local/bin/parvis"
mkdir -p "$root/run/systemd/system"
# shellcheck disable=SC2016
{ booted perl -MIO::Socket::INET -e 'my $held = IO::Socket::INET->new(LocalAddr => "127.0.0.1:8080", Listen => 1, ReuseAddr => 1) or die;
  open my $file, ">", "/run/taken.pid"; print $file $$; close $file; sleep'; } 2>/dev/null &
for _ in $(seq 100); do [ -s "$root/run/taken.pid" ] && break; sleep 0.1; done
check "where another program has the port" booted dpkg -i "$after_here"
cp "$work/said" "$work/taken"
check "no link is given" not grep -q 'http://' "$work/taken"
check "but what to do" grep -q 'set port in' "$work/taken"
kill "$(cat "$root/run/taken.pid")"
check "mended, it starts" booted systemctl start parvis
booted systemctl stop parvis
check "it goes" inside apt-get purge -y -q parvis
check "and comes" booted dpkg -i "$after_here"
cp "$work/said" "$work/started"
check "with a link that is answered" sh -c "nsenter --net=/proc/$net/ns/net curl -sS --max-time 9 -f -o /dev/null \
  \"\$(grep -o 'http://127.0.0.1:8080/[^ ]*' '$work/started' | head -1)\""
booted systemctl stop parvis

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
