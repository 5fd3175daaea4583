/*
 * processes: finds the process of a sighting, and adds what the sighting says.
 */
#include "atopdump/report/processes.h"

#include <stdlib.h>

void
processes_init(struct processes *p, enum host_by by)
{
	*p = (struct processes){ .list = { .size = sizeof(struct process) },
		.changes = { .size = sizeof(struct process_change) } };
	strings_init(&p->strings);
	hosts_init(&p->hosts, by);
}

void
processes_free(struct processes *p)
{
	strings_free(&p->strings);
	hosts_free(&p->hosts);
	chunks_free(&p->list);
	chunks_free(&p->changes);
	hash_index_free(&p->index);
	free(p->order);
	p->order = NULL;
}

_Static_assert(sizeof(struct process) <= 184, "and 16 for its place in the index or in the order");

/* --- which process --------------------------------------------------------------------------------------------- */

static uint64_t
hash_of_key(const struct processes *p, uint32_t host, int32_t pid, int64_t start)
{
	return hash_mix(hash_mix(hash_mix(p->strings.seed, host), (uint32_t)pid), (uint64_t)start);
}

static uint64_t
hash_of_process(const void *context, uint32_t item)
{
	const struct processes *p = context;
	const struct process *one = processes_at(p, item);

	return hash_of_key(p, one->host, one->pid, one->start);
}

/* Whether a sighting at `time` of that pid and about that start can be of the process; `near`: the starts differ. */
static bool
fits(const struct process *one, const struct sighting *s, int64_t time, bool near)
{
	if (one->exit_time == PROCESS_NO_TIME)
		return !s->exited || one->last_seen <= time;
	if (s->exited)
		return !near && time == one->exit_time;
	return time < one->exit_time || (time == one->exit_time && (s->zombie || s->start <= one->start));
}

/* The process of that start. HASH_INDEX_END: none. */
static uint32_t
find_at(const struct processes *p, uint32_t host, const struct sighting *s, int64_t time, int64_t start)
{
	struct hash_walk walk;
	uint32_t item = hash_index_first(&walk, &p->index, hash_of_key(p, host, s->pid, start));

	for (; item != HASH_INDEX_END; item = hash_index_next(&walk)) {
		const struct process *one = processes_at(p, item);

		if (one->pid == s->pid && one->start == start && one->host == host &&
		    fits(one, s, time, start != s->start))
			return item;
	}
	return HASH_INDEX_END;
}

/* An exact match, or one a second before, as exit records state it, or one a second later. */
static uint32_t
find(const struct processes *p, uint32_t host, const struct sighting *s, int64_t time)
{
	static const int shifts[] = { 0, -1, 1 };
	uint32_t item = HASH_INDEX_END;

	for (size_t i = 0; i < sizeof shifts / sizeof shifts[0] && item == HASH_INDEX_END; i++)
		item = find_at(p, host, s, time, s->start + shifts[i]);
	return item;
}

/* A new process, not seen yet. NULL: out of memory. */
static struct process *
add(struct processes *p, uint32_t host, const struct sighting *s)
{
	struct process *one = chunks_add(&p->list);

	if (one == NULL)
		return NULL;
	*one = (struct process){ .start = s->start,
		.ended = PROCESS_NO_TIME,
		.exit_time = PROCESS_NO_TIME,
		.base_time = PROCESS_NO_TIME,
		.first_seen = INT64_MAX,
		.last_seen = INT64_MIN,
		.peaks = { -1, -1 },
		.threads_max = -1,
		.pid = s->pid,
		.status = -1,
		.host = host,
		.changes = PROCESS_NONE,
		.shift = 1 };
	if (hash_index_add(&p->index, hash_of_process(p, p->list.count - 1), p->list.count - 1, hash_of_process, p))
		return one;
	chunks_drop(&p->list);
	return NULL;
}

/* --- what a sighting says --------------------------------------------------------------------------------------- */

static struct process_change *
change_at(const struct processes *p, uint32_t number)
{
	return chunks_at(&p->changes, number);
}

static bool
add_change(struct processes *p, struct process *one, enum process_trait trait, uint32_t value, int64_t since)
{
	const uint32_t number = p->changes.count;
	struct process_change *change;

	if (one->nchanges == PROCESS_CHANGES_MAX) {
		one->cut = true;
		return true;
	}
	change = chunks_add(&p->changes);
	if (change == NULL)
		return false;
	one->nchanges++;
	*change = (struct process_change){ since, value, one->changes, trait };
	one->changes = number;
	return true;
}

/*
 * Notes a value of a trait. The one that the process has itself dates from when it was first seen; so this is called before
 * first_seen changes. False: out of memory.
 */
