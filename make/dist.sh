#!/bin/sh
# dist.sh NAME ARCHIVE: writes the sources to ARCHIVE, a gzipped tar, below the folder NAME: from git the committed files, without
# git all files but build/. Order, owners, modes and times are fixed: SOURCE_DATE_EPOCH, or the time of the commit, or that of the
# Makefile, which an archive keeps.
set -eu
export LC_ALL=C
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/$1"
if [ -e .git ] && git rev-parse --verify -q HEAD >/dev/null; then
	time=$(git log -1 --format=%ct)
	git archive HEAD | tar -x -C "$work/$1"
else
	time=$(stat -c %Y Makefile)
	find . -mindepth 1 -maxdepth 1 ! -name build ! -name .git ! -name debian -exec cp -R {} "$work/$1" \;
	find "$work/$1" -name __pycache__ -prune -exec rm -rf {} +
fi
tar -C "$work" --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rwX,go+rX,go-w \
	--mtime="@${SOURCE_DATE_EPOCH:-$time}" -cf "$work/archive" "$1"
gzip -9n <"$work/archive" >"$2.new"
mv "$2.new" "$2"
echo "wrote $2"
