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
	const char *name;
	const char *text;
	size_t length;
	unsigned order; /* in which it was read; messages sort by it */
};

/* A position in a source. Lines and columns count from 1, columns in characters. Line 0 is the file as a whole. */
struct position {
	const struct source *source;
	unsigned line;
	unsigned column;
};

/* Text of a source and where it stands. text NULL: not given. */
struct word {
	const char *text;
	struct position at;
};

enum severity {
	DIAG_ERROR,
	DIAG_WARNING
};

struct message {
	enum severity severity;
	struct position at;
	const char *text;
	const char *context; /* the release that inherits the text; NULL: the file itself is at fault */
	size_t serial;       /* order of report, to break ties */
};

#define DIAG_MESSAGES_MAX 100 /* kept of each severity; further ones are only counted */

struct diag {
	struct arena *arena;
	struct message *messages;
	size_t nmessages;
	size_t nerrors;
	size_t nwarnings;
	unsigned nsources;         /* read so far */
	const struct source *file; /* the file being checked, */
	const char *context;       /* and its release: "atop 2.7" */
};

/*
 * Sets what later messages are about. A message about text of a file other than `file` ends in "(in CONTEXT)". Text that
 * several files inherit is checked once for each of them; a message that is already kept for a position is dropped.
 */
void diag_context(struct diag *d, const struct source *file, const char *context);

void diag_error(struct diag *d, struct position at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *d, struct position at, const char *format, ...) __attribute__((format(printf, 3, 4)));

/*
 * The position of character `offset` of `value`, the text of a scalar at `at`. YAML can turn line ends and blanks of the
 * source into other blanks. At any other difference between source and value, the position is that of the difference.
 */
struct position diag_within(struct position at, const char *value, size_t offset);

/*
 * Prints the messages that were kept, in the order of files, lines and columns, and how many were not, as
 *
 *	file:line:col: error: text
 *	   12 |     - {name: cpunr, typ: int}
 *	      |                     ^
 */
void diag_print(const struct diag *d, FILE *out);

/*
 * The candidate with the smallest edit distance to `name`, if that is at most a third of the length, or one; else NULL. A
 * name of one letter has none.
 */
const char *diag_nearest(const char *name, const char *const *candidates, size_t ncandidates);

/* No further error is kept, so the caller can skip the work of composing one. */
bool diag_full(const struct diag *d);

/* "; did you mean 'count_t'?" to end a message with, or "" if no candidate is near or the message is not kept. */
const char *diag_hint(struct diag *d, const char *name, const char *const *candidates, size_t ncandidates);

#endif
