#!/usr/bin/env bash
# Makes the Debian package: .build-package/parvis_VERSION_ARCH.deb. The program carries the Swift runtime in
# itself, so that the machine it is installed on needs no toolchain. Made twice of the same program, the
# package is the same byte for byte.
#
#   PROGRAM=file   packs this program instead of building one
#   VERSION=1.2.3  names another version than the program's (for tests of an upgrade)
#   TO=folder      puts the package there
#   QUICK=1        packs it in seconds rather than minutes, half as large again
set -euo pipefail
cd "$(dirname "$0")/.."

place=$PWD/.build-package
to=${TO:-$place}
for tool in dpkg-deb dpkg-shlibdeps strip; do
  command -v "$tool" >/dev/null || missing="${missing:-} $tool"
done
if [ -n "${missing:-}" ]; then
  echo "A package needs$missing: apt-get install dpkg-dev binutils" >&2
  exit 1
fi

if [ -z "${PROGRAM:-}" ]; then
  scripts/dependencies.sh
  swift build -c release --static-swift-stdlib --product parvis --scratch-path "$place"
  PROGRAM=$(swift build -c release --static-swift-stdlib --scratch-path "$place" --show-bin-path)/parvis
fi
# The version is the program's.
version=${VERSION:-$("$PROGRAM" --version)}
architecture=$(dpkg --print-architecture)
# The moment of the last commit is that of every file.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8
umask 022

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree

put() { # put MODE FILE PLACE
  install -D -m "$1" "$2" "$tree$3"
}

mkdir -p "$to"
put 0755 "$PROGRAM" /usr/bin/parvis
strip --strip-unneeded "$tree/usr/bin/parvis"
for unit in parvis.service parvis-backup.service parvis-backup.timer; do
  put 0644 "packaging/$unit" "/lib/systemd/system/$unit"
done
put 0644 packaging/parvis.conf /etc/parvis/parvis.conf
put 0644 docs/operations.md /usr/share/doc/parvis/operations.md
put 0644 docs/exploitation.md /usr/share/doc/parvis/exploitation.md
put 0644 packaging/copyright /usr/share/doc/parvis/copyright
gzip -9n < CHANGELOG.md > "$work/changelog.gz"
put 0644 "$work/changelog.gz" /usr/share/doc/parvis/changelog.gz
for file in $(git ls-files seeds/la-defense-2020 2>/dev/null || find seeds/la-defense-2020 -type f); do
  put 0644 "$file" "/usr/share/parvis/$file"
done
"$PROGRAM" --generate-completion-script bash > "$work/bash"
"$PROGRAM" --generate-completion-script zsh > "$work/zsh"
"$PROGRAM" --generate-completion-script fish > "$work/fish"
put 0644 "$work/bash" /usr/share/bash-completion/completions/parvis
put 0644 "$work/zsh" /usr/share/zsh/vendor-completions/_parvis
put 0644 "$work/fish" /usr/share/fish/vendor_completions.d/parvis.fish

# The libraries it is linked to, by the packages they are of. The Swift runtime is none of them.
if ldd "$tree/usr/bin/parvis" | grep -E 'libswift|libFoundation|libdispatch|not found'; then
  echo "The program needs libraries that no Debian package has: it is not linked with --static-swift-stdlib." >&2
  exit 1
fi
mkdir -p "$work/debian"
printf 'Source: parvis\n\nPackage: parvis\nArchitecture: any\n' > "$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O -e"$tree/usr/bin/parvis" 2>"$work/shlibdeps" |
  sed -n 's/^shlibs:Depends=//p')
[ -n "$libraries" ] || { cat "$work/shlibdeps" >&2; exit 1; }

install -d -m 0755 "$tree/DEBIAN"
for script in preinst postinst prerm postrm; do
  install -m 0755 "packaging/$script" "$tree/DEBIAN/$script"
done
echo /etc/parvis/parvis.conf > "$tree/DEBIAN/conffiles"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: parvis
Version: $version
Architecture: $architecture
Maintainer: The Parvis maintainers <parvis@parvis.example>
Installed-Size: $(du -k -s --apparent-size "$tree" | cut -f1)
Depends: $libraries, adduser, ca-certificates, tzdata
Suggests: postgresql-client
Section: web
Priority: optional
Description: skill-based volunteering, from the call to the final report
 Parvis runs pro bono programmes: associations ask for help and are accompanied
 until they know what they need, teams of volunteers are matched by skill, and
 the report says what came of it.
 .
 It is one program with one folder of data, a portal in French and English, a
 command line and an HTTP interface. Installing it makes an instance and starts
 it at http://127.0.0.1:8080.
CONTROL
(cd "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z |
  xargs -0 md5sum > DEBIAN/md5sums)
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

package=$to/parvis_${version}_$architecture.deb
dpkg-deb --root-owner-group ${QUICK:+-Zgzip -z1} --build "$tree" "$package" >/dev/null
printf '%s: %s, %s KiB installed\n' "$package" "$(du -h "$package" | cut -f1)" \
  "$(dpkg-deb -f "$package" Installed-Size)"
