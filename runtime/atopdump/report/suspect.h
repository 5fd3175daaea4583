/*
 * suspect: hints that a process deserves a look. They are generated from schemas/suspect.yaml: conditions over the columns
 * of a process.
 */
#ifndef SUSPECT_H
#define SUSPECT_H

#include <stdbool.h>
#include <stddef.h>

struct suspect_hint {
	const char *name; /* lower case letters, digits and hyphens */
	const char *when; /* the condition */
	const char *doc;  /* why it is a hint, and what else it can be */
};

#define SUSPECT_COLUMN "suspect" /* of a timeline, with the names of hints */

extern const struct suspect_hint suspect_hints[];
extern const size_t suspect_nhints;

/* The hint of the name; NULL: there is none. */
const struct suspect_hint *suspect_find(const char *name);

/* Finds hints. All zeros: not prepared. */
struct suspect {
	struct where **conditions; /* of each hint */
	bool *found;               /* of each hint: it holds for the row */
	char *names;               /* of those that hold */
};

/* Compiles all conditions. False: out of memory, and nothing is owned. */
bool suspect_prepare(struct suspect *s);
void suspect_free(struct suspect *s);

struct cell;
struct timeline_row;

/* The cell `suspect`, with the names of hints that hold for the row. Its text is valid until the next row. */
void suspect_get(const struct timeline_row *row, struct cell *cell);

#endif
