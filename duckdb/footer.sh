#!/bin/sh
# Appends to FILE what DuckDB reads behind an extension: a WebAssembly section that holds eight fields of 32 bytes and a
# signature of 256 bytes, which is empty.
#
#     sh duckdb/footer.sh FILE PLATFORM VERSION
set -eu
file=$1 platform=$2 version=$3
api=v1.2.0

# field TEXT: its bytes, and NULs up to 32.
field()
{
	printf '%s' "$1"
	head -c $((32 - ${#1})) /dev/zero
}

{
	printf '\000\223\004\020duckdb_signature\200\004'
	field ''
	field ''
	field ''
	field C_STRUCT
	field "$version"
	field "$api"
	field "$platform"
	field 4
	head -c 256 /dev/zero
} >>"$file"
