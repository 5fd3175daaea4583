/*
 * tables_internal: the state and the functions that the files tables* share.
 */
#ifndef TABLES_INTERNAL_H
#define TABLES_INTERNAL_H

#include "model/tables.h"

/* The tables being built, and the release whose members are being added. */
struct builder {
	struct arena *arena;
	struct diag *diag;
	struct tables *tables;
	const struct release *release;
};

/* A walk through the values of a struct, arrays of structs left out. */
struct walk {
	struct member_path path; /* of the value, or of the array */
	char name[(NAME_MAX + 1) * (NESTING_MAX + 1) + 21 * DIMS_MAX];
	void (*value)(struct walk *w); /* for each value */
	void (*array)(struct walk *w); /* for each array of structs, with its name; NULL: there are none */
	void *state;
};

/* Walks a struct whose name so far is in w->name: "" or a name that an underscore will follow. */
void walk_struct(struct walk *w, const struct definition *d);

/* The last member of the path. */
const struct field *walk_field(const struct walk *w);

/* The type of a column for the member. */
enum column_type column_type_of(const struct field *f);

/* Adds the columns of a table that are not members. */
void add_context_columns(struct builder *b, struct column_table *t, const struct resolved_block *block);

/*
 * Adds a column, or a release to one that is there. Reports it if the table has the name for something else, or if type,
 * unit or kind differ. `at`: where the schema has it.
 */
void add_column(struct builder *b, struct column_table *t, const struct column *c, struct position at);

/* Reports a name that is not valid. `what`: "table" or "column". */
bool check_column_name(struct builder *b, const char *what, const char *name, struct position at);

#endif
