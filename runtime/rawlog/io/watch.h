/*
 * watch: who follows the reading of a file, and how far it goes.
 */
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "rawlog/io/tap.h"

struct watch {
	/* Bytes of the file have been read, those before `position` at most; compression is not undone. NULL: nobody watches. */
	void (*at)(void *context, uint64_t position);
	void *context; /* the caller's */
	/* Of a regular file: bytes from offset `end` on are not read, also if it grows meanwhile. */
	bool ends;
	uint64_t end;
	struct tap tap; /* of any other file: gets the bytes that are read of it */
};

/* How many of `size` bytes at `offset` of a regular file are read. */
static inline uint64_t
watch_size(const struct watch *watch, uint64_t offset, uint64_t size)
{
	if (!watch->ends)
		return size;
	if (offset >= watch->end)
		return 0;
	return size < watch->end - offset ? size : watch->end - offset;
}

#endif
