/*
 * row_limit: how many rows of each role are still shown. Used by one thread.
 */
#ifndef ROW_LIMIT_H
#define ROW_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "print/query/word_set.h"

struct row_limit {
	uint64_t most; /* rows of each role; 0: any number */
	const struct word_set *roles;
	uint64_t *counts; /* rows shown, by index in `roles` */
	size_t nfull;     /* roles with as many rows as are shown */
};

/* `roles` are those that can have rows, and must outlive it. False: out of memory. row_limit_free is needed in either case. */
bool row_limit_init(struct row_limit *l, uint64_t most, const struct word_set *roles);

void row_limit_free(struct row_limit *l);

/* Whether another row of the role is shown; whether no row of any role is. NULL: no limit. */
bool row_limit_allows(const struct row_limit *l, const char *role);
bool row_limit_is_reached(const struct row_limit *l);

/* Counts a row of the role, which is allowed. */
void row_limit_count(struct row_limit *l, const char *role);

#endif
