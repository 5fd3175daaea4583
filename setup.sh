#!/bin/sh
# Installs the packages of the tools and libraries named as arguments with the system's package manager, as root or through
# sudo; without permission it prints the command. Does nothing if they are already installed.
set -eu

header() {
	compiler=${CC:-cc}
	command -v "${compiler%% *}" >/dev/null 2>&1 || {
		echo "setup: there is no C compiler '$compiler'" >&2
		exit 1
	}
	printf '#include <stdio.h>\n#include <%s>\n' "$1" | ${CC:-cc} -E - >/dev/null 2>&1
}

# Whether clang has libFuzzer and sanitizers.
fuzzer() {
	echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p == 0 || n == 0; }' |
		clang -fsanitize=fuzzer,address,undefined -o /dev/null -x c - >/dev/null 2>&1
}

present() {
	case $1 in
	zlib) header zlib.h ;;
	libyaml) header yaml.h ;;
	check) header check.h ;;
	libdeflate) header libdeflate.h ;;
	libseccomp) pkg-config --atleast-version=2.5 libseccomp 2>/dev/null && header seccomp.h ;;
	nettle) pkg-config --exists 'nettle >= 3 nettle < 4' 2>/dev/null && header nettle/sha2.h ;;
	libsqlite3) pkg-config --atleast-version=3.32 sqlite3 2>/dev/null && header sqlite3.h ;;
	libfuzzer) fuzzer ;;
	tzdata) [ -e /usr/share/zoneinfo/Europe/Berlin ] ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

# The package that provides a tool or library, by package manager.
package() {
	case $1:$2 in
	apt-get:zlib) echo zlib1g-dev ;;
	dnf:zlib) echo zlib-devel ;;
	apk:zlib) echo zlib-dev ;;
	apt-get:libyaml) echo libyaml-dev ;;
	dnf:libyaml) echo libyaml-devel ;;
	apk:libyaml) echo yaml-dev ;;
	apt-get:libdeflate) echo libdeflate-dev ;;
	dnf:libdeflate) echo libdeflate-devel ;;
	apk:libdeflate) echo libdeflate-dev ;;
	apt-get:libseccomp) echo libseccomp-dev pkg-config ;;
	dnf:libseccomp) echo libseccomp-devel pkgconf-pkg-config ;;
	apk:libseccomp) echo libseccomp-dev pkgconf ;;
	pacman:libseccomp) echo libseccomp pkgconf ;;
	apt-get:nettle) echo nettle-dev pkg-config ;;
	dnf:nettle) echo nettle-devel pkgconf-pkg-config ;;
	apk:nettle) echo nettle-dev pkgconf ;;
	pacman:nettle) echo nettle pkgconf ;;
	apt-get:libsqlite3) echo libsqlite3-dev pkg-config ;;
	dnf:libsqlite3) echo sqlite-devel pkgconf-pkg-config ;;
	apk:libsqlite3) echo sqlite-dev pkgconf ;;
	pacman:libsqlite3) echo sqlite pkgconf ;;
	dnf:check) echo check-devel ;;
	apk:check) echo check-dev ;;
	apt-get:frama-c) echo frama-c-base ;;
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
	sudo=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	sudo="sudo env DEBIAN_FRONTEND=noninteractive"
else
	echo "setup: missing:$missing; run this as root, then make again:" >&2
	echo "    $install" >&2
	exit 1
fi

echo "setup: installing$packages" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo $refresh >/dev/null || true		# an unreachable source may not matter: the install decides
$sudo $install >/dev/null

for need in $missing; do
	present "$need" || { echo "setup: $need is still missing after: $install" >&2; exit 1; }
done
