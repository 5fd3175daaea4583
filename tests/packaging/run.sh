#!/bin/sh
# run.sh BUILD: builds, tests, installs and removes what users get: the source archive, and Debian packages. Everything happens
# below BUILD/packaging; packages are installed there with dpkg --root, as root or with fakeroot. Fails at the first fault.
set -eu
export LC_ALL=C
build=$1
mkdir -p "$build/packaging"
work=$(cd "$build/packaging" && pwd)
jobs=-j$(getconf _NPROCESSORS_ONLN)
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR

fail() {
	echo "FAIL $*" >&2
	exit 1
}

rm -rf "$work"
mkdir -p "$work"

# --- the source archive ----------------------------------------------------------------------------------------

make -s BUILD="$work/clone" dist
archive=$(echo "$work"/clone/atopdump-*.tar.gz)
name=$(basename "$archive" .tar.gz)
tar -xzf "$archive" -C "$work"
cd "$work/$name"
[ -z "$(find . -name .git -o -name '*.pyc')" ] || fail "the archive has what is not a source"
SOURCE_DATE_EPOCH='' make -s dist
cmp "build/$name.tar.gz" "$archive" || fail "an archive made from the archive has other bytes"
make -s "$jobs" CFLAGS=-O0 all lib man build/atopgen >../make.log 2>&1 || { tail -n 20 ../make.log; fail "make in the archive"; }
for test in golden cases; do
	python3 "tests/$test.py" --build build >../test.log || { cat ../test.log; fail "tests/$test.py in the archive"; }
done
make -s CFLAGS=-O0 verify >/dev/null || fail "make verify in the archive"
make -s CFLAGS=-O0 DESTDIR="$work/installed" PREFIX=/usr install-strip >/dev/null
cp example_data/atop-2.7.1.raw ..
build/atopdump --quiet example_data/atop-2.7.1.raw >../wanted
"$work/installed/usr/bin/atopdump" --quiet example_data/atop-2.7.1.raw | cmp - ../wanted || fail "the installed program"
make -s CFLAGS=-O0 DESTDIR="$work/installed" PREFIX=/usr uninstall
[ -z "$(ls -A "$work/installed")" ] || fail "make uninstall left files"
echo "ok    the source archive: made, made of itself, built, tested, installed, removed"

# --- the package of Alpine, with a stand-in for abuild's amove -------------------------------------------------

(
	# Moves files of the package to the subpackage that is being made.
	amove() {
		for path; do
			mkdir -p "$subpkgdir/${path%/*}" && mv "$pkgdir/$path" "$subpkgdir/$path" || return 1
		done
	}
	export CFLAGS=-O0
	pkgdir=$work/apk/atopdump
	# shellcheck disable=SC1091
	. packaging/alpine/APKBUILD
	build && check && package || exit 1
	for subpackage in atopgen librawlog; do
		subpkgdir=$work/apk/$subpackage
		$subpackage || exit 1
	done
) >../apk.log 2>&1 || { tail -n 20 ../apk.log; fail "APKBUILD"; }
"$work/apk/atopdump/usr/bin/atopdump" --quiet example_data/atop-2.7.1.raw | cmp - ../wanted || fail "the program of APKBUILD"
"$work/apk/atopgen/usr/bin/atopgen" check "$work"/apk/atopgen/usr/share/atopdump/schemas/atop-2.7.yaml >/dev/null ||
	fail "atopgen and the schemas of APKBUILD"
[ -f "$work/apk/librawlog/usr/lib/librawlog.so.0" ] || fail "APKBUILD makes no library"
cd "$work"
rm -rf "$name" apk
echo "ok    APKBUILD: built, tested, divided; not tested: abuild itself"

# --- RPM packages, with Debian's names of what the build needs --------------------------------------------------

