/*
 * writer: one buffer between the printers and a file descriptor or memory. A printer asks for room, writes through a plain
 * pointer, and returns the end of what it wrote. The first error is kept: output after it is discarded, and printers need
 * not check for it.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rawlog/io/tap.h"

#define WRITER_ROOM_MAX   (256u << 10) /* the most that can be asked for at once; also the size of the buffer */
#define WRITER_DIRECT_MIN (64u << 10)  /* bytes from this number on are written without copying them */

/* When a part may append its bytes to its output. */
struct writer_order {
	bool (*is_next)(void *context); /* whether all output before the part has been appended */
	bool (*wait)(void *context);    /* waits for that; false: its bytes are not wanted */
	void *context;
	size_t kept_max; /* bytes that a part keeps without waiting */
};

struct writer {
	char *next; /* where the next byte goes */
	char *end;  /* of the buffer */
	char *buffer;
	struct writer *output;      /* of a part: what its bytes are appended to; else NULL */
	struct writer_order *order; /* of a part */
	int fd;                     /* -1: the buffer grows and is never flushed */
	int error;                  /* errno of the first failure; 0 */
	uint64_t flushed;           /* bytes handed to fd so far */
	struct tap tap;             /* gets what has been written to fd; nobody unless the caller sets it */
};

/* Prepares `w` for a descriptor, which the caller closes, or, with fd -1, for memory. 0, or an errno. */
int writer_open(struct writer *w, int fd);

/*
 * Prepares `w` as a part of `output`, in memory. Its bytes are appended to `output` by writer_append, or when its buffer is
 * full and it is next in order. Until it is next the buffer grows up to kept_max; then writing to it waits. `output` and
 * `order` must outlive it. 0, or an errno.
 */
int writer_open_part(struct writer *w, struct writer *output, struct writer_order *order);

/* Appends the part's bytes and its error to its output. The part must be next in order. */
void writer_append(struct writer *part);

/* Discards the part's bytes. */
void writer_discard(struct writer *part);

/* Writes out what is buffered (nothing to do in memory). 0, or the errno of the first failure. */
int writer_flush(struct writer *w);

/* Frees the buffer; flushes nothing. */
void writer_close(struct writer *w);

/* Makes room for `size` bytes; called through writer_room. */
char *writer_make_room(struct writer *w, size_t size);

/* At least `size` (up to WRITER_ROOM_MAX) bytes to write to; never NULL, valid until the next call on `w`. */
static inline char *
writer_room(struct writer *w, size_t size)
{
	return (size_t)(w->end - w->next) >= size ? w->next : writer_make_room(w, size);
}

/* Ends a write: the bytes up to `end`, within the room, are output. */
static inline void
writer_commit(struct writer *w, char *end)
{
	w->next = end;
}

/* Takes back the last `size` bytes committed, which were committed at once. */
static inline void
writer_unput(struct writer *w, size_t size)
{
	w->next -= size;
}

/* Appends bytes that may not fit into the buffer; called through writer_put. */
void writer_put_much(struct writer *w, const void *bytes, size_t size);

/* Appends `size` bytes. */
static inline void
writer_put(struct writer *w, const void *bytes, size_t size)
{
	if (size < WRITER_DIRECT_MIN && size <= (size_t)(w->end - w->next)) {
		memcpy(w->next, bytes, size);
		w->next += size;
	} else {
		writer_put_much(w, bytes, size);
	}
}

#endif
