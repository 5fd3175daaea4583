/*
 * usage: entries by process and span. Each length of a span divides the next one, so that spans can be joined.
 */
#include "atopdump/page/usage.h"

#include <stdlib.h>
#include <string.h>

#include "print/query/zone.h"

#define DAY (INT64_C(86400))

static const int64_t lengths[] = { 60, 300, 900, 3600, 10800, 21600, 43200, DAY, 2 * DAY, 4 * DAY, 8 * DAY, 16 * DAY,
	32 * DAY, 64 * DAY, 128 * DAY, 256 * DAY, 512 * DAY, 1024 * DAY, 4096 * DAY, 16384 * DAY, 65536 * DAY,
	(INT64_C(1) << 26) * DAY };

#define LEVELS (sizeof lengths / sizeof lengths[0])

void
usage_free(struct usage *u)
{
	free(u->entries);
	hash_index_free(&u->index);
}

static int64_t
divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

unsigned
usage_last_level(void)
{
	return LEVELS;
}

int64_t
usage_bucket(unsigned level, int64_t time)
{
	return level < LEVELS ? divide(time + zone_offset(time), lengths[level]) : 0;
}

int64_t
usage_seconds(unsigned level)
{
	return lengths[level];
}

int64_t
usage_begin(unsigned level, int64_t bucket)
{
	int64_t earlier, later;

	zone_find(bucket * lengths[level], &earlier, &later);
	return earlier;
}

/* --- spans -------------------------------------------------------------------------------------------------------- */

/* Adds a span, or its seconds to the one that is there. There is room. */
static void
add_span(struct usage *u, int64_t bucket, int64_t covered)
{
	size_t i = u->nspans;

	while (i > 0 && u->spans[i - 1].bucket > bucket)
		i--;
	if (i > 0 && u->spans[i - 1].bucket == bucket) {
		u->spans[i - 1].covered += covered;
		return;
	}
	memmove(&u->spans[i + 1], &u->spans[i], (u->nspans - i) * sizeof u->spans[0]);
	u->spans[i] = (struct usage_span){ bucket, covered };
	u->nspans++;
}

/* The bucket of level `to` that has a bucket of level `from`. */
static int64_t
join(int64_t bucket, unsigned from, unsigned to)
{
	return to < LEVELS ? divide(bucket, lengths[to] / lengths[from]) : 0;
}

static void
join_spans(struct usage *u, unsigned level)
{
	const size_t count = u->nspans;

	u->nspans = 0;
	for (size_t i = 0; i < count; i++) {
		const struct usage_span span = u->spans[i];

		add_span(u, join(span.bucket, u->level, level), span.covered);
	}
}

bool
usage_note(struct usage *u, int64_t time, int64_t covered)
{
	add_span(u, usage_bucket(u->level, time), covered);
	while (u->nspans > SPANS_MAX)
		if (!usage_coarsen(u, u->level + 1))
			return false;
	return true;
}

/* --- entries ------------------------------------------------------------------------------------------------------ */

static uint64_t
hash_of(uint32_t process, int64_t bucket)
{
	return hash_mix(hash_mix(1, process), (uint64_t)bucket);
}

static uint64_t
hash_of_item(const void *context, uint32_t item)
{
	const struct usage_entry *entry = &((const struct usage *)context)->entries[item];

	return hash_of(entry->process, entry->bucket);
}

static void
add_amount(int64_t *sum, int64_t amount)
{
	if (amount >= 0)
		*sum = *sum < 0 ? amount : amount <= INT64_MAX - *sum ? *sum + amount : INT64_MAX;
}

static void
add_to(struct usage_entry *entry, const struct usage_entry *more)
{
	add_amount(&entry->cpu, more->cpu);
	add_amount(&entry->read, more->read);
	add_amount(&entry->written, more->written);
	entry->rss = more->rss > entry->rss ? more->rss : entry->rss;
}

static struct usage_entry *
find(struct usage *u, const struct usage_entry *like)
{
	struct hash_walk walk;
	uint32_t item = hash_index_first(&walk, &u->index, hash_of(like->process, like->bucket));

	for (; item != HASH_INDEX_END; item = hash_index_next(&walk))
		if (u->entries[item].process == like->process && u->entries[item].bucket == like->bucket)
			return &u->entries[item];
	return NULL;
}

/* Adds an entry to the one of its process and span. There is room for one more. False: out of memory. */
static bool
add(struct usage *u, const struct usage_entry *entry)
{
	struct usage_entry *known = find(u, entry);

	if (known != NULL) {
		add_to(known, entry);
		return true;
	}
	u->entries[u->count] = *entry;
	if (!hash_index_add(&u->index, hash_of(entry->process, entry->bucket), u->count, hash_of_item, u))
		return false;
	u->count++;
	return true;
}

/* Room for one more entry. False: out of memory. */
static bool
make_room(struct usage *u)
{
	const size_t room = u->room > 0 ? 2 * u->room : 64;
	struct usage_entry *grown;

	if (u->count < u->room)
		return true;
	if (room >= HASH_INDEX_END)
		return false;
	grown = realloc(u->entries, room * sizeof *grown);
	if (grown == NULL)
		return false;
	u->entries = grown;
	u->room = room;
	return true;
}

bool
usage_add(struct usage *u, uint32_t process, int64_t time, const struct sighting *s)
{
	struct usage_entry entry = { .bucket = usage_bucket(u->level, time),
		.read = s->sums[SUM_READ],
		.written = s->sums[SUM_WRITTEN],
		.rss = s->peaks[PEAK_RSS],
		.process = process };

	add_amount(&entry.cpu, s->sums[SUM_USER]);
	add_amount(&entry.cpu, s->sums[SUM_SYSTEM]);
	if (entry.cpu <= 0 && entry.read <= 0 && entry.written <= 0 && entry.rss <= 0)
		return true;
	return make_room(u) && add(u, &entry);
}

bool
usage_coarsen(struct usage *u, unsigned level)
{
	const uint32_t count = u->count;

	if (level <= u->level)
		return true;
	join_spans(u, level);
	hash_index_free(&u->index);
	u->count = 0;
	for (uint32_t i = 0; i < count; i++) { /* an entry is written where it was read, or before */
		struct usage_entry entry = u->entries[i];

		entry.bucket = join(entry.bucket, u->level, level);
		if (!add(u, &entry))
			return false;
	}
	u->level = level;
	return true;
}
