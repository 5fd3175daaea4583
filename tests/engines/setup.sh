#!/bin/sh
# Installs the packages of package.json beside this file into build/npm, or only those that are named, from the registry that
# npm is set up with. No script of a package is run. Does nothing if they are installed already. Of the package duckdb, which
# has the sources of DuckDB, only the header of its extensions is kept, in build/npm/include.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$here/../../build/npm

command -v npm >/dev/null 2>&1 || { echo "setup: there is no npm" >&2; exit 1; }
[ $# -gt 0 ] || set -- @duckdb/node-api chdb duckdb-1.3 duckdb

mkdir -p "$folder"
[ -e "$folder/package.json" ] || echo '{"private": true}' >"$folder/package.json"

# headers VERSION
headers()
{
	[ ! -e "$folder/include/duckdb_extension.h" ] || return 0
	rm -rf "$folder/pack"
	mkdir -p "$folder/pack" "$folder/include"
	(cd "$folder/pack" && npm pack --silent "duckdb@$1" >/dev/null && tar -xzf ./*.tgz package/src/duckdb/src/include)
	mv "$folder/pack/package/src/duckdb/src/include/duckdb.h" "$folder/pack/package/src/duckdb/src/include/duckdb_extension.h" \
		"$folder/include"
	rm -rf "$folder/pack"
}

for name in "$@"; do
	version=$(sed -n "s|^ *\"$name\": \"\(.*\)\",*$|\1|p" "$here/package.json")
	[ -n "$version" ] || { echo "setup: $name is not in package.json" >&2; exit 1; }
	if [ "$name" = duckdb ]; then
		headers "$version"
		continue
	fi
	[ -e "$folder/node_modules/$name/package.json" ] ||
		npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-package-lock --save-exact --loglevel=error \
			"$name@$version" >/dev/null
done
