/*
 * file: views of a log's bytes at any offset, through a window that slides over the source. The window grows to the
 * largest view requested, but only as bytes arrive, so a length that a log states allocates nothing.
 */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/source.h"

#define FILE_GLANCE 512 /* the least that is read after a leap, and what is kept of the place before it */

struct file {
	struct source source;
	unsigned char *window;
	size_t room;     /* of the window */
	size_t have;     /* bytes in it */
	uint64_t base;   /* offset in the log of its first byte */
	bool leapt;      /* its offset is far from the one before */
	uint64_t viewed; /* offset of the last view of the window */
	/* Bytes of that view when the window leapt elsewhere: who goes from record to record looks ahead, and then back. */
	unsigned char left[FILE_GLANCE];
	size_t left_size;
	uint64_t left_at;
	bool holds; /* bytes from `held` on are kept */
	uint64_t held;
	int error; /* errno of the first failure; 0 */
};

/*
 * Opens a log: a descriptor (or negative errno) as for source_open_fd, or memory that stays the caller's. 0, or an errno;
 * after failure nothing need be closed, and the descriptor is closed.
 */
int file_open_fd(struct file *f, int fd);
int file_open_memory(struct file *f, const void *bytes, size_t size);

/* The same, as source_open_begun and source_open_feed. */
int file_open_begun(struct file *f, int fd, const void *start, size_t size, const struct watch *watch);
int file_open_feed(struct file *f, const struct feed *feed);

/*
 * Opens an empty part of a log in memory; 0, or an errno. Then sets it to the `size` bytes at `offset` of the log, which
 * stay the caller's.
 */
int file_open_part(struct file *f);
void file_set_part(struct file *f, const void *bytes, size_t size, uint64_t offset);

void file_close(struct file *f);

/* As file_at, which calls it where the bytes are not in the window. */
const unsigned char *file_at_other(struct file *f, uint64_t offset, size_t length, size_t *got);

/*
 * The bytes at `offset`: `length` of them, or fewer if the log ends before. `got` is set to their number. The view is
 * valid until the next call on `f`. A stream cannot go back before the last offset requested.
 */
static inline const unsigned char *
file_at(struct file *f, uint64_t offset, size_t length, size_t *got)
{
	const uint64_t at = offset - f->base;

	if (offset < f->base || at > f->have || f->have - (size_t)at < length)
		return file_at_other(f, offset, length, got);
	f->leapt = false;
	f->viewed = offset;
	*got = length;
	return f->window + at;
}

/* Whether the log is inside gzip, which is undone. */
bool file_is_packed(const struct file *f);

/* Whether `length` bytes at `offset`, or the log's end before them, can be viewed without waiting for the writer of a pipe. */
bool file_is_there(struct file *f, uint64_t offset, size_t length);

/* Sets a function that is called with `context` before a read waits for the writer of a pipe. */
void file_on_wait(struct file *f, void (*waits)(void *context), void *context);

/*
 * Lets a stream go back to `offset`, which must still be in the window, until file_release. All bytes from there on are
 * kept in memory. Has no effect on a file that can seek.
 */
void file_hold(struct file *f, uint64_t offset);
void file_release(struct file *f);

/* The offset of the log's end. A stream is read to its end for that. */
uint64_t file_end(struct file *f);

/* How many bytes the file has lost since it was opened (source_lost). */
uint64_t file_lost(const struct file *f);

/* Why the log ends early, if the gzip data around it is broken: a static sentence; else NULL. */
const char *file_flaw(const struct file *f);

#endif
