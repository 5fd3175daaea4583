/*
 * cell: one value of a table's row, with the types of columns.
 */
#ifndef CELL_H
#define CELL_H

#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/catalog.h"

#define CELL_TEXT_MAX 4096 /* bytes of a text that patterns are matched with; no text of a log is longer */

enum cell_kind {
	CELL_NULL,
	CELL_INTEGER,
	CELL_NUMBER,
	CELL_BOOLEAN, /* `integer` is 0 or 1 */
	CELL_TEXT,
	CELL_TIME /* `integer` is seconds since 1970, UTC */
};

struct cell {
	enum cell_kind kind;
	int64_t integer;
	const struct field *bits; /* CELL_INTEGER: the member, if its bits have names; else NULL */
	double number;            /* of a column: a float32; NaN counts as null */
	const char *text;         /* owned by the row, without a NUL; NULL if `size` is 0 or the cell is no text */
	size_t size;              /* bytes of the text */
};

/* Makes it an integer, a boolean or a time. */
static inline void
cell_set(struct cell *cell, enum cell_kind kind, int64_t value)
{
	cell->kind = kind;
	cell->integer = value;
	cell->bits = NULL;
}

#endif
