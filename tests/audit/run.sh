#!/bin/sh
# run.sh ATOPGEN WORK ATOP SCHEMA...: compares a schema with the headers of the atop sources in ATOP, in every
# data model that a compiler here has. Of several schemas it takes the one that lists the sources' version, else
# the one with the fewest mismatches. Fails on a mismatch, if headers do not compile, if nothing was compared.
# COMPILERS, if set, lists those to use; blanks within a command as commas: "gcc clang,-m32".
set -eu
export LC_ALL=C
[ $# -ge 4 ] || { echo "usage: run.sh ATOPGEN WORK ATOP SCHEMA..." >&2; exit 1; }
atopgen=$1
work=$2
atop=$3
shift 3
time64=-D_TIME_BITS=64,-D_FILE_OFFSET_BITS=64

# --- upstream's headers ----------------------------------------------------------------------------------------

# copy_headers SCHEMA...: upstream's headers, made safe to include twice. Of the .c files that schemas name,
# which keep what is in a log to themselves: their structs, and their macros without parameters.
copy_headers() {
	mkdir "$work/headers"
	for header in "$atop"/*.h; do
		[ -e "$header" ] || continue
		{ printf '#pragma once\n'; cat "$header"; } >"$work/headers/${header##*/}"
	done
	sed -n 's/^source:.*files: \[\(.*\)\].*/\1/p' "$@" | tr -d ' ' | tr , '\n' | grep '\.c$' | sort -u |
	while read -r name; do
		[ -e "$atop/$name" ] || continue
		awk '/^#[ \t]*define[ \t]+[A-Za-z_0-9]+[ \t]/
		     /^struct[ \t]+[A-Za-z_0-9]+[ \t]*\{/, /^\}/' "$atop/$name" >"$work/headers/$name"
	done
}

# version: what the sources say of themselves; nothing if they do not.
version() {
	# shellcheck disable=SC2016
	{
		sed -n 's/^#define[[:blank:]]*ATOPVERS[[:blank:]]*"\(.*\)".*/\1/p' "$atop/version.h" || true
		sed -n 's/.*\$Revision: \([0-9.]*\) \$.*/\1/p' "$atop/version.c" || true
		[ ! -e "$atop/.git" ] || git -C "$atop" describe --tags --exact-match | sed 's/^v//'
	} 2>/dev/null | head -n 1
}

# --- compilers -------------------------------------------------------------------------------------------------

