#!/bin/sh
# setup.sh NEED...: the tools and libraries named. Does nothing if all are there. If CI is set, or SETUP=yes, it installs those
# that are missing with the system's package manager, as root or through sudo; else it prints the one command that does, and
# fails. Libraries are the rows of make/libraries, and need a C compiler.
set -eu
cd "$(dirname "$0")"

# library NAME: its row of make/libraries, with single bars between the cells; fails if there is none.
library() {
	sed 's/ *| */|/g' make/libraries | grep "^$1|"
}

# Whether clang has libFuzzer and sanitizers.
fuzzer() {
	echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p == 0 || n == 0; }' |
		clang -fsanitize=fuzzer,address,undefined -o /dev/null -x c - >/dev/null 2>&1
}

# Whether the C compiler can link a program; it may be several words.
compiler() {
	echo 'int main(void) { return 0; }' | ${CC:-cc} -o /dev/null -x c - >/dev/null 2>&1
}

present() {
	case $1 in
	compiler) compiler ;;
	libfuzzer) fuzzer ;;
	postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ;;
	miller) command -v mlr >/dev/null 2>&1 ;;
	avro) /usr/bin/python3 -c 'import avro' >/dev/null 2>&1 ;;
	jsonschema) python3 -c 'import jsonschema' >/dev/null 2>&1 ;;
	tzdata) [ -e /usr/share/zoneinfo/Europe/Berlin ] ;;
	*)
		if library "$1" >/dev/null; then
			sh make/probe.sh "$1"
		else
			command -v "$1" >/dev/null 2>&1
		fi ;;
	esac
}

# package MANAGER NEED: the package that provides a tool or library.
package() {
	if row=$(library "$2"); then
		case $1 in
		apt-get) column=8 ;;
		dnf) column=9 ;;
		apk) column=10 ;;
		pacman) column=11 ;;
		esac
		echo "$row" | cut -d '|' -f "$column"
		return
	fi
	case $1:$2 in
	apt-get:compiler) echo gcc libc6-dev ;;
	dnf:compiler) echo gcc glibc-devel ;;
	apk:compiler) echo gcc musl-dev binutils ;;
	*:compiler) echo gcc ;;
	*:npm) echo nodejs npm ;;
	dnf:postgresql) echo postgresql-server postgresql ;;
	apt-get:avrocat) echo avro-bin ;;
	*:mactime) echo sleuthkit ;;
	*:avro) echo python3-avro ;;
	apk:jsonschema) echo py3-jsonschema ;;
	pacman:jsonschema) echo python-jsonschema ;;
	*:jsonschema) echo python3-jsonschema ;;
	dnf:sqlite3 | apk:sqlite3 | pacman:sqlite3) echo sqlite ;;
	apt-get:frama-c) echo frama-c-base ;;
	apt-get:dpkg-buildpackage) echo dpkg-dev libarchive-dev libdeflate-dev libseccomp-dev libsqlite3-dev libyaml-dev nettle-dev zlib1g-dev ;;
	apt-get:dh) echo debhelper ;;
	*:readelf) echo binutils ;;
	apt-get:musl-gcc) echo musl-tools ;;
	apt-get:gnuplot) echo gnuplot-nox ;;
	apt-get:libfuzzer) echo libclang-rt-dev ;;
	*:libfuzzer) echo compiler-rt ;;
	dnf:clang-format | dnf:clang-tidy) echo clang-tools-extra ;;
	apk:clang-format | apk:clang-tidy) echo clang-extra-tools ;;
	pacman:clang-format | pacman:clang-tidy) echo clang ;;
	pacman:python3) echo python ;;
	*) echo "$2" ;;
	esac
}

missing=
for need in "$@"; do
	if library "$need" >/dev/null && ! compiler; then
		case " $missing " in
		*" compiler "*) ;;
		*) missing="$missing compiler" ;;
		esac
	fi
	present "$need" || missing="$missing $need"
done
[ -n "$missing" ] || exit 0

for manager in apt-get dnf apk pacman; do
	command -v "$manager" >/dev/null 2>&1 && break
	manager=
done
if [ -z "$manager" ]; then
	echo "setup: missing:$missing; install them and run make again" >&2
	exit 1
fi

packages=
for need in $missing; do
	packages="$packages $(package "$manager" "$need")"
done
case $manager in
apt-get) install="apt-get install -y --no-install-recommends$packages" refresh="apt-get update" ;;
dnf) install="dnf install -y$packages" refresh=true ;;
apk) install="apk add$packages" refresh=true ;;
pacman) install="pacman -S --noconfirm --needed$packages" refresh=true ;;
esac

if [ "$(id -u)" = 0 ]; then
	sudo='' shown=
else
	sudo="sudo env DEBIAN_FRONTEND=noninteractive" shown="sudo "
	sudo -n true 2>/dev/null || SETUP=no CI=
	command -v sudo >/dev/null 2>&1 || shown=
fi
if [ "${SETUP:-no}" != yes ] && [ -z "${CI:-}" ]; then
	echo "setup: missing:$missing. As root this installs them; then run make again:" >&2
	[ "$refresh" = true ] && echo "    $shown$install" >&2 || echo "    $shown$refresh && $shown$install" >&2
	echo "make SETUP=yes installs them, as root or through sudo." >&2
	exit 1
fi

echo "setup: installing$packages" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo $refresh >/dev/null || true		# an unreachable source may not matter: the install decides
$sudo $install >/dev/null

for need in $missing; do
	present "$need" || { echo "setup: $need is still missing after: $install" >&2; exit 1; }
done
