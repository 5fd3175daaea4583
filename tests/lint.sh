#!/bin/sh
# clang-format, clang-tidy and cppcheck over the hand-written C; any finding fails. Settings: .clang-format, .clang-tidy,
# and the list below.
set -eu

sources=$(find expr generator runtime -name '*.c' | sort)
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -I. -Iruntime -Igenerator
	-DATOPDUMP_VERSION=\"lint\" -DATOPGEN_VERSION=\"lint\""

find expr generator runtime tests examples -name '*.[ch]' -not -path 'tests/schema/*' -print0 |
	xargs -0 clang-format --dry-run -Werror

# shellcheck disable=SC2086
printf '%s\n' $sources | xargs -P 2 -n 1 sh -c '
	flags=$1; shift; clang-tidy --quiet --warnings-as-errors="*" "$@" -- $flags 2>/dev/null' sh "$flags"

# shellcheck disable=SC2086
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppress=missingIncludeSystem -D_POSIX_C_SOURCE=200809L -I. -Iruntime -Igenerator $sources
echo "lint: clean"
