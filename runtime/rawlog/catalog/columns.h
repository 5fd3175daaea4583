/*
 * columns: the tables: one set of columns for all releases, machines and hosts, generated from all schemas. Where a release
 * has a column follows from its field dictionary: `field.column` is a member's component of the column's name.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rawlog/catalog/table_columns.h"

/*
 * The texts of a column as one literal, "" for none. So one pointer of a column is relocated when the program starts, instead
 * of six.
 */
#define COLUMN_TEXTS(name, unit, path, first, last, doc) name "\0" unit "\0" path "\0" first "\0" last "\0" doc

struct column {
	const char *texts; /* COLUMN_TEXTS */
	unsigned number;   /* permanent: no other column of any table has it, in any version */
	enum column_type type;
	enum column_source source;
	enum column_context context; /* of COLUMN_CONTEXT */
	bool delta;                  /* a difference over the interval, not a current value */
	bool bits; /* an integer whose bits have names, which the field dictionary of a release lists */
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

/* Text number `i` of a column; NULL: it has none. */
static inline const char *
column_text(const struct column *c, unsigned i)
{
	const char *text = c->texts;

	for (; i > 0; i--)
		text += strlen(text) + 1;
	return *text != '\0' ? text : NULL;
}

/* Unique in its table: "cpu_utime". */
static inline const char *
column_name(const struct column *c)
{
	return c->texts;
}

static inline const char *
column_unit(const struct column *c)
{
	return column_text(c, 1);
}

/* Of COLUMN_MEMBER, from the row's struct, in the newest release that has it: "cpu.utime". */
static inline const char *
column_path(const struct column *c)
{
	return column_text(c, 2);
}

/* The oldest and the newest release that has it: "1.26"; NULL: not of a schema. */
static inline const char *
column_first(const struct column *c)
{
	return column_text(c, 3);
}

static inline const char *
column_last(const struct column *c)
{
	return column_text(c, 4);
}

static inline const char *
column_doc(const struct column *c)
{
	return column_text(c, 5);
}

#endif
