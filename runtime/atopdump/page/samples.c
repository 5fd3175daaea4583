/*
 * samples: an index of samples, one of series, and a list of values for each sample.
 */
#include "atopdump/page/samples.h"

void
samples_init(struct samples *s)
{
	*s = (struct samples){ .list = { .size = sizeof(struct sample) },
		.values = { .size = sizeof(struct sample_value) },
		.series = { .size = sizeof(struct series) },
		.current = SAMPLES_NONE };
}

void
samples_free(struct samples *s)
{
	chunks_free(&s->list);
	chunks_free(&s->values);
	chunks_free(&s->series);
	hash_index_free(&s->index);
	hash_index_free(&s->series_index);
}

static uint64_t
hash_of(const struct sample *one)
{
	return hash_mix(hash_mix(hash_mix(one->since_boot, one->host), (uint64_t)one->time), one->interval);
}

static uint64_t
hash_of_item(const void *context, uint32_t item)
{
	return hash_of(samples_at(context, item));
}

static bool
is_like(const struct sample *a, const struct sample *b)
{
	return a->time == b->time && a->host == b->host && a->interval == b->interval && a->since_boot == b->since_boot;
}

bool
samples_add(struct samples *s, const struct sample *sample)
{
	const uint64_t hash = hash_of(sample);
	struct hash_walk walk;
	struct sample *added;

	s->again = true;
	for (s->current = hash_index_first(&walk, &s->index, hash); s->current != HASH_INDEX_END;
	     s->current = hash_index_next(&walk))
		if (is_like(samples_at(s, s->current), sample))
			return true;
	added = chunks_add(&s->list);
	if (added == NULL)
		return false;
	*added = *sample;
	added->values = SAMPLES_NONE;
	s->current = s->list.count - 1;
	s->again = false;
	if (hash_index_add(&s->index, hash, s->current, hash_of_item, s))
		return true;
	chunks_drop(&s->list);
	return false;
}

static uint64_t
hash_of_series(const struct series *one)
{
	return hash_mix(hash_mix(1, one->measure), one->name);
}

static uint64_t
hash_of_series_item(const void *context, uint32_t item)
{
	return hash_of_series(samples_series_at(context, item));
}

/* The number of the series, which is added if it is new. SAMPLES_NONE: out of memory. */
static uint32_t
find_series(struct samples *s, const struct series *series)
{
	const uint64_t hash = hash_of_series(series);
	struct hash_walk walk;
	struct series *added;
	uint32_t item;

	for (item = hash_index_first(&walk, &s->series_index, hash); item != HASH_INDEX_END;
	     item = hash_index_next(&walk))
		if (samples_series_at(s, item)->measure == series->measure &&
		    samples_series_at(s, item)->name == series->name)
			return item;
	added = chunks_add(&s->series);
	if (added == NULL)
		return SAMPLES_NONE;
	*added = *series;
	if (hash_index_add(&s->series_index, hash, s->series.count - 1, hash_of_series_item, s))
		return s->series.count - 1;
	chunks_drop(&s->series);
	return SAMPLES_NONE;
}

/* Whether the current sample has a value of the series. */
static bool
has_value(const struct samples *s, uint32_t series)
{
	for (uint32_t i = samples_at(s, s->current)->values; i != SAMPLES_NONE; i = samples_value_at(s, i)->next)
		if (samples_value_at(s, i)->series == series)
			return true;
	return false;
}

bool
samples_add_value(struct samples *s, const struct series *series, float value)
{
	const uint32_t number = find_series(s, series);
	struct sample *sample = chunks_at(&s->list, s->current);
	struct sample_value *added;

	if (number == SAMPLES_NONE)
		return false;
	if (s->again && has_value(s, number))
		return true;
	added = chunks_add(&s->values);
	if (added == NULL)
		return false;
	*added = (struct sample_value){ number, sample->values, value };
	sample->values = s->values.count - 1;
	return true;
}
