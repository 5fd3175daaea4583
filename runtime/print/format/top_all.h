/*
 * top_all: all rows of a sample in the order of a column, those whose value is null behind the others. Keeps their texts until
 * the sample ends.
 */
#ifndef TOP_ALL_H
#define TOP_ALL_H

#include <stdbool.h>
#include <stddef.h>

#include "print/query/cell.h"

struct top_entry {
	double key;
	size_t offset, size; /* of the row's text */
};

/* All zeros but `descending`: there are no rows. */
struct top_all {
	bool descending; /* the rows with the largest values are the first */
	char *texts;     /* one after the other */
	size_t used, room;
	struct top_entry *entries;
	size_t count, capacity;
	size_t *sorted; /* scratch: numbers of entries, twice as many as there is memory for */
};

void top_all_free(struct top_all *t);

/* Keeps the text of a row. False: out of memory. */
bool top_all_keep(struct top_all *t, const struct cell *key, const char *text, size_t size);

/* Calls `put` for each row in order, and forgets them. */
void top_all_take(struct top_all *t, void (*put)(void *context, const char *text, size_t size), void *context);

#endif
