/*
 * diag: positions in source text, and the messages of one run. Stages queue messages; only main prints them.
 */
#ifndef DIAG_H
#define DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

/* One file as read: `name` as the user gave it (messages begin with it), `text` whole and unchanged. */
struct source {
	const char	*name;
	const char	*text;
	size_t		 length;
	unsigned	 order;		/* in which it was read; messages sort by it */
};

/* A place in a source; line and column count from 1, columns in characters. Line 0: the file as a whole. */
struct position {
	const struct source	*source;
	unsigned		 line;
	unsigned		 column;
};

/* Text of a source and where it stands. text NULL: not given. */
struct word {
	const char	*text;
	struct position	 at;
};

enum severity {
	DIAG_ERROR,
	DIAG_WARNING
};

struct message {
	enum severity	 severity;
	struct position	 at;
	const char	*text;
	const char	*context;	/* NULL, or what text of another file was wrong in */
	size_t		 serial;	/* order of report, to break ties */
};

#define DIAG_MESSAGES_MAX	100	/* of each severity that are kept; the rest is counted */

struct diag {
	struct arena		*arena;
	struct message		*messages;
	size_t			 nmessages;
	size_t			 nerrors;
	size_t			 nwarnings;
	unsigned		 nsources;	/* read so far */
	const struct source	*file;		/* whose text is being judged, */
	const char		*context;	/* and as what: "atop 2.7" */
};

/*
 * What is reported from now on about text of other files than `file` ends in "(in CONTEXT)". Text that
 * several files inherit may be judged once for each of them: a message that is already there for its place is
 * dropped.
 */
void	diag_context(struct diag *d, const struct source *file, const char *context);

void	diag_error(struct diag *d, struct position at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void	diag_warning(struct diag *d, struct position at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The place of character `offset` of a value, the text of a scalar that stands at `at`. Line ends and blanks of the source
 * may have become other blanks in the value. Where the two part otherwise, the place where they do.
 */
struct position diag_within(struct position at, const char *value, size_t offset);

/*
 * Prints the messages that were kept, in the order of files, lines and columns, and how many were not, as
 *
 *	file:line:col: error: text
 *	   12 |     - {name: cpunr, typ: int}
 *	      |                     ^
 */
void	diag_print(const struct diag *d, FILE *out);

/*
 * The candidate nearest to `name` if it is near enough to be what was meant, else NULL. Near: edit distance
 * of at most a third of the length, or one. A name of one letter is near to nothing.
 */
const char *diag_nearest(const char *name, const char *const *candidates, size_t ncandidates);

/* No further error is kept: what only makes its text better is not worth computing. */
bool	diag_full(const struct diag *d);

/* "; did you mean 'count_t'?" to end a message with, or "" if no candidate is near or the message is not kept. */
const char *diag_hint(struct diag *d, const char *name, const char *const *candidates, size_t ncandidates);

#endif
