/*
 * watch: how far a file has been read, for who shows it.
 */
#ifndef WATCH_H
#define WATCH_H

#include <stdint.h>

struct watch {
	/* Bytes of the file have been read, those before `position` at most; compression is not undone. NULL: nobody watches. */
	void (*at)(void *context, uint64_t position);
	void *context; /* the caller's */
};

#endif
