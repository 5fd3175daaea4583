/*
 * top: of the rows of a sample, those with the largest values of a column. Keeps their text until the sample ends; memory
 * for as many rows as are asked for.
 */
#ifndef TOP_H
#define TOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print/query/cell.h"
#include "rawlog/io/writer.h"

struct top_row {
	struct cell key; /* an integer, a number, a boolean or a time */
	uint64_t order;  /* among the rows of the sample */
	char *text;
	size_t size, capacity;
};

struct top {
	struct top_row *rows; /* a heap whose first row is the one that goes next */
	size_t count, most;
	uint64_t offered; /* rows of the sample so far */
};

/* For the `most` rows of each sample. False: out of memory, and nothing is owned. */
bool top_init(struct top *t, size_t most);
void top_free(struct top *t);

/* Whether a row with this key is among them, as far as is known; null and NaN are not. Every row must be asked about. */
bool top_wants(struct top *t, const struct cell *key);

/* Keeps the text of the row asked about last, which is wanted. False: out of memory. */
bool top_keep(struct top *t, const struct cell *key, const char *text, size_t size);

/* Calls `put` for each row kept, those with the largest keys first and equal ones in their order; forgets them. */
void top_take(struct top *t, void (*put)(void *context, const char *text, size_t size), void *context);

#endif
