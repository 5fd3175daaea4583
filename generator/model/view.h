/*
 * view: a file of a view as written, and what it means for the releases of a run. schema_view builds the one, resolve_view
 * adds the other.
 */
#ifndef VIEW_H
#define VIEW_H

#include "model/model.h"
#include "model/scope.h"
#include "model/tables.h"

struct view_column {
	struct word name;
	struct condition *values; /* the first one that a release has is the value there */
	size_t nvalues;
	struct word unit; /* this and the following: text NULL: not given */
	struct word type;
	struct word doc;
	bool bytes;    /* of a text: the column behind it, NAME_bytes, has the exact bytes */
	bool is_bytes; /* the column is that one; its values are those of the column before */
};

struct view_name {
	struct word name;
	struct condition value;
};

struct view_order {
	struct word by; /* a column; text NULL: rows are in the order of the log */
	bool descending;
};

struct view {
	struct position at;
	struct word name;
	struct word doc;
	struct word table; /* whose rows the view's are */
	struct condition where;
	struct view_column *columns;
	size_t ncolumns;
	struct view_name *names;
	size_t nnames;
	struct view_order order;
	bool direct; /* rows are written as CSV by functions of their own */
};

/* --- what it means -------------------------------------------------------------------------------------------- */

/* A column in all releases. */
struct resolved_view_column {
	enum column_type type;
	const char *unit; /* or NULL */
	const char *doc;  /* or NULL */
	bool delta;
	const struct release *first, *last; /* that have it; NULL: it is not of a schema */
};

/* The value of a column in a release: a typed expression, or one of the columns that are no members. Neither: null. */
struct view_cell {
	const struct typed *value;
	bool is_context;
	enum column_context context;
};

/* A view in a release that has its table. */
struct view_release {
	const struct release *release;
	const struct definition *top; /* the struct of the log that has the rows, and its index for release_top */
	size_t top_index;
	const struct definition *row; /* the struct of a row: the same, or an element of an array in it */
	const struct typed *where;    /* NULL: every row */
	const struct typed **names;   /* by name: those computed once a sample; NULL: it is part of expressions */
	struct view_cell *cells;      /* by column */
};

struct resolved_view {
	const struct view *view;
	const struct column_table *table;
	bool *once;            /* by name: it is computed once a sample, since no member of the row is part of it */
	enum expr_type *types; /* by name: of those */
	struct resolved_view_column *columns;
	struct view_release *releases; /* oldest first */
	size_t nreleases;
	size_t order; /* the column; ncolumns: none */
};

struct views {
	struct resolved_view *list; /* by name */
	size_t count;
};

#endif
