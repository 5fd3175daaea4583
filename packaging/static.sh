#!/bin/sh
# static.sh BUILD [ZLIB_SOURCE]: a static atopdump in BUILD. With the sources of zlib it is built with musl-gcc, zlib included;
# without them with the C library of the system, whose libz.a is taken. Either has zlib alone of the optional libraries.
set -eu
build=$1
zlib=${2:-}
mkdir -p "$build"
set -- LIBDEFLATE=no SECCOMP=no NETTLE=no SQLITE=no LIBARCHIVE=no
if [ -n "$zlib" ]; then
	sh ./setup.sh musl-gcc
	rm -rf "$build/zlib"
	cp -R "$zlib" "$build/zlib"
	(cd "$build/zlib" && CC=musl-gcc ./configure --static >/dev/null && make -s libz.a)
	set -- "$@" CC=musl-gcc CPPFLAGS="-isystem $(realpath "$build/zlib")" LDFLAGS="-static -L$(realpath "$build/zlib")"
else
	sh ./setup.sh zlib
	set -- "$@" LDFLAGS=-static
fi
${MAKE:-make} --no-print-directory BUILD="$build" "$@" "$build/atopdump"
if readelf -lW "$build/atopdump" | grep -q INTERP; then
	echo "static.sh: $build/atopdump is not static" >&2
	exit 1
fi
