#!/bin/sh
# install.sh install|uninstall MANIFEST: installs, or removes again, the files that the manifest lists. Each line of it is
#	MODE SOURCE TARGET	or	link TEXT TARGET
# $DESTDIR stands before each target. $STRIP, if it is set, strips the programs and libraries that are installed.
# Removing also removes the folders that are left empty; those of $KEPT stay, unless DESTDIR is set.
set -eu
DESTDIR=${DESTDIR:-}

install_all() {
	while read -r mode source target; do
		mkdir -p "$(dirname "$DESTDIR$target")"
		case $mode in
		link) ln -sf "$source" "$DESTDIR$target" ;;
		*) install -m "$mode" "$source" "$DESTDIR$target" ;;
		esac
		case ${STRIP:+$mode $target} in
		755*.so*) $STRIP --strip-unneeded "$DESTDIR$target" ;;
		755*) $STRIP "$DESTDIR$target" ;;
		644*.a) $STRIP --strip-debug "$DESTDIR$target" ;;
		esac
	done
}

# folders_of FILE: the folders above a file, the innermost first.
folders_of() {
	folder=$(dirname "$1")
	while [ "$folder" != / ] && [ "$folder" != . ]; do
		echo "$folder"
		folder=$(dirname "$folder")
	done
}

uninstall_all() {
	while read -r mode source target; do
		rm -f "$DESTDIR$target"
		folders_of "$target"
	done | sort -ur | while read -r folder; do
		case " ${DESTDIR:+none} ${DESTDIR:-${KEPT:-}} " in
		*" $folder "*) ;;
		*) rmdir "$DESTDIR$folder" 2>/dev/null || true ;;
		esac
	done
}

"${1}_all" <"$2"