# candidates: commands that may be there, one a line, blanks as commas.
candidates() {
	if [ -n "${COMPILERS:-}" ]; then
		echo "$COMPILERS" | tr ' ' '\n'
		return
	fi
	printf '%s\n' gcc gcc,-m32 clang clang,-m32
	echo "$PATH" | tr : '\n' | while read -r folder; do
		for cross in "$folder"/*-linux-*-gcc; do
			target=$(basename "$cross" -gcc)
			[ -x "$cross" ] || continue
			[ "$("$cross" -dumpmachine)" = "$(gcc -dumpmachine 2>&1)" ] ||
				printf '%s\n' "$target-gcc" "clang,--target=$target"
		done
	done | awk '!seen[$0]++'
}

# run_cc COMPILER FLAG...
run_cc() {
	command=$(echo "$1" | tr , ' ')
	shift
	case $command in
	clang*) command="$command -ferror-limit=0" ;;
	esac
	# shellcheck disable=SC2086
	$command -std=gnu11 -Woverride-init -fsyntax-only -iquote "$work/headers" "$@"
}

compilers() {
	candidates | while read -r cc; do
		echo '#include <time.h>' | run_cc "$cc" -x c - >/dev/null 2>&1 && echo "$cc"
	done || true
}

# --- one schema, one compiler ----------------------------------------------------------------------------------

# facts SCHEMA: sets source, where they are, and models, by their names there.
facts() {
	source=$work/$(basename "$1" .yaml).c
	"$atopgen" assert "$1" >"$source"
	models=$(sed -n '/^enum { MODEL_/p' "$source" | tr -d ',;{}' | sed 's/^enum//')
}

# compile COMPILER MODEL [FLAG]: writes a line for each thing found, of three kinds. A fact stands on a line of
# its own, so a line with an error is a mismatch, whatever the error. Facts about order are turned round: they
# are true if they make the compiler warn. With a flag they are left out.
compile() {
	run_cc "$1" -DMODEL="$2" ${3:+"$3"} "$source" >"$work/log" 2>&1 ||
		echo "error: the compiler gave up" >>"$work/log"
	awk -F: -v source="$source" -v whole="${3:-yes}" '
		function text_of(n) { split(line[n], part, "\""); return part[2] }
		FILENAME == source { line[FNR] = $0; next }
		$1 == source && /warning: .*(overrid|overwritten|excess elements)/ { warned[$2] }
		!/error:/ || /^error: the compiler/ && errors { next }
		{ errors++ }
		$1 != source || line[$2] !~ /^_Static_assert/ { print "broken " $0; broken = 1; next }
		{ wrong[$2] }
		END {
			for (n = 1; n in line; n++) {
				text = line[n] ~ /^_Static_assert/ ? text_of(n) : ""
				if (text ~ /: (follows|is the last)/ && whole == "yes" && !(n in warned))
					wrong[n]
				if (n in wrong && !broken)
					print (text ~ /^not defined/ ? "undefined " : "mismatch ") text
			}
		}' "$source" "$work/log" >"$work/found"
}

# show_values COMPILER MODEL: adds to each mismatch found what the headers have. The fact's expression becomes the size of an
# array, or the target of a pointer, of which the compiler says that it is none of another type. Lines keep their numbers.
show_values() {
	values=$work/values.c
	awk -v found="$work/found" '
		BEGIN { while ((getline text <found) > 0) if (sub(/^mismatch /, "", text)) wanted[text] }
		!/^_Static_assert/ { print; next }
		{ split($0, part, "\""); fact = $0; sub(/, "[^"]*"\);$/, "", fact); sub(/^_Static_assert\(/, "", fact) }
		!(part[2] in wanted) || part[2] ~ /: (follows|is the last)/ { print ""; next }
		sub(/^_Generic\(/, "", fact) { sub(/,.*/, "", fact); print "int (*value_" FNR ")(void) = (__typeof__(" fact ") *)0;"; next }
		{ sub(/ == (AT\([^()]*\)|[0-9a-fx]+)$/, "", fact); print "int *value_" FNR " = (char (*)[(" fact ") + 1])0;" }
	' "$source" >"$values"
	run_cc "$1" -DMODEL="$2" "$values" >"$work/values.log" 2>&1 || true
	awk -F: -v source="$source" -v values="$values" -v log_of="$work/values.log" '
		BEGIN {
			while ((getline text <log_of) > 0) {
				split(text, part, ":")
				if (part[1] != values || text !~ /type/ || part[2] in value)
					continue
				if (match(text, /char \(\*\)\[[0-9]+\]/))
					value[part[2]] = substr(text, RSTART + 9, RLENGTH - 10) - 1
				else if (match(text, /aka .[^*(]* \*.\)/))		# clang, which names the expression first
					value[part[2]] = substr(text, RSTART + 5, RLENGTH - 8)
				else if (match(text, /pointer type .[^*(]*\*/))
					value[part[2]] = substr(text, RSTART + 14, RLENGTH - 15)
			}
			while ((getline text <source) > 0)
				if (++n in value && split(text, part, "\"") > 1)
					has[part[2]] = part[2] ~ / 0x/ ? hex(value[n]) : value[n] ~ /^[0-9]/ ? sprintf("%.0f", value[n]) : value[n]
		}
		function hex(number,  text) {
			for (; number >= 1; number = int(number / 16))
				text = substr("0123456789abcdef", number % 16 + 1, 1) text
			return "0x" text
		}
		{ text = $0; sub(/^[a-z]+ /, "", text); sub(/ +$/, "", has[text]) }
		/^mismatch / && has[text] != "" { print $0 ", the headers have " has[text]; next }
		{ print }
	' "$work/found" >"$work/found.new"
	mv "$work/found.new" "$work/found"
}

# found KIND: how many.
found() {
	grep -c "^$1 " "$work/found" || true
}

# model_of COMPILER: sets model to the first whose types it has; to nothing if there is none.
model_of() {
	for model in $models; do
		compile "$1" "$model" -DTYPES_ONLY
		[ -s "$work/found" ] || return 0
	done
	model=
}

# name_of MODEL: "ilp32-t64" of "MODEL_ILP32_T64".
name_of() {
	echo "$1" | sed 's/^MODEL_//' | tr A-Z_ a-z-
}

