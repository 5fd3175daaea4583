/*
 * label_value: what conversions take, and what functions on arrays can read.
 */
#include "read/label_value.h"

#include <string.h>

const struct scope_root *
arena_copy_root(struct arena *a, const struct scope_root *root)
{
	struct scope_root *copy = arena_alloc(a, sizeof(*copy));

	*copy = *root;
	return copy;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static bool
is_pids(const struct typed *t)
{
	return t->kind == EXPR_CALL && strcmp(t->function->name, "pids") == 0;
}

/* A text that can be written: a member, a literal, a choice of these, a function that writes. */
static bool
is_writable(const struct typed *t)
{
	if (t->kind == EXPR_CHOICE)
		return is_writable(t->args[1]) && is_writable(t->args[2]);
	if (t->kind == EXPR_CALL)
		return t->function->writes && !is_pids(t) &&
		    (t->args[0]->type != TYPE_IS_TEXT || is_writable(t->args[0]));
	return t->type == TYPE_IS_TEXT && t->kind != EXPR_NULL;
}

/* What the conversion needs; NULL: the value is that. */
static const char *
missing(const struct label_segment *s, const struct typed *t)
{
	const bool integer = t->type == TYPE_IS_INTEGER || t->type == TYPE_IS_BOOLEAN;

	switch (s->conversion) {
	case CONVERT_NONE: return NULL;
	case CONVERT_TEXT: return is_writable(t) ? NULL : "a text";
	case CONVERT_REAL: return t->type == TYPE_IS_REAL || t->type == TYPE_IS_INTEGER ? NULL : "a number";
	case CONVERT_D: return integer || is_pids(t) ? NULL : "an integer";
	default: return integer ? NULL : "an integer";
	}
}

void
label_check_values(struct diag *d, const struct label_cell *cell, const struct typed_cell *typed)
{
	size_t n = 0;

	for (size_t i = 0; i < cell->format.nsegments; i++) {
		const struct label_segment *s = &cell->format.segments[i];
		const char *needs;

		if (s->conversion == CONVERT_NONE)
			continue;
		needs = missing(s, typed->values[n]);
		if (needs != NULL)
			diag_error(d, cell->values[n].word.at, "the format '%s' needs %s; this is %s",
			    cell->compat && cell->column->compat_format.text != NULL ? cell->column->compat_format.text
										     : cell->column->format.text,
			    needs, typed_name(typed->values[n]->type));
		n++;
	}
}

/* --- arrays ------------------------------------------------------------------------------------------------------- */

struct reading {
	const struct field *part; /* the one that everything is read in so far */
	bool several;
};

static void
note_part(struct typed *node, void *context)
{
	struct reading *r = context;

	const struct typed_leaf *leaf = leaf_of_member(node);

	if (leaf == NULL)
		return;
	if (r->part == NULL)
		r->part = leaf->fields[0];
	r->several = r->several || r->part != leaf->fields[0];
}

void
label_check_count(struct diag *d, const struct typed_array *array)
{
	struct reading r = { .part = array->part };

	typed_each(array->count, note_part, &r);
	if (array->count->type != TYPE_IS_INTEGER)
		diag_error(d, array->array->count.word.at, "a count is an integer; this is %s",
		    typed_name(array->count->type));
	else if (r.several)
		diag_error(d, array->array->count.word.at, "'count' reads outside '%s', which has the array",
		    array->part->member->name.text);
}

void
label_check_group(struct diag *d, struct typed_array *array)
{
	struct reading r = { .part = NULL };

	typed_each(array->by, note_part, &r);
	typed_each(array->listed, note_part, &r);
	if (array->by->type != TYPE_IS_INTEGER)
		diag_error(d, array->array->group.by.word.at, "cgroups list integers; this is %s",
		    typed_name(array->by->type));
	else if (r.part == NULL || r.several || r.part->def == NULL)
		diag_error(d, array->array->group.by.word.at, "'by' and 'if' must read members of one struct");
	array->listed_part = r.part;
}
