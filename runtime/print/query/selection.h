/*
 * selection: which columns and which rows of the tables are asked for: --fields and --where, looked up in the tables of all
 * releases. A table that lacks a column of the condition, or all of the fields, has no rows in the answer.
 */
#ifndef SELECTION_H
#define SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "print/query/where.h"
#include "print/query/word_set.h"
#include "rawlog/catalog/columns.h"

#define SELECTION_WHY_MAX 2048 /* bytes of a message */

/* A column that is asked for, under the name that it has in the output. */
struct selected_column {
	size_t column; /* of the table */
	const char *name;
};

/* What is asked for of a table. */
struct selected_table {
	const struct column_table *table;
	struct where *where;             /* NULL: every row */
	struct selected_column *columns; /* in the order of the output; NULL: all of the table */
	size_t ncolumns;
	size_t by; /* the column that --by names */
};

/* The options of a selection; NULL: not given. */
struct selection_options {
	const char *fields;    /* "gen_pid,name=gen.name,cpu_*" */
	const char *condition; /* "cpu_utime > 100" */
	const char *by;        /* a column, not of text */
	bool structs;          /* only tables whose rows are whole structs: the format shows no others */
};

struct selection {
	struct selected_table *tables; /* in the order of the catalog */
	size_t ntables;
	char *fields;   /* the text of --fields, cut into names; NULL: not given */
	bool explained; /* it could not be made, and the message goes on with lines that show the condition */
};

/*
 * Looks up the columns of the options in the tables named `tables`, or in all if there are none. Tables named in `tables` that do not exist are left to the caller. False: `why`
 * (SELECTION_WHY_MAX bytes) has a message, with the condition and a caret below it where that helps; nothing is owned.
 */
bool selection_make(struct selection *s, const struct word_set *tables, const struct selection_options *options,
    char *why);

/* The same in one table, which need not be of the catalog. */
bool selection_make_of(struct selection *s, const struct column_table *table, const struct selection_options *options,
    char *why);
void selection_free(struct selection *s);

/* What is asked for of the table; NULL: nothing. */
const struct selected_table *selection_find(const struct selection *s, const struct column_table *table);

#endif
