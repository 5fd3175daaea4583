/*
 * timepoint: a time as people write it on a command line, parsed. Reads no clock and no file; the zone is that of zone.h.
 *
 *     2022-11-11T19:51:50Z          RFC 3339; seconds and their fraction may be missing, and a space may stand for the T;
 *     2022-11-11T19:51+01:00        without Z or an offset the time is in the zone; +01 is +01:00
 *     2022-11-11                    a day of the zone, all of it
 *     202211111951                  a minute's first second, in the zone, as atop takes it; 14 digits have seconds too
 *     @1668196310, 1668196310       seconds since 1970; without @ 10 digits, so that one too few or too many in
 *                                   202211111951 is no other time
 *     19:51, 19:51:50               a second of every day of the zone
 *     -30s, -30m, -2h, -1d          before now
 *
 * A time without seconds is the first second of its minute.
 */
#ifndef TIMEPOINT_H
#define TIMEPOINT_H

#include <stdint.h>

#define TIMEPOINT_FORMS                                                                                    \
	"2022-11-11, 2022-11-11T19:51:50Z (or +01:00; without either in the zone of --tz), 202211111951, " \
	"@1668196310, 19:51 or 19:51:50 (of every day), -2h (before now; s, m, h or d)"

/* The same of digits alone, for a message about any others. */
#define TIMEPOINT_DIGIT_FORMS "YYYYMMDDhhmm, YYYYMMDDhhmmss or 10 of seconds since 1970"

enum timepoint_kind {
	TIMEPOINT_MOMENT, /* seconds since 1970 */
	TIMEPOINT_DAILY   /* seconds since midnight */
};

/*
 * The seconds that the text may mean. They differ if it means a day, or clocks show it twice or never: a window begins with
 * the `first` one and ends with the `last` one. The first second at or after a fraction and the last one before it.
 */
struct timepoint {
	enum timepoint_kind kind;
	int64_t first, last;
};

enum timepoint_result {
	TIMEPOINT_OK,
	TIMEPOINT_UNKNOWN,   /* none of the forms above */
	TIMEPOINT_DIGITS,    /* the same: digits alone, in a number that no form has */
	TIMEPOINT_IMPOSSIBLE /* one of the forms, but there is no such date or time */
};

/* Parses `text`; `now` is the time that relative times count from. */
enum timepoint_result timepoint_parse(struct timepoint *point, const char *text, int64_t now);

#endif
