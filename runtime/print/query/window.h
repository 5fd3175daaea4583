/*
 * window: which times are asked for: from a moment to another, or from a time of day to another on every day. Both ends belong
 * to it. Plain data; the zone is that of zone.h.
 */
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "print/query/timepoint.h"

enum window_kind {
	WINDOW_ALL,  /* every time; the zeroed struct */
	WINDOW_SPAN, /* seconds since 1970 */
	WINDOW_DAILY /* seconds since midnight in the zone; across midnight if `begin` is after `end` */
};

struct window {
	enum window_kind kind;
	int64_t begin, end; /* INT64_MIN, INT64_MAX: open */
};

enum window_result {
	WINDOW_OK,
	WINDOW_MIXED,    /* one end is a moment, the other a time of day */
	WINDOW_BACKWARDS /* it ends before it begins */
};

/* Makes a window of its ends; NULL: open. A window of times of day that is open begins or ends at midnight. */
enum window_result window_make(struct window *w, const struct timepoint *begin, const struct timepoint *end);

/* Whether `time` (seconds since 1970, UTC) is in it. */
bool window_has(const struct window *w, int64_t time);

#endif
