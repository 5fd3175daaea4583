/*
 * emit_row_body: the statements of a function that prints the members of a row. They use w, where to write; row, the struct;
 * print, the options; nulls, a bit for each condition that makes members null.
 */
#ifndef EMIT_ROW_BODY_H
#define EMIT_ROW_BODY_H

#include "base/mem.h"
#include "model/tables.h"

enum row_form {
	ROW_CSV, /* a comma and the value; null is nothing */
	ROW_JSON /* a comma, the column's name and the value */
};

struct row_body {
	const char *text;
	const char *max; /* the most bytes that it writes, as a C expression */
};

/* `places` has the members that the table's columns are in `row`, the struct. */
struct row_body row_body(struct arena *a, const struct column_table *table, const struct member_path *places,
    const struct definition *row, enum row_form form);

#endif
