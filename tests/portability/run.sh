#!/bin/sh
# run.sh [--install] ATOPDUMP BUILD [TARGET]...: builds atopdump below BUILD for a big-endian host (s390x), a 32-bit
# host (armhf) and another C library (musl), and compares all that each prints, and its exit status, with ATOPDUMP's.
# What is missing is named; --install gets it from Debian: compilers and emulators are installed, zlib is unpacked
# below BUILD, so that the system needs no foreign architecture. Fails if a target differs or could not be tested.
set -eu
export LC_ALL=C

install=
if [ "${1:-}" = --install ]; then
	install=yes
	shift
fi
[ $# -ge 2 ] || { echo "usage: run.sh [--install] ATOPDUMP BUILD [TARGET]..." >&2; exit 1; }
mkdir -p "$2"
native=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
build=$(cd "$2" && pwd)
shift 2
[ $# -gt 0 ] || set -- s390x armhf musl
cd "$(dirname "$0")/../.."

# --- what a target needs -----------------------------------------------------------------------------------------

# describe TARGET: sets its compiler, what runs its programs, Debian's packages of both, and whose zlib it takes.
describe() {
	case $1 in
	s390x)
		compiler=s390x-linux-gnu-gcc emulator=qemu-s390x-static architecture=s390x
		packages="gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user-static" ;;
	armhf)
		compiler=arm-linux-gnueabihf-gcc emulator=qemu-arm-static architecture=armhf
		packages="gcc-arm-linux-gnueabihf libc6-dev-armhf-cross qemu-user-static" ;;
	musl)	# Debian's libz.a serves: inflating asks nothing of a C library that musl has not.
		compiler=musl-gcc emulator=
		architecture=$(dpkg --print-architecture 2>/dev/null || echo unknown)
		packages=musl-tools ;;
	*)
		echo "run.sh: there is no target $1; there are s390x, armhf and musl" >&2
		exit 1 ;;
	esac
}

has_tools() {
	for tool in $compiler $emulator; do
		command -v "$tool" >/dev/null 2>&1 || return 1
	done
}

has_zlib() {
	printf '#include <zlib.h>\nint main(void) { return inflateEnd(0) == Z_OK; }\n' |
		"$compiler" -isystem "$work/zlib" -x c - -static -L"$work/zlib" -lz -o "$work/probe" >/dev/null 2>&1
}

# install_tools: as setup.sh does, as root or through sudo.
install_tools() {
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	export DEBIAN_FRONTEND=noninteractive
	$sudo apt-get -q update
	# shellcheck disable=SC2086
	$sudo apt-get -q install -y --no-install-recommends $packages
}

# unpack_zlib: the target's zlib1g-dev in $work/zlib. apt has lists of its own for that. Not every source has every
# architecture, so only the download tells whether reading the lists was a success.
unpack_zlib() {
	apt=$work/apt
	rm -rf "$apt"
	mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$work/zlib"
	set -- -q -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" \
		-o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture"
	apt-get "$@" update || true
	(cd "$apt" && apt-get "$@" download "zlib1g-dev:$architecture") || return 1
	dpkg-deb -x "$apt"/zlib1g-dev_*.deb "$apt/files" || return 1
	find "$apt/files" \( -name zlib.h -o -name zconf.h -o -name libz.a \) -exec cp {} "$work/zlib" \;
	rm -rf "$apt"
}

# prepare: whether all that the target needs is there, with --install after getting it.
prepare() {
	if [ -n "$install" ]; then
		has_tools || install_tools >>"$work/install.log" 2>&1 || true
		! has_tools || has_zlib || unpack_zlib >>"$work/install.log" 2>&1 || true
	fi
	missing=$packages
	if has_tools; then
		has_zlib && return
		missing=zlib1g-dev:$architecture
	fi
	echo "not tested: $target: needs $missing"
	if [ -n "$install" ]; then
		echo "  $work/install.log says why it could not be had"
	else
		echo "  to get it: sh tests/portability/run.sh --install $native $build $target"
	fi
	return 1
}

# --- comparing ---------------------------------------------------------------------------------------------------

# capture NAME COMMAND...: output, messages and exit status, in $work/NAME.out, .err and .status.
capture() {
	name=$work/$1
	status=0
	shift
	"$@" >"$name.out" 2>"$name.err" </dev/null || status=$?
	echo "$status" >"$name.status"
}

# compare ARGUMENT...: counts whether both programs do the same.
compare() {
	capture native "$native" "$@"
	# shellcheck disable=SC2086
	capture other $emulator "$work/atopdump" "$@"
	for part in status err out; do
		cmp -s "$work/native.$part" "$work/other.$part" && continue
		failed=$((failed + 1))
		echo "FAIL $target: $part of atopdump $*"
		echo "  expected: $(cmp "$work/native.$part" "$work/other.$part" 2>&1 | cut -c 1-300); here:" \
			"$(head -n 1 "$work/native.$part" | cut -c 1-300)"
		echo "  got:      $(head -n 1 "$work/other.$part" | cut -c 1-300)"
		echo "  again:    $emulator $work/atopdump $*"
		return
	done
	passed=$((passed + 1))
}

# compare_all: every example log in every form, then other files, truncated and damaged logs, and wrong command lines.
compare_all() {
	for log in example_data/*.raw; do
		compare "$log"
		compare --reserved "$log"
		compare --format=csv --tables=tstat "$log"
		compare --format=atopdump "$log"
	done
	gzip -c "$log" >"$work/log.gz"
	head -c 20000 "$log" >"$work/cut.raw"
	{ head -c 5000 "$log"; printf 'damage'; tail -c +5007 "$log"; } >"$work/damaged.raw"
	for input in "$work/log.gz" "$work/cut.raw" "$work/damaged.raw" /dev/null Makefile no-such-file; do
		compare "$input"
		compare --format=csv --tables=sstat.cpu.cpu "$input"
	done
	for option in --help list --tables=none --format=none --none -n; do
		compare "$option"
	done
}

passed=0 failed=0 untested=0
for target in "$@"; do
	describe "$target"
	work=$build/$target
	mkdir -p "$work"
	if ! prepare; then
		untested=$((untested + 1))
		continue
	fi
	if ! ${MAKE:-make} -s -j2 SCHEMA= LIBDEFLATE=no SECCOMP=no NETTLE=no CC="$compiler" BUILD="$work" CFLAGS=-O2 WERROR=-Werror \
		CPPFLAGS="-isystem $work/zlib" LDFLAGS="-static -L$work/zlib" "$work/atopdump"; then
		failed=$((failed + 1))
		echo "FAIL $target: $compiler does not build it"
		continue
	fi
	before=$passed
	compare_all
	echo "$target ($compiler, $("$compiler" -dumpmachine)): $((passed - before)) comparisons the same"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $untested -eq 0 ]
