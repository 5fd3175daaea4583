/*
 * ddl: tables and columns as the definitions of a database, or as Avro schemas. Both programs print the same bytes with it:
 * the generator from schemas, the reader from what was generated. It knows neither.
 */
#ifndef DDL_H
#define DDL_H

#include <stdbool.h>
#include <stddef.h>

enum ddl_engine {
	DDL_DUCKDB,
	DDL_CLICKHOUSE,
	DDL_POSTGRESQL,
	DDL_SQLITE,
	DDL_SPARK,
	DDL_AVRO
};

enum ddl_type {
	DDL_INTEGER,
	DDL_NUMBER,
	DDL_BOOLEAN,
	DDL_TEXT,
	DDL_TIME,
	DDL_EPOCH,  /* a time as seconds since 1970 */
	DDL_DOUBLE, /* a number of 64 bits; DDL_NUMBER has 32 */
	DDL_NTYPES
};

struct ddl_column {
	const char *name; /* UTF-8; of Avro: letters, digits, underscores */
	enum ddl_type type;
	unsigned number;
	const char *unit; /* or NULL */
	bool delta;
	const char *first, *last; /* releases, or NULL */
	const char *doc;          /* UTF-8, or NULL */
};

struct ddl_table {
	const char *name;
	const char *doc; /* what a row is, or NULL */
	const struct ddl_column *columns;
	size_t ncolumns;
};

/* Where the text goes: `length` bytes, called as often as needed. */
struct ddl_output {
	void (*write)(void *state, const char *text, size_t length);
	void *state;
};

/* The engine of that name; -1: there is none. ddl_engines lists the names, then NULL. */
int ddl_find_engine(const char *name);
extern const char *const ddl_engines[];

/*
 * Definitions of the tables, and of a table `columns` with a row for each of their columns. Avro: an array of the schemas of
 * the tables.
 */
void ddl_print(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *tables, size_t ntables);

/* The rows of the table `columns` for the columns of one or more tables. Not for DDL_AVRO. */
void ddl_print_columns(const struct ddl_output *o, enum ddl_engine engine, const struct ddl_table *tables,
    size_t ntables);

/* The Avro schema of a table: a record. */
void ddl_print_record(const struct ddl_output *o, const struct ddl_table *table);

#endif
