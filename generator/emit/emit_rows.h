/*
 * emit_rows: the functions that print a row of a table: straight-line code, a line a column, for CSV and for flat JSON. They
 * print the columns that are members; a column that the release lacks is null. Releases whose functions would have the same
 * text share one.
 */
#ifndef EMIT_ROWS_H
#define EMIT_ROWS_H

#include "base/out.h"
#include "emit/emit_plan.h"
#include "model/tables.h"

/* The functions of one table, as the releases from `origin` on print it. */
struct row_function {
	const struct column_table *table;
	const struct definition *row; /* the struct of a row, whose code is its own */
	const struct release *origin;
	const char *stem; /* "atop_2_7_tstat": of the functions' names */
	const char *csv, *csv_max;
	const char *json, *json_max;
	bool once; /* a sample has one row of the table at most */
};

/* All of them; and those of an entry of the plan, in the order of the tables. */
struct row_functions {
	struct row_function *list;
	size_t count;
	const size_t **of_entry; /* indices into the list */
	size_t *nof_entry;
};

struct row_functions rows_make(struct arena *a, const struct emit_plan *p, const struct tables *t);

/* rows.h and rows.c of a release that is the origin of functions. */
bool rows_has(const struct row_functions *f, const struct release *r);
void emit_row_includes(struct out *o, const struct emit_plan *p, const struct row_functions *f,
    const struct release *r);
void emit_row_prototypes(struct out *o, const struct row_functions *f, const struct release *r);
void emit_row_functions(struct out *o, const struct row_functions *f, const struct release *r);

#endif
