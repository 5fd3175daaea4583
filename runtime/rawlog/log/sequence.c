/*
 * sequence: compares the times and intervals of neighbouring records. Times may be hostile: differences are computed
 * unsigned, after the order is known.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "rawlog/log/sequence.h"

bool
sequence_begin(struct sequence *s, size_t size)
{
	sequence_free(s);
	s->size = size;
	s->bytes = calloc(1, size > 0 ? size : 1);
	return s->bytes != NULL;
}

void
sequence_free(struct sequence *s)
{
	free(s->bytes);
	memset(s, 0, sizeof *s);
}

/* The seconds from `from` to `to`, which is not earlier. */
static uint64_t
seconds(int64_t from, int64_t to)
{
	return (uint64_t)to - (uint64_t)from;
}

/* Whether `to` is the time of a record `interval` seconds after `from`. */
static bool
follows(int64_t from, int64_t to, uint64_t interval)
{
	return to > from ? seconds(from, to) == interval : interval == 1;
}

/* Whether only the previous record does not fit: the records around it fit each other. */
static bool
is_wrong_between(const struct sequence *s, const struct sequence_times *next)
{
	const int64_t right = (int64_t)((uint64_t)s->before.time + s->last.interval);

	return s->broken && s->has_last && !next->since_boot && !s->last.since_boot && s->gap.from != RAWLOG_NO_TIME &&
	    right > s->before.time && next->time > right && seconds(right, next->time) == next->interval;
}

/* Describes what is wrong between the previous record and the current one. */
static void
describe(struct sequence *s, const struct frame *frame, const struct sequence_times *at, bool is_same, uint64_t number)
{
	const int64_t last = s->last.time;
	const uint64_t covered = at->interval;

	damage_describe(&s->gap, DAMAGE_NONE, frame->offset, 0, number, "%s", "");
	s->gap.from = s->has_last ? last : RAWLOG_NO_TIME;
	s->gap.to = at->time;
	s->gap.interval = at->interval;
	if (!s->has_last)
		damage_add(&s->gap, "the first sample is not the first of a run of atop");
	else if (is_same)
		damage_add(&s->gap, "the record is the same as the one before");
	else if (at->time < last)
		damage_add(&s->gap, "the sample is %" PRIu64 " s older than the one before", seconds(at->time, last));
	else if (seconds(last, at->time) > covered)
		damage_add(&s->gap, "%" PRIu64 " s before the sample are in none", seconds(last, at->time) - covered);
	else
		damage_add(&s->gap, "the sample covers %" PRIu64 " s that the one before covers too",
		    covered - seconds(last, at->time));
}

/* Reports the previous record: only its time is wrong, if the records around it fit each other; else it is a gap. */
static enum rawlog_result
tell(struct sequence *s, bool fit, struct rawlog_damage *damage)
{
	if (!s->broken)
		return RAWLOG_OK;
	*damage = s->gap;
	s->broken = false;
	if (!fit)
		return RAWLOG_GAP;
	damage->reason[0] = '\0';
	damage_add(damage, "the time of the sample is wrong: by the records around it, it is %" PRId64,
	    (int64_t)((uint64_t)s->before.time + s->last.interval));
	return RAWLOG_GAP;
}

bool
sequence_is_no_first(const struct sequence *s, const struct frame *frame)
{
	return s->has_last && frame->facts.since_boot && frame->facts.interval > 0 &&
	    frame->facts.curtime > s->last.time && seconds(s->last.time, frame->facts.curtime) == frame->facts.interval;
}

enum rawlog_result
sequence_add(struct sequence *s, const struct frame *frame, const unsigned char *p, uint64_t number,
    struct rawlog_damage *damage)
{
	const struct sequence_times at = { frame->facts.curtime, frame->facts.interval, frame->facts.since_boot };
	const bool fit = is_wrong_between(s, &at);
	const bool is_same = s->has_last && memcmp(s->bytes, p, s->size) == 0;
	enum rawlog_result result = tell(s, fit, damage);

	if (at.interval == 0)
		s->broken = false; /* the release does not store it */
	else if (at.since_boot)
		s->broken = is_same;
	else if (!s->has_last)
		s->broken = !s->begun;
	else
		s->broken = is_same || (!fit && !follows(s->last.time, at.time, at.interval));
	if (s->broken)
		describe(s, frame, &at, is_same, number);
	s->before = s->last;
	s->last = at;
	s->begun = s->has_last = true;
	memcpy(s->bytes, p, s->size);
	return result;
}

enum rawlog_result
sequence_break(struct sequence *s, struct rawlog_damage *damage)
{
	const enum rawlog_result result = tell(s, false, damage);

	s->begun = true;
	s->has_last = false;
	return result;
}
