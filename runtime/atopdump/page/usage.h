/*
 * usage: what the processes of a host used in each span of time. Spans are minutes, hours or days as clocks of the zone show
 * them: the shortest of a list of which a host needs at most SPANS_MAX. Spans without a sample are none.
 *
 * Memory: 64 bytes for each process in each span in which it used something.
 */
#ifndef USAGE_H
#define USAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "atopdump/report/hash_index.h"
#include "atopdump/report/processes.h"

#define SPANS_MAX 24

/* A process in a span. */
struct usage_entry {
	int64_t bucket;
	int64_t cpu;           /* microseconds */
	int64_t read, written; /* bytes; -1: unknown */
	int64_t rss;           /* bytes, the most in a sample; -1: unknown */
	uint32_t process;
};

struct usage_span {
	int64_t bucket;  /* its number: local seconds since 1970, divided by the seconds of a span */
	int64_t covered; /* seconds of its samples that processes were seen in */
};

struct usage {
	unsigned level;
	struct usage_span spans[SPANS_MAX + 1]; /* by bucket */
	size_t nspans;
	struct usage_entry *entries;
	size_t room;
	uint32_t count;
	struct hash_index index;
};

/* All zeros: empty. */
void usage_free(struct usage *u);

/* A time has a sample, which covers `covered` seconds in which processes were seen. False: out of memory. */
bool usage_note(struct usage *u, int64_t time, int64_t covered);

/* Adds what a process used in the sample at `time`, which was noted. False: out of memory. */
bool usage_add(struct usage *u, uint32_t process, int64_t time, const struct sighting *s);

/* Makes the spans those of the level, which is not below that of `u`. False: out of memory. */
bool usage_coarsen(struct usage *u, unsigned level);

/* The level whose spans have all time in one. */
unsigned usage_last_level(void);

/* The bucket of a time. */
int64_t usage_bucket(unsigned level, int64_t time);

/* The seconds of a span; the time at which it begins. */
int64_t usage_seconds(unsigned level);
int64_t usage_begin(unsigned level, int64_t bucket);

#endif