# audit COMPILER [MODEL]: a row of the table, unless the compiler's data model is MODEL.
audit() {
	model_of "$1"
	[ "$model" != "${2:-none}" ] || return 0
	[ -z "$model" ] || compile "$1" "$model"
	name=$(name_of "$model")
	checked=-
	if [ "$(found broken)" -gt 0 ]; then
		mismatches="does not compile"
	elif [ -z "$model" ]; then
		mismatches="fits no model"
		: >"$work/found"
	else
		mismatches=$(found mismatch)
		checked=$(($(grep -c '^_Static_assert' "$source") - $(grep -c '"not defined' "$source")))
		checked=$((checked - $(found undefined)))
		echo "$name" >>"$work/models"
	fi
	printf '%-8s %-10s %-36s %8s  %10s\n' "$release" "${name:--}" \
		"$(echo "${1%,"$time64"}" | tr , ' ')" "$checked" "$mismatches"
	[ "$(found mismatch)" -eq 0 ] || show_values "$1" "$model"
	sed "s/^[a-z]*/& ${name:--}/" "$work/found" >>"$work/all"
}

# --- which schema ----------------------------------------------------------------------------------------------

# nearest SCHEMA...: the one with the fewest mismatches, by the first compiler.
nearest() {
	cc=$(head -n 1 "$work/compilers")
	for schema; do
		facts "$schema"
		model_of "$cc"
		compile "$cc" "${model:-none}"
		[ "$(found broken)" -gt 0 ] || echo "$(found mismatch) $schema"
	done | sort -n | sed -n '1s/^[0-9]* //p'
}

# choose SCHEMA...: sets schema.
choose() {
	stated=$(version)
	schema=$1
	[ $# -gt 1 ] || return 0
	schema=$(grep -l "^releases:.*\"${stated:-unknown}\"" "$@" | head -n 1)
	[ -z "$schema" ] || return 0
	schema=$(nearest "$@")
	[ -z "$stated" ] || stated="version $stated, which no schema lists"
	echo "the sources state ${stated:-no version}; the nearest schema is ${schema:-none}"
}

# --- all -------------------------------------------------------------------------------------------------------

# report KIND HEADING: what was found of a kind, or the first 20, each with the data models it was found in.
report() {
	grep "^$1 " "$work/all" | awk '
		{ model = $2; sub(/^[a-z]+ [^ ]+ /, "") }
		!($0 in models) { order[++n] = $0; models[$0] = " " }
		!index(models[$0], " " model " ") { models[$0] = models[$0] model " " }
		# What is missing or changed comes first; offsets and sizes follow from it.
		function rank(text) {
			if (text ~ /: (offset|size) /) return text ~ /the headers have/ ? 4 : 0
			return text ~ /: value / ? 1 : text ~ /: dimension / ? 2 : 3
		}
		END {
			for (r = 0; r <= 4; r++)
				for (i = 1; i <= n; i++)
					if (rank(order[i]) == r)
						printf "%s  [%s]\n", order[i], substr(models[order[i]], 2, length(models[order[i]]) - 2)
		}' >"$work/$1"
	[ -s "$work/$1" ] || return 0
	echo "$2"
	sed 's/^/    /' "$work/$1" | head -n 20
	[ "$(wc -l <"$work/$1")" -le 20 ] || echo "    … all of them in $work/$1"
}

# unchecked: the data models that no row is about.
unchecked() {
	for each in $models; do
		name_of "$each"
	done | grep -vxf "$work/models" || true
}

rm -rf "$work"
mkdir -p "$work"
[ -d "$atop" ] || { echo "audit: ATOP='$atop' is no folder: name one with the sources of atop" >&2; exit 1; }
copy_headers "$@"
compilers >"$work/compilers"
[ -s "$work/compilers" ] || { echo "audit: no compiler" >&2; exit 1; }
choose "$@"
[ -n "$schema" ] || { echo "audit: no schema has headers that compile" >&2; exit 1; }

facts "$schema"
release=$(sed -n 's/^version: *"\(.*\)".*/\1/p' "$schema")
touch "$work/all" "$work/models"
printf '%-8s %-10s %-36s %8s  %10s\n' release model compiler checked mismatches
while read -r cc; do
	audit "$cc"
	[ -z "$model" ] || audit "$cc,$time64" "$model"
done <"$work/compilers"

report mismatch "the schema and the headers differ:"
report broken "upstream's headers do not compile:"
report undefined "not checked:"
missed=$(unchecked)
# shellcheck disable=SC2086
[ -z "$missed" ] || echo "not checked, for want of a compiler:" $missed
sed -n 's,^/\* \(not checked: .*\) \*/$,\1,p' "$source"
[ -s "$work/models" ] && [ ! -s "$work/mismatch" ] && [ ! -s "$work/broken" ]
