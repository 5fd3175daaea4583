#!/bin/sh
# Counts the instructions that atopdump itself executes for fixed inputs, with callgrind, and compares them with those in
# instructions.txt: a count that has grown by more than 3 % fails. Instructions of libraries are left out, because they
# depend on the machine; those of another compiler cannot be compared, and are not.
#
#	check.sh BUILD [--accept]
set -eu

program=$1/atopdump
here=$(dirname "$0")
kept=$here/instructions.txt
examples=$here/../../example_data
out=$1/callgrind.out
compiler=$(${CC:-cc} --version | head -n 1)

# The instructions of one run, options and log.
count() {
	# shellcheck disable=SC2086 # options are several words, or none
	valgrind --tool=callgrind --compress-strings=no --compress-pos=no --callgrind-out-file="$out" \
	    "$program" -j1 $1 "$examples/$2" >/dev/null 2>&1
	awk '/^ob=/ { own = /\/atopdump$/ }
	    /^calls=/ { getline; next }
	    /^[0-9]/ && own { n += $2 }
	    END { printf "%d\n", n }' "$out"
}

# Each kept line is COUNT, the log, and the options.
runs() {
	cat <<-'END'
	atop-2.8.1.raw
	atop-2.8.1.raw --tables=tstat
	atop-2.8.1.raw --tables=tstat --format=csv
	atop-2.8.1.raw --tables=rawrecord
	atop-2.8.1.raw --format=atopdump
	atop-2.13.0.raw
	atop-2.8.1-s390x.raw --tables=tstat
	END
}

if [ "${2:-}" = --accept ]; then
	{
		echo "# $compiler"
		runs | while read -r log options; do
			echo "$(count "$options" "$log") $log $options"
		done
	} >"$kept"
	cat "$kept"
	exit
fi

if [ "$(head -n 1 "$kept")" != "# $compiler" ]; then
	echo "not tested: counts are kept for another compiler ($(head -n 1 "$kept" | cut -c 3-))"
	exit
fi

failed=0
while read -r old log options; do
	[ "$old" != "#" ] || continue
	new=$(count "$options" "$log")
	echo "$old $new $log $options" | awk '{
		printf "%12d %12d %+6.1f %%  %s\n", $1, $2, ($2 / $1 - 1) * 100, substr($0, length($1 $2) + 3)
	}'
	[ $((new * 100)) -le $((old * 103)) ] || failed=$((failed + 1))
done <"$kept"
if [ "$failed" -gt 0 ]; then
	echo "$failed counts have grown by more than 3 %; if that is meant: sh tests/bench/check.sh $1 --accept" >&2
	exit 1
fi
