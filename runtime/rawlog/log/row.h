/*
 * row: one decoded struct of a log and what is known about it, as plain data. This is all that an output format, a filter
 * or a report sees of a sample. Whoever fills a row owns what it points to, which is valid until the next row is filled.
 */
#ifndef ROW_H
#define ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"

struct row_sample {
	uint64_t	number;		/* in its log, from 0 */
	uint64_t	offset;		/* of its record, in bytes from the start of the file, gzip undone */
	int64_t		time;		/* rawrecord.curtime: seconds since 1970, UTC; any value is possible */
	bool		since_boot;	/* its values count since the machine was started, not since the sample before */
};

/*
 * A cgroup. Its texts are bytes of the log, of any content, without a NUL at their end. Of a struct that is in a cgroup
 * only the path is set; the members above it are those of a struct that describes the cgroup itself.
 */
struct row_cgroup {
	const char	*name_key;	/* the key of the name in the output; NULL: the struct is in the cgroup */
	const char	*name;
	size_t		 name_size;
	bool		 has_name;	/* the name is known */
	bool		 has_pids;	/* the processes are known: npids numbers, which row_pid returns */
	size_t		 npids;
	size_t		 first_pid;	/* for row_pid */
	const void	*pids;
	int64_t		(*pid)(const void *pids, size_t i);
	const char	*path;
	size_t		 path_size;	/* 0: the path is unknown */
};

struct row {
	const struct catalog_struct	*of;		/* its role and its members */
	const void			*host;		/* the host struct, of->definition->size bytes */
	const struct row_sample		*sample;	/* NULL: it is the rawheader */
	const struct row_cgroup		*cgroup;	/* NULL: structs of this kind are in no cgroup and are none */
	uint64_t			 nulls;		/* which members mean nothing: bits that the printers know */
	bool				 unverified;	/* no checksum covers it: it may be right or wrong */
};

/* Process `i` of the cgroup, which has them. */
static inline int64_t
row_pid(const struct row_cgroup *group, size_t i)
{
	return group->pid(group->pids, group->first_pid + i);
}

#endif
