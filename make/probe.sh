#!/bin/sh
# probe.sh: prints, for make, which libraries of make/libraries can be linked with $CC $CPPFLAGS $CFLAGS $LDFLAGS, and which
# flags that harden a program the compiler takes beside these; none if $HARDEN is no; and flags that make it small and fast.
# probe.sh NAME: whether that one can be.
set -eu
export LC_ALL=C
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# builds FLAG...: whether the program on standard input can be compiled and linked.
builds() {
	# shellcheck disable=SC2086 # each variable holds several words
	${CC:-cc} -std=c11 ${CPPFLAGS:-} ${CFLAGS:-} -x c - -x none ${LDFLAGS:-} -o "$work/program" "$@" -lpthread >/dev/null 2>&1
}

# program HEADERS EXPRESSION CONDITION
program() {
	printf '#include <stdio.h>\n'		# zlib.h of old releases and yaml.h need what it declares
	printf '#include <%s>\n' $1
	printf '#if !(%s)\n#error\n#endif\nint main(void) { return %s; }\n' "$3" "$2"
}

# links HEADERS EXPRESSION CONDITION LINKS: prints the first of the alternatives that works; fails if none does.
links() {
	echo "$4" | sed 's/ or /\n/g' | while read -r flags; do
		# shellcheck disable=SC2086
		! program "$1" "$2" "$3" | builds $flags || { echo "$flags"; break; }
	done | grep .
}

# needed FLAGS: the name of the shared library in "-lNAME ..." that the program built last asks for; nothing if it is linked
# statically, or if there is no readelf.
needed() {
	name=${1%% *}
	${READELF:-readelf} -dW "$work/program" 2>/dev/null | sed -n "s/.*(NEEDED).*\[\(lib${name#-l}\.so[^]]*\)\].*/\1/p"
}

rows() {
	sed '/^#/d; /^ *$/d; s/ *| */|/g' "$here/libraries"
}

if [ $# -gt 0 ]; then
	rows | grep "^$1|" >"$work/row"
	IFS='|' read -r name variable need flags headers expression condition packages <"$work/row"
	links "$headers" "$expression" "$condition" "$flags" >/dev/null
	exit
fi

optional=
rows >"$work/rows"
while IFS='|' read -r name variable need flags headers expression condition packages; do
	if found=$(links "$headers" "$expression" "$condition" "$flags"); then
		printf '%s := yes\n' "$variable"
		case $need in
		loaded*) printf '%s_SONAME := %s\n' "$variable" "$(needed "$found")" ;;
		esac
	else
		found=${flags%% or *}
		printf '%s := no\n' "$variable"
	fi
	printf '%s_NAME := %s\n%s_LIBS = %s\n' "$variable" "$name" "$variable" "$found"
	case $need in
	optional* | loaded*) optional="$optional $variable" ;;
	esac
done <"$work/rows"
printf 'OPTIONAL :=%s\n' "$optional"

# What links a program that loads libraries: nothing, if the C library has dlopen.
loads() {
	printf '#include <dlfcn.h>\nint main(void) { return dlopen("libc.so", RTLD_NOW) == 0; }\n' | builds "$@"
}
loads && dl='' || dl=-ldl

# hardens FLAG...: whether a program that calls and copies can be built with the flags, without a warning. A warning says that
# the flags given have another opinion: _FORTIFY_SOURCE is defined already, or nothing is optimised.
hardens() {
	printf '%s\n' '#include <stdio.h>' '#include <string.h>' 'int main(int argc, char **argv) {' \
		'char text[64]; snprintf(text, sizeof text, "%s", argv[argc - 1]); return strlen(text) > 9; }' | builds -Werror "$@"
}

# taken FLAG...: those that harden, each tried with those before it.
taken() {
	all=
	for flag; do
		# shellcheck disable=SC2086
		! hardens $all $flag || all="$all $flag"
	done
	echo "$all"
}

compile='-fstack-protector-strong -fstack-clash-protection -fcf-protection'
link='-Wl,-z,relro -Wl,-z,now'
pie='-fPIE -pie'
case " ${LDFLAGS:-} " in
*" -static"*) pie= ;;
esac
case ${HARDEN:-yes}${CFLAGS:-} in
no* | *-fsanitize*) compile='' link='' pie='' fortify='' ;;
*)
	fortify=-D_FORTIFY_SOURCE=3
	hardens $fortify || fortify=-D_FORTIFY_SOURCE=2
	hardens $fortify || fortify=
	hardens $pie || pie=
	# shellcheck disable=SC2086
	hardens $compile || compile=$(taken $compile)
	# shellcheck disable=SC2086
	hardens $link || link=$(taken $link) ;;
esac
map=-ffile-prefix-map=/nowhere=.
hardens $map && map=yes || map=

# Tables that only debuggers of a stripped program would use are left out. Loads that both branches of a decoder begin with stay in
# the branches, where those of neighbours become one.
small=-fno-asynchronous-unwind-tables
case " ${CFLAGS:-} " in
*-fsanitize*) small= ;;
esac
decode=-fno-code-hoisting
# shellcheck disable=SC2086
hardens $small || small=
hardens $decode || decode=

# Pointers to the program's own data take less room in the file if the dynamic linker knows the short form; a program tells.
pack=-Wl,--fatal-warnings,-z,pack-relative-relocs
echo 'static int n; static int *volatile p[2] = { &n, &n }; int main(void) { return p[1] != &n; }' >"$work/pointers"
# shellcheck disable=SC2086
builds $pie $pack <"$work/pointers" && "$work/program" 2>/dev/null && pack=${pack#*,*,} && pack=-Wl,$pack || pack=
cat <<END
HARDEN_CFLAGS := $compile $fortify
HARDEN_LDFLAGS := $link
SMALL_CFLAGS := $small
DECODE_CFLAGS := $decode
PIE_CFLAGS := ${pie% -pie}
PIE_LDFLAGS := ${pie#-fPIE }
PACK_LDFLAGS := $pack
DL_LIBS := $dl
MAPS_PATHS := $map
END
