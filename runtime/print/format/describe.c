/*
 * describe: formats offsets, times and reasons.
 */
#include <inttypes.h>
#include <stdio.h>

#include "print/format/describe.h"
#include "print/text/put.h"

void
describe_damage(char *text, const struct rawlog_damage *damage)
{
	const char *block = damage->block != NULL ? damage->block : "";

	snprintf(text, DESCRIBE_MAX, "damage at byte %" PRIu64 ", %" PRIu64 " bytes, sample %" PRIu64 "%s%s: %s",
	    damage->offset, damage->length, damage->sample, *block != '\0' ? ", " : "", block, damage->reason);
}

/* "2022-11-11T19:51:50Z", or "a time that cannot be". */
static const char *
time_text(int64_t time, char *text)
{
	char *end = put_utc(text, time);

	if (end == text)
		return "a time that cannot be";
	*end = '\0';
	return text;
}

void
describe_gap(char *text, const struct rawlog_damage *gap)
{
	char from[PUT_UTC_MAX + PUT_SLACK + 1], to[PUT_UTC_MAX + PUT_SLACK + 1];

	if (gap->from == RAWLOG_NO_TIME)
		snprintf(text, DESCRIBE_MAX, "gap before byte %" PRIu64 ", sample %" PRIu64 ", up to %s: %s",
		    gap->offset, gap->sample, time_text(gap->to, to), gap->reason);
	else
		snprintf(text, DESCRIBE_MAX, "gap before byte %" PRIu64 ", sample %" PRIu64 ", from %s to %s: %s",
		    gap->offset, gap->sample, time_text(gap->from, from), time_text(gap->to, to), gap->reason);
}
