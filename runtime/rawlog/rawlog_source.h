/*
 * rawlog_source: logs whose bytes do not simply come from a descriptor, for programs in the source tree; not installed.
 */
#ifndef RAWLOG_SOURCE_H
#define RAWLOG_SOURCE_H

#include "rawlog/io/feed.h"
#include "rawlog/io/filekind.h"
#include "rawlog/io/watch.h"
#include "rawlog/rawlog.h"

struct rawlog_source {
	int fd;                  /* as for rawlog_open_fd, unless there is a feed */
	const struct feed *feed; /* where the bytes come from, gzip not yet undone; copied. NULL: the descriptor */
	const void *start;       /* what has already been read of a descriptor that is no regular file; copied */
	size_t size;             /* bytes there, FILEKIND_SIZE at most */
	struct watch watch;      /* follows reads of the descriptor, and bounds them; copied */
};

/*
 * Inflates the `size` bytes at `start` of a file into `bytes`, as far as they hold gzip; `got` is how many come out, FILEKIND_SIZE at
 * most, and 0 if they are no gzip. False: out of memory.
 */
bool rawlog_inside_gzip(const void *start, size_t size, unsigned char bytes[FILEKIND_SIZE], size_t *got);

/* The libraries that it inflates with, as inflate_library. */
const char *rawlog_library(size_t i, const char **version);

/* As rawlog_open_fd or, if `carve`, rawlog_carve_fd. */
enum rawlog_result rawlog_open_source(struct rawlog **log, const struct rawlog_source *source, bool carve,
    const char *layout, struct rawlog_error *error);

#endif
