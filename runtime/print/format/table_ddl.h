/*
 * table_ddl: the definitions of the tables that a query asks for, in the words of a database.
 */
#ifndef TABLE_DDL_H
#define TABLE_DDL_H

#include "ddl/ddl.h"
#include "print/format/bindings.h"

/*
 * Prints the definitions of the tables of `b` with the columns asked for, under the names that they have in the output.
 * `print`: PRINT_*. False: out of memory; then nothing was printed.
 */
bool table_ddl_print(const struct ddl_output *out, enum ddl_engine engine, const struct bindings *b, unsigned print);

/* Prints rows of the table `columns` alone, for tables that are there already. False: as above. */
bool table_ddl_print_columns(const struct ddl_output *out, enum ddl_engine engine, const struct bindings *b,
    unsigned print);

/* Prints the Avro schema of the rows of a table. False: as above. */
bool table_ddl_print_record(const struct ddl_output *out, const struct binding *bound, unsigned print);

#endif
