#!/bin/sh
# expand.sh PROGRAM TEMPLATE: prints a manual page: the template, in which a line @PART@ stands for what PROGRAM prints of that
# name, @FIELDS@ for the columns that atopgen explains, and @VERSION@ and @RELEASED@ in a line for what they are called.
set -eu
here=$(dirname "$0")
while IFS= read -r line; do
	case $line in
	@FIELDS@)
		# shellcheck disable=SC2086
		"$ATOPGEN" fields --as=mdoc ${LOCK:-} $SCHEMAS ;;
	@[A-Z]*@)
		part=${line#@}
		"$1" "${part%@}" "$here/examples" ;;
	*) printf '%s\n' "$line" | sed "s/@VERSION@/$VERSION/; s/@RELEASED@/$RELEASED/" ;;
	esac
done <"$2"
