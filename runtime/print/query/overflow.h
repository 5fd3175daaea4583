/*
 * overflow: values that tables cannot hold. Their integers are signed and have 64 bits, so an unsigned member above INT64_MAX
 * is null in them. Such a loss is reported.
 */
#ifndef OVERFLOW_H
#define OVERFLOW_H

#include "print/query/table_rows.h"

struct overflow {
	const struct column_table *table; /* NULL: there is none */
	const char *column;
	uint64_t value;
};

/* Whether a column at these places can have such a value. */
bool overflow_is_possible(const struct places *places);

/* The parts of a struct that such columns are read from. */
uint64_t overflow_parts(const struct places *places);

/* Notes the first such value of the row in `first`, unless one is noted there. */
void overflow_note(const struct table_row *row, struct overflow *first);

#endif
