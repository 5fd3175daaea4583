/*
 * hosts: an index of hosts, and one of samples for each of them.
 */
#include "atopdump/report/hosts.h"

#include <stdlib.h>

#define BOOT_SLACK 2 /* seconds between two boot times that are one */

void
hosts_init(struct hosts *h, enum host_by by)
{
	*h = (struct hosts){ .by = by, .list = { .size = sizeof(struct host) } };
}

void
hosts_free(struct hosts *h)
{
	for (uint32_t i = 0; i < h->list.count; i++) {
		struct host *host = hosts_at(h, i);

		chunks_free(&host->samples);
		hash_index_free(&host->index);
		free(host->times);
	}
	chunks_free(&h->list);
	hash_index_free(&h->index);
}

/* --- the list -------------------------------------------------------------------------------------------------- */

/* The part of time that a boot belongs to: boots that are one are in the same part or in neighbours. */
static uint64_t
part_of(int64_t boot)
{
	return boot == HOST_NO_TIME ? UINT64_MAX / 2 : (uint64_t)(boot / (BOOT_SLACK + 1));
}

static uint64_t
hash_of_key(const struct hosts *h, const struct host *host, uint64_t part)
{
	uint64_t hash = hash_mix(1, h->by == HOST_BY_DIR ? host->dir : host->name);

	if (h->by != HOST_BY_BOOT)
		return hash;
	return hash_mix(hash_mix(hash_mix(hash, host->machine), host->kernel), part);
}

static uint64_t
hash_of_host(const void *context, uint32_t item)
{
	const struct hosts *h = context;
	const struct host *host = hosts_at(h, item);

	return hash_of_key(h, host, part_of(host->boot));
}

static bool
is_boot(int64_t a, int64_t b)
{
	if (a == HOST_NO_TIME || b == HOST_NO_TIME)
		return a == b;
	return (a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b) <= BOOT_SLACK;
}

static bool
is_same(const struct hosts *h, const struct host *a, const struct host *b)
{
	if (h->by == HOST_BY_DIR)
		return a->dir == b->dir;
	if (h->by == HOST_BY_NAME)
		return a->name == b->name;
	return a->name == b->name && a->machine == b->machine && a->kernel == b->kernel && is_boot(a->boot, b->boot);
}

static uint32_t
find(const struct hosts *h, const struct host *host, uint64_t part)
{
	struct hash_walk walk;
	uint32_t item = hash_index_first(&walk, &h->index, hash_of_key(h, host, part));

	while (item != HASH_INDEX_END && !is_same(h, hosts_at(h, item), host))
		item = hash_index_next(&walk);
	return item;
}

static uint32_t
add(struct hosts *h, const struct host *host)
{
	struct host *added = chunks_add(&h->list);

	if (added == NULL)
		return HASH_INDEX_END;
	*added = (struct host){ host->name, host->machine, host->kernel, host->dir,
		h->by == HOST_BY_BOOT ? host->boot : HOST_NO_TIME, .samples = { .size = sizeof(struct host_sample) } };
	added->earliest = added->boot;
	if (hash_index_add(&h->index, hash_of_host(h, h->list.count - 1), h->list.count - 1, hash_of_host, h))
		return h->list.count - 1;
	chunks_drop(&h->list);
	return HASH_INDEX_END;
}

/* Notes a boot time that is one with the host's. Returns the number of the host. */
static uint32_t
note_boot(struct hosts *h, uint32_t number, const struct host *host)
{
	struct host *found = hosts_at(h, number);

	if (h->by == HOST_BY_BOOT && host->boot < found->earliest)
		found->earliest = host->boot;
	return number;
}

uint32_t
hosts_find(struct hosts *h, const struct host *host)
{
	const uint64_t part = part_of(host->boot);
	uint32_t item = HASH_INDEX_END;

	if (h->list.count > 0 && is_same(h, hosts_at(h, h->last), host))
		return note_boot(h, h->last, host);
	for (int i = 0; i < 3 && item == HASH_INDEX_END; i++) /* the part, the one before, the one after */
		item = find(h, host, i == 0 ? part : i == 1 ? part - 1 : part + 1);
	if (item == HASH_INDEX_END)
		item = add(h, host);
	if (item == HASH_INDEX_END)
		return item;
	h->last = item;
	return note_boot(h, item, host);
}

/* --- the samples ----------------------------------------------------------------------------------------------- */

static uint64_t
hash_of_sample(const struct host_sample *s)
{
	return hash_mix(hash_mix(s->since_boot, (uint64_t)s->time), s->interval);
}

static uint64_t
hash_of_item(const void *context, uint32_t item)
{
	return hash_of_sample(chunks_at(context, item));
}

bool
host_sample_add(struct host *host, const struct host_sample *sample, bool *is_new)
{
	struct hash_walk walk;
	const uint64_t hash = hash_of_sample(sample);
	uint32_t item;
	struct host_sample *s;

	*is_new = false;
	for (item = hash_index_first(&walk, &host->index, hash); item != HASH_INDEX_END;
	     item = hash_index_next(&walk)) {
		s = chunks_at(&host->samples, item);
		if (s->time == sample->time && s->interval == sample->interval && s->since_boot == sample->since_boot)
			return true;
	}
	s = chunks_add(&host->samples);
	if (s == NULL)
		return false;
	*s = *sample;
	*is_new = hash_index_add(&host->index, hash, host->samples.count - 1, hash_of_item, &host->samples);
	if (!*is_new)
		chunks_drop(&host->samples);
	return *is_new;
}

/* --- the end --------------------------------------------------------------------------------------------------- */

static int
compare_times(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool
finish(struct host *host)
{
	host->times = malloc((host->samples.count + (size_t)1) * sizeof *host->times);
	if (host->times == NULL)
		return false;
	host->ntimes = 0;
	host->latest = INT64_MIN;
	for (uint32_t i = 0; i < host->samples.count; i++) {
		const struct host_sample *s = chunks_at(&host->samples, i);

		host->latest = s->time > host->latest ? s->time : host->latest;
		if (s->all)
			host->times[host->ntimes++] = s->time;
	}
	qsort(host->times, host->ntimes, sizeof *host->times, compare_times);
	return true;
}

bool
hosts_finish(struct hosts *h)
{
	for (uint32_t i = 0; i < h->list.count; i++)
		if (!finish(hosts_at(h, i)))
			return false;
	return true;
}

int64_t
host_next_time(const struct host *host, int64_t time)
{
	size_t first = 0, end = host->ntimes;

	while (first < end) {
		const size_t middle = first + (end - first) / 2;

		if (host->times[middle] <= time)
			first = middle + 1;
		else
			end = middle;
	}
	return first < host->ntimes ? host->times[first] : HOST_NO_TIME;
}
