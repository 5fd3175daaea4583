#!/bin/sh
# deb.sh ARCHIVE VERSION FOLDER: builds Debian packages of the source archive, in FOLDER.
set -eu
archive=$(realpath "$1")
rm -rf "$3"
mkdir -p "$3/source"
cd "$3"
cp "$archive" "atopdump_$2.orig.tar.gz"
tar -xzf "$archive" -C source --strip-components=1
cp -R source/packaging/debian source/debian
(cd source && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u CFLAGS -u CC dpkg-buildpackage -us -uc >../log 2>&1) || { tail -n 40 log >&2; exit 1; }
rm -rf source
ls -- *.deb
