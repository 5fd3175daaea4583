/*
 * option_window: reads the clock once, and composes messages.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "atopdump/cli/option_window.h"
#include "atopdump/cli/refuse.h"
#include "print/query/timepoint.h"
#include "print/query/zone.h"
#include "print/text/put.h"

#define TIME_MAX (PUT_UTC_MAX + PUT_SLACK)

static bool
load_zone(const char *name, char *why)
{
	switch (zone_load(name)) {
	case ZONE_OK: return true;
	case ZONE_UNREADABLE: return refuse(why, "--tz=%.64s: %s", name, strerror(errno));
	case ZONE_NO_MEMORY: return refuse(why, "out of memory");
	default:
		return refuse(why,
		    "there is no time zone '%.64s' on this system; --tz takes local, UTC, or a name such as Europe/Berlin",
		    name);
	}
}

static bool
parse_time(struct timepoint *point, const char *option, const char *text, int64_t now, char *why)
{
	switch (timepoint_parse(point, text, now)) {
	case TIMEPOINT_OK: return true;
	case TIMEPOINT_IMPOSSIBLE: return refuse(why, "--%s: there is no such time as '%.64s'", option, text);
	case TIMEPOINT_DIGITS:
		return refuse(why,
		    "--%s takes digits alone as " TIMEPOINT_DIGIT_FORMS
		    ", not '%.64s'; a day is 2022-11-11, and any seconds since 1970 have an @ before them",
		    option, text);
	default: return refuse(why, "--%s takes a time, not '%.64s': " TIMEPOINT_FORMS, option, text);
	}
}

bool
option_window_make(struct options *o, char *why)
{
	const struct window_options *texts = &o->window;
	const int64_t now = (int64_t)time(NULL);
	struct timepoint begin, end;

	if (texts->zone != NULL && texts->begin == NULL && texts->end == NULL && !o->format->labels &&
	    (o->verb->bit & VERBS_ZONED) == 0)
		return refuse(why, "--tz goes with --begin or --end, or with labels (-P, -J)");
	if (texts->zone != NULL && !load_zone(texts->zone, why))
		return false;
	if (texts->begin != NULL && !parse_time(&begin, "begin", texts->begin, now, why))
		return false;
	if (texts->end != NULL && !parse_time(&end, "end", texts->end, now, why))
		return false;
	switch (
	    window_make(&o->samples.window, texts->begin != NULL ? &begin : NULL, texts->end != NULL ? &end : NULL)) {
	case WINDOW_OK: return true;
	case WINDOW_BACKWARDS: return refuse(why, "--end=%.64s is before --begin=%.64s", texts->end, texts->begin);
	default:
		return refuse(why,
		    "--begin=%.64s and --end=%.64s do not go together: one has a date, the other is a time of every day",
		    texts->begin, texts->end);
	}
}

/* --- messages --------------------------------------------------------------------------------------------------- */

/* Writes seconds since 1970 as a time, or as a number if the year has not four digits. */
static void
write_moment(char text[TIME_MAX], int64_t time)
{
	char *end = put_utc(text, time);

	*end = '\0';
	if (end == text)
		snprintf(text, TIME_MAX, "@%lld", (long long)time);
}

/* The same for an end of the window. */
static void
write_end(char text[TIME_MAX], const struct window *w, int64_t time)
{
	if (w->kind == WINDOW_DAILY)
		snprintf(text, TIME_MAX, "%02u:%02u:%02u", (unsigned)(time / 3600) % 24, (unsigned)(time / 60) % 60,
		    (unsigned)time % 60);
	else
		write_moment(text, time);
}

bool
option_window_is_empty(const struct sample_choice *c, char *text)
{
	const struct window *w = &c->window;
	char begin[TIME_MAX], end[TIME_MAX];
	int used;

	if (w->kind == WINDOW_ALL || c->ninside > 0)
		return false;
	write_end(begin, w, w->begin);
	write_end(end, w, w->end);
	if (w->begin == INT64_MIN)
		used = snprintf(text, OPTION_WINDOW_TEXT_MAX, "no samples until %s", end);
	else if (w->end == INT64_MAX)
		used = snprintf(text, OPTION_WINDOW_TEXT_MAX, "no samples from %s on", begin);
	else
		used = snprintf(text, OPTION_WINDOW_TEXT_MAX, "no samples between %s and %s", begin, end);
	text += used;
	write_moment(begin, c->first);
	write_moment(end, c->latest);
	if (c->nseen == 0)
		snprintf(text, OPTION_WINDOW_TEXT_MAX - (size_t)used, "; the logs have none");
	else
		snprintf(text, OPTION_WINDOW_TEXT_MAX - (size_t)used, "; the logs have samples from %s to %s", begin,
		    end);
	return true;
}
