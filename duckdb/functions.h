/*
 * functions: the table functions of the extension.
 */
#ifndef FUNCTIONS_H
#define FUNCTIONS_H

#include <stdbool.h>

#include "duckdb/engine.h"

DUCKDB_EXTENSION_EXTERN

/* read_atop and read_atop_damage: the rows of a table. */
bool register_read_atop(duckdb_connection connection);

/* read_atop_files: a row a file. */
bool register_read_files(duckdb_connection connection);

/* atop_columns: what the columns mean. */
bool register_columns(duckdb_connection connection);

#endif
