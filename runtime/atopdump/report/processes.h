/*
 * processes: who is who: a process for all its sightings in samples, whatever the files and their order. It knows no release:
 * what it is given are sightings as plain values.
 *
 * A process is (host, pid) with start times that differ by one second at most, up to its exit record; an exact match comes
 * before a near one. In one sample an exit record and a living sighting are one process, whose sums are added, unless the latter
 * was started later. A sample that is known already, from another file, adds nothing.
 *
 * Memory: less than 200 bytes a process, besides its strings and changes; 24 bytes a change, of which a process has at most
 * PROCESS_CHANGES_MAX; less than 64 a sample.
 */
#ifndef PROCESSES_H
#define PROCESSES_H

#include "atopdump/report/hosts.h"

#define PROCESS_NONE    UINT32_MAX
#define PROCESS_NO_TIME HOST_NO_TIME

#define PROCESS_CHANGES_MAX 1000 /* changes of a process that are kept */

/* What is added up. */
enum process_sum {
	SUM_USER, /* microseconds */
	SUM_SYSTEM,
	SUM_READ, /* bytes */
	SUM_WRITTEN,
	SUM_RECEIVED,
	SUM_SENT,
	SUMS
};

/* Of what the largest value is kept. */
enum process_peak {
	PEAK_RSS, /* bytes */
	PEAK_VMEM,
	PEAK_THREADS,
	PEAKS
};

/* What can change while a process lives. */
enum process_trait {
	TRAIT_NAME,
	TRAIT_CMDLINE,
	TRAIT_IDS, /* struct process_ids as bytes */
	TRAIT_CGROUP,
	TRAIT_CONTAINER,
	TRAITS
};

/* User and group ids: real, effective, saved, of file access. Bit n of `known`: number n is. */
struct process_ids {
	int32_t id[8];
	uint32_t known;
};

/* A process in a sample. Strings are numbers of processes.strings; STRING_NONE: unknown. */
struct sighting {
	int32_t pid; /* 0: unknown */
	int32_t ppid;
	bool has_ppid;
	bool exited; /* an exit record */
	bool zombie;
	char state; /* its letter; '\0': unknown */
	int64_t start;
	int64_t ended;  /* of an exit record; PROCESS_NO_TIME: unknown */
	int32_t status; /* of an exit record: wait status; -1: unknown */
	uint32_t traits[TRAITS];
	int64_t sums[SUMS]; /* negative: unknown */
	int64_t peaks[PEAKS];
};

/* A value from when on; the ones of a process are a list. */
struct process_change {
	int64_t since;
	uint32_t value; /* a string */
	uint32_t next;  /* PROCESS_NONE: the last */
	enum process_trait trait;
};

struct process {
	int64_t start;     /* as it was seen first: what it is found by */
	int64_t ended;     /* by its exit record; PROCESS_NO_TIME: unknown */
	int64_t exit_time; /* of the sample with the exit record; PROCESS_NO_TIME: there is none */
	int64_t base_time; /* of the latest sample since boot, which replaced the sums; PROCESS_NO_TIME: none */
	int64_t first_seen, last_seen;
	int64_t sums[SUMS];
	int64_t peaks[PEAK_THREADS]; /* without the last one */
	int32_t threads_max;         /* -1: unknown */
	int32_t pid, ppid;
	int32_t status;
	uint32_t host;
	uint32_t traits[TRAITS]; /* the first values; STRING_NONE: none */
	uint32_t changes;        /* the first of a list; PROCESS_NONE: nothing changed */
	uint32_t first_file, last_file;
	uint32_t first_sample, last_sample;
	uint32_t samples;
	uint32_t serial; /* of the sample counted last */
	unsigned sums_known : SUMS;
	unsigned shift : 2; /* 1 + seconds from `start` to the start that living sightings state */
	bool has_ppid : 1;
	bool exact : 1; /* a living sighting was seen */
	bool cut : 1;   /* more changed than is kept */
	unsigned nchanges : 16;
};

/* Where a sample stands. */
struct sample_place {
	uint32_t file;   /* a string */
	uint32_t number; /* in its log */
};

/* A sighting, and the process that it is of. */
struct process_seen {
	uint32_t process; /* its number: the first one found is 0 */
	const struct host *host;
	const struct host_sample *sample;
	const struct sample_place *place;
	const struct sighting *sighting;
};

struct processes {
	struct strings strings;
	struct hosts hosts;
	struct chunks list;    /* struct process */
	struct chunks changes; /* struct process_change */
	struct hash_index index;
	uint32_t serial; /* samples so far */
	uint32_t *order; /* the processes by host, pid and start; made by processes_finish */
	/* Called with each sighting, in the order of samples. NULL: nobody asks. */
	void (*seen)(void *context, const struct process_seen *seen);
	void *context;
};

void processes_init(struct processes *p, enum host_by by);
void processes_free(struct processes *p);

/* Adds the `count` sightings of a sample. False: out of memory. */
bool processes_add(struct processes *p, const struct host *host, const struct host_sample *sample,
    const struct sample_place *place, const struct sighting *sightings, size_t count);

/* All samples are added: prepares what follows. False: out of memory. */
bool processes_finish(struct processes *p);

static inline const struct process *
processes_at(const struct processes *p, uint32_t number)
{
	return chunks_at(&p->list, number);
}

/* When the process was started, as living sightings state it if there are some. */
int64_t process_start(const struct process *one);

/* The order of two processes of one host by their start, then by pid and by the time when they were first seen: below 0, above 0. */
int processes_compare(const struct processes *p, uint32_t a, uint32_t b);

/* The value of a trait that the process had at a time, the new one of those that changed then. STRING_NONE: none is known. */
uint32_t process_value(const struct processes *p, const struct process *one, enum process_trait trait, int64_t time);

/* The one that it had last. */
static inline uint32_t
process_last(const struct processes *p, const struct process *one, enum process_trait trait)
{
	return process_value(p, one, trait, INT64_MAX);
}

/* Calls `found` for each value of a trait, in the order of their times, with the time when it was first seen. */
void process_each(const struct processes *p, const struct process *one, enum process_trait trait,
    void (*found)(void *context, uint32_t value, int64_t since), void *context);

/*
 * The process that had the number of the parent when the process was first seen, and had been started before it. PROCESS_NONE:
 * none is known.
 */
uint32_t process_parent(const struct processes *p, const struct process *one);

/* The time of the first sample without the process, if it was not seen to end; PROCESS_NO_TIME: there is none. */
int64_t process_vanished(const struct processes *p, const struct process *one);

#endif
