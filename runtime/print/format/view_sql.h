/*
 * view_sql: views as statements of SQLite over the tables of the catalog.
 */
#ifndef VIEW_SQL_H
#define VIEW_SQL_H

#include "print/query/view.h"

/*
 * Marks in a statement, before and behind an expression. READ: the expression is a column of times, and seconds since 1970 are
 * needed. MADE: the expression is such seconds, and a time is needed. How times are stored is known when the statement is run.
 */
#define VIEW_SQL_READ     '\001'
#define VIEW_SQL_READ_END '\002'
#define VIEW_SQL_MADE     '\003'
#define VIEW_SQL_MADE_END '\004'

struct view_sql {
	const char *tables; /* that it reads, a blank between two, its own first; "": SQL cannot say the view */
	/* Statements to run before. If one finds a row, the view would join samples to structs of others: it is not made. */
	const char *before;
	const char *statement; /* CREATE VIEW; without tables the reason, which goes on behind "the view's" */
};

/* The texts, which are static, of a view of the catalog. */
struct view_sql view_sql_of(const struct view *view);

/* For each view, in the order of catalog_views: its tables, what is before, and its statement, each with a NUL behind it. */
extern const char catalog_sql_views[];

#endif
