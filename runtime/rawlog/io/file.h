/*
 * file: views of a log's bytes at an offset. A window slides over the source; its size follows the largest
 * view asked for, and only as fast as bytes really arrive, so that a length that a log states allocates
 * nothing. What the bytes mean is not its business.
 */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/io/source.h"

struct file {
	struct source	 source;
	unsigned char	*window;
	size_t		 room;			/* of the window */
	size_t		 have;			/* bytes in it */
	uint64_t	 base;			/* offset in the log of its first byte */
	bool		 leapt;			/* what it holds is far from what it held before */
	bool		 holds;			/* bytes from `held` on are kept */
	uint64_t	 held;
	int		 error;			/* errno of the first failure; 0 */
};

/*
 * Opens a log: a path ("-": standard input), a descriptor (or negative errno) that becomes the file's, or memory
 * that stays the caller's. 0, or an errno.
 */
int	file_open(struct file *f, const char *path);
int	file_open_fd(struct file *f, int fd);
int	file_open_memory(struct file *f, const void *bytes, size_t size);

/*
 * Opens a part of a log that is in memory: nothing yet. Then makes it the `size` bytes that stand at `offset` of the log,
 * and stay the caller's.
 */
int	file_open_part(struct file *f);
void	file_set_part(struct file *f, const void *bytes, size_t size, uint64_t offset);

void	file_close(struct file *f);

/*
 * The bytes at `offset`: `length` of them, or as many as there are before the log ends. `got` says how many;
 * the view is valid until the next call on `f`. A stream cannot go back before the offset asked for last.
 */
const unsigned char	*file_at(struct file *f, uint64_t offset, size_t length, size_t *got);

/*
 * Whether `length` bytes at `offset`, or the log's end before them, can be viewed without waiting for whoever writes the
 * log.
 */
bool	file_is_there(struct file *f, uint64_t offset, size_t length);

/* Has `waits` called with `context` before whoever writes the log is waited for. */
void	file_on_wait(struct file *f, void (*waits)(void *context), void *context);

/*
 * Lets a stream go back as far as `offset`, which the window still has, until file_release. What comes between is kept
 * in memory. A file that can seek needs none of this.
 */
void	file_hold(struct file *f, uint64_t offset);
void	file_release(struct file *f);

/* The offset of the log's end; a stream is read to its end to know it. */
uint64_t	file_end(struct file *f);

/* Why the log ends where it does if something is wrong with the file around it (gzip); else NULL. */
const char	*file_flaw(const struct file *f);

#endif
