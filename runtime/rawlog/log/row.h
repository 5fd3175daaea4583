/*
 * row: one decoded struct of a log and its context, as plain data. Output formats, filters and reports see a sample only
 * through rows. The code that fills a row owns the memory that it points to, which is valid until the next row is filled. The
 * struct of a record, and one of which a sample has no other, is valid until the next sample.
 */
#ifndef ROW_H
#define ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"

struct row_sample {
	uint64_t number;   /* in its log, from 0 */
	uint64_t offset;   /* of its record, in bytes from the start of the file, gzip undone */
	int64_t time;      /* rawrecord.curtime: seconds since 1970, UTC; any value is possible */
	bool since_boot;   /* its values count since boot, not since the previous sample */
	uint64_t interval; /* seconds that it covers; 0: the release does not store it */
	uint64_t run;      /* how many runs of atop began in the log before the one that it is of */
};

/*
 * A cgroup. Its texts are bytes of the log, of any content, without a terminating NUL. For a struct that is in a cgroup
 * only the path is set; the members above the path are set for a struct that describes a cgroup.
 */
struct row_cgroup {
	const char *name_key; /* the key of the name in the output; NULL: the struct is in the cgroup */
	const char *name;
	size_t name_size;
	bool has_name; /* the name is known */
	bool has_pids; /* the npids processes are known; row_pid returns them */
	size_t npids;
	size_t first_pid; /* for row_pid */
	const void *pids;
	int64_t (*pid)(const void *pids, size_t i);
	const char *path;
	size_t path_size; /* 0: the path is unknown */
};

/* A cgroup that lists a process; valid until the next row is filled, or another one is looked up. */
struct row_joined {
	const void *host; /* its host struct */
	const char *path; /* bytes of the log, without a terminating NUL */
	size_t path_size; /* 0: the path is unknown */
};

struct row {
	const struct catalog_struct *of; /* its role and its members */
	const void *host;                /* the host struct, of->definition->size bytes */
	const struct row_sample *sample; /* NULL: the row is the rawheader */
	const struct row_cgroup *cgroup; /* NULL: structs of this kind have no cgroup */
	uint64_t nulls;                  /* members without a meaning, as bits that the printers know */
	bool unverified;                 /* no checksum covers it: its values may be wrong */
	/* Parts of the host struct that are not decoded, which `fill` decodes; CATALOG_NULLS: `nulls` is not known. */
	uint64_t missing;
	void (*fill)(void *filler, uint64_t parts);
	void *filler;
	/* The last cgroup of the sample that lists the number; NULL: none does. NULL itself: none is known. */
	const struct row_joined *(*join)(void *filler, int64_t number);
};

/* Makes these parts of the row's host struct valid; CATALOG_NULLS: and its nulls. */
static inline void
row_fill(const struct row *row, uint64_t parts)
{
	if ((row->missing & parts) != 0)
		row->fill(row->filler, parts);
}

/* The number of process `i` of the cgroup; requires has_pids. */
static inline int64_t
row_pid(const struct row_cgroup *group, size_t i)
{
	return group->pid(group->pids, group->first_pid + i);
}

#endif
