/*
 * row_choice: which structs of a block are asked for, by what the catalog says of their members.
 */
#ifndef ROW_CHOICE_H
#define ROW_CHOICE_H

#include <stdbool.h>

#include "rawlog/catalog/catalog.h"

struct row_choice {
	bool active;    /* tasks that atop marked as inactive are left out */
	bool processes; /* threads are left out */
};

/* Whether any struct may be left out. */
static inline bool
row_choice_is_made(const struct row_choice *c)
{
	return c->active || c->processes;
}

/* Whether the struct at `host`, of a block of kind `b`, is asked for. One without such a mark is. */
bool row_choice_takes(const struct row_choice *c, const struct catalog_block *b, const void *host);

/* The parts of structs of the block that decide it. */
uint64_t row_choice_parts(const struct row_choice *c, const struct catalog_block *b);

#endif
