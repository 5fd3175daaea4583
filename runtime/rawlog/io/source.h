/*
 * source: the bytes of a log wherever they come from: a regular file, a pipe, or memory; gzip is recognised
 * by its content and undone. Knows nothing of atop, and holds no more of the log than gzip's input buffer.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gunzip;

enum source_kind {
	SOURCE_REGULAR,
	SOURCE_STREAM,
	SOURCE_MEMORY
};

struct source {
	enum source_kind	 kind;
	int			 fd;		/* not of SOURCE_MEMORY */
	bool			 owns_fd;
	uint64_t		 start;		/* SOURCE_REGULAR: where the log begins in the file */
	uint64_t		 part;		/* SOURCE_MEMORY: where the bytes stand in the log */
	const unsigned char	*bytes;		/* SOURCE_MEMORY: the caller's */
	size_t			 size;
	uint64_t		 taken;		/* raw bytes read in sequence so far */
	unsigned char		 peeked[2];	/* read from a stream to recognise gzip, not yet handed out */
	size_t			 npeeked;
	struct gunzip		*gunzip;	/* NULL: the bytes are the log's own */
	void			(*waits)(void *context);	/* SOURCE_STREAM: called before a read that has to wait; NULL */
	void			*context;	/* of `waits` */
	bool			 hasty;		/* SOURCE_STREAM: what is not written yet is not waited for… */
	bool			 dry;		/* …and this is why the last read ended: there was no end of the log */
	int			 error;		/* errno of the first failure; 0 */
	const char		*flaw;		/* why a gzip file ends early; NULL if it does not */
};

/* Opens the file at `path`, "-" being standard input. 0, or an errno; source_close is due in either case. */
int	source_open(struct source *s, const char *path);

/*
 * The first half of it: a descriptor, or a negative errno. `flags` are open(2)'s, beside those for reading. Where the system
 * allows it, reading does not change the file's time of access.
 */
int	source_descriptor(const char *path, int flags);

/* The second half: takes over the descriptor, or gives back its errno. Standard input is never closed. */
int	source_open_fd(struct source *s, int fd);

/* The same for `size` bytes of memory, which stay the caller's. */
int	source_open_memory(struct source *s, const void *bytes, size_t size);

/* The same for bytes that stand at `offset` of a log, gzip undone; nothing need be closed. */
void	source_open_part(struct source *s, const void *bytes, size_t size, uint64_t offset);

void	source_close(struct source *s);

/* Whether source_read takes any offset; otherwise each must be where the last read ended. */
bool	source_is_seekable(const struct source *s);

/*
 * Reads up to `size` bytes of the log at `offset`. Returns how many; 0 at the end of the log, and when
 * `error` or `flaw` say that it cannot be read further.
 */
size_t	source_read(struct source *s, void *buffer, size_t size, uint64_t offset);

/* Whether bytes may come later: somebody may still be writing. */
bool	source_is_live(const struct source *s);

/* The log's size as far as it can be known without reading it; false if it cannot. */
bool	source_size(const struct source *s, uint64_t *size);

#endif
