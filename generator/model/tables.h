/*
 * tables: one set of tables and columns for all releases of a run. A column is a member under one name: a release that
 * renames the member keeps the column, and a release without it has no value there.
 */
#ifndef TABLES_H
#define TABLES_H

#include "../runtime/rawlog/catalog/table_columns.h"
#include "model/model.h"

/* A member of a row's struct: the members that lead to it, and its element if it is an array of values. */
struct member_path {
	const struct field *fields[NESTING_MAX];
	size_t nfields;   /* 0: none */
	uint64_t element; /* counted over all dimensions */
};

struct column {
	const char *name;
	enum column_type type;
	enum column_source source;
	enum column_context context; /* of COLUMN_CONTEXT */
	unsigned number;             /* permanent; 0: none yet */
	const char *unit;            /* or NULL */
	bool delta;
	const char *doc;                    /* or NULL */
	const struct release *first, *last; /* among those loaded; NULL: not of a schema */
	const char *since;       /* the first release of all: that of the lock if it is not loaded; "-": none */
	struct member_path path; /* of COLUMN_MEMBER, in the last release */
};

struct column_table {
	const char *name;
	enum table_kind kind;
	const char *role;                   /* NULL: TABLE_DAMAGE */
	const char *doc;                    /* what a row is */
	const struct release *first, *last; /* NULL: not of a schema */
	struct member_path array;           /* of TABLE_ARRAY, in the last release */
	struct column *columns;
	size_t ncolumns;
};

struct tables {
	struct column_table **list;
	size_t count;
	const struct release **releases; /* oldest first */
	size_t nreleases;
	struct name_index *names; /* where columns are in their tables */
};

/* A lower case letter, then lower case letters, digits and underscores; NAME_MAX at most. */
bool column_name_is_valid(const char *name);

/*
 * The tables of all releases, in the order: first release, then upstream's. Reports names that are not valid or that two
 * columns share, and columns that differ in type, unit or kind between releases.
 */
struct tables *tables_build(struct diag *d, const struct model *m);

/* Whether a release of the run has the version. */
bool tables_has_release(const struct tables *t, const char *version);

/* By name; NULL: there is none. */
struct column_table *tables_find(const struct tables *t, const char *table);
struct column *tables_find_column(const struct tables *t, const char *table, const char *column);

/* For each column of the table the member that it is in a release, in the columns' order; nfields 0: none. */
struct member_path *tables_places(struct arena *a, const struct tables *t, const struct release *r,
    const struct column_table *table);

/* Whether the release can have a value of the context: tasks are in cgroups only where a list of processes names them. */
bool release_has_context(const struct release *r, const struct column_table *table, enum column_context context);

/* The array whose elements are the table's rows, in a release; nfields 0: it has none. */
struct member_path tables_array(const struct release *r, const struct column_table *table);

/* "cpu.utime", "future[3]": a path with the names of the output. */
const char *member_path_text(struct arena *a, const struct member_path *path);

/* The names of types in messages, the lock and listings, by enum column_type. */
extern const char *const column_types[];

#endif
