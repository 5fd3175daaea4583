/*
 * top_all: all rows of a sample in the order of a column, those whose value is null behind the others. Keeps their texts until
 * the sample ends.
 */
#ifndef TOP_ALL_H
#define TOP_ALL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "print/query/cell.h"
#include "rawlog/io/writer.h"

struct top_entry {
	double key;
	size_t offset; /* of the row's text, which ends where that of the next one begins */
};

/* All zeros but `descending`: there are no rows. Their texts are in a writer of the caller's, one after the other. */
struct top_all {
	bool descending; /* the rows with the largest values are the first */
	struct top_entry *entries;
	size_t count, capacity;
	size_t *sorted; /* scratch: numbers of entries, twice as many as there is memory for */
};

void top_all_free(struct top_all *t);

/* Makes room for one more row; called by top_all_add. False: out of memory. */
bool top_all_grow(struct top_all *t);

/* A number by which cells of one column sort; null is behind all others. */
static inline double
top_all_key(const struct cell *cell, bool descending)
{
	const double value = cell->kind == CELL_NUMBER ? cell->number : (double)cell->integer;

	if (cell->kind == CELL_NULL || isnan(value))
		return INFINITY;
	return descending ? -value : value;
}

/* Adds a row, whose text is written behind `texts` next. False: out of memory. */
static inline bool
top_all_add(struct top_all *t, const struct cell *key, const struct writer *texts)
{
	if (t->count == t->capacity && !top_all_grow(t))
		return false;
	t->entries[t->count++] = (struct top_entry){ top_all_key(key, t->descending),
		(size_t)(texts->next - texts->buffer) };
	return true;
}

/* Calls `put` for each row in order, and forgets them. `texts` is emptied. */
void top_all_take(struct top_all *t, struct writer *texts, void (*put)(void *context, const char *text, size_t size),
    void *context);

#endif
