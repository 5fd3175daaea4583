/*
 * table_rows: the rows of a table that a struct of a log has: the struct itself, each live element of an array in it, or
 * each process of the cgroup that it describes.
 */
#ifndef TABLE_ROWS_H
#define TABLE_ROWS_H

#include "print/query/places.h"
#include "rawlog/log/row.h"

struct table_row {
	const struct places *places;
	const struct row *row; /* the struct of the log */
	const void *host;      /* the struct of the row: the same, or an element of an array in it */
	uint64_t index;        /* of that element, or of the process */
	uint64_t nulls;        /* of that struct */
};

/* Goes over the rows. */
struct table_walk {
	struct table_row row; /* the current one */
	uint64_t next, used;  /* of the elements or processes; of a struct one */
	const unsigned char *elements;
};

/* Before the first row. `places` and `row` must outlive the walk. */
void table_rows_begin(struct table_walk *walk, const struct places *places, const struct row *row);

/* Goes to the next row. False: there are no more. */
bool table_rows_next(struct table_walk *walk);

/* Calls `found` for each row, in order. */
void table_rows_each(const struct places *places, const struct row *row,
    void (*found)(void *context, const struct table_row *row), void *context);

#endif
