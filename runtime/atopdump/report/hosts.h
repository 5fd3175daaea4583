/*
 * hosts: the machines that logs were written on, and the samples of each. A host is a machine from one boot to the next, unless
 * the user says otherwise.
 */
#ifndef HOSTS_H
#define HOSTS_H

#include <stdbool.h>

#include "atopdump/report/strings.h"

#define HOST_NO_TIME INT64_MIN

/* What makes two logs those of one host. */
enum host_by {
	HOST_BY_BOOT, /* name, machine, kernel release and boot time */
	HOST_BY_NAME, /* name */
	HOST_BY_DIR   /* the folder of the file */
};

/* A sample of a host. */
struct host_sample {
	int64_t time;
	uint32_t interval;
	bool since_boot;
	bool all; /* it has all processes, not only those that were active */
};

/* Numbers of strings. */
struct host {
	uint32_t name, machine, kernel, dir;
	int64_t boot;     /* HOST_NO_TIME: unknown, or not asked for */
	int64_t earliest; /* of the boot times that are one with it, whatever the order of logs; made by hosts_find */
	struct chunks samples;
	struct hash_index index;
	/* The times of samples that have all processes, in order; made by hosts_finish. */
	int64_t *times;
	int64_t latest; /* time of its last sample; made by hosts_finish */
	size_t ntimes;
};

struct hosts {
	enum host_by by;
	struct chunks list; /* struct host */
	struct hash_index index;
	uint32_t last; /* the one found last; 0 if there is none */
};

void hosts_init(struct hosts *h, enum host_by by);
void hosts_free(struct hosts *h);

/* The number of the host like `host`, of which only names and boot count. HASH_INDEX_END: out of memory. */
uint32_t hosts_find(struct hosts *h, const struct host *host);

static inline struct host *
hosts_at(const struct hosts *h, uint32_t number)
{
	return chunks_at(&h->list, number);
}

/* Adds the sample, unless the host has one like it; *is_new says which. False: out of memory. */
bool host_sample_add(struct host *host, const struct host_sample *sample, bool *is_new);

/* Sorts the times of samples. False: out of memory. */
bool hosts_finish(struct hosts *h);

/* The time of the first sample after `time` that has all processes; HOST_NO_TIME: there is none. */
int64_t host_next_time(const struct host *host, int64_t time);

#endif
