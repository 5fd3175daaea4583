/*
 * row_filter: --where and --fields for formats that print structs as they are, not as rows of tables: they are asked of the
 * table that has the structs as rows.
 */
#ifndef ROW_FILTER_H
#define ROW_FILTER_H

#include "print/format/format.h"
#include "print/format/json_fields.h"
#include "print/query/where_row.h"

#define ROW_FILTER_MAX 16 /* roles with a condition or with fields */

struct row_filter {
	const struct selection *selection; /* NULL: every row passes */
	struct row_log log;
	struct {
		const struct selected_table *selected;
		struct places *places;
		struct json_fields fields; /* if fields are asked for */
	} bound[ROW_FILTER_MAX];           /* for the structs of the current log */
	size_t nbound;
};

/* Prepares for a log, whose facts must be valid until the next. False: no memory. */
bool row_filter_begin(struct row_filter *filter, const struct selection *selection, const struct format_log *log);

/* Frees what the filter has; it can begin again. */
void row_filter_free(struct row_filter *filter);

/* Whether rows of `s` can pass; whether the row does. */
bool row_filter_shows(const struct selection *selection, const struct catalog_struct *s);
bool row_filter_passes(const struct row_filter *filter, const struct row *row);

/* Writes the row as an object with the fields that are asked for. False: all are, and nothing is written. */
bool row_filter_put(const struct row_filter *filter, struct writer *out, const struct row *row, unsigned print);

#endif
