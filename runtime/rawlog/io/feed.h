/*
 * feed: bytes that a caller of the library supplies in sequence, such as those of a file inside an archive.
 */
#ifndef FEED_H
#define FEED_H

#include <stddef.h>

struct feed {
	/* Reads up to `size` bytes into `buffer`. 0: there are no more, or they cannot be read. */
	size_t (*read)(void *context, void *buffer, size_t size);
	/* The errno with which reading failed; 0: it did not. */
	int (*error)(void *context);
	/* Why the bytes end early: text that outlives the feed; NULL: they do not. */
	const char *(*flaw)(void *context);
	/* Begins the same bytes anew in `again`, independent of how far these are read. 0, or an errno. */
	int (*again)(void *context, struct feed *again);
	void *context; /* of these functions; the caller's, valid until the log is closed */
};

#endif
