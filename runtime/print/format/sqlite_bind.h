/*
 * sqlite_bind: values of tables as parameters of a statement of SQLite.
 */
#ifndef SQLITE_BIND_H
#define SQLITE_BIND_H

#include <stdbool.h>
#include <stdint.h>

#include "print/query/cell.h"
#include "rawlog/io/writer.h"

struct sqlite3_stmt;

/* The value that a parameter has; binding it again costs nothing. */
struct sqlite_bound {
	enum cell_kind kind;
	bool known;   /* it has that kind, and the value below unless it is a text */
	bool is_utf8; /* it is a text as it is in the log */
	int64_t integer;
	double number;
};

/*
 * Binds the cell to parameter `at`, from 1. A text must outlive the row; `bytes`: its exact bytes are bound in hex, or null if
 * it is UTF-8. `scratch` is in memory. `print`: PRINT_EPOCH, PRINT_NAMES. A result of SQLite.
 */
int sqlite_bind(struct sqlite3_stmt *insert, int at, struct sqlite_bound *p, const struct cell *cell, bool bytes,
    struct writer *scratch, unsigned print);

/* Binds a copy of a text that is UTF-8. */
int sqlite_bind_copy(struct sqlite3_stmt *insert, int at, struct sqlite_bound *p, const char *text, size_t size);

/* Binds a number that is no float32. */
int sqlite_bind_double(struct sqlite3_stmt *insert, int at, struct sqlite_bound *p, double number);

#endif
