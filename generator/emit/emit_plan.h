/*
 * emit_plan: the releases and definitions of a model to generate, and which definitions have lines of their own.
 */
#ifndef EMIT_PLAN_H
#define EMIT_PLAN_H

#include "base/mem.h"
#include "model/model.h"

struct emit_plan {
	const struct model *model;
	const bool *named;  /* by index of a release: the catalog has a row for it */
	bool *needed;       /* by number of a definition: a named release has it, or a struct that holds it */
	const char **roles; /* by number of a definition: the key of its lines; NULL: it has none */
	/* By number of a definition with code of its own: the line of decode.c for each field, once it is emitted. */
	unsigned **lines;
	/* By number: it is a part of a struct with a role and has parts of its own; its decoder takes the mask of these. */
	bool *split;
	const struct definition **entries; /* the definitions with a role, those of older releases first */
	size_t nentries;
	struct shared_bodies *bodies;  /* texts of functions that releases may share */
	struct dictionary *dictionary; /* what the rows of the field dictionaries refer to */
};

/* The plan for the releases with named[i] set. */
struct emit_plan plan_make(struct arena *a, const struct model *m, const bool *named);

/* The indices of the named releases, oldest first: a base can be younger than what extends it. */
const size_t *plan_order(struct arena *a, const struct emit_plan *p, size_t *n);

/* The key of the definition's lines in the output; NULL: it is only a part of others. */
const char *plan_role(const struct emit_plan *p, const struct definition *d);

/* Whether the definition's decoder takes the parts to decode. */
bool plan_splits(const struct emit_plan *p, const struct definition *d);

/* The index of a definition with a role among all of them. */
size_t plan_entry(const struct emit_plan *p, const struct definition *d);

/* The needed definitions that `r` introduced; what a definition holds comes before it. */
const struct definition **plan_definitions(struct arena *a, const struct emit_plan *p, const struct release *r,
    size_t *count);

#endif
