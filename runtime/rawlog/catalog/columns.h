/*
 * columns: the tables: one set of columns for all releases, machines and hosts, generated from all schemas. Where a release
 * has a column follows from its field dictionary: `field.column` is a member's component of the column's name.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rawlog/catalog/table_columns.h"

struct column {
	const char *name; /* unique in its table: "cpu_utime" */
	enum column_type type;
	enum column_source source;
	enum column_context context; /* of COLUMN_CONTEXT */
	unsigned number;             /* permanent: no other column of any table has it, in any version */
	const char *
	    path; /* of COLUMN_MEMBER, from the row's struct, in the newest release that has it: "cpu.utime"; else NULL */
	const char *unit;  /* or NULL */
	bool delta;        /* a difference over the interval, not a current value */
	const char *first; /* the oldest and the newest release that has it: "1.26"; NULL: not of a schema */
	const char *last;
	const char *doc; /* or NULL */
	bool bits;       /* an integer whose bits have names, which the field dictionary of a release lists */
};

struct column_table {
	const char *name; /* "tstat", "sstat_cpu_cpu" */
	enum table_kind kind;
	const char *role; /* of the struct whose rows they are: "sstat"; TABLE_PIDS: of the chain; TABLE_DAMAGE: NULL */
	const char
	    *array; /* TABLE_ARRAY: the array's path in the struct, in the newest release that has it: "cpu.cpu" */
	const struct column *columns;
	size_t ncolumns;
	const char *doc; /* what a row is */
};

extern const struct column_table catalog_tables[];
extern const size_t catalog_ntables;

#endif
