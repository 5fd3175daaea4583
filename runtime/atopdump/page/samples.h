/*
 * samples: the samples of all logs, each once, and what was measured in them: values of series, such as the processors' time in
 * the system or what a disk read.
 *
 * Memory: 12 bytes a value, about 40 a sample.
 */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stdbool.h>

#include "atopdump/report/chunks.h"
#include "atopdump/report/hash_index.h"

#define SAMPLES_NONE UINT32_MAX

struct sample {
	int64_t time;
	uint32_t host; /* a number of hosts.h */
	uint32_t interval;
	bool since_boot;
	uint32_t values; /* the first of a list; SAMPLES_NONE: none */
};

struct sample_value {
	uint32_t series;
	uint32_t next;
	float value;
};

/* A measure of a sample, or of what has the name: a disk, an interface. */
struct series {
	unsigned measure;
	uint32_t name; /* a string; STRING_NONE: the sample itself */
};

struct samples {
	struct chunks list;   /* struct sample */
	struct chunks values; /* struct sample_value */
	struct chunks series; /* struct series */
	struct hash_index index, series_index;
	uint32_t current; /* the sample that values are added to */
	bool again;       /* it was added before */
};

void samples_init(struct samples *s);
void samples_free(struct samples *s);

/* Makes a sample the current one, and adds it unless there is one like it. False: out of memory. */
bool samples_add(struct samples *s, const struct sample *sample);

/* Adds a value to the current sample, unless it has one of that series. False: out of memory. */
bool samples_add_value(struct samples *s, const struct series *series, float value);

static inline const struct sample *
samples_at(const struct samples *s, uint32_t number)
{
	return chunks_at(&s->list, number);
}

static inline const struct sample_value *
samples_value_at(const struct samples *s, uint32_t number)
{
	return chunks_at(&s->values, number);
}

static inline const struct series *
samples_series_at(const struct samples *s, uint32_t number)
{
	return chunks_at(&s->series, number);
}

#endif