static bool
note_trait(struct processes *p, struct process *one, enum process_trait trait, uint32_t value, int64_t time)
{
	uint32_t *own = &one->traits[trait], old;

	if (value == STRING_NONE || (value == *own && time >= one->first_seen))
		return true;
	if (time > one->first_seen) {
		for (uint32_t i = one->changes; i != PROCESS_NONE; i = change_at(p, i)->next) {
			struct process_change *change = change_at(p, i);

			if (change->trait != trait || change->value != value)
				continue;
			change->since = time < change->since ? time : change->since;
			return true;
		}
		return add_change(p, one, trait, value, time);
	}
	old = *own;
	*own = value;
	return old == STRING_NONE || old == value || time == one->first_seen ||
	    note_trait(p, one, trait, old, one->first_seen);
}

/* Adds to the sums. A sample since boot has all of a process from its start, so it replaces what came before. */
static void
add_sums(struct process *one, const struct sighting *s, const struct host_sample *sample)
{
	const bool based = one->base_time != PROCESS_NO_TIME;

	if (based && (sample->since_boot ? sample->time < one->base_time : sample->time <= one->base_time))
		return;
	if (sample->since_boot && sample->time > one->base_time) {
		for (size_t i = 0; i < SUMS && sample->time >= one->last_seen; i++)
			one->sums[i] = 0;
		one->base_time = sample->time;
	}
	for (unsigned i = 0; i < SUMS; i++)
		if (s->sums[i] >= 0) {
			one->sums_known |= 1u << i;
			if (s->sums[i] <= INT64_MAX - one->sums[i])
				one->sums[i] += s->sums[i];
		}
}

static void
raise_peaks(struct process *one, const struct sighting *s)
{
	const int64_t threads = s->peaks[PEAK_THREADS];

	for (size_t i = 0; i < PEAK_THREADS; i++)
		if (s->peaks[i] > one->peaks[i])
			one->peaks[i] = s->peaks[i];
	if (threads > one->threads_max && threads <= INT32_MAX)
		one->threads_max = (int32_t)threads;
}

static void
note_times(struct process *one, const struct sighting *s, int64_t time, const struct sample_place *place)
{
	if (s->has_ppid && (time < one->first_seen || !one->has_ppid)) {
		one->ppid = s->ppid;
		one->has_ppid = true;
	}
	if (time < one->first_seen) {
		one->first_seen = time;
		one->first_file = place->file;
		one->first_sample = place->number;
	}
	if (time > one->last_seen) {
		one->last_seen = time;
		one->last_file = place->file;
		one->last_sample = place->number;
	}
}

static void
note_end(struct process *one, const struct sighting *s, int64_t time)
{
	if (s->exited) {
		one->exit_time = time;
		one->ended = s->ended;
		one->status = s->status;
	} else if (!one->exact) {
		one->exact = true;
		one->shift = (unsigned)(s->start - one->start + 1) & 3;
	}
}

/* Adds a sighting. False: out of memory. */
static bool
take(struct processes *p, uint32_t host, const struct host_sample *sample, const struct sample_place *place,
    const struct sighting *s)
{
	const uint32_t item = find(p, host, s, sample->time);
	const uint32_t number = item != HASH_INDEX_END ? item : p->list.count;
	struct process *one = item != HASH_INDEX_END ? chunks_at(&p->list, item) : add(p, host, s);

	if (one == NULL)
		return false;
	if (p->seen != NULL)
		p->seen(p->context, &(struct process_seen){ number, hosts_at(&p->hosts, host), sample, place, s });
	add_sums(one, s, sample);
	raise_peaks(one, s);
	for (enum process_trait i = 0; i < TRAITS; i++)
		if ((i != TRAIT_IDS || !s->exited || one->traits[i] == STRING_NONE) &&
		    !note_trait(p, one, i, s->traits[i], sample->time))
			return false;
	note_times(one, s, sample->time, place);
	note_end(one, s, sample->time);
	one->samples += one->serial != p->serial;
	one->serial = p->serial;
	return true;
}

/* Adds the sightings that are, or are not, exit records. False: out of memory. */
static bool
take_all(struct processes *p, uint32_t host, const struct host_sample *sample, const struct sample_place *place,
    const struct sighting *sightings, size_t count, bool exited)
{
	for (size_t i = 0; i < count; i++)
		if (sightings[i].exited == exited && !take(p, host, sample, place, &sightings[i]))
			return false;
	return true;
}

/* Exit records come first: they are of the processes of earlier samples, and zombies of the same sample belong to them. */
bool
processes_add(struct processes *p, const struct host *host, const struct host_sample *sample,
    const struct sample_place *place, const struct sighting *sightings, size_t count)
{
	const uint32_t number = hosts_find(&p->hosts, host);
	bool is_new;

	if (number == HASH_INDEX_END)
		return false;
	if (!host_sample_add(hosts_at(&p->hosts, number), sample, &is_new))
		return false;
	if (!is_new)
		return true;
	p->serial++;
	return take_all(p, number, sample, place, sightings, count, true) &&
	    take_all(p, number, sample, place, sightings, count, false);
}
