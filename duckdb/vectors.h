/*
 * vectors: cells of tables as values of DuckDB.
 */
#ifndef VECTORS_H
#define VECTORS_H

#include "duckdb/functions.h"
#include "print/query/cell.h"
#include "rawlog/catalog/columns.h"
#include "rawlog/io/writer.h"

/* The type that a column of tables has in DuckDB; the caller destroys it. */
duckdb_logical_type vectors_type(enum column_type type);

/* Where the values of a column go. */
struct vector {
	duckdb_vector vector;
	void *data;
	uint64_t *validity; /* NULL: nothing is null so far */
};

void vectors_begin(struct vector *v, duckdb_vector vector);

/* Makes the validity of a vector writable, in which nothing is null so far; called through vectors_set_null. */
void vectors_begin_nulls(struct vector *v);

static inline void
vectors_set_null(struct vector *v, idx_t row)
{
	if (v->validity == NULL)
		vectors_begin_nulls(v);
	v->validity[row / 64] &= ~(UINT64_C(1) << row % 64);
}

/* Makes the rows from `start` to before `end` null. */
void vectors_set_nulls(struct vector *v, idx_t start, idx_t end);

/* Stores what row `start` has in the rows behind it, to before `end`. */
void vectors_repeat(struct vector *v, enum column_type type, idx_t start, idx_t end);

/*
 * Stores the cell as value `row`. `column`: of exact bytes, these in hex are stored, or null if the text is UTF-8. `scratch` is
 * in memory. False: out of memory.
 */
bool vectors_set(struct vector *v, idx_t row, const struct column *column, const struct cell *cell,
    struct writer *scratch);

/* Stores a text, which is UTF-8, or null if it is NULL. */
void vectors_set_text(struct vector *v, idx_t row, const char *text);

#endif
