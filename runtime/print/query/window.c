/*
 * window: comparisons of seconds.
 */
#include <stddef.h>

#include "print/query/window.h"
#include "print/query/zone.h"

#define DAY 86400

enum window_result
window_make(struct window *w, const struct timepoint *begin, const struct timepoint *end)
{
	const struct timepoint *any = begin != NULL ? begin : end;

	*w = (struct window){ WINDOW_ALL, INT64_MIN, INT64_MAX };
	if (any == NULL)
		return WINDOW_OK;
	if (begin != NULL && end != NULL && begin->kind != end->kind)
		return WINDOW_MIXED;
	w->kind = any->kind == TIMEPOINT_DAILY ? WINDOW_DAILY : WINDOW_SPAN;
	if (w->kind == WINDOW_DAILY) {
		w->begin = 0;
		w->end = DAY - 1;
	}
	if (begin != NULL)
		w->begin = begin->first;
	if (end != NULL)
		w->end = end->last;
	return w->kind == WINDOW_SPAN && w->end < w->begin ? WINDOW_BACKWARDS : WINDOW_OK;
}

/* Seconds since midnight in the zone. */
static int64_t
second_of_day(int64_t time)
{
	const int64_t offset = zone_offset(time);

	return (((time % DAY + offset) % DAY) + DAY) % DAY; /* `time` may be any value: no sum of it */
}

bool
window_has(const struct window *w, int64_t time)
{
	if (w->kind == WINDOW_ALL)
		return true;
	if (w->kind == WINDOW_DAILY)
		time = second_of_day(time);
	if (w->begin > w->end)
		return time >= w->begin || time <= w->end;
	return time >= w->begin && time <= w->end;
}
