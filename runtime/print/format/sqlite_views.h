/*
 * sqlite_views: the views of the catalog as views of an SQLite database, over its tables. Each is the statement that was generated
 * of it (print/format/view_sql.h).
 */
#ifndef SQLITE_VIEWS_H
#define SQLITE_VIEWS_H

#include "print/format/bindings.h"
#include "print/query/query.h"

struct sqlite3;

/*
 * Makes the views whose tables are all among those of `b`, with all their columns and all rows of each sample, and rows for them
 * in the table `columns`. To be called when the tables have their rows. None is made if the query asks for views as tables, or
 * chooses columns or rows. A view is left out if it would join the rows of a sample to those of another: where two logs have one name, or
 * headers in one file differ in what the view reads. A result of SQLite.
 */
int sqlite_views_make(struct sqlite3 *database, const struct bindings *b, const struct query *query);

#endif
