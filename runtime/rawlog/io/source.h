/*
 * source: the bytes of a log from a regular file, a pipe, memory, or a feed of the caller's. gzip is recognised by its first
 * bytes and undone.
 * Knows nothing of atop, and buffers nothing except the input of gzip.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/feed.h"
#include "rawlog/io/filekind.h"
#include "rawlog/io/watch.h"

struct gunzip;

enum source_kind {
	SOURCE_REGULAR,
	SOURCE_STREAM,
	SOURCE_FEED,
	SOURCE_MEMORY
};

struct source {
	enum source_kind kind;
	int fd; /* -1 of SOURCE_MEMORY and SOURCE_FEED */
	bool owns_fd;
	uint64_t start;             /* SOURCE_REGULAR: where the log begins in the file */
	uint64_t opened;            /* SOURCE_REGULAR: the size of the file when it was opened */
	uint64_t part;              /* SOURCE_MEMORY: where the bytes stand in the log */
	const unsigned char *bytes; /* SOURCE_MEMORY: the caller's */
	size_t size;
	uint64_t taken;                      /* raw bytes read in sequence so far */
	struct feed feed;                    /* SOURCE_FEED */
	unsigned char peeked[FILEKIND_SIZE]; /* read from a stream to recognise gzip, not yet returned by a read */
	size_t npeeked;
	struct gunzip *gunzip;        /* NULL: not gzip */
	void (*waits)(void *context); /* SOURCE_STREAM: called before a read that has to wait; NULL */
	void *context;                /* of `waits` */
	struct watch watch;           /* follows reads of a descriptor, and bounds them */
	bool hasty;                   /* SOURCE_STREAM: reads do not wait for bytes that are not written yet */
	bool dry;                     /* the last read ended because of that, not at the end of the log */
	int error;                    /* errno of the first failure; 0 */
	const char *flaw;             /* why a gzip file or a feed ends early; NULL if it does not */
};

/*
 * Opens the file at `path` for reading, "-" being standard input. `flags` are added to those of open(2). A descriptor, or a
 * negative errno. If the system permits, reading does not change the access time of the file.
 */
int source_descriptor(const char *path, int flags);

/*
 * Takes over a descriptor, closed by source_close or after failure unless it is standard input. `fd` may be a negative
 * errno, which is returned. 0, or an errno; after failure nothing need be closed.
 */
int source_open_fd(struct source *s, int fd);

/*
 * The same, followed by `watch`, which is copied. Of a descriptor that is no regular file the `size` bytes at `start` have been
 * read, FILEKIND_SIZE at most; they do not go to the tap.
 */
int source_open_begun(struct source *s, int fd, const void *start, size_t size, const struct watch *watch);

/* The same for a feed, which must stay valid. */
int source_open_feed(struct source *s, const struct feed *feed);

/* The same for `size` bytes of memory, which stay the caller's. */
int source_open_memory(struct source *s, const void *bytes, size_t size);

/* The same for bytes at `offset` of a log whose gzip is undone. Cannot fail; nothing need be closed. */
void source_open_part(struct source *s, const void *bytes, size_t size, uint64_t offset);

/*
 * The same for all bytes that `of` reads, from the beginning; where `of` is does not matter and does not change. `of` must
 * outlive it. ESPIPE: `of` is a stream.
 */
int source_open_again(struct source *s, const struct source *of);

void source_close(struct source *s);

/* Whether source_read accepts any offset. If not, each must be where the last read ended. */
bool source_is_seekable(const struct source *s);

/*
 * Reads up to `size` bytes of the log at `offset`. Returns how many; 0 at the end of the log, and when
 * `error` or `flaw` say that it cannot be read further.
 */
size_t source_read(struct source *s, void *buffer, size_t size, uint64_t offset);

/* Whether more bytes may be written while the log is read. */
bool source_is_live(const struct source *s);

/* The log's size, if it is known without reading the log; else false. */
bool source_size(const struct source *s, uint64_t *size);

/*
 * How many bytes a regular file is shorter than it was when it was opened, gzip not undone; else 0. A log may grow while it is
 * read; one that becomes shorter has lost what it had.
 */
uint64_t source_lost(const struct source *s);

#endif