cd "$work"
tar -xzf "$archive" -C "$work" "$name/packaging"
if command -v rpmbuild >/dev/null; then
	mkdir -p "$work/rpm/SOURCES" "$work/rpmroot"
	cp "$archive" "$work/rpm/SOURCES"
	# Fedora's macro of compiler flags is not part of rpm; the libraries are there, under other names of packages.
	rpmbuild -bb --nodeps --define "_topdir $work/rpm" --define "_smp_mflags $jobs" \
		--define 'set_build_flags export CFLAGS=-O1' "$name/packaging/rpm/atopdump.spec" >rpm.log 2>&1 ||
		{ tail -n 20 rpm.log; fail "rpmbuild"; }
	rpms=$(find "$work/rpm/RPMS" -name '*.rpm' ! -name '*debug*')
	# shellcheck disable=SC2086
	rpm --root "$work/rpmroot" --nodeps -i $rpms >>rpm.log 2>&1 || { tail -n 20 rpm.log; fail "the RPM packages cannot be installed"; }
	"$work/rpmroot/usr/bin/atopdump" --quiet atop-2.7.1.raw | cmp - wanted || fail "the program of the RPM package"
	rpm --root "$work/rpmroot" --nodeps -e atopdump atopgen librawlog librawlog-devel
	[ -z "$(find "$work/rpmroot/usr" ! -type d)" ] || fail "removed RPM packages leave files"
	echo "ok    RPM packages: built, installed, run, removed"
else
	echo "not tested: RPM packages, which need rpmbuild"
fi

# --- Debian packages -------------------------------------------------------------------------------------------

if ! command -v dpkg-buildpackage >/dev/null || ! command -v dh >/dev/null; then
	echo "not tested: Debian packages, which need dpkg-dev and debhelper"
	exit
fi
version=${name#atopdump-}
mkdir -p "$work/another/folder"
tar -xzf "$archive" -C "$work" "$name/packaging"
for folder in "$work/deb" "$work/another/folder/deb"; do
	DEB_CFLAGS_APPEND=-O1 DEB_BUILD_OPTIONS="parallel=${jobs#-j}" sh "$name/packaging/deb.sh" "$archive" "$version" "$folder" >/dev/null ||
		fail "packages in $folder"
done
for package in "$work"/deb/*.deb; do
	cmp "$package" "$work/another/folder/deb/${package##*/}" || fail "${package##*/} built twice has other bytes"
done
echo "ok    Debian packages: built twice to the same bytes"

if command -v lintian >/dev/null; then
	# As root lintian says so, and nothing else.
	found=$(lintian --allow-root --fail-on none "$work"/deb/*.changes 2>&1)
	[ -z "$found" ] || fail "lintian: $found"
	echo "ok    Debian packages: lintian finds nothing"
else
	echo "not tested: what lintian says, which is missing"
fi

root=$work/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
touch "$root/var/lib/dpkg/status"
find "$root" | sort | grep -v /var/lib/dpkg >"$work/before"
user=
[ "$(id -u)" = 0 ] || user=fakeroot
packages=$(find "$work/deb" -name '*.deb' ! -name '*dbgsym*')
# shellcheck disable=SC2086
$user dpkg --root="$root" --log="$work/dpkg.log" --force-depends --force-not-root --force-script-chrootless -i $packages \
	>"$work/dpkg.out" 2>&1 || { cat "$work/dpkg.out"; fail "the packages cannot be installed"; }
for program in atopdump atopgen; do
	"$root/usr/bin/$program" --version >/dev/null || fail "$program of the package does not run"
done
# shellcheck disable=SC2046
$user dpkg --root="$root" --log="$work/dpkg.log" --force-depends --force-not-root --force-script-chrootless --purge \
	atopdump atopgen librawlog0 librawlog-dev >>"$work/dpkg.out" 2>&1 || { cat "$work/dpkg.out"; fail "the packages cannot be purged"; }
find "$root" | sort | grep -v /var/lib/dpkg >"$work/after"
cmp "$work/before" "$work/after" || fail "purged packages leave files"
echo "ok    Debian packages: installed, run, purged"

rm -rf "$work"
