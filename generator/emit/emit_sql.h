/*
 * emit_sql: views as SELECT statements of SQLite over the tables of all releases; sql_views.c. One statement serves all
 * releases: a column that a release lacks is null in its rows. A view that SQL cannot say, or not with the same values, has the
 * reason instead.
 */
#ifndef EMIT_SQL_H
#define EMIT_SQL_H

#include "base/out.h"
#include "model/view.h"

/* Adds sql_views.c to the set. */
void emit_sql_views(struct out_set *set, const struct tables *t, const struct views *views);

/* --- what the files emit_sql* share ----------------------------------------------------------------------------- */

#define SQL_ROWS       "t"                  /* the alias of the view's own table */
#define SQL_LENGTH_MAX 8192                 /* bytes of an expression; a longer one is refused */
#define SQL_VIEW_MAX   (8 * SQL_LENGTH_MAX) /* of all columns of a view */

/* Around an integer that is read from a time, and around one that becomes a time: the reader knows how times are stored. */
#define SQL_TIME_READ  "\001"
#define SQL_TIME_READ_ "\002"
#define SQL_TIME_MADE  "\003"
#define SQL_TIME_MADE_ "\004"

struct sql {
	struct arena *arena;
	const struct tables *tables;
	struct member_path **places; /* by table and release, as tables_places; NULL: not asked for yet */
	const struct resolved_view *view;
	const struct view_release *of; /* whose expressions are written */
	const struct release *in;      /* a member that this release lacks is NULL */
	const char *why;               /* the first thing that SQL cannot say; NULL: none */
};

/*
 * In SQL: a typed expression; an integer expression, null where it has more than 64 bits; a cell of a column; a condition, NULL
 * where it is false. If SQL cannot say it, `why` is set, and the text means nothing.
 */
const char *sql_value(struct sql *s, const struct typed *t);
const char *sql_integer(struct sql *s, const struct typed *t);
const char *sql_cell(struct sql *s, const struct view_cell *cell, enum column_type type);
const char *sql_condition(struct sql *s, const struct typed *t);

/* The column that has the exact bytes of the text that a cell is, in hex; "NULL" if there is none, or the cell is null. */
const char *sql_bytes(struct sql *s, const struct view_cell *cell);

/* The expression that stands for a name which is computed once a sample; any other node is itself. NULL: it is null. */
const struct typed *sql_behind_name(const struct sql *s, const struct typed *t);

/* A literal, in quotes. */
const char *sql_text(struct arena *a, const char *text, char quote);

/* A call of a function. */
const char *sql_call(struct sql *s, const struct typed *t);

/* The column of a member, behind the alias of its table; "NULL". NULL: there is none, and `why` says so. */
const char *sql_column(struct sql *s, const struct typed *t, enum column_type *type);

/* Notes what SQL cannot say; returns "NULL". */
const char *sql_refuse(struct sql *s, const char *why);

#endif
