/*
 * writer: one buffer between the printers and a file descriptor or memory. A printer asks once for room,
 * writes through a plain pointer, and hands the pointer back. Errors stick: after the first one output is
 * thrown away and printers need not look.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WRITER_ROOM_MAX		(256u << 10)	/* most that can be asked for at once, and the size of the buffer */
#define WRITER_DIRECT_MIN	(64u << 10)	/* what is written as it is, without copying */

/* When a branch may give to its trunk what it keeps. */
struct writer_turn {
	bool	(*has_come)(void *context);
	bool	(*wait)(void *context);	/* for the turn to come; false: it never will, nor is the output wanted */
	void	*context;
	size_t	 kept_max;		/* bytes that are kept without waiting */
};

struct writer {
	char		*next;		/* where the next byte goes */
	char		*end;		/* of the buffer */
	char		*buffer;
	struct writer	*trunk;		/* a branch: where its bytes go in the end; else NULL */
	struct writer_turn *turn;	/* a branch: its turn */
	int		 fd;		/* -1: the buffer grows and is never flushed */
	int		 error;		/* errno of the first failure; 0 */
	uint64_t	 flushed;	/* bytes handed to fd so far */
};

/* Prepares `w` for a descriptor (which stays the caller's) or, with fd -1, for memory. 0, or an errno. */
int	writer_open(struct writer *w, int fd);

/*
 * Prepares `w` as a branch: for memory, from where its bytes are appended to `trunk` when it is joined, or when its
 * buffer is full and its turn has come. While that is not so the buffer grows, as far as it may; then the turn is waited
 * for. `trunk` and `turn` must outlive it. 0, or an errno.
 */
int	writer_branch(struct writer *w, struct writer *trunk, struct writer_turn *turn);

/* Appends what the branch keeps to its trunk, and its failure. Its turn has come. */
void	writer_join(struct writer *w);

/* Forgets what the branch keeps. */
void	writer_drop(struct writer *w);

/* Writes out what is buffered (nothing to do in memory). 0, or the errno of the first failure. */
int	writer_flush(struct writer *w);

/* Frees the buffer; flushes nothing. */
void	writer_close(struct writer *w);

/* Makes room for `size` bytes; called through writer_room. */
char	*writer_make_room(struct writer *w, size_t size);

/* At least `size` (up to WRITER_ROOM_MAX) bytes to write to; never NULL, valid until the next call on `w`. */
static inline char *
writer_room(struct writer *w, size_t size)
{
	return (size_t)(w->end - w->next) >= size ? w->next : writer_make_room(w, size);
}

/* Says that the bytes up to `end`, within the room given, are written. */
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

/* Appends bytes that are many, or that there may be no room for; called through writer_put. */
void	writer_put_much(struct writer *w, const void *bytes, size_t size);

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
