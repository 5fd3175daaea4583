/*
 * json_fields: a struct as a JSON object that has only the members of --fields, nested as upstream nests them. A member that
 * is asked for under another name, and a column that is not a member, stands at the end, under its name.
 */
#ifndef JSON_FIELDS_H
#define JSON_FIELDS_H

#include "print/query/cells.h"
#include "print/query/selection.h"
#include "rawlog/io/writer.h"

struct json_step;

/* What is written for the structs of a release: steps, in order. */
struct json_fields {
	const struct places *places;
	struct json_step *steps;
	size_t nsteps;
	bool failed; /* memory was short */
};

/* For the columns that are asked for of `places`, which must outlive it. False: out of memory, and nothing is owned. */
bool json_fields_make(struct json_fields *f, const struct selected_table *selected, const struct places *places);
void json_fields_free(struct json_fields *f);

/*
 * Whether no object of any release has a key twice. False: `why` (SELECTION_WHY_MAX bytes) says which one, or that memory is
 * short.
 */
bool json_fields_check(const struct selection *selection, char *why);

/* Writes the object for a struct. `print`: PRINT_EPOCH. */
void json_fields_put(const struct json_fields *f, struct writer *out, const struct row *row, const struct row_log *log,
    unsigned print);

#endif
