/*
 * sqlite_tables: the tables of a query in an SQLite database: their definitions, their indexes, the table `columns`, and the
 * statements that insert rows.
 */
#ifndef SQLITE_TABLES_H
#define SQLITE_TABLES_H

#include "print/format/bindings.h"

struct sqlite3;
struct sqlite3_stmt;

/* Makes the tables of `b`, without indexes. `print`: PRINT_*. A result of SQLite. */
int sqlite_tables_make(struct sqlite3 *database, const struct bindings *b, unsigned print);

/* Makes the indexes of the tables, which have all their rows: SQLite sorts them. A result of SQLite. */
int sqlite_tables_index(struct sqlite3 *database, const struct bindings *b);

/*
 * Makes a statement that inserts a row: parameter n is the column n asked for, from 1. A result of SQLite; `insert` is NULL
 * after failure, else the caller's to finalize.
 */
int sqlite_tables_prepare(struct sqlite3 *database, const struct binding *b, struct sqlite3_stmt **insert);

#endif
