/*
 * row_limit: how many rows of each table are still shown. Used by one thread.
 */
#ifndef ROW_LIMIT_H
#define ROW_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "print/query/word_set.h"

struct row_limit {
	uint64_t most; /* rows of each table; 0: any number */
	const struct word_set *tables;
	uint64_t *counts; /* rows shown, by index in `tables` */
	size_t nfull;     /* tables with as many rows as are shown */
};

/* `tables` are those that can have rows, and must outlive it. False: out of memory. row_limit_free is needed in either case. */
bool row_limit_init(struct row_limit *l, uint64_t most, const struct word_set *tables);

void row_limit_free(struct row_limit *l);

/* Whether another row of the table is shown; whether no row of any table is. NULL: no limit. */
bool row_limit_allows(const struct row_limit *l, const char *table);
bool row_limit_is_reached(const struct row_limit *l);

/* Counts a row of the table. False: it is not shown, and not counted. */
bool row_limit_take(struct row_limit *l, const char *table);

#endif
